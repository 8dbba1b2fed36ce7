import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settle } from '../../src/response/settle.ts'
import { wordsOf } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'
import { district, type Given, questionnaire } from './fixture.ts'

let house: House
let leader: ReturnType<typeof visitor>

const given: Given[] = [
  {
    answers: { group: 'family', school: 'north', grade: 'g1', goal: 'math', climate: { safe: 'yes' } },
    times: 40,
  },
  {
    answers: { group: 'family', school: 'south', grade: 'g2', goal: 'math', climate: { safe: 'no' } },
    times: 45,
  },
  {
    answers: { group: 'student', school: 'south', grade: 'g1', goal: 'reading', climate: { safe: 'no' } },
    times: 50,
  },
  {
    answers: { group: 'student', school: 'north', grade: 'g2', goal: 'math', order: { order: ['b', 'a'] } },
    times: 60,
  },
  { answers: { group: 'student', school: 'north', grade: 'g3', goal: 'math' }, times: 41 },
  {
    answers: { group: 'family', school: 'north', grade: 'g3', goal: 'attendance', climate: { safe: 'no' } },
    times: 3,
  },
]
const circumstances = { version: 1, language: 'en', channel: 'web' as const, hour: 0 }
const answer = ({ answers, times = 1 }: Given) =>
  Array.from({ length: times }, () => settle(questionnaire, answers, circumstances))

beforeAll(async () => {
  house = await openHouse()
  const { stores } = house
  await stores.settings.setDistrict(district)
  const survey = await stores.surveys.add({ slug: 'sample', questionnaire, sample: true }, 0)
  await stores.surveys.setState(survey.id, 'open')
  await stores.responses.addMany(survey.id, given.flatMap(answer))
  await add(stores, 'leader')
  leader = visitor(house.app, { 'Accept-Language': 'en' })
  await leader.signIn('leader@example.org')
})
afterAll(() => house.close())

const json = async (query: string) => (await leader.open(`/reports/sample/cross.json?${query}`)).body

describe('a leader sets groups side by side', () => {
  it('by what they chose, with cells as large as they are', async () => {
    const table = await json('rows=group&columns=grade&question=goal')
    expect(table.rows).toEqual({ by: 'group', codes: ['family', 'student', 'staff', 'partner', ''] })
    expect(table.everyone).toMatchObject({ n: 239, said: [{ n: 3 }, { n: 50 }, { n: 186 }] })
    expect(table.rowTotals[0]).toMatchObject({ n: 88 })
    expect(table.rowTotals[1]).toMatchObject({ n: 151, said: [{ n: 0 }, { n: 50 }, { n: 101 }] })
  })

  it('and sees no cell of few people, nor what would give it away', async () => {
    const { cells } = await json('rows=group&columns=grade&question=goal')
    const [family, student] = cells
    expect(family[2]).toEqual({ n: null, suppressed: true })
    expect(family.filter(({ n }: { n: number | null }) => n !== null)).toHaveLength(1)
    // What a part of a part said is told in steps that ten people fill, and the same the other way round.
    const turned = (await json('rows=grade&columns=group&question=goal')).cells
    expect(cells.map((line: object[]) => line[1])).toEqual(turned[1])
    expect(family[1]).toMatchObject({
      n: 45,
      said: [
        { code: 'attendance', n: null, bound: { from: 0, to: 0.5 } },
        { code: 'reading', bound: { from: 0, to: 0.5 } },
        { code: 'math', bound: { from: 0.5, to: 1 } },
      ],
    })
    expect(student[2]).toEqual({ n: null, suppressed: true })
  })

  it('by an item, by who was ranked first, and by how many they are', async () => {
    expect((await json('rows=group&question=climate.safe')).rowTotals[0]).toMatchObject({
      n: 88,
      said: [{ code: 'favorable', n: 40, share: 40 / 88 }],
    })
    expect((await json('rows=grade&question=order')).everyone).toMatchObject({
      n: 60,
      said: [
        { code: 'a', n: 0 },
        { code: 'b', n: 60 },
        { code: 'c', n: 0 },
      ],
    })
  })

  it('on a page, with tables', async () => {
    const { text, status } = await leader.open('/reports/sample/cross?rows=group&columns=grade&question=goal')
    expect(status).toBe(200)
    expect(text).toContain('Which goal is most important to you?')
    expect(text).toContain('<caption>Share and number of people: math</caption>')
    expect(text).toContain('A dash stands where fewer than 10')
    expect((await leader.open('/reports/sample/cross')).status).toBe(200)
  })

  it('but not by school, which is the filter, nor what is not asked', async () => {
    expect((await leader.open('/reports/sample/cross?rows=group&columns=school')).text).toContain(
      'choose a school there',
    )
    for (const query of ['rows=none', 'rows=group&columns=group', 'rows=group&question=why', 'rows=goal'])
      expect((await leader.open(`/reports/sample/cross?${query}`)).status).toBe(404)
  })
})

