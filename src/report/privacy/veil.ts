import { type Count, holds, type Slice } from '../slice.ts'
import { survey, type Tally } from '../tally.ts'
import { protect, type Shown } from './suppression.ts'

/** How many people stand behind a thing (see tally.ts) in a slice; null when that may not be shown. */
export type Veil = (thing: string, slice: Slice) => number | null

/**
 * What may be shown of every thing in a tally. Nothing is shown of a slice that the survey itself does not show.
 * Questions that everybody answered share one decision, since it depends on nothing but the counts.
 */
export function veil(tally: Tally, minimum: number): Veil {
  const decided = new Map<string, Shown>()
  const alike = new Map<string, Shown>()
  const decide = (thing: string): Shown => {
    const known = decided.get(thing)
    if (known) return known
    const counts = merge(tally.people.get(thing) ?? [])
    const key = counts.map(({ school, group, n }) => `${school}|${group}|${n}`).join(',')
    const shown = alike.get(key) ?? protect(counts, minimum, thing === survey ? undefined : decide(survey))
    decided.set(thing, shown)
    alike.set(key, shown)
    return shown
  }
  return (thing, slice) => decide(thing).size(slice)
}

/** One count for each school and group, in order of their codes. */
function merge(counts: readonly Count[]): Count[] {
  const sums = new Map<string, Count>()
  for (const { school, group, n } of counts) {
    const key = JSON.stringify([school, group])
    sums.set(key, { school, group, n: n + (sums.get(key)?.n ?? 0) })
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count)
}

/** Sums of a question's cells in a slice. */
export function cellsOf(tally: Tally, question: string, slice: Slice): Map<string, number> {
  const sums = new Map<string, number>()
  for (const row of tally.cells.get(question) ?? []) {
    if (holds(slice, row)) sums.set(row.cell, (sums.get(row.cell) ?? 0) + row.n)
  }
  return sums
}
