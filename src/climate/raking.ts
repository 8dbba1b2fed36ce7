import { Z95 } from './normal.ts'
import { wilson } from './wilson.ts'

/** People who answered and are alike in every dimension: `at` holds their category in each, `n` how many they are. */
export type RakingCell = { at: Record<string, string>; n: number }

/** What one dimension should look like: the wanted number or share of each category; only proportions matter. */
export type Margin = { dimension: string; targets: Record<string, number> }

/** Bounds of a weight, where 1 is the mean weight. */
export type Bounds = { least: number; most: number }

export type RakingRule = {
  /** Weights outside are trimmed, and the rest raked again. Null: not trimmed. */
  bounds: Bounds | null
  /** Largest error of a margin, in shares, that counts as met. */
  tolerance: number
  rounds: number
}
export const rakingRule: RakingRule = { bounds: { least: 0.2, most: 5 }, tolerance: 1e-6, rounds: 200 }

/**
 * Why there are no weights: nobody answered; no margins were given; a category is wanted that nobody answered in,
 * or answered in and not wanted; a target is no number, under nought, or all are nought; two margins share a name;
 * a cell lacks a dimension.
 */
export type RakingFault =
  | { fault: 'nobody' | 'noMargins' }
  | { fault: 'empty' | 'unknown' | 'target'; dimension: string; category: string }
  | { fault: 'noTarget' | 'twice'; dimension: string }

export type Raked = {
  /** One weight for each cell, for each person in it; their mean over people is 1. */
  weights: number[]
  converged: boolean
  rounds: number
  /** The margin that is missed most: largest difference between reached and wanted share. */
  worst: { dimension: string; category: string; error: number }
  /** Cells whose weight lies on a bound, and the people in them. */
  trimmed: { cells: number; people: number }
  least: number
  most: number
} & Efficiency

export type Efficiency = { n: number; designEffect: number; effective: number }

/**
 * Kish's approximate design effect of unequal weights, n Σw² / (Σw)², and the effective n that it leaves.
 * Source: L. Kish, Survey Sampling, 1965, section 11.7; "Weighting for unequal Pi", J. Official Statistics 8
 * (1992), 183-200.
 */
export function efficiency(cells: readonly { weight: number; n: number }[]): Efficiency {
  const n = cells.reduce((sum, cell) => sum + cell.n, 0)
  const sum = cells.reduce((all, { weight, n: people }) => all + weight * people, 0)
  const squares = cells.reduce((all, { weight, n: people }) => all + weight * weight * people, 0)
  if (n === 0 || sum === 0) return { n, designEffect: 1, effective: 0 }
  const designEffect = (n * squares) / (sum * sum)
  return { n, designEffect, effective: n / designEffect }
}

/**
 * Largest margin of error, 95 %, of a share among `effective` people: that of one half. With the size of the
 * population, less by its finite population correction (W. G. Cochran, Sampling Techniques, 1977, 2.6).
 * It holds for a random sample; of those who chose to answer it says only how large chance alone would be.
 * Null for nobody.
 */
export function marginOfError(effective: number, population?: number): number | null {
  if (!(effective > 0)) return null
  const left =
    population === undefined ? 1 : Math.max(0, (population - effective) / Math.max(1, population - 1))
  return Z95 * Math.sqrt((0.25 / effective) * left)
}

/**
 * Raking: weights under which every margin is as wanted, by iterative proportional fitting, then trimming to the
 * bounds and raking those inside again, until both hold or the rounds are over; `converged` says whether the
 * margins were met. Trimmed weights may make that impossible: then `worst` says by how much.
 * Sources: W. E. Deming and F. F. Stephan, "On a Least Squares Adjustment of a Sampled Frequency Table When the
 * Expected Marginal Totals are Known", Annals of Mathematical Statistics 11 (1940), 427-444; trimming within the
 * cycles as in M. P. Battaglia, D. Izrael, D. C. Hoaglin, M. R. Frankel, "Practical Considerations in Raking
 * Survey Data", Survey Practice 2 (2009).
 */
export function rake(
  cells: readonly RakingCell[],
  margins: readonly Margin[],
  rule: RakingRule = rakingRule,
): Raked | RakingFault {
  const people = cells.filter(({ n }) => n > 0)
  const fault = faultOf(people, margins)
  if (fault) return fault
  const total = people.reduce((sum, { n }) => sum + n, 0)
  const wanted = margins.map(({ dimension, targets }) => {
    const all = Object.values(targets).reduce((sum, target) => sum + target, 0)
    return {
      dimension,
      shares: new Map(Object.entries(targets).map(([code, target]) => [code, target / all])),
    }
  })
  const weights = people.map(() => 1)
  let rounds = 0
  let worst = worstOf(people, weights, wanted, total)
  while (worst.error > rule.tolerance && rounds < rule.rounds) {
    rounds += 1
    for (const margin of wanted) meet(people, weights, margin, total)
    if (rule.bounds) trim(people, weights, rule.bounds, total)
    worst = worstOf(people, weights, wanted, total)
  }
  const given = new Map(people.map((cell, index) => [cell, weights[index] ?? 0]))
  const { least = 0, most = Number.POSITIVE_INFINITY } = rule.bounds ?? {}
  const onBound = people.filter(
    (_, index) => isOn(weights[index] ?? 1, least) || isOn(weights[index] ?? 1, most),
  )
  return {
    weights: cells.map((cell) => given.get(cell) ?? 0),
    converged: worst.error <= rule.tolerance,
    rounds,
    worst,
    trimmed: { cells: onBound.length, people: onBound.reduce((sum, { n }) => sum + n, 0) },
    least: Math.min(...weights),
    most: Math.max(...weights),
    ...efficiency(people.map(({ n }, index) => ({ weight: weights[index] ?? 0, n }))),
  }
}

