import type { Item } from '../questionnaire/definition.ts'
import type { Point } from '../questionnaire/kind.ts'
import { citedPoint, readPoint } from '../response/together.ts'
import { type Alpha, alphaOf, type Moments } from './alpha.ts'
import { stances } from './favorable.ts'

type Scale = { items: readonly Item[]; points: readonly Point[] }

/** Sums of a question's tally cells, people by cell. */
type Cells = ReadonlyMap<string, number>

/**
 * The moments of a question's items over those who answered all of them, from its tally cells (see
 * response/together). Null when other versions of the question had another number of items: then the totals are of
 * different things.
 */
export function momentsOf({ items, points }: Scale, cells: Cells): Moments | null {
  const values = new Map(points.map(({ code, value }) => [code, value]))
  const [least, most] = [Math.min(...values.values()), Math.max(...values.values())]
  const sums = new Map(items.map(({ code }) => [code, { sum: 0, squares: 0 }]))
  const reversed = new Set(items.filter((item) => item.reversed === true).map(({ code }) => code))
  const total = { sum: 0, squares: 0 }
  let n = 0
  for (const [cell, people] of cells) {
    if (cell.startsWith('#')) {
      const { item: count, point: score } = readPoint(cell.slice(1))
      if (Number(count) !== items.length) return null
      n += people
      total.sum += people * Number(score)
      total.squares += people * Number(score) ** 2
      continue
    }
    const incomplete = cell.startsWith('~')
    const { item, point } = readPoint(incomplete ? cell.slice(1) : cell)
    const [own, value] = [sums.get(item), values.get(point)]
    if (!own || value === undefined) continue
    const score = reversed.has(item) ? least + most - value : value
    const times = incomplete ? -people : people
    own.sum += times * score
    own.squares += times * score * score
  }
  return { n, items: items.map(({ code }) => sums.get(code) ?? { sum: 0, squares: 0 }), total }
}

/** Cronbach's alpha of a question's items, from its tally cells. */
export function alphaFrom(scale: Scale, cells: Cells): Alpha {
  const moments = momentsOf(scale, cells)
  return moments
    ? alphaOf(moments)
    : { value: null, items: scale.items.length, n: 0, cautions: [], why: 'mixed' }
}

/** An item as one part of a whole: `key` as in itemKey. */
export type JointItem = { key: string; points: readonly Point[]; reversed: boolean }

/** Of those who gave a point to every one of some items, how many gave a favorable one to all. */
export type Joint = { n: number; all: number }

/**
 * Who a cell of citingCells speaks of: undefined for those who left one of the items out, or to whom one does not
 * apply; else whether they gave each of them a favorable point.
 */
export function jointReader(items: readonly JointItem[]): (cell: string) => boolean | undefined {
  const stance = items.map(({ key, points, reversed }) => ({
    point: citedPoint(key),
    of: stances(points, reversed),
  }))
  // The same cells stand at every school and group.
  const known = new Map<string, boolean | undefined>()
  return (cell) => {
    if (known.has(cell)) return known.get(cell)
    const said = stance.map(({ point, of }) => of.get(point(cell)))
    const read = said.includes(undefined) ? undefined : said.every((one) => one === 'favorable')
    known.set(cell, read)
    return read
  }
}

/** Counts people over several items that cite one plan element, from the tally cells of its citingKey. */
export function jointOf(items: readonly JointItem[], cells: Cells): Joint {
  const read = jointReader(items)
  const joint: Joint = { n: 0, all: 0 }
  for (const [cell, people] of cells) {
    const favorable = read(cell)
    if (favorable === undefined) continue
    joint.n += people
    if (favorable) joint.all += people
  }
  return joint
}
