import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPlans } from '../../src/demo/files.ts'
import { type Item, type Question, questions } from '../../src/questionnaire/definition.ts'
import { withDistrict } from '../../src/questionnaire/publish.ts'
import { lastOf, openOffice, press } from '../build/office.ts'
import { start } from '../build/steps.ts'
import { templates } from './bank.ts'

let office: Awaited<ReturnType<typeof openOffice>>
beforeAll(async () => {
  office = await openOffice({ ...start, plan: 'hartford-2018-2022' })
  for (const plan of await readPlans()) await office.stores.plans.put(plan)
})
afterAll(() => office.close())

const send = (page: string, typed: Record<string, string | string[]>) => press(office.ana, page, typed)
const asked = async (slug: string) => questions(await lastOf(office, slug))
const banks = (question: Question | undefined) => ((question?.items ?? []) as Item[]).map(({ bank }) => bank)
const page = async (path: string) => (await office.ana.open(path)).text
/** Codes of the items on the page, in their order. */
const listed = (html: string) => [...html.matchAll(/name="item" value="([^"]+)"/g)].map(([, code]) => code)

describe('the item bank, to begin a survey', () => {
  it('is searched by words, domain, audience, plan element and reading grade', async () => {
    const at = (query: string) => page(`/office/build/bank?${query}`).then(listed)
    expect(await at('words=dashboards')).toEqual(['climate-dashboards'])
    expect(await at('words=paneles de datos')).toEqual(['climate-dashboards'])
    expect(await at('measures=hartford-2018-2022|OE6.c')).toEqual(['climate-resources'])
    expect((await at('measures=hartford-2018-2022|OE6')).length).toBeGreaterThan(5)
    expect(await at('audience=students-3-5&domain=safety&grade=3')).toEqual(
      expect.arrayContaining(['students-3-5-safe', 'kid-stop']),
    )
    expect(await at('words=nothing%20like%20this')).toEqual([])
  })

  it('keeps what is ticked while somebody searches on', async () => {
    const sent = await send('/office/build/bank', {
      go: 'find',
      words: 'budget',
      item: ['fam-informed', 'fam-asked'],
    })
    expect(sent.status).toBe(303)
    expect(sent.headers.location).not.toContain('csrf')
    const html = await page(sent.headers.location ?? '')
    expect(html).toMatch(/id="item\.fam-informed"[^>]* checked/)
    expect(listed(html).slice(0, 2)).toEqual(['fam-informed', 'fam-asked'])
  })

  it('makes a survey of two languages with a section for each domain, its audience and its plan', async () => {
    const sent = await send('/office/build/bank', {
      go: 'add',
      'title.en': 'Families this fall',
      'title.es': 'Las familias este otoño',
      audience: 'families',
      plan: 'hartford-2018-2022',
      item: ['climate-partner', 'climate-offerings', 'fam-child-safe', 'fam-bullying', 'do-better'],
    })
    expect(sent.headers.location).toMatch(/^\/office\/build\/families-this-fall/)
    const made = await lastOf(office, 'families-this-fall')
    expect(made).toMatchObject({
      languages: ['en', 'es'],
      audience: ['family'],
      plan: 'hartford-2018-2022',
    })
    expect(made.sections.map(({ title }) => title.en)).toEqual([
      'Safety',
      'Families and partners',
      'Service',
      'Plans and needs',
    ])
    expect(questions(made).map(({ kind }) => kind)).toEqual(['grid', 'grid', 'grid', 'text'])
    const partner = ((questions(made)[1]?.items ?? []) as Item[])[0]
    expect(partner).toMatchObject({ bank: 'climate-partner', cites: ['FCP3.d'] })
    expect(partner?.label.es).toContain('escuela')
  })

  it('asks for a title and a tick, and makes nothing without', async () => {
    const sent = await send('/office/build/bank', { go: 'add' })
    expect(sent.status).toBe(422)
    expect(sent.text).toContain('Tick at least one question')
    const untitled = await send('/office/build/bank', { go: 'add', item: 'fam-asked' })
    expect(untitled.status).toBe(422)
    expect(untitled.text).toMatch(/id="item\.fam-asked"[^>]* checked/)
  })

  it('leads on to a survey under work with what was ticked', async () => {
    const sent = await send('/office/build/bank', { go: 'add', into: 'spring', item: 'fam-asked' })
    expect(sent.headers.location).toMatch(/^\/office\/build\/spring\/bank\?.*item=fam-asked/)
    expect((await office.ana.open('/office/build/none/bank')).status).toBe(404)
  })
})

describe('the item bank, inside a survey', () => {
  it('adds a grid for each scale to a section that is there, with the codes of the survey’s plan', async () => {
    const before = await asked('spring')
    const sent = await send('/office/build/spring/bank', {
      go: 'add',
      section: 'ratings',
      item: ['climate-safe', 'stu-bullying', 'climate-data-services', 'stu-change'],
    })
    expect(sent.headers.location).toBe('/office/build/spring?done=added#section-ratings')
    const section = (await lastOf(office, 'spring')).sections.find(({ code }) => code === 'ratings')
    const added = section?.questions.slice(-3)
    expect(added?.map(({ kind }) => kind)).toEqual(['grid', 'grid', 'text'])
    expect(banks(added?.[0])).toEqual(['climate-safe', 'stu-bullying'])
    expect(added?.[0]?.items).toMatchObject([
      { cites: ['SCC7.d', 'G6'] },
      { reversed: true, cites: ['SCC7.i'] },
    ])
    expect((await asked('spring')).length).toBe(before.length + 3)
  })

  it('adds to a new section, under codes of its own, and keeps what another saved meanwhile', async () => {
    const html = await page('/office/build/spring/bank')
    await send('/office/build/spring/settings', { 'title.en': 'Spring, renamed' })
    const { fieldsOf } = await import('../build/office.ts')
    const fields = fieldsOf(html, '/office/build/spring/bank')
    const sent = await office.ben.open('/office/build/spring/bank').then(({ text }) =>
      office.ben.send('/office/build/spring/bank', {
        ...fields,
        _csrf: /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '',
        go: 'add',
        section: '',
        item: 'climate-safe',
      } as Record<string, string>),
    )
    expect(sent.headers.location).toMatch(/since=\d+&until=\d+/)
    const made = await lastOf(office, 'spring')
    expect(made.title.en).toBe('Spring, renamed')
    expect(made.sections.at(-1)?.questions[0]?.code).toBe('agree_2')
  })

  it('says when nothing is ticked', async () => {
    const sent = await send('/office/build/spring/bank', { go: 'add', section: 'ratings' })
    expect([sent.status, sent.text.includes('Tick at least one question')]).toEqual([422, true])
  })
})

