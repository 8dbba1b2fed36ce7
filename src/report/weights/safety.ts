import type { Slice } from '../slice.ts'
import type { ReportSource } from '../source.ts'
import type { HiddenCell } from './open.ts'
import { key } from './weights.ts'

export type WeightOf = (school: string, group: string) => number

type Edge = Pick<HiddenCell, 'row' | 'column' | 'weight'>

/**
 * Whether a weighted share leaves hidden people hidden. It is one more sum over everybody, beside those that are shown
 * (of schools, of groups, of all). Hidden is what is not shown, or not told exactly.
 * - Weights that are sums of what each shown row and column could carry by itself add nothing that is not known.
 * - Else at least two ways to move people between hidden cells must be left open, and the new sum must not be that of
 *   a small set in disguise. Over every circle of hidden cells the sum leaves a number; of a set of fewer people than
 *   the minimum these numbers are whole and smaller than the minimum, so they stand in the ratio of small whole
 *   numbers. Told only where some two do not.
 * These are rules over equations; `leavesOpen` then asks it of whole people and of what is printed.
 */
export function givesNothingAway(hidden: readonly HiddenCell[], minimum: number): boolean {
  const left = circles(hidden)
  const some = left.filter((one) => Math.abs(one) > 1e-6)
  if (some.length === 0) return true
  if (left.length < 3) return false
  const largest = some.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most))
  return some.some((one) => !inSmallNumbers(one / largest, minimum))
}

type Asked = { exact: (slice: Slice) => boolean; weightOf: WeightOf }

/** Hidden cells with their weights, and who answered there. */
export function hiddenCells(thing: string, source: ReportSource, { exact, weightOf }: Asked): HiddenCell[] {
  const open = (slice: Slice) => source.veil(thing, slice) !== null && exact(slice)
  // Rows and columns of which no sum is shown are known only together. Of a bound no more is made than of a sum.
  const shown = (slice: Slice) => source.veil(thing, slice) !== null
  const row = (school: string) => `r${shown({ school, group: null }) ? school : '*'}`
  const column = (group: string) => `c${shown({ school: null, group }) ? group : '*'}`
  const found = new Map<string, HiddenCell>()
  for (const { n, school, group } of source.tally.people.get(thing) ?? []) {
    if (n === 0 || open({ school, group })) continue
    const place = key(school, group)
    const known = found.get(place)
    if (known) known.n += n
    else {
      const lines = { row: row(school), column: column(group) }
      found.set(place, { ...lines, place, weight: weightOf(school, group), n })
    }
  }
  return [...found.values()]
}

/** What the weights leave over each circle of cells that rows and columns make, after what these could carry. */
function circles(edges: readonly Edge[]): number[] {
  const carried = new Map<string, number>()
  const tree = new Set<Edge>()
  for (const start of edges) {
    if (carried.has(start.row)) continue
    carried.set(start.row, 0)
    for (let grown = true; grown; ) {
      grown = false
      for (const edge of edges) {
        const [r, c] = [carried.get(edge.row), carried.get(edge.column)]
        if ((r === undefined) === (c === undefined)) continue
        if (r !== undefined) carried.set(edge.column, edge.weight - r)
        else if (c !== undefined) carried.set(edge.row, edge.weight - c)
        tree.add(edge)
        grown = true
      }
    }
  }
  return edges
    .filter((edge) => !tree.has(edge))
    .map(({ row, column, weight }) => weight - (carried.get(row) ?? 0) - (carried.get(column) ?? 0))
}

/** Whether a ratio is that of two whole numbers under the minimum, or very nearly. */
function inSmallNumbers(ratio: number, minimum: number): boolean {
  for (let under = 1; under < minimum; under += 1)
    if (Math.abs(ratio - Math.round(ratio * under) / under) < 1e-3) return true
  return false
}
