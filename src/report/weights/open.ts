/** People of one school and group who are hidden, in what is known of them together: their line of each direction. */
export type HiddenCell = { row: string; column: string; place: string; weight: number; n: number }

/**
 * One thing that a person can have said. `shares`: what is printed that it counts in, first of all what it is (every
 * ballot with the same first choice is the same; a point is itself, and favorable or not). `range`: how many people of
 * a place can have said it, where a bound is told of it.
 */
export type Layer = {
  shares: readonly string[]
  counts: ReadonlyMap<string, number>
  range?: (place: string) => { least: number; most: number } | undefined
}

/** Tries for one answer at one place, so that a ranking with many ballots takes no longer. */
const MOST_TRIED = 20_000

/**
 * Whether weighted shares leave it open what each small hidden cell said. For every such cell and answer there must be
 * other people who could have answered: one more or one fewer of it there, made up for around a circle of hidden cells
 * so that no sum of a school or a group changes, such that no weighted share is printed otherwise.
 *
 * @param alone each person said exactly one of the layers, so whoever says another thing no longer says the first
 * @param base sum of the weights of all who answered; `printed` makes of a share what is printed of it
 */
export function leavesOpen(
  cells: readonly HiddenCell[],
  layers: readonly Layer[],
  {
    alone,
    base,
    sums,
    minimum,
    printed,
  }: {
    alone: boolean
    base: number
    sums: ReadonlyMap<string, number>
    minimum: number
    printed: (share: number) => number
  },
): boolean {
  const rows = Map.groupBy(cells, ({ row }) => row)
  const columns = Map.groupBy(cells, ({ column }) => column)
  const at = Map.groupBy(cells, ({ row, column }) => JSON.stringify([row, column]))
  // What nobody who is hidden said cannot move among them.
  const said = layers.filter(({ counts }) => cells.some(({ place }) => (counts.get(place) ?? 0) > 0))
  const things = [...new Set(layers.map(({ shares }) => shares[0] ?? ''))]
  const same = (more: readonly string[], less: readonly string[], by: number) =>
    more.every((share) => {
      const sum = sums.get(share) ?? 0
      return less.includes(share) || printed((sum + by) / base) === printed(sum / base)
    })
  const fits = ({ counts, range }: Layer, { place, n }: HiddenCell, by: number) => {
    const count = (counts.get(place) ?? 0) + by
    const { least, most } = range?.(place) ?? { least: 0, most: n }
    return count >= least && count <= most
  }
  const takes = (layer: Layer, circle: readonly HiddenCell[], sign: number) =>
    circle.every((cell, step) => fits(layer, cell, step % 2 === 0 ? sign : -sign))
  const open = (cell: HiddenCell, thing: string): boolean => {
    const [own, others] = [
      said.filter(({ shares }) => shares[0] === thing),
      said.filter(({ shares }) => shares[0] !== thing),
    ]
    let [could, tried] = [false, 0]
    for (const circle of circlesAt(cell, { rows, columns, at })) {
      const left = circle.reduce((sum, { weight }, step) => sum + (step % 2 === 0 ? weight : -weight), 0)
      for (const sign of [1, -1])
        for (const layer of own) {
          if (!takes(layer, circle, sign)) continue
          for (const other of alone ? others : [undefined]) {
            tried += 1
            if (other && !takes(other, circle, -sign)) continue
            could = true
            const [more, less] = [layer.shares, other?.shares ?? []]
            if (same(more, less, sign * left) && same(less, more, -sign * left)) return true
            if (tried >= MOST_TRIED) return false
          }
        }
    }
    // Where no such circle changes what nobody there said, nothing of theirs is given away.
    return !could && own.every(({ counts }) => (counts.get(cell.place) ?? 0) === 0)
  }
  return cells.every((cell) => cell.n >= minimum || things.every((thing) => open(cell, thing)))
}

type Lines = {
  rows: ReadonlyMap<string, HiddenCell[]>
  columns: ReadonlyMap<string, HiddenCell[]>
  at: ReadonlyMap<string, HiddenCell[]>
}

/** Circles of two cells that are known only together, and of four at the corners of two rows and two columns. */
function* circlesAt(cell: HiddenCell, { rows, columns, at }: Lines): Generator<HiddenCell[]> {
  for (const other of at.get(JSON.stringify([cell.row, cell.column])) ?? [])
    if (other !== cell) yield [cell, other]
  for (const beside of rows.get(cell.row) ?? []) {
    if (beside.column === cell.column) continue
    for (const under of columns.get(cell.column) ?? []) {
      if (under.row === cell.row) continue
      for (const across of at.get(JSON.stringify([under.row, beside.column])) ?? [])
        yield [cell, beside, across, under]
    }
  }
}
