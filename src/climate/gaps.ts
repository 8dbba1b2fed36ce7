import { holm, LEVEL, pOfDifference } from './chance.ts'
import { type Difference, differenceOf, type Part } from './difference.ts'

/** What one group said of one thing: `count` of `n` favorable. */
export type GroupPart = Part & { group: string }

/** How far two groups lie apart: `above` has the higher share, so the difference is never under nought. */
export type Gap = Difference & {
  above: string
  below: string
  p: number
  test: 'score' | 'fisher'
}

/** Every pair of groups that anyone answered in, widest gap first; equal ones in the order of the groups. */
export function gapsBetween(groups: readonly GroupPart[]): Gap[] {
  const answered = groups.filter(({ n }) => n > 0)
  return answered
    .flatMap((one, index) => answered.slice(index + 1).flatMap((other) => gap(one, other) ?? []))
    .sort((a, b) => b.difference - a.difference)
}

function gap(one: GroupPart, other: GroupPart): Gap | undefined {
  const [above, below] = one.count / one.n >= other.count / other.n ? [one, other] : [other, one]
  const [difference, chance] = [differenceOf(above, below), pOfDifference(above, below)]
  return difference && chance
    ? { above: above.group, below: below.group, ...difference, ...chance }
    : undefined
}

/** A gap read together with others: `holm` is its p corrected for all of them. */
export type ReadGap = Gap & { holm: number; beyondChance: boolean }

/** The same things with their p's corrected (Holm) over all that are read together: pass a whole page at once. */
export function readTogether<T extends { p: number }>(
  all: readonly T[],
): (T & { holm: number; beyondChance: boolean })[] {
  const corrected = holm(all.map(({ p }) => p))
  return all.map((one, index) => {
    const p = corrected[index] ?? 1
    return { ...one, holm: p, beyondChance: p < LEVEL }
  })
}
