import { crossOf, readCross } from '../../src/report/cross/cross.ts'
import { crossJson } from '../../src/report/cross/crossPage.ts'
import { reportJson } from '../../src/report/json.ts'
import { composeReport } from '../../src/report/report.ts'
import { type ReportSource, readSource } from '../../src/report/source.ts'
import { count, district, type Given, questionnaire } from './fixture.ts'
import { extremes, inSpan } from './linear.ts'

/**
 * An attacker who holds everything that a leader may read of a survey, as equations and bounds over unknown numbers of
 * people: one unknown for each school, group and grade that can be combined, and each answer to one question.
 */
export type Person = { school: string; group: string; grade: string; said: string }
export const schools = ['north', 'south', 'west', '']
export const groups = ['family', 'student', 'staff', '']
export const grades = ['g1', 'g2', 'g3', '']

/** What was asked: a choice of one, or an item with favorable and other points. */
export type Asked = 'goal' | 'climate.safe'
const options: Record<Asked, string[]> = {
  goal: ['attendance', 'reading', 'math'],
  'climate.safe': ['no', 'so', 'yes'],
}
const favorable = 'yes'

/** A known sum: of which unknowns, and from what to what. */
export type Known = { holds: (person: Person) => boolean; least: number; most: number }

const given = (people: readonly (Person & { n: number })[], asked: Asked): Given[] =>
  people.map(({ school, group, grade, said, n }) => ({
    times: n,
    answers: {
      ...(school && { school }),
      ...(group && { group }),
      ...(grade && { grade }),
      ...(said && (asked === 'goal' ? { goal: said } : { climate: { safe: said } })),
    },
  }))

export function sourceOf(
  people: readonly (Person & { n: number })[],
  asked: Asked,
  minimum: number,
): ReportSource {
  const survey = { slug: 'sample', version: 1, minimumGroup: minimum, sample: true }
  return readSource({ survey, questionnaire, plan: undefined, district, ...count(given(people, asked)) })
}

type Share = { code: string; n: number | null; bound?: Bound }
type Bound = { under: number } | { over: number } | { from: number; to: number }

/** The counts that a bound leaves, as a reader understands the words. */
function within(bound: Bound, n: number): { least: number; most: number } {
  if ('from' in bound)
    return { least: Math.ceil(bound.from * n - 1e-9), most: Math.floor(bound.to * n + 1e-9) }
  if ('under' in bound) return { least: 0, most: Math.ceil(bound.under * n - 1e-9) - 1 }
  return { least: Math.floor(bound.over * n + 1e-9) + 1, most: n }
}

/** Everything that the report, in every filter, and every table of two profile questions tell. */
export function published(
  source: ReportSource,
  asked: Asked,
  people: readonly (Person & { n: number })[],
): Known[] {
  const known: Known[] = []
  const learn = (holds: Known['holds'], n: number | null | undefined) => {
    if (typeof n === 'number') known.push({ holds, least: n, most: n })
  }
  const shares = (holds: Known['holds'], n: number | null, list: readonly Share[] | null | undefined) => {
    const answered = (person: Person) => holds(person) && person.said !== ''
    learn(answered, n)
    for (const one of list ?? []) {
      const said = (person: Person) =>
        answered(person) && person.said === (one.code === 'favorable' ? favorable : one.code)
      learn(said, one.n)
      if (one.bound && n !== null) known.push({ holds: said, ...within(one.bound, n) })
    }
  }
  const readQuestion = (holds: Known['holds'], question: Question | undefined) => {
    if (!question) return
    if (asked === 'goal') return shares(holds, question.n, question.options)
    const item = question.items?.find(({ code }) => code === 'safe')
    if (!item) return
    const n = item.n ?? item.bound?.n ?? null
    shares(holds, n, [
      { code: 'favorable', n: item.favorable, ...(item.bound && { bound: item.bound }) },
      ...Object.entries(item.counts ?? {}).map(([code, people]) => ({ code, n: people })),
    ])
  }
  for (const school of [null, 'north', 'south', 'west'])
    for (const group of [null, 'family', 'student', 'staff']) {
      const holds = (person: Person) =>
        (school === null || person.school === school) && (group === null || person.group === group)
      const json = reportJson(composeReport(source, { school, group })) as Report
      learn(holds, json.responses)
      for (const { code, n } of json.groups) learn((one) => holds(one) && one.group === code, n)
      const question = json.questions.find(({ code }) => code === asked.split('.')[0])
      readQuestion(holds, question)
      for (const one of question?.groups ?? [])
        readQuestion((person) => holds(person) && person.group === one.group, one)
      for (const { code, n } of json.questions.find(({ code: own }) => own === 'grade')?.options ?? [])
        learn((person) => holds(person) && person.grade === code, n)
    }
  for (const rows of ['group', 'grade'] as const)
    for (const columns of [undefined, 'group', 'grade'] as const)
      for (const question of [undefined, asked]) {
        const wanted = readCross(source, { rows, columns, question })
        if (!wanted || typeof wanted === 'string') continue
        const cross = crossOf(
          source,
          wanted,
          people.map((person) => ({
            profiles: [person[rows], ...(columns ? [person[columns]] : [])],
            value:
              question && person.said ? (asked === 'goal' ? JSON.stringify(person.said) : person.said) : null,
            n: person.n,
          })),
        )
        const json = crossJson(source, cross) as CrossTable
        const read = (holds: Known['holds'], cell: Cell | undefined) => {
          if (!cell) return
          if (question) shares(holds, cell.n, cell.said)
          else learn(holds, cell.n)
        }
        read(() => true, json.everyone)
        json.rows.codes.forEach((row, i) => {
          read((person) => person[rows] === row, json.rowTotals[i])
          if (columns)
            json.columns?.codes.forEach((column, j) => {
              read((person) => person[rows] === row && person[columns] === column, json.cells[i]?.[j])
            })
        })
        if (columns)
          json.columns?.codes.forEach((column, j) => {
            read((person) => person[columns] === column, json.columnTotals[j])
          })
      }
  return known
}
type Question = {
  code: string
  n: number | null
  options?: Share[]
  items?: {
    code: string
    n: number | null
    favorable: number | null
    counts: Record<string, number> | null
    bound?: Bound & { n: number }
  }[]
  groups?: (Question & { group: string })[]
}
type Report = {
  responses: number | null
  groups: { code: string; n: number | null }[]
  questions: Question[]
}
type Cell = { n: number | null; said?: Share[] }
type CrossTable = {
  rows: { codes: string[] }
  columns: { codes: string[] } | null
  everyone: Cell
  rowTotals: Cell[]
  columnTotals: Cell[]
  cells: Cell[][]
}

