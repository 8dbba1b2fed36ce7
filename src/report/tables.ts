import type { Reader, Words } from './reader.ts'
import type { QuestionReport } from './report.ts'
import { type Measured, type Result, type ShareWeights, weightsIn } from './result.ts'
import { labelOf } from './say.ts'

/** A table as a page shows it: headings, then rows that each begin with their own heading. */
export type Table = { caption: string; head: Words[]; rows: { head: Words; cells: string[] }[] }

const none = '–'

/** The numbers of a chart, as a table. Undefined where there is nothing to put in one. */
export function numbersTable(report: QuestionReport, reader: Reader): Table | undefined {
  const { result } = report
  if (result?.measure === 'choice') return choiceTable(report, result, reader)
  if (result?.measure === 'ranking') return rankingTable(report, result, reader)
  if (result?.measure === 'points') return pointsTable(report, result, reader)
  return undefined
}

function heads(reader: Reader, keys: string[]): Words[] {
  return keys.map((key) => reader.own(reader.t(`report.column.${key}`)))
}

/** In a report with weights: a column of the shares without, beside those with. */
const plainHead = (result: Result, reader: Reader): Words[] =>
  weightsIn(result).length > 0 ? [reader.own(reader.t('weights.column.without'))] : []

const plainCell = (
  result: Result,
  weights: ShareWeights | undefined,
  share: number | null,
  reader: Reader,
): string[] => {
  if (weightsIn(result).length === 0) return []
  const plain = weights ? weights.plain : share
  return [plain === null ? none : reader.percent(plain)]
}

function choiceTable(report: QuestionReport, result: Measured<'choice'>, reader: Reader): Table {
  const options = report.outline.options ?? []
  const planned = options.some(({ cites }) => cites?.length)
  return {
    caption: reader.t('report.table.numbers'),
    head: [
      ...heads(reader, ['option', result.ranked ? 'first' : 'share']),
      ...plainHead(result, reader),
      ...heads(reader, ['people', ...(planned ? ['plan'] : [])]),
    ],
    rows: result.options.map(({ code, n, share, bound, weights }) => ({
      head: reader.words(options.find((option) => option.code === code)?.label ?? { [reader.lang]: code }),
      cells: [
        share !== null ? reader.percent(share) : bound ? reader.bound(bound) : none,
        ...plainCell(result, weights, share, reader),
        n === null ? none : reader.number(n),
        ...(planned
          ? [
              options.find((option) => option.code === code)?.cites?.join(', ') ||
                reader.t('report.notInPlan'),
            ]
          : []),
      ],
    })),
  }
}

function rankingTable(report: QuestionReport, result: Measured<'ranking'>, reader: Reader): Table {
  return {
    caption: reader.t('report.table.ranking'),
    head: [
      ...heads(reader, ['option', 'first']),
      ...plainHead(result, reader),
      ...heads(reader, ['people', 'topTwo', 'meanRank', 'rankedBy', 'borda', 'schulze']),
    ],
    rows: result.options.map(
      ({ code, first, firstShare, top, topShare, meanRank, ranked, borda, weights }) => ({
        head: labelOf(report, code, reader),
        cells: [
          firstShare === null ? none : reader.percent(firstShare),
          ...plainCell(result, weights, firstShare, reader),
          reader.number(first),
          topShare === null ? none : reader.figure(topShare, top),
          meanRank === null ? none : reader.decimal(meanRank),
          reader.number(ranked),
          reader.number(borda),
          result.n > 0 ? reader.number(placeOf(result.schulze, code)) : none,
        ],
      }),
    ),
  }
}

/** The place of an option, as in a race: after two in first place comes the third. */
function placeOf(order: readonly string[][], code: string): number {
  const at = order.findIndex((place) => place.includes(code))
  return 1 + order.slice(0, at).reduce((sum, place) => sum + place.length, 0)
}

function pointsTable(report: QuestionReport, result: Measured<'points'>, reader: Reader): Table {
  const points = report.outline.points ?? []
  const name = (code: string, label: Record<string, string>) => {
    const words = reader.words(label)
    return words.words ? words : reader.own(code)
  }
  return {
    caption: reader.t('report.table.points'),
    head: [
      ...heads(reader, ['item', 'favorable', 'interval']),
      ...plainHead(result, reader),
      ...heads(reader, ['mean', 'answered']),
      ...points.map(({ code, label }) => name(code, label)),
      ...heads(reader, ['notApplicable', 'unanswered']),
    ],
    rows: result.items.map(({ code, summary, nonResponse, bound, weights }) => ({
      head: labelOf(report, code, reader),
      cells:
        summary &&
        summary.share !== null &&
        summary.low !== null &&
        summary.high !== null &&
        summary.mean !== null
          ? [
              reader.percent(summary.share),
              reader.t('report.fromTo', {
                low: reader.percent(summary.low),
                high: reader.percent(summary.high),
              }),
              ...plainCell(result, weights, summary.share, reader),
              reader.decimal(summary.mean),
              reader.number(summary.n),
              ...points.map((point) => reader.number(summary.counts[point.code] ?? 0)),
              summary.notApplicable === null ? none : reader.number(summary.notApplicable),
              nonResponse?.share == null ? none : reader.figure(nonResponse.share, nonResponse.missing),
            ]
          : [
              bound ? reader.bound(bound) : none,
              ...Array(points.length + 5 + plainHead(result, reader).length).fill(none),
            ],
    })),
  }
}

/** The same shares, group by group. Undefined when no two groups can be shown. */
export function groupTable(
  report: QuestionReport,
  names: ReadonlyMap<string, Words>,
  reader: Reader,
  weighted = false,
): Table | undefined {
  const { result } = report
  const rows = [...(report.outline.options ?? []), ...(report.outline.items ?? [])]
  const seen = report.groups.filter((group) => group.result !== null)
  if (!result || seen.length < 2 || rows.length === 0) return undefined
  const ranked = result.measure === 'ranking' || (result.measure === 'choice' && result.ranked)
  const caption = result.measure === 'points' ? 'groupsPoints' : ranked ? 'groupsRanking' : 'groups'
  return {
    caption: [
      reader.t(`report.table.${caption}`),
      ...(weighted ? [reader.t('report.weighted.groups')] : []),
    ].join('. '),
    head: [
      reader.own(reader.t(`report.column.${result.measure === 'points' ? 'item' : 'option'}`)),
      ...seen.map(({ code }) => names.get(code) ?? reader.own(code)),
    ],
    rows: [
      ...rows.map(({ code }) => ({
        head: labelOf(report, code, reader),
        cells: seen.map((group) => shareIn(group.result, code, reader)),
      })),
      {
        head: reader.own(reader.t('report.column.answered')),
        cells: seen.map((group) => (group.result ? reader.number(group.result.n) : none)),
      },
    ],
  }
}

function shareIn(result: Result | null, code: string, reader: Reader): string {
  const write = (share: number | null | undefined, n: number | null | undefined) =>
    typeof share === 'number' && typeof n === 'number' ? reader.figure(share, n) : none
  if (result?.measure === 'choice') {
    const option = result.options.find((one) => one.code === code)
    return option?.bound ? reader.bound(option.bound) : write(option?.share, option?.n)
  }
  if (result?.measure === 'ranking') {
    const option = result.options.find((one) => one.code === code)
    return write(option?.firstShare, option?.first)
  }
  if (result?.measure === 'points') {
    const item = result.items.find((one) => one.code === code)
    return item?.bound ? reader.bound(item.bound) : write(item?.summary?.share, item?.summary?.favorable)
  }
  return none
}
