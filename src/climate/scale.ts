import type { ItemSummary } from './favorable.ts'
import { wilson } from './wilson.ts'

/**
 * Several items read as one: a scale, or all items of a domain. `answers` are points given over all items,
 * `favorable` those of them that are favorable, `share` the one over the other, so each answer counts the same.
 * `people`: those who answered most of its items' bases, the n of the interval.
 */
export type ScaleSummary = {
  items: number
  people: number
  answers: number
  /** Null, as share and interval are, where the scale names no favorable points. */
  favorable: number | null
  share: number | null
  low: number | null
  high: number | null
  /** Mean of the items' means, turned round for reversed items; null unless all items have the same points. */
  mean: number | null
}

type Rated = Pick<ItemSummary, 'n' | 'favorable' | 'mean'>

/**
 * Percent favorable over several items. Answers of one person go together, so the interval (Wilson, 95 %) rests on
 * people, as if each person's answers were all alike: never narrower than the truth. Items that may not be shown
 * (null) are left out.
 */
export function summarizeScale(
  items: readonly { summary: Rated | null; reversed: boolean }[],
  ends: { least: number; most: number } | null,
): ScaleSummary {
  const shown = items.flatMap(({ summary, reversed }) =>
    summary && summary.n > 0 ? [{ summary, reversed }] : [],
  )
  const sum = (of: (summary: Rated) => number) => shown.reduce((all, { summary }) => all + of(summary), 0)
  const answers = sum(({ n }) => n)
  const favorable = shown.some(({ summary }) => summary.favorable === null)
    ? null
    : sum((summary) => summary.favorable ?? 0)
  const people = Math.max(0, ...shown.map(({ summary }) => summary.n))
  const share = favorable !== null && answers > 0 ? favorable / answers : null
  const interval = share === null ? null : wilson(share * people, people)
  const means = shown.map(({ summary, reversed }) =>
    ends && reversed ? ends.least + ends.most - (summary.mean ?? 0) : (summary.mean ?? 0),
  )
  return {
    items: shown.length,
    people,
    answers,
    favorable,
    share,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    mean: ends && means.length > 0 ? means.reduce((all, one) => all + one, 0) / means.length : null,
  }
}
