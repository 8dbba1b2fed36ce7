import { plain } from './plain.ts'

/** Cells that hold several answers: what parts them, and which parts there are. */

/** Different parts above this are no list of options. */
const mostParts = 30
/** A comma that always stands between the same two is inside of an option; so many must have said it. */
const surely = 3

/** The parts of a cell; a comma in brackets parts nothing. */
function partsIn(cell: string, by: ';' | ','): string[] {
  const found: string[] = []
  let [depth, from] = [0, 0]
  for (let at = 0; at <= cell.length; at++) {
    const mark = cell[at]
    if (by === ',' && mark === '(') depth += 1
    else if (by === ',' && mark === ')') depth = Math.max(0, depth - 1)
    else if (mark === undefined || (mark === by && depth === 0)) {
      found.push(cell.slice(from, at).trim())
      from = at + 1
    }
  }
  return found.filter(Boolean)
}

export type Part = { value: string; n: number }

/**
 * What parts the answers of cells that hold several, and the parts, the most frequent first; undefined where each cell
 * holds one. With commas, what always stands together is one option ("Reading, writing and math"). `ordered`: nearly
 * everybody gave the same parts, in an order of their own, as rankings are written.
 */
export function listOf(
  cells: readonly string[],
): { by: ';' | ','; parts: Part[]; ordered: boolean } | undefined {
  const filled = cells.map((cell) => cell.trim()).filter(Boolean)
  for (const by of [';', ','] as const) {
    const lists = filled.map((cell) => partsIn(cell, by))
    const several = lists.filter((parts) => parts.length > 1)
    if (several.length < filled.length / 10 || several.length === 0) continue
    const whole = by === ',' ? together(lists) : lists
    const counts = new Map<string, Part>()
    for (const parts of whole)
      for (const value of parts) {
        const known = counts.get(plain(value))
        if (known) known.n += 1
        else counts.set(plain(value), { value, n: 1 })
      }
    const parts = [...counts.values()].sort((a, b) => b.n - a.n)
    // What a few people wrote themselves is no option.
    const usual = parts.filter(({ n }) => n > Math.max(1, filled.length / 200))
    const distinct = new Set(filled.map(plain)).size
    if (parts.length < 2 || (usual.length > 1 ? usual : parts).length > mostParts) continue
    if (by === ',' && (usual.length > 1 ? usual : parts).length >= distinct) continue
    if (!whole.some((list) => list.length > 1)) continue
    const full = whole.filter(
      (list) => list.length === parts.length && new Set(list.map(plain)).size === parts.length,
    )
    return { by, parts, ordered: parts.length > 2 && full.length >= filled.length * 0.8 && distinct > 1 }
  }
  return undefined
}

/** Joins what a comma never parts: the second always follows the first, and the first is never without it. */
function together(lists: readonly string[][]): string[][] {
  let now = lists.map((parts) => parts)
  for (let round = 0; round < 8; round++) {
    const [counts, follows] = [new Map<string, number>(), new Map<string, Map<string, number>>()]
    for (const parts of now)
      for (const [at, part] of parts.entries()) {
        counts.set(part, (counts.get(part) ?? 0) + 1)
        const next = parts[at + 1]
        if (next === undefined) continue
        const after = follows.get(part) ?? new Map<string, number>()
        follows.set(part, after.set(next, (after.get(next) ?? 0) + 1))
      }
    // An option of its own begins with a capital more often than not; half a sentence does not.
    const joins = new Map<string, string>()
    for (const [first, after] of follows)
      for (const [second, n] of after)
        if (n >= surely && n === counts.get(first) && n === counts.get(second) && !/^\p{Lu}/u.test(second))
          joins.set(first, second)
    if (joins.size === 0) return now
    now = now.map((parts) => {
      const joined: string[] = []
      for (let at = 0; at < parts.length; at++) {
        const part = parts[at] ?? ''
        if (joins.has(part) && parts[at + 1] === joins.get(part)) {
          joined.push(`${part}, ${parts[at + 1]}`)
          at += 1
        } else joined.push(part)
      }
      return joined
    })
  }
  return now
}
