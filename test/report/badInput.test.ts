import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Enrolment } from '../../src/district/enrolment.ts'
import { publish } from '../../src/questionnaire/publish.ts'
import { settle } from '../../src/response/settle.ts'
import { field, wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'
import { district } from './fixture.ts'

const en = (words: string) => ({ en: words })
const options = Array.from({ length: 64 }, (_, at) => ({ code: `o${at}`, label: en(`Option ${at}`) }))
const scale = ['no', 'maybe', 'yes'].map((code, at) => ({
  code,
  value: at + 1,
  label: en(code),
  favorable: at === 2,
}))
const profile = (attribute: string) => ({
  code: attribute,
  kind: 'profile',
  attribute,
  title: en(attribute),
  options: [],
})
const definition = {
  source: 'en',
  languages: ['en'],
  title: en('Little'),
  plan: 'hartford-2018-2022',
  sections: [
    {
      code: 'all',
      title: en('All'),
      questions: [
        profile('group'),
        profile('school'),
        { code: 'many', kind: 'single', title: en('Which?'), options },
        { code: 'why', kind: 'text', about: 'many', title: en('Why that one?') },
        { code: 'order', kind: 'ranking', title: en('In which order?'), options },
        {
          code: 'rated',
          kind: 'grid',
          title: en('How?'),
          notApplicable: true,
          scale,
          items: [
            { code: 'a', label: en('It is A'), cites: ['SCC7.d'], bank: 'climate-safe' },
            { code: 'b', label: en('It is B') },
          ],
        },
        { code: 'years', kind: 'number', title: en('How many years?') },
      ],
    },
  ],
}

const split = { level: '', zone: '', grade: '', language: '' }
const count = (school: string, n: number) => ({ ...split, school, group: 'student', n })
/** Schools that the district does not have. */
const strangers: Enrolment = {
  asOf: '2020-10-01',
  source: 'Elsewhere',
  rows: [count('x1', 90), count('x2', 9000)],
}
/** So lopsided that no weight within the limits meets it. */
const lopsided: Enrolment = {
  asOf: '2020-10-01',
  source: 'A count',
  rows: [count('north', 1_000_000), count('south', 1)],
}
const everyone = { group: 'student', school: 'north' }
const times = (n: number, answers: object) => Array.from({ length: n }, () => answers)
const full = { many: 'o1', order: { order: ['o1', 'o2'] }, rated: { a: 'yes', b: 'yes' }, years: 3 }

let house: House
let leader: ReturnType<typeof visitor>
const plan = '/reports/plan/hartford-2018-2022'

beforeAll(async () => {
  house = await openHouse()
  await house.stores.settings.setDistrict(district)
  await house.stores.plans.put(
    (await import('../../src/demo/files.ts').then((files) => files.readPlans()))[0] as never,
  )
  await add(house.stores, 'leader')
  leader = visitor(house.app, { 'Accept-Language': 'en' })
  await leader.signIn('leader@example.org')
}, 30_000)
afterAll(() => house.close())

/** Every page that reads this survey: what each says in words. */
async function everyPage(slug: string): Promise<string> {
  const told: string[] = []
  for (const path of [
    `/reports/${slug}`,
    `/reports/${slug}?weighted=1`,
    `/reports/${slug}/equity`,
    `/reports/${slug}/board`,
    `/reports/${slug}/board?weighted=1`,
    `/reports/${slug}/weights`,
    `/reports/${slug}/cross?rows=group&question=many`,
    `/reports/${slug}/q/rated/a`,
    plan,
    `${plan}/SCC7.d`,
    `${plan}/G6`,
  ]) {
    const { status, text } = await leader.open(path)
    expect([path, status]).toEqual([path, 200])
    const words = wordsOf(text)
    expect([path, words]).toEqual([path, expect.not.stringMatching(/NaN|undefined|\bnull\b|Infinity/)])
    expect([path, text]).toEqual([
      path,
      expect.not.stringMatching(/(width|height|x|d)="[^"]*(NaN|undefined)/),
    ])
    told.push(words)
  }
  for (const path of [
    'data.json',
    'weights.json',
    'charts/many.csv',
    'charts/many.svg',
    'charts/order.svg',
    'charts/rated.svg',
  ]) {
    const { status } = await leader.open(`/reports/${slug}/${path}`)
    expect([path, [200, 404].includes(status)]).toEqual([path, true])
  }
  return told.join('\n')
}

async function asked(slug: string, answers: readonly object[], enrolment?: Enrolment): Promise<string> {
  const survey = await field(house.stores, { slug, definition })
  const circumstances = { version: 1, language: 'en', channel: 'web' as const, hour: 0 }
  await house.stores.responses.addMany(
    survey.id,
    answers.map((each) => settle(survey.questionnaire, { ...each }, circumstances)),
  )
  for (const { asOf } of await house.stores.enrolments.list()) await house.stores.enrolments.remove(asOf)
  if (enrolment) await house.stores.enrolments.put(enrolment, 0)
  return everyPage(slug)
}

