import type { Count, Slice } from '../slice.ts'
import { type Audience, audiencesIn, tellAudiences } from './audiences.ts'
import { smallSetWith } from './derivable.ts'
import { hideColumn, hideOne } from './hiding.ts'
import { columnOf, hiddenCells, rowOf, type State, type Table, tableOf } from './state.ts'

/** What may be shown of one thing that was counted. `size` gives the people behind a slice, null when hidden. */
export type Shown = { size: (slice: Slice) => number | null }

/** `tells`: whether how many of an audience (by its place in the list) there are of a school, or of all, may be told. */
export type WithAudiences = Shown & { tells: (school: string | null, audience: number) => boolean }

/**
 * Decides which slices (all, a school, a group, a school's group) may be shown, so that nobody can add and
 * subtract what is shown to learn of a set of fewer than `minimum` people. Slices under the minimum are hidden
 * (primary); then, while a small set can still be worked out, the smallest slice that gives it away is hidden too
 * (complementary): first a school's group, then a school, then a group. The decision does not depend on what a
 * reader looks at, so every page, filter and file shows the same slices. `within` hides what is hidden there. How many
 * there are of `audiences` is told besides, where that gives nothing away; it is hidden before anything else is.
 */
export function protect(
  counts: readonly Count[],
  minimum: number,
  within?: Shown,
  audiences: readonly Audience[] = [],
): WithAudiences {
  const table = tableOf(counts)
  const { n, rows, columns, rowSums, columnSums, total } = table
  const open = (school: string | null, group: string | null) => within?.size({ school, group }) !== null
  const large = (size: number) => size > 0 && size >= minimum
  if (!large(total) || !open(null, null)) return { size: () => null, tells: () => false }

  const rowShown = rows.map((school, i) => large(rowSums[i] ?? 0) && open(school, null))
  const columnShown = columns.map((group, j) => large(columnSums[j] ?? 0) && open(null, group))
  const cellShown = rows.map((school, i) =>
    columns.map(
      (group, j) =>
        rowShown[i] === true && columnShown[j] === true && large(n[i]?.[j] ?? 0) && open(school, group),
    ),
  )
  const state: State = { table, rowShown, columnShown, cellShown }
  const impossible = () => new Error('a small set can be worked out although nothing more can be hidden')
  if (!closeGaps(state, minimum)) throw impossible()
  const told = audiencesIn(table, audiences)
  tellAudiences(table, told, minimum, columnShown, (j) => hideColumn(state, j))
  if (audiences.length > 0 && !closeGaps({ ...state, audiences: told }, minimum)) throw impossible()

  const at = (codes: string[], code: string) => codes.indexOf(code)
  return {
    size({ school, group }) {
      if (school === null && group === null) return total
      const i = school === null ? -1 : at(rows, school)
      const j = group === null ? -1 : at(columns, group)
      if (school === null) return columnShown[j] ? (columnSums[j] ?? null) : null
      if (group === null) return rowShown[i] ? (rowSums[i] ?? null) : null
      return cellShown[i]?.[j] ? (n[i]?.[j] ?? null) : null
    },
    tells: (school, audience) =>
      (school === null ? told.all : told.rows[at(rows, school)])?.[audience] === true,
  }
}

/**
 * Which answers to a profile question (grade, language at home) may be shown, by code, wherever they are. How many gave
 * an answer is told, so those who gave none hide nobody: they are shown where there are enough of them.
 */
export function protectProfile(
  counts: ReadonlyMap<string, number>,
  minimum: number,
): (code: string) => boolean {
  const named = [...counts].filter(([code]) => code !== '')
  const shown = protect(
    named.map(([code, n]) => ({ school: '', group: code, n })),
    minimum,
  )
  return (code) =>
    code === '' ? (counts.get('') ?? 0) >= minimum : shown.size({ school: null, group: code }) !== null
}

/**
 * As protect, for a finer table of which rows and columns are shown elsewhere already: what is decided here is its
 * cells alone, since hiding a row that stands on another page would hide nothing. Where that is not enough, no cell
 * is shown.
 */
export function protectCells(
  counts: readonly Count[],
  minimum: number,
  margins: { row: (code: string) => boolean; column: (code: string) => boolean },
  within?: Shown,
): Shown {
  const table = tableOf(counts)
  const { n, rows, columns } = table
  const rowShown = rows.map(margins.row)
  const columnShown = columns.map(margins.column)
  const cellShown = rows.map((school, i) =>
    columns.map((group, j) => {
      const size = n[i]?.[j] ?? 0
      const open = within?.size({ school, group }) !== null
      return rowShown[i] === true && columnShown[j] === true && size > 0 && size >= minimum && open
    }),
  )
  const before = cellShown.map((line) => [...line])
  const state = { table, rowShown, columnShown, cellShown }
  const closed = closeGaps(state, minimum, 'cells')
  if (closed) showAgain(state, before, minimum)
  const row = new Map(rows.map((code, i) => [code, i]))
  const column = new Map(columns.map((code, j) => [code, j]))
  return {
    size({ school, group }) {
      const [i, j] = [row.get(school ?? '') ?? -1, column.get(group ?? '') ?? -1]
      return closed && cellShown[i]?.[j] ? (n[i]?.[j] ?? null) : null
    },
  }
}

/** Tables of more cells than this keep what was hidden on the way, since looking again takes the square of it. */
const MOST_LOOKED_AT = 150

/** Closing one gap can make an earlier hiding needless: shows again, the largest first, what gives nothing away. */
function showAgain(state: State, before: readonly boolean[][], minimum: number): void {
  const { n } = state.table
  const small = n.flatMap((line, i) => line.flatMap((one, j) => (one > 0 && one < minimum ? [{ i, j }] : [])))
  const hidden = n.flatMap((line, i) =>
    line.flatMap((one, j) => (before[i]?.[j] && !state.cellShown[i]?.[j] ? [{ i, j, one }] : [])),
  )
  if (n.length * (n[0]?.length ?? 0) > MOST_LOOKED_AT) return
  for (const { i, j } of hidden.sort((a, b) => b.one - a.one)) {
    const line = state.cellShown[i]
    if (!line) continue
    line[j] = true
    const left = hiddenCells(state)
    if (small.some((at) => smallSetWith(left, rowOf(state, at.i), columnOf(state, at.j), minimum)))
      line[j] = false
  }
}

/**
 * While a small hidden cell belongs to a small set that can be worked out, hides one slice more. Hiding only takes
 * knowledge away, so a cell that was found safe stays safe. False when nothing more can be hidden.
 */
function closeGaps(state: State, minimum: number, only?: 'cells'): boolean {
  let hidden = hiddenCells(state)
  for (const [i, line] of state.table.n.entries())
    for (const [j, n] of line.entries()) {
      if (n === 0 || n >= minimum || (state.audiences && isUnsaid(state.table, i, j))) continue
      for (;;) {
        const cut = smallSetWith(hidden, rowOf(state, i, j), columnOf(state, j), minimum)
        if (!cut) break
        if (!hideOne(state, cut, only)) return false
        hidden = hiddenCells(state)
      }
    }
  return true
}

const isUnsaid = ({ rows, columns }: Table, i: number, j: number) => rows[i] === '' || columns[j] === ''
