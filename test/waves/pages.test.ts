import { readFile } from 'node:fs/promises'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wordings } from '../../src/language/wording.ts'
import { readLocales } from '../../src/locales.ts'
import { readerOf } from '../../src/report/reader.ts'
import { sayChange } from '../../src/report/waves/wavesPage.ts'
import type { Answers, Settled } from '../../src/response/response.ts'
import { settle } from '../../src/response/settle.ts'
import type { Survey } from '../../src/store/stores.ts'
import { field, openSite, type Site, sampleDistrict, wordsOf } from '../site.ts'
import { goodPassword } from '../web/house.ts'

const en = (words: string) => ({ en: words })
const asked = (words: string) => ({
  source: 'en',
  languages: ['en'],
  title: en('Before the training'),
  sections: [
    {
      code: 'all',
      title: en('All'),
      questions: [
        {
          code: 'day',
          kind: 'number',
          bank: 'match-day',
          title: en('Which day?'),
          min: 1,
          max: 31,
          whole: true,
        },
        {
          code: 'digits',
          kind: 'number',
          bank: 'match-digits',
          title: en('Which digits?'),
          min: 0,
          max: 99,
          whole: true,
        },
        { code: 'role', kind: 'profile', attribute: 'group', title: en('Who are you?') },
        { code: 'sure', kind: 'scale', title: en(words), low: en('Not'), high: en('Very'), favorableFrom: 7 },
        {
          code: 'glad',
          kind: 'scale',
          title: en('How glad?'),
          low: en('Not'),
          high: en('Very'),
          favorableFrom: 7,
        },
      ],
    },
  ],
})

let site: Site
let office: ReturnType<typeof request.agent>
let before: Survey
let after: Survey
beforeAll(async () => {
  site = await openSite(sampleDistrict)
  office = await signedIn('office')
  before = await field(site.stores, { slug: 'before', definition: asked('How sure are you?') })
  after = await field(site.stores, { slug: 'after', definition: asked('How sure are you now?') })
  // 40 people answer both times: 10 favor it before, 30 after. 12 more only once; two share a code.
  await fill(before, 52, (at) => ({
    day: (at % 31) + 1,
    digits: at,
    sure: at < 10 ? 9 : 1,
    glad: at % 2 ? 8 : 2,
  }))
  await fill(after, 42, (at) => ({
    day: (at % 31) + 1,
    digits: at < 40 ? at : 90,
    sure: at < 30 ? 9 : 1,
    glad: at < 40 ? 8 : 2,
  }))
}, 60_000)
afterAll(() => site.close())

async function fill(survey: Survey, n: number, of: (at: number) => Answers) {
  const circumstances = { version: 1, language: 'en', channel: 'web', hour: 0 } as const
  const settled = Array.from({ length: n }, (_, at): Settled => {
    const given = of(at)
    // The last two of the second survey made up the same code.
    if (given.digits === 90) given.day = 1
    return settle(survey.questionnaire, { ...given, role: 'family' }, circumstances)
  })
  await site.stores.responses.addMany(survey.id, settled)
}

const tokenOn = (page: string) => /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
async function signedIn(role: string) {
  const agent = request.agent(site.url).set({ Accept: 'text/html', 'Accept-Language': 'en' })
  const _csrf = tokenOn((await agent.get('/sign-in')).text)
  await agent
    .post('/sign-in')
    .type('form')
    .send({ _csrf, email: `${role}@example.org`, password: goodPassword })
  return agent
}

const words = async (path: string) => wordsOf((await office.get(path)).text)
async function send(path: string, fields: Record<string, string>) {
  const _csrf = tokenOn((await office.get('/office/series')).text)
  const answer = await office
    .post(path)
    .type('form')
    .send({ _csrf, ...fields })
  return { status: answer.status, words: wordsOf(answer.text), to: answer.headers.location ?? '' }
}

