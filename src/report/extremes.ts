import type { Bound } from './privacy/bounded.ts'
import type { RatedItem } from './result.ts'

/** Between what a share lies, by what is told of it: itself, its bounds, or anything where it is not shown. */
export type Range = { low: number; high: number }

export function rangeOf({ summary, bound }: Pick<RatedItem, 'summary' | 'bound'>): Range | undefined {
  if (bound) return boundRange(bound)
  if (!summary) return { low: 0, high: 1 }
  return summary.share === null ? undefined : { low: summary.share, high: summary.share }
}

const boundRange = (bound: Bound): Range =>
  'from' in bound
    ? { low: bound.from, high: bound.to }
    : 'under' in bound
      ? { low: 0, high: bound.under }
      : { low: bound.over, high: 1 }

/** What lies above everything else for certain, and what under it; undefined where it cannot be told. */
export function surely<T extends Range>(
  all: readonly T[],
): { highest: T | undefined; lowest: T | undefined } {
  const others = (one: T) => all.filter((other) => other !== one)
  return {
    highest: all.find((one) => others(one).every(({ high }) => one.low >= high)),
    lowest: all.findLast((one) => others(one).every(({ low }) => one.high <= low)),
  }
}
