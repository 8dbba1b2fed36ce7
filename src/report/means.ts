import { namesFavorable } from '../climate/favorable.ts'
import { shareBar } from './charts/bars.ts'
import type { Reader, Words } from './reader.ts'
import type { QuestionReport } from './report.ts'
import type { Measured, Result } from './result.ts'
import type { ChartRow } from './rows.ts'
import { labelOf, unrated } from './say.ts'
import { groupTable, numbersTable, type Table } from './tables.ts'

/** Whether a question rates on a scale that leaves open which of its points are favorable: it is told by its mean. */
export const hasNoFavorable = ({ outline, result }: Pick<QuestionReport, 'outline' | 'result'>): boolean =>
  result?.measure === 'points' && !namesFavorable(outline.points ?? [])

/** That there is no percent favorable, where the scale names no favorable points. */
export const unnamed = (one: QuestionReport, { t }: Reader): string[] =>
  hasNoFavorable(one) ? [t('report.note.noFavorable')] : []

const none = '–'

/** Each statement with its mean; under a single one how many gave each point, in the order of the scale. */
export function meanRows(
  report: QuestionReport,
  result: Measured<'points'>,
  reader: Reader,
  id: string,
): ChartRow[] {
  const turned = new Set(
    (report.outline.items ?? []).flatMap(({ code, reversed }) => (reversed ? [code] : [])),
  )
  const means = result.items
    .toSorted((a, b) => (b.summary?.mean ?? -Infinity) - (a.summary?.mean ?? -Infinity))
    .map(({ code, summary }): ChartRow => {
      const mean = summary?.mean
      return {
        label: labelOf(report, code, reader),
        hint: turned.has(code) ? reader.t('report.reversed') : null,
        ...{ svg: '', aside: null },
        number:
          mean == null
            ? reader.t(unrated(summary ?? null))
            : reader.t('report.mean', { mean: reader.decimal(mean) }),
      }
    })
  const [only] = result.items
  const summary = only?.summary
  if (result.items.length !== 1 || !summary || summary.n === 0) return means
  const points = (report.outline.points ?? []).map((point) => {
    const n = summary.counts[point.code] ?? 0
    return { ...point, n, share: n / summary.n }
  })
  const longest = Math.max(0, ...points.map(({ share }) => share))
  return [
    ...means,
    ...points.map(({ code, n, share }): ChartRow => {
      const label = pointName(report, code, reader)
      const number = reader.figure(share, n)
      const caption = { id: `${id}-${code}`, title: label.words, desc: number, lang: label.lang }
      return {
        ...{ label, hint: null, number, aside: null },
        svg: shareBar(caption, { share, longest, strong: false, dir: reader.dir }),
      }
    }),
  ]
}

/** What a point is called: its words, and its number where it has one that is printed. */
function pointName({ outline, question }: QuestionReport, code: string, reader: Reader): Words {
  const point = outline.points?.find((one) => one.code === code)
  const words = point && reader.words(point.label)
  if (!point || !words?.words) return reader.own(point ? reader.number(point.value) : code)
  // The ends of a scale of numbers are called by both.
  return question.kind === 'grid'
    ? words
    : { ...words, words: `${reader.number(point.value)} ${words.words}` }
}

/** The numbers of a chart, as a table: of a scale without favorable points means in place of shares. */
export function numbersOf(report: QuestionReport, reader: Reader): Table | undefined {
  const { result } = report
  if (result?.measure !== 'points' || !hasNoFavorable(report)) return numbersTable(report, reader)
  const points = report.outline.points ?? []
  const head = (key: string) => reader.own(reader.t(`report.column.${key}`))
  return {
    caption: reader.t('report.table.means'),
    head: [
      ...['item', 'mean', 'answered'].map(head),
      ...points.map(({ code }) => pointName(report, code, reader)),
      ...['notApplicable', 'unanswered'].map(head),
    ],
    rows: result.items.map(({ code, summary, nonResponse }) => ({
      head: labelOf(report, code, reader),
      cells: summary
        ? [
            summary.mean === null ? none : reader.decimal(summary.mean),
            reader.number(summary.n),
            ...points.map((point) => reader.number(summary.counts[point.code] ?? 0)),
            summary.notApplicable === null ? none : reader.number(summary.notApplicable),
            nonResponse?.share == null ? none : reader.figure(nonResponse.share, nonResponse.missing),
          ]
        : Array<string>(points.length + 4).fill(none),
    })),
  }
}

/** The same by group: see groupTable. */
export function groupsOf(
  report: QuestionReport,
  names: ReadonlyMap<string, Words>,
  reader: Reader,
  weighted: boolean,
): Table | undefined {
  const table = groupTable(report, names, reader, weighted)
  if (!table || !hasNoFavorable(report)) return table
  const seen = report.groups.filter((group) => group.result !== null)
  const meanIn = (result: Result | null, code: string): string => {
    const item = result?.measure === 'points' ? result.items.find((one) => one.code === code) : undefined
    return item?.summary?.mean == null ? none : reader.decimal(item.summary.mean)
  }
  return {
    ...table,
    caption: reader.t('report.table.groupsMeans'),
    rows: table.rows.map((row, at) => {
      const item = report.outline.items?.[at]
      return item ? { ...row, cells: seen.map(({ result }) => meanIn(result, item.code)) } : row
    }),
  }
}