describe('a series, made by the office', () => {
  test('is made, filled, and says what is missing from a form', async () => {
    expect((await send('/office/series', { name: ' ' })).words).toContain('Type a name for the series')
    expect((await send('/office/series', { name: 'Training' })).to).toBe('/office/series/1')
    const nothing = await send('/office/series/1/wave', { slug: 'nowhere', day: 'x', label: '' })
    expect(nothing.status).toBe(422)
    expect(nothing.words).toContain('Choose a survey')
    for (const [slug, day, label] of [
      ['before', '2021-01-10', 'Before'],
      ['after', '2021-02-10', 'After'],
    ] as const)
      expect((await send('/office/series/1/wave', { slug, day, label })).status).toBe(303)
    const other = await send('/office/series', { name: 'Other' })
    expect(
      (await send(`${other.to}/wave`, { slug: 'after', day: '2021-01-10', label: 'x' })).words,
    ).toContain('This survey is in another series')
  })

  test('shows where the wording parts, and the report breaks the line there', async () => {
    const page = await words('/office/series/1')
    expect(page).toContain('1 question is asked in the same words')
    expect(page).toContain('How sure are you? After How sure are you now?')
    const report = await words('/reports/series/1')
    expect(report).toContain('The line starts anew in After: other words.')
    expect(report).not.toMatch(/Before to After: up 52 points .* More than chance/)
  })

  test('until the office says that it is the same question; the reason stands in the report', async () => {
    const same = { after: String(after.id), askedBefore: 'sure', askedAfter: 'sure' }
    expect((await send('/office/series/1/same', { ...same, reason: '' })).words).toContain('Say why')
    expect((await send('/office/series/1/same', { ...same, askedAfter: 'x', reason: 'y' })).status).toBe(422)
    await send('/office/series/1/same', { ...same, reason: 'Only "now" was added' })
    const report = await words('/reports/series/1')
    expect(report).toContain('The district says that it is the same question: Only "now" was added')
    expect(report).toMatch(/Before to After: up 52 points \(\d+ to \d+\)\. More than chance\./)
    // What changed stands before the lines.
    const first = report.slice(report.indexOf('What changed?'), report.indexOf('Question by question'))
    expect(first).toMatch(/How sure are you now\? Before to After: up 52 points/)
    expect(first).toMatch(/2 changes since Before were looked at together; more than chance: [12]\./)
    await send('/office/series/1/unsay', { after: String(after.id), askedAfter: 'sure' })
    expect(await words('/office/series/1')).toContain('1 question has the same code')
  })
})

const t = wordings(readLocales('locales')).t('en')
const reader = readerOf('en', (key, values) => t(key, values ?? {}), 'en')
test('a fall and its interval have the sign of the later share less the earlier one', () => {
  const said = sayChange(
    { from: 0, to: 1, difference: -0.14, low: -0.27, high: -0.01, beyondChance: false },
    (at) => String(2020 + at),
    reader,
  )
  expect(said).toBe(
    '2020 to 2021: down 14 points (-27 to -1). Among all the changes read together here, chance alone could explain it.',
  )
})

test('a change of less than a point is not called no change, which of many people may be more than chance', () => {
  const said = (difference: number, beyondChance: boolean) =>
    sayChange(
      { from: 0, to: 1, difference, low: difference - 0.001, high: difference + 0.001, beyondChance },
      (at) => String(2020 + at),
      reader,
    )
  expect(said(-0.004, true)).toBe('2020 to 2021: less than one point (0 to 0). More than chance.')
  expect(said(0, false)).toContain('2020 to 2021: no change (0 to 0).')
})

describe('the same people, before and after', () => {
  test('are matched by their own codes; unmatched and doubtful ones are counted', async () => {
    const { body } = await office.get('/reports/series/1/data.json').set('Accept', 'application/json')
    expect(body.paired).toMatchObject([
      {
        surveys: ['before', 'after'],
        before: { matched: 40, unmatched: 12, ambiguous: 0, withoutCode: 0 },
        after: { matched: 40, unmatched: 0, ambiguous: 2, withoutCode: 0 },
      },
    ])
    expect(await words('/reports/series/1')).toContain('Nobody knows whose code it is')
  })

  test('nothing is told where two people more would be given away by subtraction', async () => {
    // 42 answered after, 40 of them are matched: all less the matched would be two people.
    const { body } = await office.get('/reports/series/1/data.json').set('Accept', 'application/json')
    expect(body.paired[0].items).toMatchObject([{ asked: 'glad', n: null, why: 'rest' }])
  })

  test('the report of one survey says nothing of the codes', async () => {
    const { text } = await office.get('/reports/before/data.json').set('Accept', 'application/json')
    expect(text).not.toContain('digits')
    expect(await words('/reports/before')).not.toContain('Which digits?')
  })
})

test('a filter that a wave does not know leaves it out; a group is compared with itself', async () => {
  expect(await words('/reports/series/1?group=family')).toContain('After')
  expect((await office.get('/reports/series/1?group=nobody')).status).toBe(404)
  expect((await office.get('/reports/series/99')).status).toBe(404)
})

test('a school leader gets no page of other schools', async () => {
  const leader = await signedIn('school-leader')
  expect((await leader.get('/reports/series/1')).status).toBe(403)
})

