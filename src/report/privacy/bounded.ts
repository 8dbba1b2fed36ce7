/** A share that is told only as being under or over a bound, or from one to another; all of them fractions. */
export type Bound = { under: number } | { over: number } | { from: number; to: number }

/** Groups of this many people and more are told exactly. */
export const SMALL_GROUP = 40

const steps = [0.1, 0.2, 0.3, 0.4, 0.5]

/**
 * Bounds a share that would tell what every single person of a small group said (or that only one said otherwise):
 * of 20 to 39 people it is told as `<10 %` or `>90 %`, as Utah's Data Gateway does; bounds by the size of the group
 * are what the National Center for Education Statistics recommends (SLDS Technical Brief 3, NCES 2011-603, 2010; see
 * docs/privacy.md for what of it was read). Of fewer people the bound is the first of 10,
 * 20, ... 50 % under which at least two counts can lie, so that `<10 %` never means "nobody". Undefined where the
 * share may be told as it is.
 */
export function boundOf(count: number, n: number): Exclude<Bound, { from: number }> | undefined {
  if (n <= 0 || n >= SMALL_GROUP) return undefined
  const bound = steps.find((step) => 1 < step * n - 1e-9) ?? 0.5
  // Counted in people: a floating share would put one of ten on the wrong side of a tenth.
  if (count < bound * n - 1e-9) return { under: bound }
  return n - count < bound * n - 1e-9 ? { over: 1 - bound } : undefined
}

/** The counts that a bound leaves possible, from the least to the most. */
export function countsWithin(bound: Bound, n: number): { least: number; most: number } {
  if ('from' in bound)
    return { least: Math.ceil(bound.from * n - 1e-9), most: Math.floor(bound.to * n + 1e-9) }
  if ('under' in bound) return { least: 0, most: Math.ceil(bound.under * n - 1e-9) - 1 }
  return { least: n - (Math.ceil((1 - bound.over) * n - 1e-9) - 1), most: n }
}

/**
 * A share told in tenths, or in fifths or halves of few people: for what is not near an end, but may not be told exactly
 * because it would give away what is. Undefined where even half of them are too few.
 */
export function bandOf(count: number, n: number): Bound | undefined {
  if (n <= 0) return undefined
  const near = boundOf(count, n)
  if (near) {
    for (const step of steps)
      for (const bound of [{ under: step }, { over: 1 - step }])
        if ('under' in bound === 'under' in near && isInside(count, n, bound)) return bound
  }
  return windowOf(count, n, [10, 5, 2])
}

/**
 * A share told in steps that are never of fewer people than the minimum: of a hundred people and a minimum of ten in
 * tenths, of five hundred and more in fiftieths. Undefined where half of them are fewer.
 */
export const stepOf = (count: number, n: number, minimum: number): Bound | undefined =>
  windowOf(
    count,
    n,
    [50, 20, 10, 5, 2].filter((parts) => n / parts >= minimum),
  )

/** The first window that holds the count inside: of these parts of all, or else half a part further on. */
function windowOf(count: number, n: number, sizes: readonly number[]): Bound | undefined {
  for (const parts of sizes) {
    const at = Math.min(parts - 1, Math.floor((count / n) * parts + 1e-9))
    for (const start of [at, at - 0.5, at + 0.5]) {
      const from = Math.round((100 * start) / parts) / 100
      const band = { from, to: Math.round(100 * (from + 1 / parts)) / 100 }
      if (from >= 0 && band.to <= 1 + 1e-9 && isInside(count, n, band)) return band
    }
  }
  return undefined
}

/**
 * Whether one more and one fewer would be told alike. What has room on both sides adds nothing to what can be worked
 * out exactly: a proof that a number can be no more rests on bounds that it reaches (complementary slackness).
 */
function isInside(count: number, n: number, bound: Bound): boolean {
  const { least, most } = countsWithin(bound, n)
  return (count > least || (count === 0 && least === 0)) && (count < most || (count === n && most === n))
}
