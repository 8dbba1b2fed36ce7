/** A share of a small group near 0 or 1, told only as being under or over a bound, both fractions. */
export type Bound = { under: number } | { over: number }

/** Groups of this many people and more are told exactly. */
export const SMALL_GROUP = 40

const steps = [0.1, 0.2, 0.3, 0.4, 0.5]

/**
 * Bounds a share that would tell what every single person of a small group said (or that only one said otherwise):
 * of 20 to 39 people it is told as `<10 %` or `>90 %`, the rule that the National Center for Education Statistics
 * recommends for groups of that size ("Statistical Methods for Protecting Personally Identifiable Information in
 * Aggregate Reporting", SLDS Technical Brief 3, NCES 2011-603, 2010). Of fewer people the bound is the first of 10,
 * 20, ... 50 % under which at least two counts can lie, so that `<10 %` never means "nobody". Undefined where the
 * share may be told as it is.
 */
export function boundOf(count: number, n: number): Bound | undefined {
  if (n <= 0 || n >= SMALL_GROUP) return undefined
  const bound = steps.find((step) => 1 < step * n - 1e-9) ?? 0.5
  // Counted in people: a floating share would put one of ten on the wrong side of a tenth.
  if (count < bound * n - 1e-9) return { under: bound }
  return n - count < bound * n - 1e-9 ? { over: 1 - bound } : undefined
}

/** The counts that a bound leaves possible, from the least to the most. */
export function countsWithin(bound: Bound, n: number): { least: number; most: number } {
  if ('under' in bound) return { least: 0, most: Math.ceil(bound.under * n - 1e-9) - 1 }
  return { least: n - (Math.ceil((1 - bound.over) * n - 1e-9) - 1), most: n }
}

/** One of several parts that add up to the same `n` people. `hidden`: not even its bound is told. */
export type Told = { count: number; bound?: Bound; hidden?: true }

/**
 * Bounds the parts of a whole: options of which each person chose one, or points of a scale. Parts that add up give
 * each other away, so while a bounded or hidden part can still be worked out from the rest, the smallest part that
 * is told exactly is hidden too.
 */
export function boundParts(counts: readonly number[], n: number): Told[] {
  const told: Told[] = counts.map((count) => {
    const bound = boundOf(count, n)
    return bound ? { count, bound } : { count }
  })
  if (!told.some(({ bound }) => bound)) return told
  for (;;) {
    if (!worksOut(told, n)) return told
    const open = told.filter(({ bound, hidden }) => !bound && !hidden).sort((a, b) => a.count - b.count)
    const [next] = open.filter(({ count }) => count > 0).concat(open)
    if (!next) return told.map(({ count }) => ({ count, hidden: true }))
    next.hidden = true
  }
}

/** Whether some part that is not told exactly can be only one number, given that all add up to n. */
function worksOut(told: readonly Told[], n: number): boolean {
  const veiled = told.filter(({ bound, hidden }) => bound || hidden)
  const left = n - told.reduce((sum, { count, bound, hidden }) => sum + (bound || hidden ? 0 : count), 0)
  const ranges = veiled.map(({ bound }) => (bound ? countsWithin(bound, n) : { least: 0, most: n }))
  const sum = (of: 'least' | 'most') => ranges.reduce((all, range) => all + range[of], 0)
  const [least, most] = [sum('least'), sum('most')]
  return ranges.some((range) => {
    const low = Math.max(range.least, left - (most - range.most))
    const high = Math.min(range.most, left - (least - range.least))
    return high <= low
  })
}
