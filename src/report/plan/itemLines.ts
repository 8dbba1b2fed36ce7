import type { EquityRow } from '../equity/equity.ts'
import { rangeOf, surely } from '../extremes.ts'
import { hasNoFavorable } from '../means.ts'
import type { Reader, Words } from '../reader.ts'
import type { Report } from '../report.ts'
import { labelOf, statementOf, unrated } from '../say.ts'
import { sayTogether, verdictOf } from '../verdict.ts'
import type { PlacedItem, PlanReport } from './compose.ts'
import { points } from './say.ts'

/** A statement and how many found it so. `short`: what its chart calls it; `share`: the figure alone. */
export type ItemLine = {
  href: string
  label: Words
  hint: string | null
  short: Words
  figure: string
  share: string
  base: string
  survey: Words
}

/** A gap in a sentence. */
export type GapLine = {
  href: string
  label: Words
  hint: string | null
  words: string
  beyondChance: boolean
}

export const itemAddress = (slug: string, question: string, item: string, query: string): string =>
  `/reports/${slug}/q/${question}/${item}${query}`

const SHOWN = 3

/**
 * The items that were found most and least favorable; none stands in both lists. What is told in bounds stands where the
 * middle of its bounds is. `highest`, `lowest`: only where nothing that is told less exactly can lie beyond.
 */
export function extremes(
  items: readonly PlacedItem[],
  query: string,
  reader: Reader,
): { top: ItemLine[]; low: ItemLine[]; highest: ItemLine | undefined; lowest: ItemLine | undefined } {
  const ranged = items.flatMap((one) => {
    const range = hasNoFavorable(one.question) ? undefined : rangeOf(one.item)
    return range ? [{ ...range, one }] : []
  })
  const rated = ranged
    .filter(({ one: { item } }) => item.summary !== null || item.bound !== undefined)
    .sort((a, b) => b.low + b.high - a.low - a.high)
  const top = Math.min(SHOWN, Math.ceil(rated.length / 2))
  const low = Math.min(SHOWN, rated.length - top)
  const line = ({ one }: { one: PlacedItem }) => itemLine(one, query, reader)
  const sure = surely(ranged)
  const told = (found: (typeof ranged)[number] | undefined) =>
    found && rated.includes(found) ? line(found) : undefined
  return {
    top: rated.slice(0, top).map(line),
    low: low > 0 ? rated.slice(-low).toReversed().map(line) : [],
    highest: told(sure.highest),
    lowest: rated.length > 1 ? told(sure.lowest) : undefined,
  }
}

export function itemLine({ report, question, item }: PlacedItem, query: string, reader: Reader): ItemLine {
  const { summary, bound } = item
  const n = bound?.n ?? summary?.n
  const share = bound
    ? reader.bound(bound)
    : summary?.share == null || summary.favorable === null
      ? null
      : reader.figure(summary.share, summary.favorable)
  const mean =
    hasNoFavorable(question) && summary?.mean != null
      ? reader.t('report.mean', { mean: reader.decimal(summary.mean) })
      : null
  const none = mean ?? reader.t(unrated(summary))
  return {
    href: itemAddress(report.survey.slug, question.question.code, item.code, query),
    ...statementOf(question, item.code, reader),
    short: labelOf(question, item.code, reader),
    figure: share === null ? none : reader.t('report.favorable', { figure: share }),
    share: share ?? none,
    base: n === undefined ? '' : reader.t('dashboard.ofPeople', { count: n, n: reader.number(n) }),
    survey: reader.words(report.questionnaire.title),
  }
}

/** "Students 61% (90) of 148 people, staff 40% (22) of 55 people: 21 points apart (12 to 30), more than chance" */
export function sayGap(report: Report, gap: EquityRow, reader: Reader): string {
  const { t } = reader
  const name = (code: string) => {
    const found = report.choices.groups.find((one) => one.code === code)
    return found ? reader.words(found.label).words : code
  }
  const figure = (share: number, n: number) =>
    `${reader.figure(share, Math.round(share * n))} ${t('dashboard.ofPeople', { count: n, n: reader.number(n) })}`
  return t(`dashboard.gap.${verdictOf(gap)}`, {
    above: name(gap.above),
    below: name(gap.below),
    aboveShare: figure(gap.aboveShare, gap.aboveN),
    belowShare: figure(gap.belowShare, gap.belowN),
    points: points(reader.lang, gap.difference),
    low: points(reader.lang, gap.low),
    high: points(reader.lang, gap.high),
  })
}

export function gapLines(
  { gaps, query }: PlanReport,
  belongs: (one: PlanReport['gaps'][number]) => boolean,
  reader: Reader,
  most = 2,
): GapLine[] {
  return gaps
    .filter((gap) => gap.beyondChance && belongs(gap))
    .slice(0, most)
    .map((gap) => {
      const question = gap.report.sections
        .flatMap(({ questions }) => questions)
        .find((one) => one.question.code === gap.question)
      return {
        href: itemAddress(gap.report.survey.slug, gap.question, gap.item, query),
        ...(question ? statementOf(question, gap.item, reader) : { label: reader.own(gap.item), hint: null }),
        words: [sayGap(gap.report, gap, reader), ...sayTogether('gaps', gap.together, reader)].join(' · '),
        beyondChance: gap.beyondChance,
      }
    })
}
