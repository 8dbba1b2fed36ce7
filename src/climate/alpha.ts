/**
 * What must be counted of a scale of k items to tell its alpha, over the people who gave a point to every item
 * ("complete"): how many there are, and per item and for the total score the sum and the sum of squares. Reversed
 * items are turned round first, so that a high score is favorable in each.
 */
export type Moments = {
  n: number
  items: { sum: number; squares: number }[]
  total: { sum: number; squares: number }
}

export const noMoments = (items: number): Moments => ({
  n: 0,
  items: Array.from({ length: items }, () => ({ sum: 0, squares: 0 })),
  total: { sum: 0, squares: 0 },
})

/** Adds `people` people with these scores, one for each item; those who lack one add nothing. */
export function addScores(moments: Moments, scores: readonly (number | undefined)[], people = 1): Moments {
  const complete = scores.filter((score) => score !== undefined)
  if (complete.length !== moments.items.length || scores.length !== complete.length || people <= 0)
    return moments
  const total = complete.reduce((sum, score) => sum + score, 0)
  const add = (one: { sum: number; squares: number }, score: number) => ({
    sum: one.sum + people * score,
    squares: one.squares + people * score * score,
  })
  return {
    n: moments.n + people,
    items: moments.items.map((one, index) => add(one, complete[index] ?? 0)),
    total: add(moments.total, total),
  }
}

/** few: two items. small: under 30 people. negative: items pull apart. high: over 0.95, items may repeat one another. low: under 0.7. */
export type AlphaCaution = 'few' | 'small' | 'negative' | 'high' | 'low'

/** Cronbach's alpha of `items` items over `n` complete people. `value` null, with the reason, where there is none. */
export type Alpha = {
  value: number | null
  items: number
  n: number
  cautions: AlphaCaution[]
  /** one: a scale of one item. nobody: nobody, or only one person, answered all items. same: all answers are alike. mixed: versions with other items cannot be told apart. */
  why: 'one' | 'nobody' | 'same' | 'mixed' | null
}

const SMALL = 30
const LOW = 0.7
const HIGH = 0.95

/**
 * Cronbach's alpha: k/(k-1) times one less the sum of the items' variances over the variance of the total.
 * Sources: L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika 16 (1951),
 * 297-334; J. M. Bland and D. G. Altman, "Cronbach's alpha", BMJ 314 (1997), 572, for 0.7 as the least that is
 * wanted; M. Tavakol and R. Dennick, Int. J. Medical Education 2 (2011), 53-55, for high values as a sign of
 * repetition. It tells whether items move together, not that they measure one thing.
 */
export function alphaOf({ n, items, total }: Moments): Alpha {
  const k = items.length
  const none = (why: NonNullable<Alpha['why']>): Alpha => ({ value: null, items: k, n, cautions: [], why })
  if (k < 2) return none('one')
  if (n < 2) return none('nobody')
  const variance = ({ sum, squares }: { sum: number; squares: number }) =>
    (squares - (sum * sum) / n) / (n - 1)
  const whole = variance(total)
  if (!(whole > 1e-9 * Math.max(1, total.squares / n))) return none('same')
  const exact = cronbach(
    k,
    items.reduce((sum, one) => sum + variance(one), 0),
    whole,
  )
  // What rounding leaves of nought is neither less than nothing nor written with a minus.
  const value = Math.abs(exact) < 1e-12 ? 0 : exact
  const cautions: [AlphaCaution, boolean][] = [
    ['negative', value < 0],
    ['low', value >= 0 && value < LOW],
    ['high', value > HIGH],
    ['few', k === 2],
    ['small', n < SMALL],
  ]
  return {
    value,
    items: k,
    n,
    cautions: cautions.flatMap(([name, holds]) => (holds ? [name] : [])),
    why: null,
  }
}

/** The formula alone: `parts` is the sum of the items' variances, `whole` the variance of the total score. */
export const cronbach = (k: number, parts: number, whole: number): number =>
  (k / (k - 1)) * (1 - parts / whole)
