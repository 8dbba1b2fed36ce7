import type { Part } from './difference.ts'
import { twoSided } from './normal.ts'

/** Smallest count that must be expected in each cell of a two-by-two table for the score test to be trusted. */
const EXPECTED = 5

/**
 * Two-sided p of the difference between two independent shares, and the test that gave it: the score test (pooled
 * z, the same as Pearson's chi-square without correction) where at least five people are expected in each cell of
 * the two-by-two table (W. G. Cochran, Biometrics 10, 1954, 417-451), else Fisher's exact test, summing every
 * table that is no likelier than this one. Null when either set is empty.
 */
export function pOfDifference(a: Part, b: Part): { p: number; test: 'score' | 'fisher' } | null {
  if (a.n <= 0 || b.n <= 0) return null
  const agree = a.count + b.count
  const all = a.n + b.n
  const least = (Math.min(agree, all - agree) * Math.min(a.n, b.n)) / all
  if (least < EXPECTED) return { p: fisher(a, b), test: 'fisher' }
  const pooled = agree / all
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.n + 1 / b.n))
  return { p: twoSided((a.count / a.n - b.count / b.n) / error), test: 'score' }
}

/** Tables whose chances differ by less than this are equally likely; rounding must not part them. */
const ALIKE = 1e-7

/**
 * Only tables near the margins' smaller side are walked, and this runs only where some expected count is under
 * five; so the smaller margin bounds the work, not the number of people.
 */
function fisher(a: Part, b: Part): number {
  const agree = a.count + b.count
  const from = Math.max(0, agree - b.n)
  const to = Math.min(agree, a.n)
  // Log of the chance of each table, up to a constant: the ratio of neighbours needs no factorials.
  const logs: number[] = [0]
  for (let k = from; k < to; k += 1) {
    const ratio = ((agree - k) * (a.n - k)) / ((k + 1) * (b.n - agree + k + 1))
    logs.push((logs.at(-1) ?? 0) + Math.log(ratio))
  }
  const most = Math.max(...logs)
  const chances = logs.map((log) => Math.exp(log - most))
  const here = chances[a.count - from] ?? 0
  const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0)
  return Math.min(1, sum(chances.filter((chance) => chance <= here * (1 + ALIKE))) / sum(chances))
}

/**
 * Holm's correction of many p's that are read together, in their order: with it, the chance that even one of the
 * differences called "more than chance" is nothing but chance stays under the level at which they are read.
 * Source: S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6
 * (1979), 65-70.
 */
export function holm(ps: readonly number[]): number[] {
  const ordered = ps.map((p, at) => ({ p, at })).sort((a, b) => a.p - b.p)
  const corrected = ps.map(() => 1)
  let highest = 0
  ordered.forEach(({ p, at }, rank) => {
    highest = Math.max(highest, Math.min(1, p * (ps.length - rank)))
    corrected[at] = highest
  })
  return corrected
}

/** The level at which corrected p's are read. */
export const LEVEL = 0.05
