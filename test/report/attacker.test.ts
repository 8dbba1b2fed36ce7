import { expect, test } from 'vitest'
import { readPlans } from '../../src/demo/files.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { crossOf, readCross } from '../../src/report/cross/cross.ts'
import { indicatorOf } from '../../src/report/plan/indicator.ts'
import { withinReach } from '../../src/report/privacy/reach.ts'
import { composeReport } from '../../src/report/report.ts'
import { everyone, type Slice } from '../../src/report/slice.ts'
import { readSource } from '../../src/report/source.ts'
import { publishedThemes } from '../../src/report/themes/pages.ts'
import { representation } from '../../src/report/weights/representation.ts'
import { weigh } from '../../src/report/weights/weights.ts'
import { weightsJson } from '../../src/report/weights/weightsPage.ts'
import { attack, targetsOf } from './attack/engine.ts'
import { enrolment, published, type Role, roles } from './attack/reads.ts'
import {
  type AnySurvey,
  anySurvey,
  asking,
  definitions,
  type Person,
  routed,
  sourceOf,
} from './attack/world.ts'

const plan = (await readPlans()).find(({ id }) => id === definitions.plan) as Plan

/** More of them, and from where: HEARD_ATTACK=2000 HEARD_ATTACK_FROM=9000, as `npm run attack` does. */
const MORE = Number(process.env.HEARD_ATTACK ?? 0)
const FROM = Number(process.env.HEARD_ATTACK_FROM ?? 0)
/** Surveys in which something was found once; they are tried again each time. */
const FOUND_ONCE: Record<string, number[]> = {
  leader: [
    ...[49, 63, 88, 252, 366, 753, 858, 1054, 1698, 1744, 20117, 20131, 20196, 20347, 20405, 30156, 31073],
    ...[
      4939, 101663, 103049, 104103, 104784, 106203, 106518, 107084, 108733, 31534, 31572, 31709, 31767, 60396,
      60516, 70542, 80055, 80719, 90491, 91715, 92247, 92762, 92345, 92472,
    ],
  ],
  'leader of north': [21059, 21126],
  'leader of north and south': [22016],
}

/** Surveys with questions that not everybody is asked, in which something was found once. */
const ROUTED_ONCE = [
  31, 84, 92, 136, 163, 213, 260, 330, 1170, 1224, 1323, 1476, 1682, 1859, 2348, 3335, 4898,
]

const seedsFor = ({ name }: Role): number[] => {
  if (MORE > 0) return Array.from({ length: MORE }, (_, at) => FROM + at)
  const some = Array.from({ length: name === 'leader' ? 21 : 14 }, (_, at) => at)
  return [...some, ...(FOUND_ONCE[name] ?? [])]
}

test.each(roles)(
  'nobody under the minimum is worked out from all that can be read by a $name',
  (role) => {
    const found: string[] = []
    const seeds = seedsFor(role)
    let [sets, suspected, told, handed] = [0, 0, 0, 0]
    for (const seed of seeds) {
      const survey = anySurvey(seed)
      const known = published(survey, sourceOf(survey, plan), role, plan)
      const targets = targetsOf(survey, role.reach)
      const { pinned, suspected: looked, equations } = attack(survey, known, targets)
      sets += targets.length
      suspected += looked
      told += equations
      // What is nought of a set that is large enough to be told is nought of each part of it (docs/privacy.md).
      handed += pinned.filter(({ large }) => large).length
      for (const { name, value } of pinned.filter(({ large }) => !large))
        found.push(`survey ${seed} (${survey.asked.name}), minimum ${survey.minimum}: ${name} = ${value}`)
    }
    console.log(
      `${role.name}: ${seeds.length} surveys, ${told} different published sums, ${sets} hidden numbers looked for, ${suspected} tried by the simplex method, ${found.length} found; ${handed} noughts of larger sets`,
    )
    expect(found).toEqual([])
  },
  Math.max(120_000, MORE * 3000),
)

const asked = (name: string) => [...asking, ...routed].find((one) => one.name === name) as AnySurvey['asked']
const at = (school: string, n: number, said = 'math', more: Partial<Person> = {}) => ({
  ...{ school, group: 'family', grade: '', language: '' },
  ...{ said, n },
  ...more,
})
const of = (name: string, people: AnySurvey['people'], minimum = 10): AnySurvey => ({
  ...{ asked: asked(name), people, minimum },
})