describe('the page of what surveys measure', () => {
  it('says it in one sentence, names the gap and leads to the items that fill it', async () => {
    const climate = templates.find(({ name }) => name === 'climate')?.questionnaire
    if (!climate) throw new Error('no climate survey')
    const gap = structuredClone(climate)
    for (const { questions } of gap.sections)
      for (const one of questions)
        if (Array.isArray(one.items) && one.code !== 'staff_dashboards')
          one.items = one.items.filter(({ bank }) => bank !== 'climate-central-timely')
    gap.sections = gap.sections.map((section) => ({
      ...section,
      questions: section.questions.filter(({ code }) => code !== 'staff_dashboards'),
    }))
    await office.stores.definitions.add('gap', gap, 'nobody', 1)
    const html = await page('/office/coverage?plan=hartford-2018-2022&survey=work.gap')
    expect(html).toContain('8 of 10 indicators and goals that rest on what people say are measured.')
    expect(html).toContain('Only in part: \u2068OE4.a\u2069.')
    expect(html).toContain('Not at all: \u2068OE5.c\u2069.')
    expect(html).toContain('inquiries are resolved in a timely way')
    const [, fill = ''] = /href="([^"]+OE4\.a[^"]*timely)"/.exec(html) ?? []
    expect(await page(fill.replaceAll('&amp;', '&').replaceAll('&#38;', '&'))).toMatch(
      /id="item\.climate-central-timely"[^>]* checked/,
    )
    const { text, headers } = await office.ana.open(
      '/office/coverage.csv?plan=hartford-2018-2022&survey=work.gap',
    )
    expect(headers['content-type']).toContain('text/csv')
    expect(text).toMatch(/hartford-2018-2022,OE,indicator,OE4\.a,.*,half,timely,school administrators,/)
    expect(text).toMatch(
      /hartford-2018-2022,SCC,goal,G6,.*,measured,safe,students,,gap,yes,student_climate,safe,/,
    )
  })

  it('looks at the newest plan and at every survey unless told otherwise, and is for the office', async () => {
    const html = await page('/office/coverage')
    expect(html).toContain('of 11 strategies are asked about')
    expect(html).toMatch(/name="survey" value="work\.spring" checked/)
    const { visitor } = await import('../web/house.ts')
    expect((await visitor(office.app).open('/office/coverage')).status).toBe(303)
  })
})

describe('a questionnaire that is discarded', () => {
  it('is asked about, leaves the list, keeps every state and its address, and comes back', async () => {
    await office.stores.definitions.add('autumn', start, 'nobody', 1)
    await office.stores.definitions.save('autumn', 1, { ...start, title: { en: 'Autumn' } }, 'nobody', 2)
    expect(await page('/office/build/autumn/discard')).toContain('Everything in it is kept')
    const sent = await send('/office/build/autumn/discard', {})
    expect(sent.headers.location).toBe('/office/build?done=discarded')
    const home = await page('/office/build?done=discarded')
    expect(home).toContain('action="/office/build/autumn/bring-back"')
    expect(home).not.toContain('href="/office/build/autumn"')
    expect((await office.ana.open('/office/build/autumn')).status).toBe(404)
    const again = await office.ana.fill('/office/build/new', {
      way: 'copy',
      survey: 'spring',
      'slug.copy': 'autumn',
    })
    expect(again.status).toBe(422)
    const back = await office.ana.fill('/office/build', {}, '/office/build/autumn/bring-back')
    expect(back.headers.location).toBe('/office/build/autumn')
    expect((await lastOf(office, 'autumn')).title.en).toBe('Autumn')
    expect(await office.stores.definitions.revisions('autumn')).toHaveLength(2)
    const did = (await office.stores.audit.list({ limit: 50 })).map(({ did, about }) => `${did} ${about}`)
    expect(did).toEqual(expect.arrayContaining(['deleted autumn', 'restored autumn']))
  })

  it('leaves the survey that was published from it alone, whose page leads back to its builder', async () => {
    const questionnaire = withDistrict(start, await office.stores.settings.district())
    const survey = await office.stores.surveys.add({ slug: 'autumn', questionnaire }, 1)
    await send('/office/build/autumn/discard', {})
    expect(await office.stores.surveys.find('autumn')).toEqual(survey)
    const { text } = await office.ana.open('/office/surveys/autumn')
    expect(text).toContain('action="/office/build/autumn/take-up"')
    const sent = await office.ana.fill('/office/surveys/autumn', {}, '/office/build/autumn/take-up')
    expect(sent.headers.location).toBe('/office/build/autumn')
    expect((await office.ana.open('/office/build/autumn')).status).toBe(200)
  })
})
