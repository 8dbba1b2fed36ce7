import { columnOf, rowOf, type State } from './state.ts'

type Layer = readonly (readonly number[])[]

type Range = { least: number; most: number }
/** Counts, by their place, whose sum lies in a range. */
type Sum = Range & { terms: number[] }

const MOST_ROUNDS = 50

type Known = {
  minimum: number
  parts: readonly Layer[]
  within: number
  strict: boolean
  everybody: Layer
  /** How many of each cell can have said any of it at most. */
  limit?: Layer | undefined
}

/**
 * A hidden cell of fewer people than `minimum` of which sums alone give away that some of them said a thing, and how
 * many: where nobody else is left who can have said it; or that nobody did, where others of their school and of their
 * group did. Undefined where there is none. `parts`: things of which each person said one. The first `within` were said
 * once each by people of the table, the others by `everybody` who is there. `strict`: also where all of the cell said it,
 * which else counts only where it is known without how many they are.
 */
export function pinnedCell(
  state: State,
  layers: readonly Layer[],
  { minimum, parts, within, strict, everybody, limit }: Known,
): { i: number; j: number } | undefined {
  const cells = state.table.n.flatMap((line, i) =>
    line.flatMap((n, j) =>
      n > 0 && !state.cellShown[i]?.[j] ? [{ i, j, n, there: everybody[i]?.[j] ?? n }] : [],
    ),
  )
  const few = cells.flatMap(({ n }, at) => (n < minimum ? [at] : []))
  const places = cells.map(({ i, j }) => ({ row: rowOf(state, i), column: columnOf(state, j) }))
  const lines = linesOf(places)
  const said = (layer: Layer, at: number) => layer[cells[at]?.i ?? 0]?.[cells[at]?.j ?? 0] ?? 0
  for (const [number, layer] of layers.entries()) {
    if (few.length === 0) break
    const counts = cells.map((_, at) => said(layer, at))
    const noughts = noughtsAmong(places, counts)
    if (few.every((at) => noughts.has(at))) continue
    const all = counts.reduce((sum, count) => sum + count, 0)
    const pinned = (bases: 'n' | 'there' | 'none') => {
      const most = cells.map((cell) =>
        Math.min(all, bases === 'none' ? all : cell[bases], limit?.[cell.i]?.[cell.j] ?? all),
      )
      return few.filter((one) => !noughts.has(one) && !canMove(one, lines, counts, most))
    }
    const base = number < within ? 'n' : 'there'
    const found = pinned(base)
    // That all of them said it is known to who knows how many they are; of others only what holds without that.
    const at =
      found.find((one) => strict || said(layer, one) < (cells[one]?.[base] ?? 0)) ??
      (found.length > 0 ? pinned('none')[0] : undefined)
    if (at !== undefined) return cells[at]
  }
  if (!few.some((at) => parts.some((layer) => said(layer, at) > 0))) return undefined
  const left = everybody.map((line, i) => line.map((there, j) => there - (state.table.n[i]?.[j] ?? 0)))
  // Where all of them said it, that is so because everybody did.
  const pinned = (base: 'n' | 'there') => {
    const together = base === 'n' ? parts : [...parts, left]
    const ranges = narrow(
      together.flatMap(() => cells.map((cell) => ({ least: 0, most: cell[base] }))),
      knownSums(state, together, cells, { base, minimum }),
    )
    return few.find((one) =>
      parts.some((_, number) => {
        const { least = 0, most = 0 } = ranges[number * cells.length + one] ?? {}
        return least > 0 && least === most && least < (cells[one]?.[base] ?? 0)
      }),
    )
  }
  const at = pinned('n') ?? pinned('there')
  return at === undefined ? undefined : cells[at]
}

type Place = { row: number; column: number }

/** Cells of which it is known that nobody said it, since nobody of the hidden ones of their school or group did. */
function noughtsAmong(places: readonly Place[], counts: readonly number[]): Set<number> {
  const sums = { row: new Map<number, number>(), column: new Map<number, number>() }
  for (const [at, { row, column }] of places.entries()) {
    sums.row.set(row, (sums.row.get(row) ?? 0) + (counts[at] ?? 0))
    sums.column.set(column, (sums.column.get(column) ?? 0) + (counts[at] ?? 0))
  }
  const none = ({ row, column }: Place) => sums.row.get(row) === 0 || sums.column.get(column) === 0
  return new Set(places.flatMap((place, at) => (none(place) ? [at] : [])))
}

/**
 * Whether one more or one fewer could have said it in a cell, with every sum of a school's and of a group's hidden cells
 * the same: whether it lies on a circle of cells, in turn one more (of those where not all said it) and one fewer (of
 * those where somebody did). If not, its number is known: two tables with the same sums differ by such circles (the
 * flow decomposition theorem; Ahuja, Magnanti and Orlin, Network Flows, 1993, section 3.5).
 */