describe('earlier results from another program', () => {
  const file = (more = '') =>
    `Timestamp;How glad?;Who are you?;Name\n12/05/2019 09:30;8;Family;X\n31/05/2019 10:00;3;Familia?;Y\n${more}`
  async function upload(content: string | Buffer) {
    const _csrf = tokenOn((await office.get('/office/series')).text)
    await office
      .post('/office/series/import')
      .field({ _csrf, base: 'after' })
      .attach('file', Buffer.from(content), 'old.csv')
    return (await office.get('/office/series/import')).text
  }
  const chosen = (html: string) => {
    const fields: Record<string, string> = {}
    for (const [, name = '', value = ''] of html.matchAll(
      /<input type="hidden" name="(was-\d+)" value="([^"]*)"/g,
    ))
      fields[name] = value
    for (const [, name = '', options = ''] of html.matchAll(
      /<select id="[^"]*" name="([^"]+)"[^>]*>(.*?)<\/select>/gs,
    ))
      fields[name] = /<option value="([^"]*)"[^>]* selected/.exec(options)?.[1] ?? ''
    return fields
  }
  const into = { title: 'In 2019', slug: 'in-2019', day: '2019-06-01', series: '1', label: '2019' }

  test('are looked at first: which rows cannot be used, and what values stand for nothing', async () => {
    const html = await upload(file('never;8;Family;Z\n'))
    const seen = wordsOf(html)
    expect(seen).toContain('2 responses')
    expect(seen).toContain('1 row cannot be used')
    expect(seen).toContain('Row 4: this is no date. never')
    expect(seen).toContain('1 answer stands for nothing and is left out')
    const answer = await send('/office/series/import/take', { ...chosen(html), ...into, go: 'take' })
    expect(answer.status).toBe(422)
    expect(answer.words).toContain('Nothing was brought in')
    expect(await site.stores.surveys.find('in-2019')).toBeUndefined()
  })

  test('are read under a title and empty rows, and rows have the numbers that a spreadsheet shows', async () => {
    const seen = wordsOf(await upload(`Results of 2019\n\n${file('never;8;Family;Z\n')}`))
    expect(seen).toContain('2 responses')
    expect(seen).toContain('Row 6: this is no date. never')
    await send('/office/series/import/drop', {})
  })

  test('come into a closed survey that is a wave, and the same columns are known the next time', async () => {
    const html = await upload(file())
    const fields = { ...chosen(html), ...into, 'value-2-1': 'family', go: 'take' }
    expect((await send('/office/series/import/take', { ...fields, slug: '1 x' })).words).toContain(
      'Type a short name',
    )
    expect((await send('/office/series/import/take', fields)).to).toBe('/office/series/1?done=imported')
    const survey = await site.stores.surveys.find('in-2019')
    expect(survey?.state).toBe('closed')
    const kept = await Array.fromAsync(site.stores.responses.stream(survey?.id ?? 0))
    expect(kept.map(({ answers, channel }) => ({ answers, channel }))).toEqual([
      { answers: { role: 'family', glad: 8 }, channel: 'import' },
      { answers: { role: 'family', glad: 3 }, channel: 'import' },
    ])
    // The clocks of the sample district show 9:30 at 13:30 in UTC.
    expect(new Date(kept[0]?.hour ?? 0).toISOString()).toBe('2019-05-12T13:00:00.000Z')
    expect((await site.stores.series.find(1))?.waves).toHaveLength(3)
    const again = await upload(file())
    expect(wordsOf(again)).toContain('A file with these columns was brought in before')
    expect(chosen(again)['value-2-1']).toBe('family')
    await send('/office/series/import/drop', {})
    expect(await words('/office/series/import')).toContain('Read the file')
  })

  test('where no survey asks the same, one is made from the columns, which the office can put right', async () => {
    const _csrf = tokenOn((await office.get('/office/series')).text)
    const send4 = async (content: string) => {
      await office
        .post('/office/series/import')
        .field({ _csrf, base: '@columns' })
        .attach('file', Buffer.from(content), 'Panorama 2018.csv')
      return (await office.get('/office/series/import')).text
    }
    const said = ['Not at all safe', 'Slightly safe', 'Somewhat safe', 'Quite safe', 'Extremely safe']
    const rows = Array.from({ length: 20 }, (_, at) =>
      [
        `5/${at + 1}/2018 10:00`,
        `person${at}@example.org`,
        said[at % 5],
        at % 2 ? 'Agree' : 'Strongly disagree',
        at % 3 ? 'Red' : 'Blue',
        `I wrote ${at}`,
        (at % 2) + 1,
        2 - (at % 2),
        3,
      ].join(','),
    )
    const head =
      'Timestamp,Email,How safe do you feel?,[It is clean],Which color?,Anything else?,Order [Arts],Order [Sport],Order [Music]'
    const html = await send4([head, ...rows].join('\n'))
    expect(wordsOf(html)).toContain('Favorable: Quite safe, Extremely safe')
    const kinds = chosen(html)
    expect(Object.values(kinds).slice(0, 9)).toEqual([
      'date',
      'skip',
      'rating',
      'rating',
      'choice',
      'comment',
      'rank',
      'rank',
      'rank',
    ])
    expect((await send('/office/series/import/columns', { 'kind-0': 'date' })).words).toContain(
      'No question can be made of this',
    )
    expect((await send('/office/series/import/columns', kinds)).to).toBe('/office/series/import')
    const mapped = (await office.get('/office/series/import')).text
    expect(wordsOf(mapped)).toContain('20 responses')
    expect(wordsOf(mapped)).not.toContain('stands for nothing')
    const fields = { ...chosen(mapped), ...into, series: '', title: 'In 2018', slug: 'in-2018', go: 'take' }
    expect((await send('/office/series/import/take', fields)).to).toBe('/office/surveys/in-2018')
    const survey = await site.stores.surveys.find('in-2018')
    const [first] = await Array.fromAsync(site.stores.responses.stream(survey?.id ?? 0))
    expect(first?.answers).toEqual({
      q3: { i1: 'p1' },
      q4: { i1: 'p1' },
      q5: 'o2',
      q6: { words: 'I wrote 0', language: 'en' },
      q7: { order: ['o1', 'o2', 'o3'] },
    })
    const { body } = await office.get('/reports/in-2018/data.json').set('Accept', 'application/json')
    expect(body.questions[0].items[0]).toMatchObject({ n: 20, favorable: 8 })
    expect(wordsOf(await send4([head, ...rows].join('\n')))).toContain('Everything is set as it was then')
    await send('/office/series/import/drop', {})
  })

  test('a real export comes through to the line of a series; what is favorable is said once and remembered', async () => {
    const content = await readFile(new URL('exports/qualtrics.csv', import.meta.url))
    const send5 = async (base = '@columns') => {
      const _csrf = tokenOn((await office.get('/office/series')).text)
      await office
        .post('/office/series/import')
        .field({ _csrf, base })
        .attach('file', content, 'Qualtrics.csv')
      return (await office.get('/office/series/import')).text
    }
    const html = await send5()
    expect(wordsOf(html)).toContain('1 row was only sent to try the form')
    expect(wordsOf(html)).toContain('Columns N, O')
    const fields = chosen(html)
    const neither = Object.keys(fields).find((name) => /^is-\w+-2$/.test(name)) ?? ''
    expect(fields[neither]).toBe('other')
    // A column that is now rated has a scale that nobody has looked at.
    const fresh = await send('/office/series/import/columns', { ...fields, 'kind-12': 'rating' })
    expect(fresh).toMatchObject({ status: 422 })
    expect(fresh.words).toContain('A scale is new')
    const said = { ...fields, [neither]: 'favorable' }
    expect((await send('/office/series/import/columns', { ...said, go: 'look' })).words).toContain(
      'Favorable: Neither agree nor disagree, Agree, Strongly agree',
    )
    expect((await send('/office/series/import/columns', said)).to).toBe('/office/series/import')
    const mapped = (await office.get('/office/series/import')).text
    expect(wordsOf(mapped)).toContain('24 responses')
    const other = await send('/office/series', { name: 'From Qualtrics' })
    const take = {
      ...chosen(mapped),
      ...into,
      series: other.to.split('/').at(-1) ?? '',
      slug: 'in-qualtrics',
    }
    expect((await send('/office/series/import/take', { ...take, go: 'take' })).to).toBe(
      `${other.to}?done=imported`,
    )
    // The year after, the same questions: now there is a survey that asks them.
    const next = {
      ...chosen(await send5('in-qualtrics')),
      ...{ ...into, slug: 'qualtrics-2', day: '2020-06-01', series: take.series, go: 'take' },
    }
    expect((await send('/office/series/import/take', next)).to).toBe(`${other.to}?done=imported`)
    const line = await words(other.to.replace('office', 'reports'))
    for (const shown of ['I feel safe', 'I am heard - by staff', 'Tutoring', 'Sports'])
      expect(line).toContain(shown)
    expect(line).toContain('75%')
    const { body } = await office.get('/reports/in-qualtrics/data.json').set('Accept', 'application/json')
    expect(body.questions[1].items[0]).toMatchObject({ n: 24, favorable: 18 })
    expect(chosen(await send5())[neither]).toBe('favorable')
    await send('/office/series/import/drop', {})
  })

  test('in Windows letters and with a mark at the start, or twenty thousand rows at once', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => `12/05/2019 09:30;${at % 11};Familia y más;x`)
    const html = await upload(
      Buffer.from(`Timestamp;How glad?;Who are you?;Name\n${rows.join('\n')}\n`, 'latin1'),
    )
    expect(wordsOf(html)).toContain('20000 responses')
    await send('/office/series/import/drop', {})
  }, 30_000)
})