test.each(roles)('nor from questions that not everybody is asked, by a $name', (role) => {
  const found: string[] = []
  const seeds = Array.from({ length: MORE || 18 }, (_, at) => FROM + at)
  let sets = 0
  for (const seed of [...seeds, ...(MORE > 0 ? [] : ROUTED_ONCE)]) {
    const survey = anySurvey(seed, routed)
    const known = published(survey, sourceOf(survey, plan), role, plan)
    const targets = targetsOf(survey, role.reach)
    sets += targets.length
    for (const { name, value, large } of attack(survey, known, targets).pinned)
      if (!large)
        found.push(`survey ${seed} (${survey.asked.name}), minimum ${survey.minimum}: ${name} = ${value}`)
  }
  console.log(
    `${role.name}: ${seeds.length} surveys, ${sets} hidden numbers looked for, ${found.length} found`,
  )
  expect(found).toEqual([])
})

test('the attack finds what is not protected', () => {
  const people = [at('north', 30), at('north', 4, 'reading', { group: 'staff' })]
  const known = [
    { of: () => 1, least: 34, most: 34, from: 'all' },
    { of: ({ group }: Person) => Number(group === 'family'), least: 30, most: 30, from: 'families' },
    {
      of: ({ group }: Person) => Number(group === 'student' || group === ''),
      least: 0,
      most: 0,
      from: 'others',
    },
  ]
  const { pinned } = attack(of('goal', people), known, targetsOf(of('goal', people)))
  expect(pinned).toContainEqual({ name: '*/staff/*/*', value: 4, large: false })
})

test('a school leader cannot take the own school from the district to read of the only other one', () => {
  const two = sourceOf(of('goal', [at('north', 30), at('south', 30), at('', 12)]), plan)
  const three = sourceOf(of('goal', [at('north', 30), at('south', 30), at('west', 12)]), plan)
  expect(composeReport(two, everyone, ['north']).responses).toBeNull()
  expect(composeReport(two, everyone).responses).toBe(72)
  expect(composeReport(three, everyone, ['north']).responses).toBe(72)
  expect(withinReach(two, ['north']).veil('', { school: 'north', group: null })).toBe(30)
  expect(withinReach(three, ['north']).veil('', { school: 'south', group: null })).toBeNull()
})

test('nor read themes, levels or zones of the only other school', () => {
  const wrote = [at('north', 30, 't/'), at('south', 30, 'w/'), at('west', 30, '')]
  const read = withinReach(sourceOf(of('themes', wrote), plan), ['north'])
  expect(publishedThemes(read)).toBeNull()
  expect(read.themes?.of({ school: 'north', group: null }).base?.people).toBe(30)
  expect(read.themes?.byLanguage()).toEqual([])
  const zones = representation(composeReport(read, everyone, ['north']), read, enrolment)
  expect(zones.find(({ dimension }) => dimension === 'zone')?.rows.map(({ n }) => n)).toEqual([null, null])
})

test('an indicator says that nobody answered only of people who may be shown', () => {
  const people = [
    at('north', 20, 'yes/no', { group: 'student' }),
    at('north', 20, 'no/no', { group: 'staff' }),
    at('south', 20, 'yes/no', { group: 'student' }),
    at('south', 4, '', { group: 'staff' }),
    at('west', 30, '', { group: 'staff' }),
  ]
  const figure = (school: string) => {
    const [definition] = definitions.indicators
    return definition && indicatorOf(definition, sourceOf(of('climate', people), plan), school).populations[1]
  }
  expect(figure('south')).toMatchObject({ n: null, suppressed: true })
  expect(figure('west')).toMatchObject({ n: 0, suppressed: false })
})

