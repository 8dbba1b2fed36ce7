import { match } from '../../language/tags.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { writeHour } from '../hour.ts'
import { readHeader, readRow } from '../importing.ts'
import type { Settled } from '../response.ts'
import { type DayOrder, guessOrder, readWall } from './dates.ts'
import { keysOf } from './head.ts'
import { placeIn, upToTie } from './places.ts'
import { plain } from './plain.ts'
import { areOpinions } from './scales.ts'
import {
  dateColumn,
  guessTarget,
  guessValue,
  languageColumn,
  partsOf,
  type Target,
  targetsOf,
} from './targets.ts'

/** How a file is read: for each column what it is ('' leave out), and what its values stand for ('' leave out). */
export type ColumnUse = { to: string; values: Record<string, string> }
export type EarlierMapping = { columns: ColumnUse[]; order: DayOrder }

/** A column as the file has it. `values`: its different values, the most frequent first; `more`: there are others. */
export type EarlierColumn = { heading: string; values: { value: string; n: number }[]; more: number }

/** Different values that can be told what they stand for. */
export const mostValues = 60

/** The different values of a column, or of the parts of its cells. */
export function valuesOf(
  rows: readonly (readonly string[])[],
  at: number,
  target?: Target,
): EarlierColumn['values'] {
  const counts = new Map<string, { value: string; n: number }>()
  const list = target && isList(target)
  const semicolon = list === true && rows.some((row) => row[at]?.includes(';'))
  for (const row of rows) {
    const cell = (row[at] ?? '').trim()
    if (cell === '') continue
    for (const value of list ? partsOf(cell, target, semicolon) : [cell]) {
      const key = plain(value)
      const known = counts.get(key)
      if (known) known.n += 1
      else counts.set(key, { value, n: 1 })
    }
  }
  return [...counts.values()].sort((a, b) => b.n - a.n)
}

/** Whether the values of a column have to be told what they stand for. */
export const isChosen = (target: Target): boolean =>
  ['one', 'list', 'order', 'place', 'tick'].includes(target.how)
/** Whether a cell of a column holds several values. */
const isList = ({ how }: Target): boolean => how === 'list' || how === 'order'

/**
 * The mapping of a file as far as it can be guessed, with what was said before of a column of the same heading on top
 * (`before`, by keysOf). `rows` are those under the heading.
 */
export function guessMapping(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  questionnaire: Questionnaire,
  before: Record<string, ColumnUse> = {},
): EarlierMapping {
  const targets = targetsOf(questionnaire)
  const taken = new Set<string>()
  const keys = keysOf(headings)
  const columns = headings.map((heading, at): ColumnUse => {
    const key = keys[at] ?? ''
    const said = Object.hasOwn(before, key) ? before[key] : undefined
    const guess = said?.to ?? guessTo(heading, rows, at, targets)
    const to = taken.has(guess) ? '' : guess
    if (to) taken.add(to)
    return {
      to,
      values: guessValues(
        rows,
        at,
        targets.find((one) => one.to === to),
        said?.values,
      ),
    }
  })
  const date = columns.findIndex(({ to }) => to === dateColumn)
  return { columns, order: guessOrder(date < 0 ? [] : rows.map((row) => row[date] ?? '')) }
}

/** "My school is clean" names no school where people agree with it or not. */
function guessTo(
  heading: string,
  rows: readonly (readonly string[])[],
  at: number,
  targets: readonly Target[],
): string {
  const guess = guessTarget(heading, targets)
  const who = targets.some(({ to, attribute }) => to === guess && attribute !== undefined)
  return who && areOpinions(valuesOf(rows, at).map(({ value }) => value))
    ? guessTarget(
        heading,
        targets.filter(({ attribute }) => attribute === undefined),
      )
    : guess
}

/** What the values of a column stand for, by what was said of them, else by their words. */
export function guessValues(
  rows: readonly (readonly string[])[],
  at: number,
  target: Target | undefined,
  said: Record<string, string> = {},
): Record<string, string> {
  if (!target || !isChosen(target)) return {}
  return Object.fromEntries(
    valuesOf(rows, at, target)
      .slice(0, mostValues)
      .map(({ value }) => {
        const key = plain(value)
        const known = Object.hasOwn(said, key) ? said[key] : undefined
        return [key, known ?? guessValue(value, target)]
      }),
  )
}

/** Why a row cannot be used. `row` counts from 1, as a spreadsheet shows it. */
export type EarlierProblem = { row: number; code: 'nothing' | 'date' | 'cells'; value: string }

export type ReadEarlier = {
  settled: Settled[]
  problems: EarlierProblem[]
  /** Cells whose value stands for nothing, by column. */
  leftOut: Map<number, number>
  /** Answers to questions that other answers of the same row skip. */
  dropped: number
}

type To = {
  /** The moment at which a wall clock of the district shows this, epoch milliseconds. */
  momentOf: (wall: string) => number | undefined
  /** For rows without a date. */
  hour: number
}

