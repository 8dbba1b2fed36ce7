import type { Plan } from '../../../src/plan/plan.ts'
import { type Known, published, type Role } from './reads.ts'
import { type AnySurvey, chance, kindsOf, type Person, sourceOf } from './world.ts'

/** How far from the first survey its twins are looked for, and how many are at most tried in full. */
const DRAWN = 20_000
const TRIED = 12

/**
 * Other people who, as far as the models tell, could have given the same answers to the survey: everything that this
 * reader is told is the same of them, and something that is hidden is not. So a page that shows the two otherwise tells
 * more than the attacker reads, whatever it is that it shows: a number, an order, a p value, the length of a bar.
 *
 * A twin is found by a few people who change places or answers, so that no sum that is told changes; then all that is
 * told is worked out again, since what is hidden depends on the answers too.
 */
export function twinsOf(survey: AnySurvey, plan: Plan, role: Role, most: number, seed: number): AnySurvey[] {
  const next = chance(seed)
  const kinds = kindsOf(survey.asked)
  const key = (one: Person) => `${one.school}/${one.group}/${one.grade}/${one.language}/${one.said}`
  const place = new Map(kinds.map((one, at) => [key(one), at]))
  const counts = kinds.map(() => 0)
  for (const one of survey.people)
    counts[place.get(key(one)) ?? 0] = one.n + (counts[place.get(key(one)) ?? 0] ?? 0)
  const known = published(survey, sourceOf(survey, plan), role, plan)
  const rows = rowsOf(known, kinds, counts)
  const fits = (move: Move) =>
    move.every(({ at, by }) => (counts[at] ?? 0) + by >= 0) &&
    rows.every(({ row, least, most: top }) => {
      const change = move.reduce((sum, { at, by }) => sum + by * (row[at] ?? 0), 0)
      return change >= least - 1e-9 && change <= top + 1e-9
    })
  const told = tellsOf(known)
  const here = [...kinds.keys()].filter((at) => (counts[at] ?? 0) > 0)
  const found: AnySurvey[] = []
  const seen = new Set<string>()
  let tried = 0
  for (let draw = 0; draw < DRAWN && tried < TRIED && found.length < most; draw += 1) {
    const move = drawn(next, kinds, here, (one) => place.get(key(one)))
    const name = JSON.stringify(move.toSorted((a, b) => a.at - b.at))
    if (move.length === 0 || seen.has(name)) continue
    seen.add(name)
    if (!fits(move)) continue
    tried += 1
    const other = counts.slice()
    for (const { at, by } of move) other[at] = (other[at] ?? 0) + by
    const people = kinds.flatMap((one, at) => ((other[at] ?? 0) > 0 ? [{ ...one, n: other[at] ?? 0 }] : []))
    const twin = { ...survey, people }
    if (tellsOf(published(twin, sourceOf(twin, plan), role, plan)) === told) found.push(twin)
  }
  return found
}

/** What is told, without whom it is of: the same pages in the same order tell it. */
const tellsOf = (known: readonly Known[]): string =>
  known.map(({ from, least, most }) => `${from} ${least} ${most}`).join('\n')

/** By how much each sum that is told may change without being told otherwise. */
function rowsOf(known: readonly Known[], kinds: readonly Person[], counts: readonly number[]) {
  return known.map(({ of, least, most }) => {
    const row = kinds.map(of)
    const value = row.reduce((sum, one, at) => sum + one * (counts[at] ?? 0), 0)
    return Number.isNaN(least)
      ? { row, least: 0, most: 0 }
      : { row, least: least - value, most: most - value }
  })
}

type Move = { at: number; by: number }[]

/**
 * People of two places who change answers, or four places at the corners of a table of which the sums stay (of people,
 * or of people who change answers).
 */
function drawn(
  next: () => number,
  kinds: readonly Person[],
  here: readonly number[],
  find: (person: Person) => number | undefined,
): Move {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const [a, b] = [kinds[pick(here)] as Person, kinds[pick(here)] as Person]
  const said = pick(kinds).said
  const shape = next()
  const cells: (readonly [Person, number])[] = []
  const swap = (one: Person, sign: number, from: string, to: string) =>
    cells.push([{ ...one, said: from }, -sign], [{ ...one, said: to }, sign])
  if (shape < 0.2) cells.push([a, -1], [{ ...b, said: a.said }, 1])
  else if (shape < 0.5) {
    swap(a, 1, a.said, said)
    swap(b, -1, a.said, said)
  } else {
    const [one, other] = pick(corners)
    const [c, d] = [
      { ...a, [one]: b[one] },
      { ...a, [other]: b[other] },
    ]
    const across = { ...a, [one]: b[one], [other]: b[other] }
    for (const [corner, sign] of [
      [a, -1],
      [c, 1],
      [d, 1],
      [across, -1],
    ] as const)
      if (shape < 0.75) cells.push([{ ...corner, said: a.said }, sign])
      else swap(corner, sign, a.said, said)
  }
  const sums = new Map<number, number>()
  for (const [one, by] of cells) {
    const at = find(one)
    if (at === undefined) return []
    sums.set(at, (sums.get(at) ?? 0) + by)
  }
  return [...sums].flatMap(([at, by]) => (by === 0 ? [] : [{ at, by }]))
}

const corners = [
  ['school', 'group'],
  ['school', 'grade'],
  ['school', 'language'],
  ['group', 'grade'],
  ['group', 'language'],
  ['grade', 'language'],
] as const
