import { beats } from '../ranking/pairwise.ts'
import { guardCell } from '../response/formula.ts'
import type { Reader } from './reader.ts'
import type { QuestionReport } from './report.ts'
import { type Measured, weightsIn } from './result.ts'
import { labelOf } from './say.ts'
import type { Table } from './tables.ts'

/** Two ways of counting a ranking that a page shows step by step: each pair of answers, and the runoff's rounds. */
export const rankingTables = ['pairs', 'rounds'] as const
export type RankingTable = (typeof rankingTables)[number]

/** What stands in a section of its own under a ranking. `table` is undefined where it would be too large to read. */
export type RankedWay = { name: RankingTable; heading: string; said: string[]; table: Table | undefined }

/** More answers than this are set against each other in files alone. */
const MOST_ANSWERS = 12
/** Of more rounds than this the page shows the last ones. */
const MOST_ROUNDS = 12
/** More answers than this are counted in a sentence, not named. */
const MOST_NAMES = 5

const none = '–'

/** Of a ranking that is told whole and that somebody gave; else none. */
export function rankedWays(report: QuestionReport, reader: Reader): RankedWay[] {
  const { result } = report
  if (result?.measure !== 'ranking' || result.irv.winner === null || result.options.length < 2) return []
  return [pairs(report, result, reader), rounds(report, result, reader)]
}

/** Head to head as people read it: best first, so that wins stand above the diagonal. */
const inOrder = ({ schulze }: Measured<'ranking'>): string[] => schulze.flat()

/** In a report with weights: these are not weighted. */
const captioned = (caption: string, result: Measured<'ranking'>, { t }: Reader): string =>
  weightsIn(result).length > 0 ? `${caption}. ${t('report.weighted.groups')}` : caption

function pairs(report: QuestionReport, result: Measured<'ranking'>, reader: Reader): RankedWay {
  const { t, number } = reader
  const { pairwise, condorcet } = result
  const codes = inOrder(result)
  const cell = (row: string, column: string): string => {
    const n = number(pairwise[row]?.[column] ?? 0)
    if (row === column) return none
    return beats(pairwise, row, column) ? `${n} ✓` : beats(pairwise, column, row) ? n : `${n} =`
  }
  const fits = codes.length <= MOST_ANSWERS
  return {
    name: 'pairs',
    heading: t('report.pairs.heading'),
    said: [
      condorcet === null
        ? t('report.pairs.nobody')
        : t('report.pairs.winner', { option: labelOf(report, condorcet, reader).words }),
      t('report.pairs.base', { count: result.n, n: number(result.n) }),
      ...(fits
        ? [t('report.pairs.how'), t('report.pairs.marks')]
        : [t('report.pairs.tooMany', { count: codes.length, n: number(codes.length) })]),
    ],
    table: fits
      ? {
          caption: captioned(t('report.pairs.caption'), result, reader),
          head: [
            reader.own(t('report.column.option')),
            ...codes.map((code) => labelOf(report, code, reader)),
          ],
          rows: codes.map((row) => ({
            head: labelOf(report, row, reader),
            cells: codes.map((column) => cell(row, column)),
          })),
        }
      : undefined,
  }
}

/** Who drops out after a round (counted from nought); undefined after the last one. */
const outAfter = ({ irv }: Measured<'ranking'>, round: number): string | undefined => {
  const next = irv.rounds[round + 1]
  return next && Object.keys(irv.rounds[round] ?? {}).find((code) => !(code in next))
}

