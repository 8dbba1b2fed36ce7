import { namesFavorable, stances } from '../climate/favorable.ts'
import type { Option } from '../questionnaire/definition.ts'
import { shareBar } from './charts/bars.ts'
import { divergingBar, type Reach, reachOf, type Segment, swatch, widest } from './charts/likert.ts'
import { hasNoFavorable, meanRows } from './means.ts'
import type { Reader, Words } from './reader.ts'
import type { QuestionReport } from './report.ts'
import type { Measured, RatedItem, ShareWeights } from './result.ts'
import { labelOf, spokenOf, unrated } from './say.ts'

/** A line of a chart: label, the drawing, and the number beside it. `hint` says more of the label, `aside` of the number. */
export type ChartRow = {
  label: Words
  hint: string | null
  svg: string
  number: string
  aside: string | null
}

type Shared = { code: string; n: number; share: number; aside: string | null }

/** Largest first; options that are kept last on the form stay last here. */
const bySize = (options: readonly Option[]) => (a: Shared, b: Shared) => {
  const last = (code: string) => Number(options.find((option) => option.code === code)?.other === true)
  return last(a.code) - last(b.code) || b.share - a.share
}

/** Bars of shares for a choice or a ranking. Options with a natural order (grades) keep it: `sorted` false. */
export function shareRows(report: QuestionReport, reader: Reader, id: string): ChartRow[] {
  const { result } = report
  if (result?.measure === 'choice' && result.options.some(({ bound }) => bound))
    return result.options.map(({ code, bound }) => ({
      label: labelOf(report, code, reader),
      hint: null,
      svg: '',
      number: bound ? reader.bound(bound) : reader.t('report.notShown'),
      aside: null,
    }))
  const shares = sharesOf(report, reader)
  const sorted = report.question.attribute === undefined
  const longest = Math.max(0, ...shares.map(({ share }) => share))
  const spoken = spokenOf(report.finding)
  const ordered = sorted ? shares.toSorted(bySize(report.outline.options ?? [])) : shares
  return ordered.map(({ code, n, share, aside }) => {
    const label = labelOf(report, code, reader)
    const number = reader.figure(share, n)
    const caption = {
      id: `${id}-${code}`,
      title: label.words,
      desc: aside ? `${number}, ${aside}` : number,
      lang: label.lang,
    }
    const strong = spoken.includes(code)
    return {
      label,
      hint: null,
      number,
      aside,
      svg: shareBar(caption, { share, longest, strong, dir: reader.dir }),
    }
  })
}

function sharesOf({ result }: QuestionReport, reader: Reader): Shared[] {
  if (result?.measure === 'choice')
    return result.options.flatMap(({ code, n, share, weights }) =>
      n === null || share === null ? [] : [{ code, n, share, aside: besides(weights, reader)[0] ?? null }],
    )
  if (result?.measure !== 'ranking') return []
  return result.options.map(({ code, first, firstShare, meanRank, weights }) => ({
    code,
    n: first,
    share: firstShare ?? 0,
    aside:
      [
        ...besides(weights, reader),
        ...(meanRank === null ? [] : [reader.t('report.meanRank', { rank: reader.decimal(meanRank) })]),
      ].join(', ') || null,
  }))
}

/** Beside a share of a report with weights: what it is without, or that it is told without. */
function besides(weights: ShareWeights | undefined, { t, percent }: Reader): string[] {
  if (weights === undefined) return []
  return [weights ? t('report.weighted.plain', { share: percent(weights.plain) }) : t('report.weighted.not')]
}

/** More points than this are drawn as three parts: favorable, neutral, unfavorable. */
const DRAWN_APART = 7

type Part = Segment & { codes: string[]; words: string }

