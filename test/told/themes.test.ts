import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PlacedComment, themeSource } from '../../src/report/themes/source.ts'
import { settle } from '../../src/response/settle.ts'
import type { Survey } from '../../src/store/stores.ts'
import { readCodebook } from '../../src/theme/codebook.ts'
import { field, sampleDistrict, wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

const title = (en: string) => ({ en })
const definition = {
  ...{ title: title('Our schools'), source: 'en', languages: ['en'] },
  sections: [
    {
      code: 'one',
      title: title('You'),
      questions: [
        { code: 'group', kind: 'profile', attribute: 'group', title: title('Who are you?') },
        { code: 'school', kind: 'profile', attribute: 'school', title: title('Which school?') },
        { code: 'why', kind: 'text', title: title('Why?') },
      ],
    },
  ],
}

const { codebook } = readCodebook(JSON.parse(readFileSync('templates/codebook.json', 'utf8')))
if (!codebook) throw new Error('the codebook is not sound')

let house: House
let survey: Survey
type Seen = { status: number; text: string; body: Record<string, unknown> }
const people: Record<string, ReturnType<typeof visitor>> = {}
const read = (who: string, path: string): Promise<Seen> => Promise.resolve(people[who]?.open(path) as never)

/** Families of school A speak of tutoring, those of B of nothing; two teachers speak of both. */
beforeAll(async () => {
  house = await openHouse()
  const { stores } = house
  await sampleDistrict(stores)
  for (const role of ['office', 'leader', 'coder', 'school-leader'] as const) {
    await add(stores, role)
    const someone = visitor(house.app)
    await someone.signIn(`${role}@example.org`)
    people[role] = someone
  }
  await stores.people.setRole('id-school-leader-example-org', 'school-leader', {
    ...{ schools: ['school_a'], languages: [] },
  })
  survey = await field(stores, { slug: 'ours', definition })
  const said = (group: string, school: string, words: string, times: number) =>
    Array.from({ length: times }, () =>
      settle(
        survey.questionnaire,
        { group, school, why: { words, language: 'en' } },
        { version: 1, language: 'en', channel: 'web', hour: 0 },
      ),
    )
  await stores.responses.addMany(survey.id, [
    ...said('family', 'school_a', 'More tutors please', 12),
    ...said('family', 'school_b', 'Nothing', 30),
    ...said('teacher', 'school_a', 'Tutors and feelings', 2),
    ...said('student', 'school_b', 'Feelings', 15),
  ])
}, 60_000)
afterAll(() => house.close())

const themesOf = async (who: string, query = '') =>
  (await read(who, `/reports/ours/data.json${query}`)).body as {
    themes?: { people: number | null; themes: { code: string; n: number; share: number }[] }
    questions: { code: string; themes?: { code: string; n: number | null; share: number | null }[] }[]
  }

test('before anybody has read a comment, nothing is said of themes', async () => {
  const report = await themesOf('leader')
  expect([report.themes, report.questions.find(({ code }) => code === 'why')?.themes]).toEqual([
    undefined,
    [],
  ])
  expect((await read('leader', '/reports/ours/themes')).text).toContain('Nobody has read comments')
  expect((await read('leader', '/reports/ours/themes/tutoring')).status).toBe(404)
})

test('shares are of those whose comments were read, and small groups are hidden with what would tell of them', async () => {
  const { stores } = house
  await stores.codebooks.save({ ...codebook, id: 'default', version: 1, history: [] }, 'x', 1)
  const by = { person: 'x', version: 1, how: 'desk' as const, at: 1 }
  const themes = {
    'More tutors please': ['tutoring'],
    'Tutors and feelings': ['tutoring', 'mental-health'],
    Feelings: ['mental-health'],
  }
  const comments = await stores.comments.list(survey.id)
  await stores.codings.read(
    survey.id,
    by,
    comments.map(({ id, words }) => ({ comment: id, themes: themes[words as keyof typeof themes] ?? [] })),
  )
  const report = await themesOf('leader')
  const share = (code: string) => report.themes?.themes.find((one) => one.code === code)
  expect(report.themes?.people).toBe(59)
  expect(share('tutoring')).toMatchObject({ n: 14, share: 14 / 59, people: 14, peopleShare: 14 / 59 })
  expect(share('mental-health')).toMatchObject({ n: 17, share: 17 / 59 })
  const why = report.questions.find(({ code }) => code === 'why')
  expect(why?.themes?.find(({ code }) => code === 'tutoring')).toMatchObject({ n: 14, share: 14 / 59 })
  const page = wordsOf((await read('leader', '/reports/ours/themes')).text)
  for (const said of [
    '24% (14)',
    '59 people whose comments were read',
    'more than 100%',
    'By stakeholder group',
  ])
    expect(page).toContain(said)
  expect(page).not.toMatch(/\(2\)/)
  expect((await themesOf('leader', '?group=teacher')).themes).toMatchObject({
    people: null,
    suppressed: true,
  })
  // All of its families spoke of tutoring: that is told only as a bound.
  const own = await themesOf('leader', '?group=family&school=school_a')
  expect(own.themes?.themes.find(({ code }) => code === 'tutoring')).toMatchObject({ n: null })
})

test('a theme has a page with its meaning, its groups and its quotes', async () => {
  const { stores } = house
  const [first] = await stores.comments.list(survey.id)
  await stores.quotes.add({
    ...{
      survey: survey.id,
      comment: first?.id ?? 0,
      theme: 'tutoring',
      words: 'More [people] please',
      language: 'en',
    },
    ...{ edits: [], translations: {}, group: 'family', state: 'approved', by: 'x', at: 0 },
  })
  const page = await read('leader', '/reports/ours/themes/tutoring')
  for (const said of ['What it means', 'More [people] please', 'HPS family member', 'No answer yet'])
    expect(wordsOf(page.text)).toContain(said)
  const everywhere = await read('school-leader', '/reports/ours/themes/tutoring?school=')
  expect(everywhere.text).not.toContain('More [people]')
  expect((await read('school-leader', '/reports/ours/themes/tutoring')).text).toContain('More [people]')
  expect((await read('school-leader', '/reports/ours/themes?school=school_b')).status).toBe(403)
  expect((await read('coder', '/reports/ours/themes')).status).toBe(403)
  expect((await read('leader', '/reports/ours/themes/nothing')).status).toBe(404)
  const table = wordsOf((await read('leader', '/reports/ours/commitments')).text)
  expect(table).toContain('24% (14) of those who wrote spoke of this')
})

test('no shown slices of themes add up to a small group', () => {
  const place = fc.record({
    school: fc.constantFrom('a', 'b', 'c'),
    group: fc.constantFrom('x', 'y', 'z'),
    n: fc.integer({ min: 1, max: 14 }),
  })
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 9 }), (places) => {
      let id = 0
      const comments = places.flatMap(({ n, school, group }): PlacedComment[] =>
        Array.from({ length: n }, () => {
          id++
          return { id, response: id, question: 'why', language: 'en', school, group }
        }),
      )
      const source = themeSource(
        {
          codebook,
          comments,
          said: [],
          readings: comments.map((one) => ({ comment: one.id })),
          acceptances: [],
          upTo: new Map(),
        },
        () => 1000,
        10,
      )
      const size = (school: string | null, group: string | null) => source.of({ school, group }).base?.people
      const total = size(null, null)
      if (total === undefined) return
      for (const [by, codes] of [
        ['school', ['a', 'b', 'c']],
        ['group', ['x', 'y', 'z']],
      ] as const) {
        const shown = codes.map((code) => (by === 'school' ? size(code, null) : size(null, code)))
        for (const n of shown) expect(n ?? 10).toBeGreaterThanOrEqual(10)
        const rest = total - shown.reduce<number>((sum, n) => sum + (n ?? 0), 0)
        expect(rest === 0 || rest >= 10).toBe(true)
      }
      for (const code of ['a', 'b', 'c']) {
        const whole = size(code, null)
        if (whole === undefined) continue
        const cells = ['x', 'y', 'z'].map((group) => size(code, group))
        const rest = whole - cells.reduce<number>((sum, n) => sum + (n ?? 0), 0)
        expect(rest === 0 || rest >= 10).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})
