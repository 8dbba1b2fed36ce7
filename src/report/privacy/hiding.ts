import { type Candidate, joining, kindOf, smallest } from './audiences.ts'
import type { Cut } from './derivable.ts'
import { columnOf, rowOf, type State } from './state.ts'

export function hideColumn({ columnShown, cellShown }: State, j: number): void {
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
