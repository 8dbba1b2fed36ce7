import type { Item } from '../questionnaire/definition.ts'
import type { Point } from '../questionnaire/kind.ts'
import { readPoint, readTogether } from '../response/together.ts'
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

/** Of those who gave a point to every one of some items, how many gave a favorable one to all, and to each. */
export type Joint = { n: number; all: number; each: Record<string, number> }

/**
 * Counts people over the items named in `codes` that cite `element` (see response/together): those who left one out,
 * or to whom one does not apply, are in no count.
 */
export function jointOf(
  { items, points }: Scale,
  element: string,
  codes: readonly string[],
  cells: Cells,
): Joint {
  const stance = new Map(
    items.map(({ code, reversed }) => [code, stances(points, reversed === true)] as const),
  )
  const joint: Joint = { n: 0, all: 0, each: Object.fromEntries(codes.map((code) => [code, 0])) }
  for (const [cell, people] of cells) {
    const given = readTogether(cell)
    if (given?.element !== element) continue
    const said = codes.map((code) => stance.get(code)?.get(given.points.get(code) ?? ''))
    if (said.some((one) => one === undefined)) continue
    joint.n += people
    if (said.every((one) => one === 'favorable')) joint.all += people
    codes.forEach((code, at) => {
      if (said[at] === 'favorable') joint.each[code] = (joint.each[code] ?? 0) + people
    })
  }
  return joint
}
