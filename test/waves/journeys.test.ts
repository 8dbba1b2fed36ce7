import { readFile } from 'node:fs/promises'
import request from 'supertest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPlans } from '../../src/demo/files.ts'
import { field, openSite, type Site, sampleDistrict, wordsOf } from '../site.ts'
import { goodPassword } from '../web/house.ts'
import { type Answers, type Format, formats } from './formats.ts'

/**
 * What each program exports, through the whole site: a file that makes its own questions, then two files of different
 * years that answer ours, the second known again, as waves of a series and of an indicator.
 */

const en = (words: string) => ({ en: words })
const options = (...labels: string[]) => labels.map((label, at) => ({ code: `o${at + 1}`, label: en(label) }))
const words = ['Strongly disagree', 'Disagree', 'Agree', 'Strongly agree']
const definition = {
  source: 'en',
  languages: ['en', 'es'],
  title: en('What families say'),
  plan: 'hartford-2018-2022',
  sections: [
    {
      code: 'all',
      title: en('All'),
      questions: [
        { code: 'role', kind: 'profile', attribute: 'group', title: en('Who are you?') },
        { code: 'grade', kind: 'profile', attribute: 'grade', title: en('Which grade?') },
        {
          code: 'news',
          kind: 'multiple',
          title: en('How do you get news?'),
          options: options('Text message', 'E-mail, or letter', 'School website'),
        },
        {
          code: 'agree',
          kind: 'grid',
          title: en('Do you agree?'),
          notApplicable: true,
          items: [
            { code: 'partner', label: en('The school treats me as a partner'), bank: 'climate-partner' },
            { code: 'school', label: en('My school is clean') },
          ],
          scale: words.map((label, at) => ({
            code: `p${at + 1}`,
            value: at + 1,
            label: en(label),
            favorable: at > 1,
          })),
        },
        {
          code: 'order',
          kind: 'ranking',
          title: en('What matters most?'),
          options: options('Arts', 'Sports', 'Reading'),
        },
        { code: 'more', kind: 'text', title: en('Anything else?') },
      ],
    },
  ],
}

/** Forty families; so many agree that the school treats them as a partner. */
const answers = (agree: number): Answers[] =>
  Array.from({ length: 40 }, (_, at) => ({
    day: (at % 28) + 1,
    role: 'Parent, caregiver or family member',
    grade: ['3', 'K', '4th'][at % 3] ?? '',
    news: at % 4 ? ['Text message', 'E-mail, or letter'].slice(at % 2) : ['School website'],
    partner: words[at < agree ? 3 : 0] ?? '',
    school: at % 9 === 8 ? 'N/A' : (words[at % 4] ?? ''),
    order: ['Arts', 'Sports', 'Reading', 'Arts', 'Sports'].slice(at % 3, (at % 3) + 3),
    more: at % 5 ? '' : `I wrote, as number ${at}`,
  }))

let site: Site
let office: ReturnType<typeof request.agent>
let _csrf = ''
beforeAll(async () => {
  site = await openSite(async (stores) => {
    await sampleDistrict(stores)
    for (const plan of await readPlans()) await stores.plans.put(plan as never)
  })
  office = request.agent(site.url).set({ Accept: 'text/html', 'Accept-Language': 'en' })
  _csrf = tokenOn((await office.get('/sign-in')).text)
  const account = { email: 'office@example.org', password: goodPassword }
  await office
    .post('/sign-in')
    .type('form')
    .send({ _csrf, ...account })
  _csrf = tokenOn((await office.get('/office/series')).text)
  await field(site.stores, { slug: 'ours', definition })
}, 60_000)
afterAll(() => site.close())

const tokenOn = (page: string) => /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
const read = async (path: string) => wordsOf((await office.get(path)).text)
async function send(path: string, fields: Record<string, string>) {
  const answer = await office
    .post(path)
    .type('form')
    .send({ _csrf, ...fields })
  return { to: answer.headers.location ?? '', words: wordsOf(answer.text) }
}
async function upload(content: Buffer, name: string, base: string): Promise<string> {
  await office.post('/office/series/import').field({ _csrf, base }).attach('file', content, name)
  return (await office.get('/office/series/import')).text
}
/** The form as it stands. */
function form(html: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [, name = '', value = ''] of html.matchAll(
    /<input type="hidden" name="(was-\d+)" value="([^"]*)"/g,
  ))
    fields[name] = value
  for (const [, name = '', list = ''] of html.matchAll(
    /<select id="[^"]*" name="([^"]+)"[^>]*>(.*?)<\/select>/gs,
  ))
    fields[name] = /<option value="([^"]*)"[^>]* selected/.exec(list)?.[1] ?? ''
  return fields
}