/** What an attacker wants to know exactly: how many of a small set there are, or what they said. */
export type Target = { name: string; holds: (person: Person) => boolean; people: number; value: number }

/** Every set of fewer people than the minimum that profile answers make, and every answer of theirs. */
export function targetsOf(
  people: readonly (Person & { n: number })[],
  asked: Asked,
  minimum: number,
): Target[] {
  const sum = (holds: Target['holds']) => people.reduce((all, one) => all + (holds(one) ? one.n : 0), 0)
  const any = [...schools, null].flatMap((school) =>
    [...groups, null].flatMap((group) => [...grades, null].map((grade) => ({ school, group, grade }))),
  )
  return any.flatMap(({ school, group, grade }) => {
    const holds = (one: Person) =>
      (school === null || one.school === school) &&
      (group === null || one.group === group) &&
      (grade === null || one.grade === grade)
    const n = sum(holds)
    if (n === 0 || n >= minimum) return []
    const name = [school, group, grade].map((one) => one ?? '*').join('/')
    // How many left a question out is told with every question; what they said otherwise is not.
    const left = [school, group, grade].includes('')
    return [
      ...(left ? [] : [{ name, holds, people: n, value: n }]),
      ...options[asked].map((said) => {
        const own = (one: Person) => holds(one) && one.said === said
        return { name: `${name}: ${said}`, holds: own, people: n, value: sum(own) }
      }),
    ]
  })
}

/** `shown`: a larger set is shown with this very number of the same answer, since the rest of it is told to be nought. */
export type Found = { name: string; value: number; shown: boolean }

/**
 * What can be worked out exactly. An attack has two steps: rank (is the target a sum of known sums, once everything that
 * is nought or stands at the end of a bound in truth is taken for known?), which finds at least everything that can be
 * pinned (complementary slackness), and for what it finds the simplex method: the least and the most that the target
 * can be with no number of people under nought. Nought because a shown set holds nobody who said it is no find: that
 * is what the shown number says.
 */
export function attack(
  people: readonly (Person & { n: number })[],
  asked: Asked,
  known: readonly Known[],
  targets: readonly Target[],
): { pinned: Found[]; suspected: number } {
  const cells = schools.flatMap((school) =>
    groups.flatMap((group) =>
      grades.flatMap((grade) =>
        ['', ...options[asked]].map((said): Person => ({ school, group, grade, said })),
      ),
    ),
  )
  const key = (one: Person) => `${one.school}/${one.group}/${one.grade}/${one.said}`
  const truth = new Map<string, number>()
  for (const one of people) truth.set(key(one), (truth.get(key(one)) ?? 0) + one.n)
  const support = cells.filter((one) => (truth.get(key(one)) ?? 0) > 0)
  const trueSum = (holds: Known['holds']) =>
    support.reduce((all, one) => all + (holds(one) ? (truth.get(key(one)) ?? 0) : 0), 0)
  const row = (list: readonly Person[], holds: Known['holds']) => list.map((one) => Number(holds(one)))
  for (const one of known) {
    const value = trueSum(one.holds)
    if (value < one.least || value > one.most)
      throw new Error(`a published number is wrong: ${value} is not ${one.least} to ${one.most}`)
  }
  const tight = known.filter(
    ({ holds, least, most }) => least === most || trueSum(holds) === least || trueSum(holds) === most,
  )
  const span = inSpan(tight.map(({ holds }) => row(support, holds)))
  const suspects = targets.filter(({ holds }) => span(row(support, holds)))
  // What must be nought, because a shown sum of which it is part is nought, is not worth looking for.
  const noughts = known.filter(({ least, most }) => least === 0 && most === 0)
  const possible = cells.filter((one) => !noughts.some(({ holds }) => holds(one)))
  const equations = known.map(({ holds, least, most }) => ({ row: row(possible, holds), least, most }))
  const pinned = suspects.flatMap(({ name, holds }): Found[] => {
    const wanted = row(possible, holds)
    if (wanted.every((one) => one === 0)) return []
    const { least, most } = extremes(equations, wanted)
    if (most - least >= 1 - 1e-6) return []
    const value = Math.round(most)
    const target = cells.filter(holds)
    const shown = known.some((one) => one.least === value && one.most === value && target.every(one.holds))
    return [{ name, value, shown: shown && name.includes(':') }]
  })
  return { pinned, suspected: suspects.length }
}
