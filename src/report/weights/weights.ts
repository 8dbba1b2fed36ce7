import {
  type Margin,
  marginOfError,
  type Raked,
  type RakingCell,
  type RakingFault,
  rake,
} from '../../climate/raking.ts'
import { type Enrolment, marginsBy, populationOf } from '../../district/enrolment.ts'
import type { Count } from '../slice.ts'
import type { Reach, ReportSource } from '../source.ts'
import { survey } from '../tally.ts'

/** What people are weighted by, apart from their group: everything that kept counts tell of a school. */
export type WeightDimension = 'school' | 'level' | 'zone'

/** A category with fewer people than this is not weighted by: one odd answer would count for hundreds. */
export const fewestInCategory = 10

/** Why a set of dimensions was not used. `category` is "group|code" or a code. */
export type Refusal = {
  dimensions: WeightDimension[]
  why: RakingFault['fault'] | 'few' | 'notMet'
  category: string
}

/**
 * Weights of people by school and group, or why there are none: no table of enrolment (`noTable`), nobody answered
 * (`nobody`), a table that says nothing of whom the survey asked (`nothing`), every way refused (`refused`), a reader
 * of some schools alone (`reach`), or so few people that not even what weighting costs may be told (`hidden`).
 */
export type Weighting =
  | {
      why: null
      raked: Raked
      dimensions: WeightDimension[]
      /** Groups too are brought to their shares of enrolment; else each counts as much as it answered. */
      groups: boolean
      /** Groups held against students, and groups that count as they are. */
      like: string[]
      asTheyAre: string[]
      margin: number | null
      refused: Refusal[]
      weightOf: (school: string, group: string) => number
    }
  | { why: 'noTable' | 'nobody' | 'nothing' | 'refused' | 'reach' | 'hidden'; refused: Refusal[] }

/** From the finest to the coarsest; the first that can be met is taken. */
const ways: WeightDimension[][] = [['school'], ['level', 'zone'], ['level'], ['zone'], []]

const families = 'family'
const students = 'student'

/**
 * Weights as a reader may have them. Who reads of some schools alone gets none: by taking these from a weighted share,
 * and from the sum of all squares that an effective number tells, they would have those of all others.
 */
export const weighFor = (reach: Reach, source: ReportSource, enrolment: Enrolment | undefined): Weighting =>
  reach === undefined ? weigh(source, enrolment) : { why: 'reach', refused: [] }

/**
 * Weights by raking to enrolment within each stakeholder group: by school where enough answered at each, else by level
 * and zone, and by group where the table counts every group that answered. Families without a number of their own are
 * held against students, as on the page of who has answered; a group of which nothing is known keeps the weight that
 * its answers have, and so does who did not say the school. See docs/weights.md.
 */
export function weigh(source: ReportSource, enrolment: Enrolment | undefined): Weighting {
  if (!enrolment || enrolment.rows.length === 0) return { why: 'noTable', refused: [] }
  const sizes = (source.tally.people.get(survey) ?? []).filter(({ n }) => n > 0)
  if (sizes.length === 0) return { why: 'nobody', refused: [] }
  const known = new Set(enrolment.rows.map(({ group }) => group))
  const stand = (group: string): string | undefined => {
    if (group !== '' && known.has(group)) return group
    if (group === families && known.has(students)) return students
    return known.size === 1 && known.has('') ? '' : undefined
  }
  const answered = [...new Set(sizes.map(({ group }) => group))]
  const own = answered.every((group) => group !== '' && known.has(group))
  const total = sum(sizes)
  const enrolled = new Map(answered.map((group) => [group, populationOf(enrolment, { group })?.n ?? 0]))
  const everyone = [...enrolled.values()].reduce((all, n) => all + n, 0)
  const groups = own && answered.length > 1 && everyone > 0
  const wanted = (group: string): number =>
    groups ? ((enrolled.get(group) ?? 0) / everyone) * total : sum(sizes.filter((one) => one.group === group))
  const refused: Refusal[] = []
  let tried = false
  for (const dimensions of ways) {
    const set = marginsOf({ source, enrolment, sizes, stand, wanted, dimensions, groups })
    if (!set) continue
    tried = true
    const few = set.cells.length > 0 && smallest(set)
    if (few && few.n < fewestInCategory) {
      refused.push({ dimensions, why: 'few', category: few.category })
      continue
    }
    const raked = rake(set.cells, set.margins)
    if ('fault' in raked) {
      refused.push({ dimensions, why: raked.fault, category: 'category' in raked ? raked.category : '' })
      continue
    }
    if (!raked.converged) {
      refused.push({ dimensions, why: 'notMet', category: raked.worst.category })
      continue
    }
    const weights = new Map(
      sizes.map(({ school, group }, at) => [key(school, group), raked.weights[at] ?? 1]),
    )
    const hidden = sizes.flatMap(({ school, group }, at) =>
      source.veil(survey, { school, group }) === null ? [raked.weights[at] ?? 1] : [],
    )
    const effective = coarse(raked.effective, { n: raked.n, base: raked.n, hidden })
    if (effective === null) return { why: 'hidden', refused }
    return {
      why: null,
      raked: { ...raked, effective, designEffect: raked.n / effective },
      dimensions,
      groups,
      like: answered.filter((group) => stand(group) === students && group !== students),
      asTheyAre: answered.filter((group) => stand(group) === undefined),
      margin: marginOfError(effective),
      refused,
      weightOf: (school, group) => weights.get(key(school, group)) ?? 1,
    }
  }
  return { why: tried ? 'refused' : 'nothing', refused }
}