test('tables of grades show the grades that the report shows', () => {
  const people = [
    at('north', 70, 'math', { grade: 'g1' }),
    at('north', 8, 'math', { grade: 'g2' }),
    at('north', 24),
  ]
  const source = sourceOf(of('goal', people), plan)
  const question = composeReport(source, everyone)
    .sections.flatMap(({ questions }) => questions)
    .find((one) => one.question.code === 'grade')
  const told = question?.result?.measure === 'choice' ? question.result.options.map(({ n }) => n) : []
  const wanted = readCross(source, { rows: 'grade' })
  if (!wanted || typeof wanted === 'string') throw new Error('no table')
  const counts = people.map(({ grade, n }) => ({ profiles: [grade], value: null, n }))
  const { rows, rowTotals } = crossOf(source, wanted, counts)
  // 78 gave a grade, so 70 of the one would tell 8 of the other.
  expect(told).toEqual([null, null])
  expect(rows).toEqual(['g1', 'g2', ''])
  expect(rowTotals.map(({ n }) => n)).toEqual([null, null, 24])
})

test('the least and the most weight are not told where a school is hidden, since each is the size of one', () => {
  const students = (school: string, n: number) => at(school, n, 'math', { group: 'student' })
  const json = (people: AnySurvey['people'], minimum: number) => {
    const source = sourceOf(of('goal', people, minimum), plan)
    return weightsJson(
      composeReport(source, everyone),
      source,
      enrolment,
      weigh(source, enrolment),
      [],
      [],
    ) as {
      weights: object
    }
  }
  const all = [students('north', 60), students('south', 60), students('west', 30)]
  const few = [students('north', 60), students('south', 60), students('west', 12)]
  expect(json(all, 15).weights).toMatchObject({ why: null, least: expect.any(Number) })
  expect(json(few, 15).weights).toMatchObject({ why: null })
  expect(json(few, 15).weights).not.toHaveProperty('least')
  expect(json(few, 15).weights).not.toHaveProperty('most')
})

test('how statements go together is told of a part of the people only where nothing of them is hidden', () => {
  const alpha = (people: AnySurvey['people'], filter: Slice) => {
    const report = composeReport(sourceOf(of('climate', people), plan), filter)
    const [grid] = report.sections
      .flatMap(({ questions }) => questions)
      .filter((one) => one.question.code === 'climate')
    return grid?.result?.measure === 'points' ? grid.result.alpha : undefined
  }
  const [north, south] = ['north', 'south'].map((school) => ({ school, group: null }))
  const said = (school: string, n: number, group = 'family') => [
    at(school, n, 'yes/no', { group }),
    at(school, n, 'no/yes', { group }),
    at(school, n, 'no/no', { group }),
  ]
  const open = [...said('north', 30), ...said('south', 30)]
  if (!north || !south) throw new Error('no schools')
  expect(alpha(open, north)).toMatchObject({ n: 90 })
  expect(alpha(said('north', 30), north)).toMatchObject({ n: 90 })
  const few = [...open, ...said('south', 2, 'staff')]
  expect([alpha(few, north), alpha(few, south)]).toEqual([null, null])
  expect(alpha(few, everyone)).toMatchObject({ n: 186 })
})

test('of a choice told as steps it is not told whether anybody there gave two answers', () => {
  const people = [at('north', 60, 'p+q'), at('north', 30, 'q'), at('south', 18, 'p'), at('south', 1, 'q')]
  const report = composeReport(sourceOf(of('several', people), plan), { school: 'south', group: null })
  const [choice] = report.sections
    .flatMap(({ questions }) => questions)
    .filter((one) => one.question.code === 'several')
  expect(choice?.result).toMatchObject({ several: true, options: [{ n: null }, { n: null }] })
})

test('to how many an item does not apply is not told where its answers are told only as a bound', () => {
  const people = [
    at('north', 60, 'yes/no'),
    at('north', 20, 'yes/-'),
    at('south', 19, 'yes/no'),
    at('west', 60, 'no/yes'),
  ]
  const report = composeReport(sourceOf(of('climate', people), plan), { school: 'south', group: null })
  const [grid] = report.sections
    .flatMap(({ questions }) => questions)
    .filter((one) => one.question.code === 'climate')
  const items = grid?.result?.measure === 'points' ? grid.result.items : []
  expect(items[0]).toMatchObject({ summary: null, nonResponse: null })
  expect(items[0]?.bound).toBeDefined()
})

const shownOf = (people: AnySurvey['people'], name: string, question: string, slice: Slice) => {
  const report = composeReport(sourceOf(of(name, people), plan), slice)
  return report.sections.flatMap(({ questions }) => questions).find((one) => one.question.code === question)
    ?.result
}