function rounds(report: QuestionReport, result: Measured<'ranking'>, reader: Reader): RankedWay {
  const { t, number } = reader
  const { irv, runoff } = result
  const last = irv.rounds.length - 1
  const from = Math.max(0, irv.rounds.length - MOST_ROUNDS)
  const shown = irv.rounds.map((totals, at) => ({ totals, at, out: outAfter(result, at) })).slice(from)
  const name = (code: string) => labelOf(report, code, reader).words
  const share = (n: number, at: number) => reader.figure(n / (runoff.counting[at] || 1), n)
  const winner = irv.winner ?? ''
  // Who stays longest comes first; among those who are left at the end, who has most.
  const end = irv.rounds[last] ?? {}
  const leaving = shown.flatMap(({ out }) => (out === undefined ? [] : [out])).toReversed()
  const codes = [...Object.keys(end).toSorted((a, b) => (end[b] ?? 0) - (end[a] ?? 0)), ...leaving]
  const cell = (code: string, { totals, at, out }: (typeof shown)[number]): string => {
    const n = totals[code]
    if (n === undefined) return none
    const figure = share(n, at)
    if (code === out) return t('report.rounds.out', { figure })
    return at === last && code === winner ? t('report.rounds.wins', { figure }) : figure
  }
  return {
    name: 'rounds',
    heading: t('report.rounds.heading'),
    said: [
      t('report.rounds.winner', {
        option: name(winner),
        round: number(last + 1),
        figure: share(end[winner] ?? 0, last),
      }),
      t('report.rounds.how'),
      ...(from > 0
        ? [t('report.rounds.tooMany', { n: number(shown.length), of: number(irv.rounds.length) })]
        : []),
      ...shown.flatMap(({ at }) => sayTie(report, result, at, reader)),
    ],
    table: {
      caption: captioned(t('report.rounds.caption'), result, reader),
      head: [
        reader.own(t('report.column.option')),
        ...shown.map(({ at }) => reader.own(t('report.rounds.round', { n: number(at + 1) }))),
      ],
      rows: [
        ...codes.map((code) => ({
          head: labelOf(report, code, reader),
          cells: shown.map((round) => cell(code, round)),
        })),
        {
          head: reader.own(t('report.rounds.counting')),
          cells: shown.map(({ at }) => number(runoff.counting[at] ?? 0)),
        },
      ],
    },
  }
}

/** How one of several with equally few ballots was chosen: by an earlier round, or by the order of the answers alone. */
function sayTie(report: QuestionReport, result: Measured<'ranking'>, at: number, reader: Reader): string[] {
  const { t, number } = reader
  const out = outAfter(result, at)
  const totals = result.irv.rounds[at] ?? {}
  // Which of those without any ballot goes first changes nothing.
  if (out === undefined || !totals[out]) return []
  const ruled = result.runoff.ties.find(({ round }) => round === at + 1)
  const level = Object.keys(totals).filter((code) => totals[code] === totals[out])
  const equal = ruled?.options ?? level
  if (equal.length < 2) return []
  const name = (code: string) => labelOf(report, code, reader).words
  return [
    t(ruled ? 'report.rounds.tie' : 'report.rounds.earlier', {
      round: number(at + 1),
      options:
        equal.length > MOST_NAMES
          ? t('report.rounds.several', { count: equal.length, n: number(equal.length) })
          : reader.list(equal.map(name)),
      out: name(out),
    }),
  ]
}

/**
 * The same as rows of a CSV, head first, all of them: each pair both ways round (`above` beats `below` where `n` is more
 * than `other`), or each answer that stands in each round (`counting` is the round's base; `by_rule` is 1 where the order
 * of the answers alone decided who goes). Undefined where a ranking is not told whole.
 */
export function rankingRows(
  report: QuestionReport,
  table: RankingTable,
  reader: Reader,
): string[][] | undefined {
  const { result } = report
  if (result?.measure !== 'ranking') return undefined
  const named = (code: string) => [code, labelOf(report, code, reader).words]
  const rows = table === 'pairs' ? pairRows(result, named) : roundRows(result, named)
  return rows.map((row) => row.map((one) => guardCell(String(one))))
}

type Row = (string | number)[]

function pairRows({ options, pairwise, n }: Measured<'ranking'>, named: (code: string) => string[]): Row[] {
  const codes = options.map(({ code }) => code)
  return [
    ['above', 'above_words', 'below', 'below_words', 'n', 'other', 'base'],
    ...codes.flatMap((a) =>
      codes
        .filter((b) => b !== a)
        .map((b) => [...named(a), ...named(b), pairwise[a]?.[b] ?? 0, pairwise[b]?.[a] ?? 0, n]),
    ),
  ]
}

function roundRows(result: Measured<'ranking'>, named: (code: string) => string[]): Row[] {
  const { irv, runoff } = result
  return [
    ['round', 'option', 'words', 'n', 'counting', 'out', 'by_rule'],
    ...irv.rounds.flatMap((totals, at) => {
      const out = outAfter(result, at)
      const ruled = runoff.ties.some(({ round }) => round === at + 1)
      return Object.entries(totals).map(([code, n]) => [
        at + 1,
        ...named(code),
        n,
        runoff.counting[at] ?? 0,
        code === out ? 1 : 0,
        code === out && ruled ? 1 : 0,
      ])
    }),
  ]
}
