import type { Count } from '../slice.ts'
import { type Audiences, kindOf, placeOf } from './audiences.ts'

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
