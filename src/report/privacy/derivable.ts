/**
 * People behind the hidden cells of a table of rows by columns of which the sum of every row and every column is
 * known: `hidden[row][column]`, 0 where nobody is hidden. Rows known only together are one row here; so are columns.
 */
export type Hidden = readonly (readonly number[])[]

/** One side of a cut: adding these rows up and taking these columns away leaves a small set of people. */
export type Cut = { row: boolean[]; column: boolean[] }

/**
 * The smallest set of people with this cell among them that anyone could work out by adding and subtracting known
 * sums, as the cut that gives it away; undefined when every such set has at least `minimum` people.
 *
 * Why nothing else can be worked out: all that is known about the hidden cells are sums of a(row) + b(column). For
 * such a sum to be a set of people it must be 1 on the set's cells and 0 on the other hidden ones. Such a pair of
 * functions is a chain of cuts, each with rows and columns on one side such that a column on that side has all its
 * hidden rows there too. So the set is a least directed cut, which a maximum flow from the cell's row to its column
 * finds (Ford and Fulkerson, Canadian Journal of Mathematics 8, 1956, 399-404).
 */
export function smallSetWith(hidden: Hidden, row: number, column: number, minimum: number): Cut | undefined {
  const flow = hidden.map((line) => line.map(() => 0))
  let total = 0
  for (;;) {
    const { cameFrom, reached } = search(hidden, flow, row)
    if (!reached.column[column]) return reached
    total += push(hidden, flow, cameFrom, row, column)
    if (total >= minimum) return undefined
  }
}

/** For every column the row from which it was reached, and for every row the column. */
type Trail = { row: number[]; column: number[] }

/** Breadth first: a row reaches the columns whose cell has room, a column every row with people hidden in it. */
function search(hidden: Hidden, flow: readonly number[][], start: number) {
  const width = hidden[0]?.length ?? 0
  const reached: Cut = { row: hidden.map((_, i) => i === start), column: Array(width).fill(false) }
  const cameFrom: Trail = { row: [], column: [] }
  let rows = [start]
  while (rows.length > 0) {
    const columns: number[] = []
    for (const i of rows) {
      for (let j = 0; j < width; j += 1) {
        if (reached.column[j] || (hidden[i]?.[j] ?? 0) <= (flow[i]?.[j] ?? 0)) continue
        reached.column[j] = true
        cameFrom.column[j] = i
        columns.push(j)
      }
    }
    rows = []
    for (const j of columns) {
      for (let i = 0; i < hidden.length; i += 1) {
        if (reached.row[i] || (hidden[i]?.[j] ?? 0) === 0) continue
        reached.row[i] = true
        cameFrom.row[i] = j
        rows.push(i)
      }
    }
  }
  return { cameFrom, reached }
}

/** Sends as much as there is room for along the trail, and tells how much: steps from column to row have no limit. */
function push(hidden: Hidden, flow: number[][], { row, column }: Trail, start: number, end: number): number {
  const path: { i: number; j: number; by: 1 | -1 }[] = []
  for (let j = end; ; ) {
    const i = column[j] ?? start
    path.push({ i, j, by: 1 })
    if (i === start) break
    j = row[i] ?? end
    path.push({ i, j, by: -1 })
  }
  const room = Math.min(
    ...path.map(({ i, j, by }) => (by === 1 ? (hidden[i]?.[j] ?? 0) - (flow[i]?.[j] ?? 0) : Infinity)),
  )
  for (const { i, j, by } of path) {
    const line = flow[i]
    if (line) line[j] = (line[j] ?? 0) + by * room
  }
  return room
}