/**
 * The effective number of `n` people as it is told. It comes from the squares of all weights, so where anybody is hidden
 * it would be one sum more over them (the attacker of test/report found some by it). Then it is told as two digits, at
 * least in tens; and in wider steps, or half a step further on, where two hidden people more or fewer of the largest
 * weight would be told otherwise. Null where no step is wide enough.
 *
 * @param base sum of all weights; `hidden`: the weights of places that are hidden, none where the number is told exactly
 */
export function coarse(
  effective: number,
  { n, base, hidden }: { n: number; base: number; hidden: readonly number[] },
): number | null {
  if (hidden.length === 0) return effective
  const squares = base ** 2 / effective
  const room = 2 * Math.max(...hidden) ** 2
  const ten = Math.max(10, 10 ** (Math.floor(Math.log10(effective)) - 1))
  for (const step of [ten, 2 * ten, 5 * ten, 10 * ten])
    for (const from of [0, step / 2]) {
      const told = (all: number) => Math.min(n, from + Math.round((base ** 2 / all - from) / step) * step)
      const found = told(squares)
      // Squares are never less than those of equal weights.
      if (
        found > 0 &&
        found === told(squares + room) &&
        found === told(Math.max(base ** 2 / n, squares - room))
      )
        return found
    }
  return null
}

export const key = (school: string, group: string) => `${group}|${school}`
const sum = (list: readonly { n: number }[]): number => list.reduce((all, { n }) => all + n, 0)

type Asked = {
  source: ReportSource
  enrolment: Enrolment
  sizes: readonly Count[]
  stand: (group: string) => string | undefined
  wanted: (group: string) => number
  dimensions: WeightDimension[]
  groups: boolean
}

/** Cells and margins of one way; undefined where the table is not split like that, or it would change nothing. */
function marginsOf({ source, enrolment, sizes, stand, wanted, dimensions, groups }: Asked) {
  const cells: RakingCell[] = sizes.map(({ n, group }) => ({
    at: groups ? { group } : ({} as Record<string, string>),
    n,
  }))
  const margins: Margin[] = []
  const answered = [...new Set(sizes.map(({ group }) => group))]
  if (groups)
    margins.push({
      dimension: 'group',
      targets: Object.fromEntries(answered.map((group) => [group, wanted(group)])),
    })
  for (const dimension of dimensions) {
    const place = new Map(
      source.district.schools.map((one) => [
        one.code,
        dimension === 'school' ? one.code : (one[dimension] ?? ''),
      ]),
    )
    const targets: Record<string, number> = {}
    let split = false
    for (const group of answered) {
      const like = stand(group)
      const counted = new Map(
        (like === undefined ? [] : marginsBy(enrolment, dimension, like === '' ? {} : { group: like }))
          .filter(({ n }) => n > 0)
          .map(({ code, n }) => [code, n]),
      )
      const of = (school: string) => {
        const code = place.get(school) ?? ''
        return counted.has(code) ? code : ''
      }
      const own = sizes.filter((one) => one.group === group)
      const all = sum(own)
      const said = sum(own.filter(({ school }) => of(school) !== ''))
      const whole = [...counted.values()].reduce((sums, n) => sums + n, 0)
      if (said > 0)
        for (const [code, n] of counted)
          targets[`${group}|${code}`] = (wanted(group) * (said / all) * n) / whole
      if (said < all) targets[`${group}|`] = (wanted(group) * (all - said)) / all
      if (said > 0 && counted.size > 1) split = true
      sizes.forEach((one, at) => {
        const cell = cells[at]
        if (cell && one.group === group) cell.at[dimension] = `${group}|${of(one.school)}`
      })
    }
    if (!split) return undefined
    margins.push({ dimension, targets })
  }
  return margins.length > 0 ? { cells, margins } : undefined
}

/** The category with the fewest people, of those that are weighted by. */
function smallest({ cells, margins }: { cells: readonly RakingCell[]; margins: readonly Margin[] }) {
  const counts = margins.flatMap(({ dimension, targets }) =>
    Object.keys(targets)
      .filter((category) => !category.endsWith('|'))
      .map((category) => ({
        category,
        n: sum(cells.filter(({ at }) => at[dimension] === category)),
      })),
  )
  return counts.reduce<{ category: string; n: number } | undefined>(
    (least, one) => (least && least.n <= one.n ? least : one),
    undefined,
  )
}