describe('what says little is told in a plain sentence on every page', () => {
  it('no responses', async () => {
    expect(await asked('none', [], lopsided)).toContain('Too few people have answered so far.')
  })

  it('one response', async () => {
    expect(await asked('one', [{ ...everyone, ...full }], lopsided)).toContain(
      'Too few people have answered so far.',
    )
  })

  it('everyone the same', async () => {
    const told = await asked('alike', times(60, { ...everyone, ...full }), lopsided)
    expect(told).toContain('More than half chose Option 1: 100% (60)')
    expect(told).toContain('All statements alike: 100% favorable')
  })

  it('all "does not apply", and nothing else', async () => {
    const told = await asked('na', times(60, { ...everyone, rated: { a: 'na', b: 'na' } }), lopsided)
    expect(told).toContain('No question has answers yet that can be shown.')
    expect(told).toContain('60 people said that it does not apply to them, and nobody gave a point.')
    const part = wordsOf((await leader.open('/reports/na/q/rated/a?group=student')).text)
    expect(part).toContain('Too few people answered this to show it.')
    // One sentence, and neither 64 empty lists nor a table of dashes.
    expect(told.match(/Too few people gave each of these answers/g)).toHaveLength(2)
    expect(told).not.toContain('Too few people gave this answer')
    expect(wordsOf((await leader.open('/reports/na/cross?rows=group&question=many')).text)).not.toContain(
      'Option 63',
    )
  })

  it('64 options, each chosen by somebody', async () => {
    const told = await asked(
      'many',
      options.flatMap(({ code }, at) =>
        times(2, { ...everyone, many: code, order: { order: [code, `o${(at + 1) % 64}`] } }),
      ),
      lopsided,
    )
    expect(told).toContain('No answer stands out')
  })

  it('an enrollment table that does not match the schools', async () => {
    const told = await asked('strangers', times(60, { ...everyone, ...full }), strangers)
    expect(told).toContain('These percentages are without weights')
    expect(told).toMatch(/There are no weights, since/)
  })

  it('a version in which options and words changed midway', async () => {
    const survey = await field(house.stores, { slug: 'changed', definition })
    const circumstances = { language: 'en', channel: 'web' as const, hour: 0 }
    const answers = times(30, { ...everyone, ...full })
    const put = (version: number, questionnaire: typeof survey.questionnaire) =>
      house.stores.responses.addMany(
        survey.id,
        answers.map((each) =>
          settle(questionnaire, { ...each, many: `o${version}` }, { ...circumstances, version }),
        ),
      )
    await put(1, survey.questionnaire)
    const [section] = definition.sections
    const questions = section?.questions.map((one) =>
      one.code === 'many'
        ? { ...one, options: options.slice(2) }
        : one.code === 'rated'
          ? { ...one, title: en('How is it?') }
          : one,
    )
    const next = publish({ ...definition, sections: [{ ...section, questions }] }, district).questionnaire
    if (!next) throw new Error('not published')
    await house.stores.surveys.publish(survey.id, next, 0)
    await put(2, next)
    const told = await everyPage('changed')
    expect(told).toMatch(/Option 2\b.{0,40}50% \(30\)/)
    expect(told).toContain('Some people chose an answer that is no longer offered')
    expect(told).not.toContain('Shares are rounded')
    // The choice and the grid, on the summary and the board report, and the statement's own page.
    expect(told.match(/An earlier version of this survey asked this in other words/g)).toHaveLength(9)
    const { text } = await leader.open('/reports/changed/data.json')
    expect(JSON.parse(text).askedOtherwise).toEqual(['many', 'rated'])
    expect((await leader.open('/reports/alike/data.json')).text).not.toContain('askedOtherwise')
  })

  it('more answers than the table counts people', async () => {
    const sentence = 'More people answered than the table of enrollment counts.'
    const few = { ...lopsided, rows: [count('north', 20), count('south', 20)] }
    expect(await asked('over', times(60, { ...everyone, ...full }), few)).toContain(sentence)
    await add(house.stores, 'office')
    const office = visitor(house.app, { 'Accept-Language': 'en' })
    await office.signIn('office@example.org')
    expect(wordsOf((await office.open('/office/surveys/over/watch')).text)).toContain(sentence)
    expect(await asked('under', times(60, { ...everyone, ...full }), lopsided)).not.toContain(sentence)
  })

  it('weights that cannot be met', async () => {
    const told = await asked(
      'lopsided',
      [
        ...times(40, { ...everyone, ...full }),
        ...times(60, { group: 'student', school: 'south', ...full, many: 'o2' }),
      ],
      lopsided,
    )
    expect(told).toContain('There are no weights, since no way of weighting could be met.')
    expect(told).toMatch(/the shares could not be met with weights within the limits/)
    expect(told).toContain('60% (60)')
  })
})
