import { twoSided } from './normal.ts'
import { wilson } from './wilson.ts'

/** `count` of `n` people. */
export type Part = { count: number; n: number }

/** A difference of two shares as a fraction (0.1 is ten points) with its 95 % interval. */
export type Difference = { difference: number; low: number; high: number }

/**
 * The share of `a` less that of `b`, two sets of people of whom none is in both, with Newcombe's hybrid score
 * interval, 95 %, made of the Wilson interval of each; null when either is empty. Fit for groups of one survey and
 * for waves whose people are not matched.
 * Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of
 * eleven methods", Statistics in Medicine 17 (1998), 873-890, method 10.
 */
export function differenceOf(a: Part, b: Part): Difference | null {
  const [first, second] = [wilson(a.count, a.n), wilson(b.count, b.n)]
  if (!first || !second) return null
  const [p, q] = [a.count / a.n, b.count / b.n]
  return {
    difference: p - q,
    low: Math.max(-1, p - q - Math.hypot(p - first.low, second.high - q)),
    high: Math.min(1, p - q + Math.hypot(first.high - p, q - second.low)),
  }
}

/** The same people asked twice, by whether they agreed before and after. */
export type Paired = { both: number; gained: number; lost: number; neither: number }

/**
 * The share after less the share before among people asked twice, with Newcombe's interval for paired shares,
 * 95 %; null when there are no pairs. Positive: more agree than before.
 * Source: R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based on
 * paired data", Statistics in Medicine 17 (1998), 2635-2650, method 10 ("square and add", with his correction of
 * the correlation towards nought).
 */
export function pairedDifference({ both, gained, lost, neither }: Paired): Difference | null {
  const n = both + gained + lost + neither
  const [after, before] = [wilson(both + gained, n), wilson(both + lost, n)]
  if (!after || !before) return null
  const [p, q] = [(both + gained) / n, (both + lost) / n]
  const phi = correlation({ both, gained, lost, neither }, n)
  const spread = (x: number, y: number) => Math.sqrt(Math.max(0, x * x - 2 * phi * x * y + y * y))
  return {
    difference: p - q,
    low: Math.max(-1, p - q - spread(p - after.low, before.high - q)),
    high: Math.min(1, p - q + spread(after.high - p, q - before.low)),
  }
}

/** Newcombe's phi: nought when a margin is empty; a positive product is lessened by half the number of pairs. */
function correlation({ both, gained, lost, neither }: Paired, n: number): number {
  const margins = (both + gained) * (lost + neither) * (both + lost) * (gained + neither)
  if (margins === 0) return 0
  const product = both * neither - gained * lost
  return (product > 0 ? Math.max(product - n / 2, 0) : product) / Math.sqrt(margins)
}

/**
 * McNemar's test of a change in the same people, two-sided: the mid-p version, which holds in small samples too.
 * 1 when nobody changed; where as many turned one way as the other, 1 less half the chance of just that.
 * Source: M. W. Fagerland, S. Lydersen, P. Laake, "The McNemar test for binary matched-pairs data: mid-p and
 * asymptotic are better than exact conditional", BMC Medical Research Methodology 13 (2013), 91. Beyond 1,000
 * changes the asymptotic version (Q. McNemar, Psychometrika 12, 1947) gives the same to three places.
 */
export function pOfChange({ gained, lost }: Pick<Paired, 'gained' | 'lost'>): number {
  const changes = gained + lost
  if (changes === 0) return 1
  if (changes > 1000) return twoSided((gained - lost) / Math.sqrt(changes))
  const fewer = Math.min(gained, lost)
  let log = -changes * Math.LN2
  let tail = 0
  let last = 0
  for (let k = 0; k <= fewer; k += 1) {
    last = Math.exp(log)
    tail += last
    log += Math.log(changes - k) - Math.log(k + 1)
  }
  return gained === lost ? 1 - last / 2 : Math.min(1, 2 * tail - last)
}
