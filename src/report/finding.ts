import { wilson } from '../climate/wilson.ts'
import { rangeOf, surely } from './extremes.ts'
import type { Bound } from './privacy/bounded.ts'
import type { Result, ShareWeights } from './result.ts'

/** A share that a finding speaks of: `count` of `n`, or no more than its bounds. */
export type Figure = { code: string; count: number; share: number; bound?: Bound | undefined }

/**
 * What a chart says, by a rule that the page prints. An option leads when its 95 % interval (Wilson) lies above
 * that of every other; it has the majority when its interval lies above one half. Options whose intervals
 * overlap the first one's may be as common as it is; when that is all of them, or more than a sentence can name, none stands out.
 * A statement on a scale without favorable points is told by its mean, and so are several of them, where all are shown.
 * A statement is the highest or lowest only where no other, be it told in bounds or not at all, can lie beyond it.
 */
export type Finding =
  | { rule: 'majority' | 'lead'; first: Figure }
  | { rule: 'close'; options: Figure[] }
  | { rule: 'even' }
  | { rule: 'rating'; item: Figure }
  | { rule: 'ratings'; highest: Figure; lowest: Figure }
  | { rule: 'highest' | 'lowest'; item: Figure }
  | { rule: 'unsure' }
  | { rule: 'ratedAlike'; share: number }
  | { rule: 'mean'; mean: number }
  | { rule: 'middle'; median: number; n: number }
  | { rule: 'written'; n: number }
  | { rule: 'nobody' }

/** Options that a sentence can name. */
const mostNamed = 5

const descending = (a: Figure, b: Figure) => b.share - a.share

/**
 * The finding over options of which each has a share of the same `n` people. `intervals`: of options whose shares are
 * weighted, in place of Wilson's from the counts.
 */
export function leading(
  figures: readonly Figure[],
  n: number,
  intervals: ReadonlyMap<string, { low: number; high: number }> = new Map(),
): Finding {
  const [first, ...others] = figures.toSorted(descending)
  const of = ({ code, count }: Figure) => intervals.get(code) ?? wilson(count, n)
  const interval = first && of(first)
  if (!first || !interval || first.count === 0) return { rule: 'nobody' }
  const close = others.filter((other) => (of(other)?.high ?? 0) >= interval.low)
  if (close.length === 0) return { rule: interval.low > 0.5 ? 'majority' : 'lead', first }
  return (close.length === others.length && others.length > 1) || close.length >= mostNamed
    ? { rule: 'even' }
    : { rule: 'close', options: [first, ...close] }
}

const weightedIntervals = (options: readonly { code: string; weights?: ShareWeights }[]) =>
  new Map(options.flatMap(({ code, weights }) => (weights ? [[code, weights] as const] : [])))

export function findingOf(result: Result): Finding {
  switch (result.measure) {
    case 'choice':
      return leading(
        result.options.map(({ code, n, share }) => ({ code, count: n ?? 0, share: share ?? 0 })),
        result.n,
        weightedIntervals(result.options),
      )
    case 'ranking':
      return leading(
        result.options.map(({ code, first, firstShare }) => ({ code, count: first, share: firstShare ?? 0 })),
        result.n,
        weightedIntervals(result.options),
      )
    case 'points': {
      const rated = result.items.flatMap(({ summary }) => (summary && summary.n > 0 ? [summary] : []))
      if (rated.some(({ favorable }) => favorable === null)) {
        const mean = result.items.length > 1 ? result.scale?.mean : rated[0]?.mean
        return mean == null ? { rule: 'unsure' } : { rule: 'mean', mean }
      }
      const told = result.items.flatMap((item) => {
        const range = rangeOf(item)
        const { code, summary, bound } = item
        const figure = { code, count: summary?.favorable ?? 0, share: summary?.share ?? 0, bound }
        return range ? [{ ...range, figure, shown: summary !== null || bound !== undefined }] : []
      })
      const shown = told.filter((one) => one.shown)
      const [only] = shown
      if (!only)
        return result.items.some(({ summary }) => summary?.notApplicable)
          ? { rule: 'unsure' }
          : { rule: 'nobody' }
      if (shown.length === 1) return { rule: 'rating', item: only.figure }
      if (told.every(({ low, high }) => low === only.low && high === only.low))
        return { rule: 'ratedAlike', share: only.figure.share }
      const { highest, lowest } = surely(told)
      if (highest?.shown && lowest?.shown)
        return { rule: 'ratings', highest: highest.figure, lowest: lowest.figure }
      if (highest?.shown) return { rule: 'highest', item: highest.figure }
      return lowest?.shown ? { rule: 'lowest', item: lowest.figure } : { rule: 'unsure' }
    }
    case 'number':
      return result.median === null
        ? { rule: 'nobody' }
        : { rule: 'middle', median: result.median, n: result.n }
    case 'words':
      return result.n === 0 ? { rule: 'nobody' } : { rule: 'written', n: result.n }
  }
}