/** Takes the file that was uploaded; what the pages said of it before. */
async function take(html: string, into: { slug: string; day: string; series?: string }): Promise<string> {
  const label = into.day.slice(0, 4)
  const fields = { ...form(html), title: into.slug, label, series: '', ...into, go: 'take' }
  const { to, words } = await send('/office/series/import/take', fields)
  expect([into.slug, to, words.slice(0, 600)]).toEqual([
    into.slug,
    into.series ? `/office/series/${into.series}?done=imported` : `/office/surveys/${into.slug}`,
    expect.anything(),
  ])
  return wordsOf(html)
}

const kept = async (slug: string) => {
  const survey = await site.stores.surveys.find(slug)
  return Array.fromAsync(site.stores.responses.stream(survey?.id ?? 0))
}

test.each(Object.entries(formats))(
  '%s',
  async (name, { write, file, years, lacks = [] }: Format) => {
    if (file) {
      const content = await readFile(new URL(`exports/${file}`, import.meta.url))
      const { to } = await send(
        '/office/series/import/columns',
        form(await upload(content, file, '@columns')),
      )
      expect(to).toBe('/office/series/import')
      const html = (await office.get('/office/series/import')).text
      await take(html, { slug: `${name}-own`, day: '2019-06-01' })
      expect(await read(`/reports/${name}-own`)).toContain('24 people answered')
    }
    const series = (await send('/office/series', { name })).to.split('/').at(-1) ?? ''
    for (const [at, agree] of [12, 34].entries()) {
      const year = years[at] ?? 0
      const html = await upload(write(answers(agree), year), `${name} ${year}.csv`, 'ours')
      const said = await take(html, { slug: `${name}-${year}`, day: `${year}-06-01`, series })
      expect(said).toContain('40 responses')
      expect(said).not.toContain('cannot be used')
      expect(said).not.toMatch(/stands? for nothing/)
      expect(said.includes('A file with these columns was brought in before')).toBe(at === 1)
    }
    const [first] = await kept(`${name}-${years[0]}`)
    const whole = {
      role: 'family',
      grade: 'grade_3',
      news: ['o3'],
      agree: { partner: 'p4', school: 'p1' },
      order: { order: ['o1', 'o2', 'o3'] },
      more: { words: 'I wrote, as number 0', language: 'en' },
    }
    expect(first?.answers).toEqual(
      Object.fromEntries(Object.entries(whole).filter(([code]) => !lacks.includes(code))),
    )
    expect(new Date(first?.hour ?? 0).toISOString()).toBe(`${years[0]}-05-01T14:00:00.000Z`)
    const summary = await read(`/reports/${name}-${years[1]}`)
    expect(summary).toContain('40 people answered')
    expect(summary).toContain('The school treats me as a partner')
    const line = await read(`/reports/series/${series}`)
    expect(line).toMatch(
      new RegExp(`${years[0]} to ${years[1]}: up 55 points \\(\\d+ to \\d+\\)\\. More than chance\\.`),
    )
    const { text } = await office.get('/reports/plan/hartford-2018-2022/FCP3.d/waves.csv')
    expect(text).toMatch(new RegExp(`${years[0]}-0[56].*,40,12,0\\.3,`))
    expect(text).toMatch(new RegExp(`${years[1]}-0[56].*,40,34,0\\.85,`))
    const indicator = await read('/reports/plan/hartford-2018-2022/FCP3.d')
    expect(indicator).toContain('85% (34)')
    expect(indicator).toMatch(
      new RegExp(
        `Up 55 points since June ${years[0]} \\(95% interval \\d+ to \\d+\\)\\. More than chance\\.`,
      ),
    )
  },
  30_000,
)
