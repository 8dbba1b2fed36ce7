import { type Bound, countsWithin } from './bounded.ts'
import { columnOf, rowOf, type State } from './suppression.ts'

type Layer = readonly (readonly number[])[]
/** A slice whose answers are told as bounds: the cells it holds, how many people, and a bound for each answer. */
type Banded = {
  cells: readonly (readonly [row: number, column: number])[]
  n: number
  bounds: readonly (Bound | undefined)[]
}
type Bounds = (Bound | undefined)[][]

type Range = { least: number; most: number }
/** Counts, by their place, whose sum lies in a range. */
type Sum = Range & { terms: number[] }

const MOST_ROUNDS = 50

/**
 * Bounds and known sums together can leave but one count possible. Reckons how far each count can be narrowed down
 * from all of them, and leaves bounds out until none is worked out by them. What exact sums alone give away (an
 * answer that nobody gave) no bound can keep.
 */
export function leaveOpen(
  state: State,
  layers: readonly Layer[],
  { slices, whole }: { slices: readonly Banded[]; whole: boolean },
): Bounds {
  const cells = state.table.n.flatMap((line, i) =>
    line.flatMap((n, j) => (n > 0 && !state.cellShown[i]?.[j] ? [{ i, j, n }] : [])),
  )
  const known = knownSums(state, layers, cells, whole)
  const index = new Map(cells.map(({ i, j }, at) => [`${i} ${j}`, at]))
  const own = slices.map((slice) => {
    const places = slice.cells.flatMap(([i, j]) => index.get(`${i} ${j}`) ?? [])
    return layers.map((_, layer) => places.map((at) => layer * cells.length + at))
  })
  /** Which answers of which slices have one count left, under these bounds. */
  const pinned = (bounds: Bounds): { slice: number; layer: number }[] => {
    const told = slices.flatMap(({ n }, slice) =>
      layers.map((_, layer): Sum => {
        const bound = bounds[slice]?.[layer]
        return {
          terms: own[slice]?.[layer] ?? [],
          ...(bound ? countsWithin(bound, n) : { least: 0, most: n }),
        }
      }),
    )
    const ranges = narrow(
      layers.flatMap(() => cells.map(({ n }) => ({ least: 0, most: n }))),
      [...known, ...told],
    )
    return told.flatMap((sum, at) => {
      const within = sumOf(ranges, sum.terms)
      const [least, most] = [Math.max(sum.least, within.least), Math.min(sum.most, within.most)]
      return most <= least ? [{ slice: Math.floor(at / layers.length), layer: at % layers.length }] : []
    })
  }
  const name = ({ slice, layer }: { slice: number; layer: number }) => `${slice} ${layer}`
  const anyway = new Set(pinned(slices.map(() => layers.map(() => undefined))).map(name))
  const bounds = slices.map((one) => [...one.bounds])
  for (;;) {
    const found = pinned(bounds).filter((one) => !anyway.has(name(one)))
    if (found.length === 0) return bounds
    const loose = found.filter(({ slice, layer }) => bounds[slice]?.[layer])
    for (const { slice } of loose) bounds[slice]?.fill(undefined)
    // Narrowed down by the bounds of others alone.
    if (loose.length === 0) for (const list of bounds) list.fill(undefined)
  }
}

/** A sum of one row or column that is told only as a range. */
export type Line = { layer: number; row: number | null; column: number | null; least: number; most: number }

/**
 * A hidden cell of fewer people than `minimum` of which sums alone give away that some of them said a thing, and how
 * many: where nobody else is left who can have said it. Undefined where there is none. `whole`: each person said one of
 * the first `whole` things. `lines`: sums that are told as ranges.
 */
export function pinnedCell(
  state: State,
  layers: readonly Layer[],
  { minimum, whole, lines }: { minimum: number; whole: number; lines: readonly Line[] },
): { i: number; j: number } | undefined {
  const cells = state.table.n.flatMap((line, i) =>
    line.flatMap((n, j) => (n > 0 && !state.cellShown[i]?.[j] ? [{ i, j, n }] : [])),
  )
  const few = cells.flatMap(({ n }, at) => (n < minimum ? [at] : []))
  const said = (layer: Layer, at: number) => layer[cells[at]?.i ?? 0]?.[cells[at]?.j ?? 0] ?? 0
  const inLine = ({ row, column }: Line) =>
    [...cells.keys()].filter(
      (at) => cells[at]?.i === (row ?? cells[at]?.i) && cells[at]?.j === (column ?? cells[at]?.j),
    )
  for (const [number, layer] of layers.entries()) {
    if (!few.some((at) => said(layer, at) > 0)) continue
    const most = [...cells.keys()].reduce((sum, at) => sum + said(layer, at), 0)
    const told = lines.filter((one) => one.layer === number).map((one) => ({ ...one, terms: inLine(one) }))
    const ranges = narrow(
      cells.map(() => ({ least: 0, most })),
      [...knownSums(state, [layer], cells, false), ...told],
    )
    const at = few.find((one) => (ranges[one]?.least ?? 0) > 0 && ranges[one]?.least === ranges[one]?.most)
    if (at !== undefined) return cells[at]
  }
  const together = layers.slice(0, whole)
  if (!few.some((at) => together.some((layer) => said(layer, at) > 0))) return undefined
  const ranges = narrow(
    together.flatMap(() => cells.map(({ n }) => ({ least: 0, most: n }))),
    knownSums(state, together, cells, true),
  )
  // Where all of them said it, that is so because everybody did.
  const at = few.find((one) =>
    together.some((_, number) => {
      const { least = 0, most = 0 } = ranges[number * cells.length + one] ?? {}
      return least > 0 && least === most && least < (cells[one]?.n ?? 0)
    }),
  )
  return at === undefined ? undefined : cells[at]
}

/** Sums of hidden counts that everybody can work out exactly: those left of each school and each group. */
function knownSums(
  state: State,
  layers: readonly Layer[],
  cells: readonly { i: number; j: number; n: number }[],
  whole: boolean,
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
    ...cells.map(({ n }, at) =>
      exactly(
        layers.map((_, number) => number * cells.length + at),
        n,
      ),
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