/**
 * Reads rows, some at a time: `take` them with the number of the first, and `read` fills. What comes out goes through
 * the same reading as a file of our own, so nothing enters that a form would not have taken.
 */
export function earlierReader(
  rows: readonly (readonly string[])[],
  mapping: EarlierMapping,
  questionnaire: Questionnaire,
  to: To,
) {
  const read: ReadEarlier = { settled: [], problems: [], leftOut: new Map(), dropped: 0 }
  const targets = new Map(targetsOf(questionnaire).map((target) => [target.to, target]))
  const used = mapping.columns.flatMap((column, at) => {
    const target = targets.get(column.to)
    return target ? [{ at, target, values: new Map(Object.entries(column.values)) }] : []
  })
  const semicolons = new Map(
    used.map(({ at, target }) => [at, isList(target) && rows.some((row) => row[at]?.includes(';'))]),
  )
  const find = (name: string) => mapping.columns.findIndex((column) => column.to === name)
  const [date, language] = [find(dateColumn), find(languageColumn)]
  const names = [
    ...new Set(
      used.flatMap(({ target }) =>
        isList(target) || target.how === 'place'
          ? target.choices.map(({ code }) => `${target.question}.${code}`)
          : [target.to],
      ),
    ),
  ]
  const header = readHeader(['hour', 'language', ...names], {
    versions: new Map([[1, questionnaire]]),
    current: 1,
    hour: to.hour,
  })
  const moments = new Map<string, number | undefined>()
  const momentOf = (wall: string) => {
    if (!moments.has(wall)) moments.set(wall, to.momentOf(wall))
    return moments.get(wall)
  }

  function takeRow(row: readonly string[], number: number): void {
    if (row.every((cell) => cell.trim() === '')) return
    const tell = (code: EarlierProblem['code'], value: string) =>
      read.problems.push({ row: number, code, value: value.slice(0, 200) })
    const cells = new Map<string, string>()
    const leaveOut = (at: number, n = 1) => read.leftOut.set(at, (read.leftOut.get(at) ?? 0) + n)
    const ballots = new Map<string, { at: number; ranks: Map<string, number> }>()
    const rank = (at: number, name: string, place: number) => {
      const question = name.slice(0, name.indexOf('.'))
      const ballot = ballots.get(question) ?? { at, ranks: new Map<string, number>() }
      ballots.set(question, ballot)
      if (ballot.ranks.has(name)) leaveOut(at)
      else ballot.ranks.set(name, place)
    }
    for (const { at, target, values } of used) {
      const cell = (row[at] ?? '').trim()
      if (cell === '') continue
      if (target.how === 'rank') {
        const place = placeIn(cell)
        if (place === undefined) leaveOut(at)
        else rank(at, target.to, place)
        continue
      }
      if (!isChosen(target)) {
        cells.set(target.to, cell)
        continue
      }
      let place = target.place ?? 0
      for (const value of isList(target) ? partsOf(cell, target, semicolons.get(at) === true) : [cell]) {
        const said = values.get(plain(value))
        // Of words of one's own there are more than anybody is asked about.
        const code = said ?? (target.other ? guessValue(value, target) : '')
        if (code === '') leaveOut(at)
        else if (target.how === 'order') rank(at, `${target.question}.${code}`, ++place)
        else if (target.how === 'place') rank(at, `${target.question}.${code}`, place)
        else if (target.how === 'list') cells.set(`${target.question}.${code}`, '1')
        else cells.set(target.to, code)
      }
    }
    for (const { at, ranks } of ballots.values()) {
      const kept = upToTie(ranks)
      if (kept.size < ranks.size) leaveOut(at, ranks.size - kept.size)
      for (const [name, place] of kept) cells.set(name, String(place))
    }
    // An option that was not chosen is no answer; a nought on a scale is one.
    const ticks = (name: string) => (targets.get(name)?.how ?? 'tick') === 'tick'
    if (![...cells].some(([name, cell]) => cell === '1' || !ticks(name))) return void tell('nothing', '')
    const when = date < 0 ? '' : (row[date] ?? '').trim()
    const wall = when === '' ? undefined : readWall(when, mapping.order)
    const moment = wall === undefined ? to.hour : momentOf(wall)
    if ((when !== '' && wall === undefined) || moment === undefined) return void tell('date', when)
    const tag = language < 0 ? undefined : match([(row[language] ?? '').trim()], questionnaire.languages)
    if ('faults' in header) return void tell('cells', header.faults.join('; '))
    const ours = [
      writeHour(Math.floor(moment / 3_600_000) * 3_600_000),
      tag ?? questionnaire.source,
      ...names.map((name) => cells.get(name) ?? ''),
    ]
    const result = readRow(ours, header)
    if ('faults' in result) return void tell('cells', result.faults.join('; '))
    if (Object.keys(result.settled.answers).length === 0) return void tell('nothing', '')
    read.settled.push(result.settled)
    read.dropped += result.dropped
  }

  return {
    read,
    take: (some: readonly (readonly string[])[], first: number): void =>
      some.forEach((row, at) => {
        takeRow(row, first + at)
      }),
  }
}