test('a question to families does not tell how many of the staff of a school answered the survey', () => {
  const school = (code: string, staff: number) => [
    at(code, 40, 'x'),
    at(code, 30, 'y', { group: 'student' }),
    at(code, staff, '', { group: 'staff' }),
  ]
  const north = { school: 'north', group: null }
  const few = [...school('north', 4), ...school('south', 25), ...school('west', 26)]
  // 74 answered the survey at that school: 70 who were asked this would tell of 4.
  expect(shownOf(few, 'needs', 'needs', north)).toBeNull()
  // Nor at one other school: who knows its staff takes them from all staff.
  const others = ['south', 'west'].map((code) =>
    shownOf(few, 'needs', 'needs', { school: code, group: null }),
  )
  expect(others).toContainEqual(expect.objectContaining({ n: 70 }))
  expect(others).toContain(null)
  expect(shownOf(few, 'needs', 'needs', everyone)).toMatchObject({ n: 210 })
  const enough = [...school('north', 24), ...school('south', 25), ...school('west', 26)]
  expect(shownOf(enough, 'needs', 'needs', north)).toMatchObject({ n: 70 })
})

test('a question that follows an answer is told where that answer is told exactly', () => {
  const school = (code: string, reading: number, rest: number) => [
    at(code, reading, 'reading/x'),
    at(code, rest, 'math'),
  ]
  const people = [...school('north', 28, 1), ...school('south', 30, 60), ...school('west', 30, 60)]
  const north = { school: 'north', group: null }
  // Over 90 % chose reading; that 28 of 29 were asked why would tell that one did not.
  expect(shownOf(people, 'after', 'goal', north)).toMatchObject({
    options: [{ n: null }, { n: null }, { n: null }],
  })
  expect(shownOf(people, 'after', 'after', north)).toBeNull()
  expect(shownOf(people, 'after', 'after', everyone)).toMatchObject({ n: 88, asked: 88 })
})

test('of a ranking first choices are told of a school, and how options were ordered of everyone and of groups', () => {
  const school = (code: string, n: number) => [
    at(code, n, 'a>b>c'),
    at(code, n, 'b>c>a'),
    at(code, n, 'c', { group: 'student' }),
    at(code, n, 'a>c', { group: 'student' }),
  ]
  const people = [...school('north', 30), ...school('south', 40), ...school('west', 50)]
  const few = [
    ...people,
    at('west', 3, 'c>b', { group: 'staff' }),
    at('south', 40, 'a>c', { group: 'staff' }),
  ]
  const north = { school: 'north', group: null }
  expect(shownOf(few, 'order', 'order', north)).toMatchObject({
    ...{ measure: 'choice', ranked: true },
    options: [{ n: 60 }, { n: 30 }, { n: 30 }],
  })
  expect(shownOf(few, 'order', 'order', everyone)).toMatchObject({ measure: 'ranking' })
  const families = { school: null, group: 'family' }
  expect(shownOf(few, 'order', 'order', families)).toMatchObject({ measure: 'ranking' })
  expect(shownOf(people, 'order', 'order', north)).toMatchObject({ measure: 'ranking' })
})

test('of an answer that is no longer offered, few who gave it are not left over where the others are told', () => {
  const people = [at('north', 14, 'math'), at('north', 15, 'attendance'), at('north', 1, 'reading')]
  const more = ['south', 'west'].flatMap((school) => [
    at(school, 40, 'math'),
    at(school, 40, 'attendance'),
    at(school, 40, 'reading', { group: 'student' }),
  ])
  const source = sourceOf(of('goal', [...people, ...more]), plan)
  const offered = structuredClone(source.questionnaire)
  const goal = offered.sections.flatMap(({ questions }) => questions).find(({ code }) => code === 'goal')
  const now = goal as unknown as { options: { code: string }[] }
  now.options = now.options.filter(({ code }) => code !== 'reading')
  const rows = [...source.tally.cells.values()].flat()
  const again = readSource({ ...source, questionnaire: offered, rows, themes: undefined })
  const few = { school: 'north', group: null }
  expect(source.told('goal').exact(few)).toBe(false)
  expect(again.told('goal').exact(few)).toBe(false)
})
