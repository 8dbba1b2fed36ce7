import { wilson } from './wilson.ts'

/** A point of a scale in its printed order; "not applicable" is not one of them. */
export type ScalePoint = { code: string; value: number; favorable: boolean }

export type Stance = 'favorable' | 'neutral' | 'unfavorable'

/**
 * What choosing each point says about an item. For a reversed item the scale is read from its other end: a point
 * is favorable where its mirror image is. What mirrors a favorable point is unfavorable, the rest is neutral, so
 * a scale needs to say only which of its points are favorable.
 */
export function stances(points: readonly ScalePoint[], reversed: boolean): Map<string, Stance> {
  const at = (index: number) => points[index]?.favorable === true
  return new Map(
    points.map((point, index) => {
      const mirror = points.length - 1 - index
      const [here, there] = reversed ? [mirror, index] : [index, mirror]
      return [point.code, at(here) ? 'favorable' : at(there) ? 'unfavorable' : 'neutral']
    }),
  )
}

/** A scale may leave open which of its points are favorable: then there is no percent favorable. */
export const namesFavorable = (points: readonly ScalePoint[]): boolean =>
  points.some(({ favorable }) => favorable)

export type ItemSummary = {
  /** Those who gave a point: "not applicable" and no answer are out of the base. */
  n: number
  notApplicable: number
  /** Null, as share and interval are, on a scale that names no favorable points. */
  favorable: number | null
  share: number | null
  low: number | null
  high: number | null
  /** Mean of the points' values as printed; not turned round for a reversed item. */
  mean: number | null
  counts: Record<string, number>
}

/**
 * Percent favorable of one item with its 95 % interval (Wilson), mean and distribution.
 * `counts` holds people by point code; `na` those for whom the item does not apply.
 */
export function summarizeItem(
  points: readonly ScalePoint[],
  counts: ReadonlyMap<string, number>,
  reversed: boolean,
): ItemSummary {
  const stance = stances(points, reversed)
  const of = (code: string) => counts.get(code) ?? 0
  const n = points.reduce((sum, { code }) => sum + of(code), 0)
  const favorable = namesFavorable(points)
    ? points.reduce((sum, { code }) => sum + (stance.get(code) === 'favorable' ? of(code) : 0), 0)
    : null
  const interval = favorable === null ? null : wilson(favorable, n)
  return {
    n,
    notApplicable: of('na'),
    favorable,
    share: favorable !== null && n > 0 ? favorable / n : null,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    mean: n > 0 ? points.reduce((sum, { code, value }) => sum + value * of(code), 0) / n : null,
    counts: Object.fromEntries(points.map(({ code }) => [code, of(code)])),
  }
}
