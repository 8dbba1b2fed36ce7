import { type GroupPart, gapsBetween, type ReadGap, readTogether } from '../../climate/gaps.ts'
import type { QuestionReport, Report } from '../report.ts'

/** The widest gap between stakeholder groups in one item: shares of favorable answers, as fractions. */
export type EquityRow = { question: string; item: string } & ReadGap & {
    aboveShare: number
    belowShare: number
    aboveN: number
    belowN: number
    /** How many pairs were read together. */
    together: number
  }

/** Favorable answers to one item by the groups that may be shown. */
export function groupParts({ groups }: Pick<QuestionReport, 'groups'>, item: string): GroupPart[] {
  return groups.flatMap(({ code, result }) => {
    const summary =
      result?.measure === 'points' ? result.items.find((one) => one.code === item)?.summary : undefined
    return summary && summary.favorable !== null && summary.n > 0
      ? [{ group: code, count: summary.favorable, n: summary.n }]
      : []
  })
}

/**
 * For each item that at least two groups answered, the pair of groups that lies furthest apart; widest gap first, then
 * in the order of the questionnaire. p is corrected (Holm) over every pair of every item, not only those that are
 * listed, since the list picks the widest. Groups that may not be shown are in no pair.
 */
export function equityOf(report: Report): EquityRow[] {
  const pairs = report.sections.flatMap(({ questions }) =>
    questions.flatMap((one) =>
      (one.outline.items ?? []).flatMap(({ code }) => {
        const parts = groupParts(one, code)
        const of = (group: string) => parts.find((part) => part.group === group) ?? { count: 0, n: 1 }
        return gapsBetween(parts).map((gap, rank) => {
          const [above, below] = [of(gap.above), of(gap.below)]
          return {
            question: one.question.code,
            item: code,
            ...gap,
            aboveShare: above.count / above.n,
            belowShare: below.count / below.n,
            aboveN: above.n,
            belowN: below.n,
            rank,
          }
        })
      }),
    ),
  )
  return readTogether(pairs)
    .filter(({ rank }) => rank === 0)
    .map(({ rank: _, ...row }) => ({ ...row, together: pairs.length }))
    .sort((a, b) => b.difference - a.difference)
}
