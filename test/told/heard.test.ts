import fc from 'fast-check'
import request from 'supertest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Commitment, faultsOf, isDay } from '../../src/commitment/commitment.ts'
import { findings } from '../../src/commitment/findings.ts'
import { mayNotPublish } from '../../src/report/published/snapshot.ts'
import { settle } from '../../src/response/settle.ts'
import type { Survey } from '../../src/store/stores.ts'
import { field, sampleDistrict, wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

const title = (en: string, es = en) => ({ en, es })
const definition = {
  title: title('Our schools', 'Nuestras escuelas'),
  source: 'en',
  languages: ['en', 'es'],
  sections: [
    {
      code: 'one',
      title: title('You'),
      questions: [
        { code: 'group', kind: 'profile', attribute: 'group', title: title('Who are you?') },
        {
          code: 'goal',
          kind: 'single',
          title: title('What matters most?', '¿Qué importa más?'),
          options: [
            { code: 'a', label: title('Attendance', 'Asistencia') },
            { code: 'b', label: title('Reading', 'Lectura') },
          ],
        },
        { code: 'why', kind: 'text', title: title('Why?') },
      ],
    },
  ],
}

let house: House
let survey: Survey
let office: ReturnType<typeof visitor>
const answered = (group: string, times: number, answers: Record<string, unknown> = { goal: 'a' }) =>
  Array.from({ length: times }, () =>
    settle(
      survey.questionnaire,
      { group, ...answers },
      { version: 1, language: 'en', channel: 'web', hour: 0 },
    ),
  )

beforeAll(async () => {
  house = await openHouse()
  const { stores } = house
  await sampleDistrict(stores)
  for (const role of ['office', 'leader', 'coder', 'school-leader'] as const) await add(stores, role)
  survey = await field(stores, { slug: 'ours', definition })
  await stores.responses.addMany(survey.id, [
    ...answered('family', 30),
    ...answered('central', 12, { goal: 'b', why: 'Please ask Maria' }),
    ...answered('partner', 3),
    ...answered('community', 11),
  ])
  office = visitor(house.app)
  await office.signIn('office@example.org')
}, 60_000)
afterAll(() => house.close())

const family = (lang = 'en') => request(house.app).get(`/heard/ours?lang=${lang}`)
const home = '/office/surveys/ours'

test('families see nothing before it is published, and an open survey cannot be', async () => {
  expect((await family()).status).toBe(404)
  expect((await office.open(`${home}/heard`)).text).toContain('The survey is not closed')
  expect((await office.fill(`${home}/heard`, {}, `${home}/heard/publish`)).status).toBe(409)
  expect((await family()).status).toBe(404)
})

test('the office says what the plan does, in each language, and every saved state is kept', async () => {
  expect((await office.open(`${home}/commitments`)).text).toContain('No answer yet')
  const form = `${home}/commitments/new?kind=group&code=family`
  const wrong = await office.fill(
    form,
    { kind: 'group', code: 'family', 'owner.en': 'Mrs. Baker', on: '2026-02-30' },
    `${home}/commitments`,
  )
  expect(wrong.status).toBe(422)
  for (const said of ['Say what the district does', 'not a person', 'Type the date'])
    expect(wrong.text).toContain(said)
  const fields = {
    ...{ kind: 'group', code: 'family', status: 'underway', on: '2026-08-31' },
    'words.en': 'Rides to school for <all>',
    'words.es': 'Transporte para todos',
    'owner.en': 'Transport office',
  }
  expect((await office.fill(form, fields, `${home}/commitments`)).status).toBe(303)
  const [made] = await house.stores.commitments.list(survey.id)
  const one = `${home}/commitments/${made?.id}`
  expect((await office.fill(one, { ...fields, revision: '1', status: 'done' })).status).toBe(303)
  const late = await office.fill(one, { ...fields, revision: '1', 'words.en': 'Written over' })
  expect(late.status).toBe(409)
  const history = await house.stores.commitments.history(made?.id ?? 0)
  expect(history.map(({ status }) => status)).toEqual(['done', 'underway'])
  expect(history[0]?.words.en).toBe('Rides to school for <all>')
})

test('what was published stays as it was, in the languages of the survey, and small groups are not in it', async () => {
  const { stores } = house
  const quote = {
    survey: survey.id,
    theme: null,
    language: 'en',
    edits: [],
    by: 'id',
    at: 0,
    state: 'approved' as const,
  }
  const comments = await stores.comments.list(survey.id)
  await stores.quotes.add({
    ...quote,
    comment: comments[0]?.id ?? 0,
    words: 'Please ask [name]',
    group: 'central',
    translations: { es: 'Pregunte a [nombre]' },
  })
  await stores.surveys.setState(survey.id, 'closed')
  expect((await office.open(`${home}/heard/preview`)).text).toContain('This is a preview')
  expect((await office.fill(`${home}/heard`, {}, `${home}/heard/publish`)).status).toBe(303)
  const english = wordsOf((await family()).text)
  for (const said of [
    '56 people answered',
    '54% (30)',
    'chose Attendance: 79% (44)',
    'Rides to school for <all>',
    'Done on August 31, 2026',
    'Transport office',
    'Please ask [name]',
  ])
    expect(english).toContain(said)
  expect(english).not.toMatch(/\(3\)|Maria/)
  const spanish = (await family('es')).text
  for (const said of [
    'Nuestras escuelas',
    'Transporte para todos',
    'Pregunte a [nombre]',
    'Please ask [name]',
  ])
    expect(wordsOf(spanish)).toContain(said)
  await stores.responses.addMany(survey.id, answered('family', 5))
  expect(wordsOf((await family()).text)).toBe(english)
  // Five more people would stand out between the two pages.
  expect((await office.fill(`${home}/heard`, {}, `${home}/heard/publish`)).status).toBe(409)
  expect((await stores.audit.list({ limit: 5 })).map(({ did }) => did)).toContain('shown')
})

test('whoever comes to the survey afterwards is led to it, until it is hidden', async () => {
  const start = () => request(house.app).get('/s/ours')
  expect((await start()).text).toContain('/heard/ours')
  expect((await start()).text).toContain('/heard/ours')
  await office.fill(`${home}/heard`, {}, `${home}/heard/hide`)
  expect((await family()).status).toBe(404)
  expect((await start()).text).not.toContain('/heard/ours')
})

test('leaders read the table; those of some schools without quotes, and coders not at all', async () => {
  const reader = async (role: string) => {
    const one = visitor(house.app)
    await one.signIn(`${role}@example.org`)
    return one.open('/reports/ours/commitments')
  }
  const leader = await reader('leader')
  expect(leader.text).toContain('Please ask [name]')
  expect(leader.text).not.toContain('/commitments/new')
  await house.stores.people.setRole('id-school-leader-example-org', 'school-leader', {
    schools: ['school_a'],
    languages: [],
  })
  const ofSchool = await reader('school-leader')
  expect([ofSchool.status, ofSchool.text.includes('Please ask')]).toEqual([200, false])
  expect((await reader('coder')).status).toBe(403)
})

const about = (
  kind: 'group' | 'theme',
  code: string,
  status: Commitment['status'] = 'planned',
): Commitment => ({
  ...{ about: { kind, code }, words: { en: 'x' }, element: null, owner: {}, status, on: null },
})

test('every commitment stands at its finding or astray, and a gap is a finding that nothing but stopped ones answer', () => {
  const code = fc.constantFrom('a', 'b', 'c', 'd')
  const told = fc.option(fc.nat(20).map((n) => ({ n, share: n / 20, of: 20 })))
  const said = fc.uniqueArray(fc.record({ code, label: fc.constant({ en: 'x' }), told }), {
    selector: (one) => one.code,
  })
  const commitments = fc.array(
    fc
      .tuple(
        fc.constantFrom('group' as const, 'theme' as const),
        code,
        fc.constantFrom('planned' as const, 'stopped' as const),
      )
      .map((one) => about(...one)),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(said, said, commitments, (groups, themes, all) => {
      const made = findings({ groups, themes }, all)
      const rows = [...made.groups, ...made.themes]
      expect(rows.flatMap((row) => row.commitments).length + made.astray.length).toBe(all.length)
      for (const row of rows)
        expect(row.gap).toBe(row.told !== null && !row.commitments.some(({ status }) => status !== 'stopped'))
      expect(made.gaps).toBe(rows.filter(({ gap }) => gap).length)
    }),
    { numRuns: 60 },
  )
})

test('a day must be one, and an owner a role', () => {
  expect(['2026-02-28', '2026-02-30', '2026-13-01', '26-1-1', ''].map(isDay)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ])
  const owner = (en: string) =>
    faultsOf({ ...about('group', 'a'), owner: { en } }, 'en', undefined).map(({ code }) => code)
  expect(['Chief of schools', 'Dr. Reyes', 'someone@example.org', 'Drama office'].map(owner)).toEqual([
    [],
    ['person'],
    ['person'],
    [],
  ])
})

test('two pages never differ by fewer people than the minimum', () => {
  const ours = { closed: true, sample: false, minimumGroup: 10 }
  const before = [{ responses: 100 }]
  expect([100, 101, 109, 110, 91, null].map((n) => mayNotPublish(ours, n, before))).toEqual([
    [],
    ['near'],
    ['near'],
    [],
    ['near'],
    ['few'],
  ])
})
