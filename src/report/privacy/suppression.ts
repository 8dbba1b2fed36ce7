import type { Count, Slice } from '../slice.ts'
import {
  type Audience,
  type Audiences,
  audiencesIn,
  type Candidate,
  joining,
  kindOf,
  placeOf,
  smallest,
  tellAudiences,
} from './audiences.ts'
import { type Cut, smallSetWith } from './derivable.ts'

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

export type Table = {
  rows: string[]
  columns: string[]
  n: number[][]
  rowSums: number[]
  columnSums: number[]
  total: number
}
export type State = {
  table: Table
  rowShown: boolean[]
  columnShown: boolean[]
  cellShown: boolean[][]
  audiences?: Audiences
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

export function tableOf(counts: readonly Count[]): Table {
  const rows = [...new Set(counts.map(({ school }) => school))].sort()
  const columns = [...new Set(counts.map(({ group }) => group))].sort()
  const n = rows.map(() => columns.map(() => 0))
  const row = new Map(rows.map((code, i) => [code, i]))
  const column = new Map(columns.map((code, j) => [code, j]))
  for (const count of counts) {
    const line = n[row.get(count.school) ?? -1]
    const j = column.get(count.group) ?? -1
    if (line) line[j] = (line[j] ?? 0) + count.n
  }
  const rowSums = n.map(sum)
  return {
    rows,
    columns,
    n,
    rowSums,
    columnSums: columns.map((_, j) => sum(n.map((line) => line[j] ?? 0))),
    total: sum(rowSums),
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

/**
 * All hidden rows are known only together, as what is left of the total: they share one place, after the last. A row
 * that tells audiences has a place for each kind of column that they make; so has what is left of the columns.
 */
export function rowOf({ rowShown, audiences }: State, i: number, j = 0): number {
  if (!rowShown[i]) return rowShown.length
  const kind = audiences && kindOf(audiences, audiences.rows[i], j)
  return kind ? placeOf(audiences.places.rows, `${i}: ${kind}`, rowShown.length) : i
}
export function columnOf({ columnShown, audiences }: State, j: number): number {
  if (columnShown[j]) return j
  const kind = audiences && kindOf(audiences, audiences.all, j)
  return kind ? placeOf(audiences.places.columns, kind, columnShown.length) : columnShown.length
}

export function hiddenCells(state: State): number[][] {
  const { table, rowShown, columnShown, cellShown, audiences } = state
  const hidden = table.n.flatMap((line, i) =>
    line.flatMap((n, j) =>
      cellShown[i]?.[j] ? [] : [{ row: rowOf(state, i, j), column: columnOf(state, j), n }],
    ),
  )
  const height = rowShown.length + 1 + (audiences?.places.rows.size ?? 0)
  const width = columnShown.length + 1 + (audiences?.places.columns.size ?? 0)
  const sums = Array.from({ length: height }, () => Array<number>(width).fill(0))
  for (const { row, column, n } of hidden) {
    const into = sums[row]
    if (into) into[column] = (into[column] ?? 0) + n
  }
  return sums
}

function hideColumn({ columnShown, cellShown }: State, j: number): void {
  columnShown[j] = false
  for (const line of cellShown) line[j] = false
}

/** Hides the smallest slice without which the cut's set can no longer be worked out; false when there is none. */
export function hideOne(state: State, cut: Cut, only?: 'cells'): boolean {
  const { table, rowShown, columnShown, cellShown } = state
  const inside = {
    cell: (i: number, j: number) => cut.row[rowOf(state, i, j)] === true,
    row: (i: number) => columnShown.some((_, j) => inside.cell(i, j)),
    column: (j: number) => cut.column[columnOf(state, j)] === true,
  }
  const cells = cellShown.flatMap((line, i) =>
    line.flatMap((shown, j): Candidate[] =>
      shown && inside.cell(i, j) !== inside.column(j)
        ? [
            {
              n: table.n[i]?.[j] ?? 0,
              hide: () => {
                line[j] = false
              },
            },
          ]
        : [],
    ),
  )
  const { audiences } = state
  const line = (told: boolean[] | undefined, sizes: readonly number[] | undefined) =>
    audiences && told && sizes ? { audiences, told, sizes } : undefined
  const tellings = audiences
    ? rowShown.flatMap((shown, i) => {
        const row = shown ? line(audiences.rows[i], table.n[i]) : undefined
        return row ? joining(row, [...columnShown.keys()], (j) => inside.cell(i, j)) : []
      })
    : []
  const rows = () => divided(rowShown, table.rowSums, inside.row, (i) => cellShown[i]?.fill(false))
  const columns = () => {
    // Hidden, a column is known together with those alone that the same audiences make.
    const alike = Map.groupBy(columnShown.keys(), (j) => kindOf(audiences, audiences?.all, j))
    return [...alike.values()].flatMap((among) =>
      divided(columnShown, table.columnSums, inside.column, (j) => hideColumn(state, j), among),
    )
  }
  const tellingsOfAll = () => {
    const all = line(audiences?.all, table.columnSums)
    const hidden = [...columnShown.keys()].filter((j) => !columnShown[j])
    return all ? joining(all, hidden, inside.column) : []
  }
  const lines = () => smallest(rows()) ?? smallest([...columns(), ...tellingsOfAll()])
  const chosen = only ? smallest(cells) : (smallest(tellings) ?? smallest(cells) ?? lines())
  chosen?.hide()
  return chosen !== undefined
}

/**
 * Rows (or columns) whose hiding joins the two sides of a cut: those on the other side than the hidden ones; all
 * of them, while none is hidden and they stand on both sides.
 */
function divided(
  shown: boolean[],
  sums: readonly number[],
  inside: (index: number) => boolean,
  hideCells: (index: number) => void,
  among: readonly number[] = [...shown.keys()],
): Candidate[] {
  const pool = among.find((index) => !shown[index] && (sums[index] ?? 0) > 0) ?? -1
  const open = among.filter((index) => shown[index])
  const both = new Set(open.map(inside)).size > 1
  return open
    .filter((index) => (pool >= 0 ? inside(index) !== inside(pool) : both))
    .map((index) => ({
      n: sums[index] ?? 0,
      hide: () => {
        shown[index] = false
        hideCells(index)
      },
    }))
}