const isOn = (weight: number, bound: number): boolean => Math.abs(weight - bound) < 1e-9

function faultOf(cells: readonly RakingCell[], margins: readonly Margin[]): RakingFault | undefined {
  if (cells.length === 0) return { fault: 'nobody' }
  if (margins.length === 0) return { fault: 'noMargins' }
  for (const [index, { dimension, targets }] of margins.entries()) {
    if (margins.findIndex((one) => one.dimension === dimension) !== index)
      return { fault: 'twice', dimension }
    const answered = new Set(cells.map(({ at }) => at[dimension] ?? ''))
    for (const [category, target] of Object.entries(targets)) {
      if (!Number.isFinite(target) || target < 0) return { fault: 'target', dimension, category }
      if (target > 0 && !answered.has(category)) return { fault: 'empty', dimension, category }
    }
    if (!Object.values(targets).some((target) => target > 0)) return { fault: 'noTarget', dimension }
    const stray = [...answered].find((category) => !((targets[category] ?? 0) > 0))
    if (stray !== undefined) return { fault: 'unknown', dimension, category: stray }
  }
  return undefined
}

type Wanted = { dimension: string; shares: ReadonlyMap<string, number> }

function sumsOf(
  cells: readonly RakingCell[],
  weights: readonly number[],
  dimension: string,
): Map<string, number> {
  const sums = new Map<string, number>()
  cells.forEach(({ at, n }, index) => {
    const category = at[dimension] ?? ''
    sums.set(category, (sums.get(category) ?? 0) + n * (weights[index] ?? 0))
  })
  return sums
}

function meet(
  cells: readonly RakingCell[],
  weights: number[],
  { dimension, shares }: Wanted,
  total: number,
): void {
  const sums = sumsOf(cells, weights, dimension)
  cells.forEach(({ at }, index) => {
    const category = at[dimension] ?? ''
    const sum = sums.get(category) ?? 0
    if (sum > 0) weights[index] = ((weights[index] ?? 0) * (shares.get(category) ?? 0) * total) / sum
  })
}

/** Brings weights into the bounds and what that took or added to the others, as often as that pushes others out. */
function trim(cells: readonly RakingCell[], weights: number[], { least, most }: Bounds, total: number): void {
  for (let turn = 0; turn < cells.length; turn += 1) {
    weights.forEach((weight, index) => {
      weights[index] = Math.min(most, Math.max(least, weight))
    })
    const inside = (index: number) => !isOn(weights[index] ?? 1, least) && !isOn(weights[index] ?? 1, most)
    const sum = (keep: (index: number) => boolean) =>
      cells.reduce((all, { n }, index) => all + (keep(index) ? n * (weights[index] ?? 0) : 0), 0)
    const [free, fixed] = [sum(inside), sum((index) => !inside(index))]
    if (free <= 0 || total - fixed <= 0) return
    const by = (total - fixed) / free
    if (Math.abs(by - 1) < 1e-12) return
    weights.forEach((weight, index) => {
      if (inside(index)) weights[index] = weight * by
    })
    if (weights.every((weight) => weight >= least - 1e-12 && weight <= most + 1e-12)) return
  }
}

function worstOf(
  cells: readonly RakingCell[],
  weights: readonly number[],
  margins: readonly Wanted[],
  total: number,
): Raked['worst'] {
  const errors = margins.flatMap(({ dimension, shares }) => {
    const sums = sumsOf(cells, weights, dimension)
    return [...shares].map(([category, share]) => ({
      dimension,
      category,
      error: Math.abs((sums.get(category) ?? 0) / total - share),
    }))
  })
  return errors.reduce(
    (worst, one) => (one.error > worst.error ? one : worst),
    errors[0] ?? { dimension: '', category: '', error: 0 },
  )
}

/** A weighted share: `n` people, `effective` of them after weighting; `base` their weights' sum. */
export type WeightedShare = {
  share: number | null
  low: number | null
  high: number | null
  base: number
} & Efficiency

/**
 * Weighted percent favorable. The interval is Wilson's with the effective n (Kish) in place of n, which also keeps
 * it inside 0 to 1 where a linearised one would not: E. L. Korn and B. I. Graubard, "Confidence Intervals for
 * Proportions with Small Expected Number of Positive Counts Estimated from Survey Data", Survey Methodology 24
 * (1998), 193-201, for the use of an effective n; N. Dean and M. Pagano, J. Survey Statistics and Methodology 3
 * (2015), 484-503, for Wilson's interval with it. Null for nobody.
 */
export function weightedShare(
  parts: readonly { weight: number; n: number; favorable: number }[],
): WeightedShare {
  const answered = parts.filter(({ n }) => n > 0)
  const base = answered.reduce((sum, { weight, n }) => sum + weight * n, 0)
  const kept = efficiency(answered)
  if (base === 0) return { share: null, low: null, high: null, base, ...kept }
  const share = answered.reduce((sum, { weight, favorable }) => sum + weight * favorable, 0) / base
  const interval = wilson(share * kept.effective, kept.effective)
  return { share, low: interval?.low ?? null, high: interval?.high ?? null, base, ...kept }
}