/** The parts of an item's bar, from unfavorable to favorable, without their shares. */
function partsOf({ outline }: QuestionReport, code: string, reader: Reader): Omit<Part, 'share'>[] {
  const points = outline.points ?? []
  const item = outline.items?.find((one) => one.code === code)
  const reversed = item?.reversed === true
  const stance = stances(points, reversed)
  const along = reversed ? points.toReversed() : points
  const of = (wanted: string) => along.filter((point) => stance.get(point.code) === wanted)
  if (points.length > DRAWN_APART)
    return (['unfavorable', 'neutral', 'favorable'] as const).map((one) => ({
      stance: one,
      level: 1,
      codes: of(one).map((point) => point.code),
      words: reader.t(`report.stance.${one}`),
    }))
  const [first, last] = [of('unfavorable')[0], of('favorable').at(-1)]
  return (['unfavorable', 'neutral', 'favorable'] as const).flatMap((one) =>
    of(one).map((point) => ({
      stance: one,
      level: (point === first || point === last) && of(one).length > 1 ? 2 : 1,
      codes: [point.code],
      words: reader.words(point.label).words || point.code,
    })),
  )
}

/**
 * What the tones of an item's bar mean, in the order in which they stand. Where some statements are reversed and others
 * are not, a tone stands for one point here and for another there, so it is named by its side alone.
 */
export const toneKey = (report: QuestionReport, reader: Reader): { svg: string; words: string }[] => {
  // Without favorable points there are no tones.
  if (!namesFavorable(report.outline.points ?? [])) return []
  const items = report.outline.items ?? []
  const first = items[0]
  if (!first) return []
  const parts = partsOf(report, first.code, reader)
  if (items.every(({ reversed }) => (reversed === true) === (first.reversed === true)))
    return parts.map((part) => ({ svg: swatch(part), words: part.words }))
  return (['unfavorable', 'neutral', 'favorable'] as const).flatMap((stance) => {
    const tones = new Set(
      items
        .flatMap(({ code }) => partsOf(report, code, reader))
        .flatMap((part) => (part.stance === stance ? [swatch(part)] : [])),
    )
    return tones.size > 0 ? [{ svg: [...tones].join(''), words: reader.t(`report.stance.${stance}`) }] : []
  })
}

/** Diverging bars of a grid or scale, most favorable first; items that few answered say so. See also meanRows. */
export function ratingRows(
  report: QuestionReport,
  result: Measured<'points'>,
  reader: Reader,
  id: string,
): ChartRow[] {
  if (hasNoFavorable({ ...report, result })) return meanRows(report, result, reader, id)
  const rated = result.items
    .toSorted((a, b) => (b.summary?.share ?? -1) - (a.summary?.share ?? -1))
    .map((item) => ({ item, parts: countedParts(report, item, reader) }))
  const room = widest(rated.flatMap(({ parts }) => (parts.length > 0 ? [reachOf(parts)] : [])))
  return rated.map(({ item, parts }) => ratingRow(report, item, parts, { reader, room, id }))
}

type Counted = Part & { people: number }

function countedParts(
  report: QuestionReport,
  { code, summary, weights }: RatedItem,
  reader: Reader,
): Counted[] {
  if (!summary || summary.n === 0) return []
  return partsOf(report, code, reader).map((part) => {
    const people = part.codes.reduce((sum, point) => sum + (summary.counts[point] ?? 0), 0)
    const weighted = part.codes.reduce((sum, point) => sum + (weights?.points?.[point] ?? 0), 0)
    return { ...part, share: weights?.points ? weighted : people / summary.n, people }
  })
}

function ratingRow(
  report: QuestionReport,
  { code, summary, bound, weights }: RatedItem,
  parts: readonly Counted[],
  { reader, room, id }: { reader: Reader; room: Reach; id: string },
): ChartRow {
  const { t } = reader
  const label = labelOf(report, code, reader)
  const reversed = report.outline.items?.find((item) => item.code === code)?.reversed === true
  const hint = reversed ? t('report.reversed') : null
  if (!summary || summary.share === null || summary.favorable === null) {
    if (bound) return { label, hint, svg: '', number: reader.bound(bound), aside: null }
    return { label, hint, svg: '', number: t(unrated(summary)), aside: null }
  }
  const number = reader.figure(summary.share, summary.favorable)
  const aside = besides(weights, reader)[0] ?? null
  const said = parts.map(({ words, share, people }) =>
    t('report.part', { part: words, figure: reader.figure(share, people) }),
  )
  const desc = [t('report.favorable', { figure: number }), ...(aside ? [aside] : []), ...said].join('. ')
  const caption = { id: `${id}-${code}`, title: label.words, desc, lang: label.lang }
  return { label, hint, svg: divergingBar(caption, parts, { room, dir: reader.dir }), number, aside }
}