it('a leader finds the widest gaps between grades, as the tables of grades tell them', async () => {
  const { stores } = house
  const survey = await stores.surveys.add({ slug: 'grades', questionnaire, sample: true }, 0)
  await stores.surveys.setState(survey.id, 'open')
  const said = (grade: string, safe: string, recommend: number, times: number): Given => ({
    answers: { group: 'family', school: 'north', grade, climate: { safe }, recommend },
    times,
  })
  await stores.responses.addMany(
    survey.id,
    [
      said('g1', 'yes', 9, 60),
      said('g1', 'no', 2, 40),
      said('g2', 'yes', 2, 15),
      said('g2', 'no', 9, 35),
      said('g3', 'yes', 9, 9),
    ].flatMap(answer),
  )
  const { text, status } = await leader.open('/reports/grades/equity?by=grade')
  expect(status).toBe(200)
  const words = wordsOf(text)
  // g3 are nine people, and g2 the next smallest, without which they could be worked out.
  expect(words).toContain('No two grades that may be shown rated the same statement.')
  const more = [said('g3', 'yes', 9, 41), said('g3', 'no', 2, 12)]
  await stores.responses.addMany(survey.id, more.flatMap(answer))
  const now = wordsOf((await leader.open('/reports/grades/equity?by=grade')).text)
  expect(now).toMatch(/I feel safe g3 81% \(50\) of 62 people, g2 30% \(15\) of 50 people: 51 points apart/)
  const table = (await leader.open('/reports/grades/cross.json?rows=grade&question=climate.safe')).body
  expect(table.rowTotals.slice(0, 3)).toMatchObject([60, 15, 50].map((n) => ({ said: [{ n }] })))
  expect(now).toContain('Would you recommend us?')
  expect((await leader.open('/reports/grades/equity?by=language')).status).toBe(404)
  expect((await leader.open('/reports/grades/q/climate/safe')).text).toContain(
    'href="/reports/grades/cross?rows=grade&amp;question=climate.safe"',
  )
  const { parts, gaps } = (await leader.open('/reports/grades/data.json')).body
  expect(parts.grade[0]).toMatchObject({
    ...{ question: 'climate', item: 'safe' },
    parts: [
      { code: 'g1', n: 100, count: 60, share: 0.6 },
      { code: 'g2', n: 50, count: 15 },
      { code: 'g3', n: 62, count: 50 },
    ],
  })
  expect(gaps.grade[0]).toMatchObject({
    question: 'climate',
    item: 'safe',
    above: 'g3',
    below: 'g2',
    difference: 50 / 62 - 0.3,
  })
  expect((await leader.open('/reports/grades/data.json?group=family')).body.gaps).not.toHaveProperty('grade')
})

it('a school leader sees them where the district may stand beside the own school', async () => {
  const id = await add(house.stores, 'school-leader', 'north@example.org')
  await house.stores.people.setRole(id, 'school-leader', { schools: ['north'], languages: [] })
  const person = visitor(house.app, { 'Accept-Language': 'en' })
  await person.signIn('north@example.org')
  // There is but one other school, and it would be the district less the own one.
  const { body } = await person.open('/reports/sample/cross.json?rows=grade&columns=group&question=goal')
  expect(body.everyone).toEqual({ n: null, suppressed: true })
  expect(JSON.stringify([body.cells, body.rowTotals, body.columnTotals])).not.toMatch(/\d/)
})

it('who watches an open survey sees new answers together, not one by one', async () => {
  const { stores } = house
  const survey = await stores.surveys.find('sample')
  if (!survey) throw new Error('no survey')
  const counted = async () => [
    (await leader.open('/reports/sample/data.json')).body.responses,
    (await json('rows=group')).everyone.n,
  ]
  expect(await counted()).toEqual([239, 239])
  const one = { answers: { group: 'family', goal: 'reading', why: { words: 'New words', language: 'en' } } }
  await stores.responses.addMany(survey.id, answer({ ...one, times: 9 }))
  expect(await counted()).toEqual([239, 239])
  expect((await leader.open('/reports/sample')).text).not.toContain('New words')
  await stores.responses.addMany(survey.id, answer(one))
  expect(await counted()).toEqual([249, 249])
})
