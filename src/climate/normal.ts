/** The two-sided 95 % point of the normal distribution. */
export const Z95 = 1.959963984540054

/**
 * Two-sided tail of the standard normal distribution: the chance of a value at least as far from nought as `z`.
 * By the series of the error function near nought and its continued fraction further out (M. Abramowitz and
 * I. A. Stegun, Handbook of Mathematical Functions, 1964, 7.1.5 and 7.1.14); right to ten places.
 */
export function twoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  if (x < 2) return 1 - seriesOfErf(x)
  let fraction = 0
  for (let k = 60; k > 0; k -= 1) fraction = k / 2 / (x + fraction)
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction)
}

function seriesOfErf(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; n < 80; n += 1) {
    term *= (-x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}
