/** Whether a part of those who could answer was heard less than its share, and by how much. */

/** Logarithm of n!, by Stirling's series (M. Abramowitz and I. A. Stegun, 1964, 6.1.41); exact products below 20. */
function logFactorial(n: number): number {
  if (n < 20) {
    let product = 1
    for (let k = 2; k <= n; k++) product *= k
    return Math.log(product)
  }
  const x = n + 1
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + 1 / (12 * x) - 1 / (360 * x ** 3)
}

/**
 * The chance of `x` or fewer of `n` when each is one with chance `p`: the exact lower tail of the binomial, as in
 * C. J. Clopper and E. S. Pearson, Biometrika 26 (1934), 404-413. Summed downward from x, so that it costs little
 * where x is below n p; at or above that it is told as 1, since nobody asks there.
 */
export function chanceOfSoFew(x: number, n: number, p: number): number {
  if (n <= 0 || p <= 0 || x >= n * p) return 1
  if (p >= 1) return 0
  let term = Math.exp(
    logFactorial(n) - logFactorial(x) - logFactorial(n - x) + x * Math.log(p) + (n - x) * Math.log1p(-p),
  )
  let sum = 0
  for (let k = x; k >= 0 && term > sum * 1e-16; k--) {
    sum += term
    term *= (k * (1 - p)) / ((n - k + 1) * p)
  }
  return Math.min(1, sum)
}

/** How many more would have to answer, nobody else, for x of n to be the share p; a whole number. */
export const neededFor = (x: number, n: number, p: number): number =>
  p >= 1 ? 0 : Math.max(0, Math.ceil((p * n - x) / (1 - p) - 1e-9))

/** A part: `n` answers of it, `enrolled` who could have answered. */
export type Part = { code: string; n: number; enrolled: number }
/** `share` of the answers, `of` of enrolment. */
export type Compared = Part & { share: number; of: number; chance: number; needed: number }

/** Each part's share of the answers beside its share of enrolment. Only answers of the parts are counted. */
export function compare(parts: readonly Part[]): Compared[] {
  const n = parts.reduce((sum, part) => sum + part.n, 0)
  const enrolled = parts.reduce((sum, part) => sum + part.enrolled, 0)
  if (n === 0 || enrolled === 0 || parts.length < 2) return []
  return parts.map((part) => {
    const of = part.enrolled / enrolled
    return {
      ...part,
      share: part.n / n,
      of,
      chance: chanceOfSoFew(part.n, n, of),
      needed: neededFor(part.n, n, of),
    }
  })
}