function canMove(one: number, lines: Lines, counts: readonly number[], most: readonly number[]): boolean {
  const more = (at: number) => at !== one && (counts[at] ?? 0) < (most[at] ?? 0)
  const fewer = (at: number) => at !== one && (counts[at] ?? 0) > 0
  const { row, column } = lines.places[one] as Place
  return (
    ((counts[one] ?? 0) < (most[one] ?? 0) && leads(lines, { column }, { row }, { more, fewer })) ||
    ((counts[one] ?? 0) > 0 && leads(lines, { row }, { column }, { more, fewer }))
  )
}

/** Where cells are, and which are in each row and column. */
type Lines = { places: readonly Place[]; rows: Map<number, number[]>; columns: Map<number, number[]> }
const linesOf = (places: readonly Place[]): Lines => ({
  places,
  rows: Map.groupBy(places.keys(), (at) => places[at]?.row ?? 0),
  columns: Map.groupBy(places.keys(), (at) => places[at]?.column ?? 0),
})

/** Whether a way leads there: from a row to a column by cells that can be more, back by such that can be fewer. */
function leads(
  { places, rows, columns }: Lines,
  from: Partial<Place>,
  to: Partial<Place>,
  { more, fewer }: { more: (at: number) => boolean; fewer: (at: number) => boolean },
): boolean {
  const [inRows, inColumns] = [new Set<number>(), new Set<number>()]
  const next: Partial<Place>[] = [from]
  for (let here = next.pop(); here !== undefined; here = next.pop()) {
    if (here.row !== undefined) {
      if (here.row === to.row) return true
      if (inRows.has(here.row)) continue
      inRows.add(here.row)
      for (const at of rows.get(here.row) ?? []) if (more(at)) next.push({ column: places[at]?.column ?? 0 })
    } else if (here.column !== undefined) {
      if (here.column === to.column) return true
      if (inColumns.has(here.column)) continue
      inColumns.add(here.column)
      for (const at of columns.get(here.column) ?? []) if (fewer(at)) next.push({ row: places[at]?.row ?? 0 })
    }
  }
  return false
}

/** Sums of hidden counts that everybody can work out exactly: those left of each school and each group. */
function knownSums(
  state: State,
  layers: readonly Layer[],
  cells: readonly { i: number; j: number; n: number; there: number }[],
  whole?: { base: 'n' | 'there'; minimum: number },
): Sum[] {
  const lines = [
    Map.groupBy(cells.keys(), (at) => rowOf(state, cells[at]?.i ?? 0)),
    Map.groupBy(cells.keys(), (at) => columnOf(state, cells[at]?.j ?? 0)),
  ].flatMap((grouped) => [...grouped.values()])
  const exactly = (terms: number[], sum: number): Sum => ({ terms, least: sum, most: sum })
  const sums = layers.flatMap((layer, number) =>
    lines.map((line) =>
      exactly(
        line.map((at) => number * cells.length + at),
        line.reduce((sum, at) => sum + (layer[cells[at]?.i ?? 0]?.[cells[at]?.j ?? 0] ?? 0), 0),
      ),
    ),
  )
  if (!whole) return sums
  return [
    ...sums,
    ...cells.map(
      (cell, at): Sum => ({
        terms: layers.map((_, number) => number * cells.length + at),
        // How many are there is not known of so few.
        least: whole.base === 'there' && cell.there < whole.minimum ? 0 : cell[whole.base],
        most: cell[whole.base],
      }),
    ),
  ]
}

/** Narrows every count by every sum, again and again, until nothing changes. */
function narrow(ranges: Range[], sums: readonly Sum[]): Range[] {
  for (let round = 0, changed = true; changed && round < MOST_ROUNDS; round += 1) {
    changed = false
    for (const sum of sums) {
      const all = sumOf(ranges, sum.terms)
      for (const term of sum.terms) {
        const range = ranges[term]
        if (!range) continue
        const least = Math.max(range.least, sum.least - (all.most - range.most))
        const most = Math.min(range.most, sum.most - (all.least - range.least))
        if (least <= range.least && most >= range.most) continue
        all.least += least - range.least
        all.most += most - range.most
        ranges[term] = { least, most }
        changed = true
      }
    }
  }
  return ranges
}

function sumOf(ranges: readonly Range[], terms: readonly number[]): Range {
  const all = { least: 0, most: 0 }
  for (const term of terms) {
    all.least += ranges[term]?.least ?? 0
    all.most += ranges[term]?.most ?? 0
  }
  return all
}
