import { Z95 } from './normal.ts'

/**
 * The Wilson score interval, 95 %, of a share of `n` people of whom `count` agree, as fractions; null for an
 * empty base. `count` and `n` may be effective numbers and so need not be whole.
 * Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
 * J. Am. Stat. Assoc. 22 (1927), 209-212; without continuity correction, as recommended by Newcombe,
 * Statistics in Medicine 17 (1998), 857-872, method 3.
 */
export function wilson(count: number, n: number): { low: number; high: number } | null {
  if (!(n > 0)) return null
  const share = count / n
  const spread = Z95 * Math.sqrt((share * (1 - share)) / n + (Z95 * Z95) / (4 * n * n))
  const scale = 1 + (Z95 * Z95) / n
  const middle = share + (Z95 * Z95) / (2 * n)
  // At the ends the formula is exactly 0 or 1; rounding of floating numbers must not push it past the share.
  const low = count === 0 ? 0 : (middle - spread) / scale
  const high = count === n ? 1 : (middle + spread) / scale
  return { low: Math.max(0, low), high: Math.min(1, high) }
}
