import { wilson } from '../climate/wilson.ts'
import { guardCell } from '../response/formula.ts'
import { standalone } from './charts/standalone.ts'
import { unnamed } from './means.ts'
import { weighed } from './page.ts'
import type { Reader } from './reader.ts'
import type { QuestionReport, Report } from './report.ts'
import { type RatedItem, type Result, type ShareWeights, type ToldSummary, weightsIn } from './result.ts'
import { ratingRows, shareRows, toneKey } from './rows.ts'
import { sayFilter, sayFinding, titleOf } from './say.ts'

/** The question of a report that has a chart; undefined where there is none, or nothing of it may be shown. */
export function charted(report: Report, code: string): QuestionReport | undefined {
  const one = report.sections
    .flatMap(({ questions }) => questions)
    .find(({ question }) => question.code === code)
  const measure = one?.result?.measure
  return measure === 'choice' || measure === 'ranking' || measure === 'points' ? one : undefined
}

/** The chart of a question as a picture of its own: headed by what it found, with survey, question, filter and base under it. */
export function questionChart(report: Report, one: QuestionReport, reader: Reader, asOf: string): string {
  const { result } = one
  const id = one.question.code
  const rows = result?.measure === 'points' ? ratingRows(one, result, reader, id) : shareRows(one, reader, id)
  const n = result?.n ?? 0
  const question = titleOf(one.question, reader).words
  return standalone({
    title: one.finding ? sayFinding(one, one.finding, reader) : question,
    under: [
      reader.words(report.questionnaire.title).words,
      question,
      sayFilter(report, reader),
      reader.t('report.answered', { count: n, n: reader.number(n) }),
      asOf,
      ...weighed(report, one, reader),
      ...unnamed(one, reader),
      ...(report.survey.sample ? [reader.t('report.sample')] : []),
    ].join(' · '),
    lang: reader.lang,
    dir: reader.dir,
    key: result?.measure === 'points' ? toneKey(one, reader) : [],
    rows: rows.map(({ label, hint, number, aside, svg }) => ({
      label: label.words,
      hint,
      number,
      aside,
      svg,
    })),
  })
}

const cell = (value: number | string | null | undefined): string =>
  value === null || value === undefined ? '' : String(value)

const weightHeads = (result: Result): string[] =>
  weightsIn(result).length > 0 ? ['weighted_share', 'weighted_low', 'weighted_high', 'effective_n'] : []

const weightCells = (result: Result, weights: ShareWeights | undefined): string[] =>
  weightsIn(result).length > 0
    ? [weights?.share, weights?.low, weights?.high, weights?.effective].map(cell)
    : []

/** `share`, `low` and `high` of a file are always those without weights; those with have columns of their own. */
function plainInterval({ favorable, n, low, high }: ToldSummary, weighted: boolean): (number | null)[] {
  const plain = weighted && favorable !== null ? wilson(favorable, n) : null
  return plain ? [plain.low, plain.high] : [low, high]
}

/** The numbers behind a chart as rows of a CSV, head first: codes, words, counts and shares as fractions. */
export function questionRows(one: QuestionReport, reader: Reader): string[][] {
  const { result, outline } = one
  const name = (code: string) => {
    const found = [...(outline.options ?? []), ...(outline.items ?? [])].find((each) => each.code === code)
    return found ? reader.words(found.label).words : code
  }
  const guarded = (rows: string[][]) => rows.map((row) => row.map(guardCell))
  if (result?.measure === 'choice')
    return guarded([
      [
        'option',
        'words',
        ...(result.ranked ? ['first', 'first_share'] : ['n', 'share']),
        'base',
        ...weightHeads(result),
      ],
      ...result.options.map(({ code, n, share, weights }) => [
        code,
        name(code),
        cell(n),
        cell(weights ? weights.plain : share),
        cell(result.n),
        ...weightCells(result, weights),
      ]),
    ])
  if (result?.measure === 'ranking')
    return guarded([
      [
        'option',
        'words',
        'first',
        'first_share',
        'mean_rank',
        'top2',
        'borda',
        'base',
        ...weightHeads(result),
      ],
      ...result.options.map(({ code, first, firstShare, meanRank, top, borda, weights }) => [
        code,
        name(code),
        cell(first),
        cell(weights ? weights.plain : firstShare),
        cell(meanRank),
        cell(top),
        cell(borda),
        cell(result.n),
        ...weightCells(result, weights),
      ]),
    ])
  if (result?.measure !== 'points') return []
  const points = (outline.points ?? []).map(({ code }) => code)
  const heads = ['item', 'words', 'n', 'favorable', 'share', 'low', 'high', 'mean']
  const more = ['na', ...weightHeads(result)]
  // A point may be called like a column; two columns of one name are read as one.
  const ofPoints = points.map((code) => ([...heads, ...more].includes(code) ? `point_${code}` : code))
  return guarded([
    [...heads, ...ofPoints, ...more],
    ...result.items.map(({ code, summary, weights }: RatedItem) => [
      code,
      name(code),
      ...(summary
        ? [
            summary.n,
            summary.favorable,
            weights ? weights.plain : summary.share,
            ...plainInterval(summary, weights !== undefined),
            summary.mean,
            ...points.map((point) => summary.counts[point] ?? 0),
            summary.notApplicable,
          ].map(cell)
        : Array<string>(points.length + 7).fill('')),
      ...weightCells(result, weights),
    ]),
  ])
}
