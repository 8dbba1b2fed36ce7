import { type Count, holds, placeKey, type Slice } from '../slice.ts'
import { questionOf, survey, type Tally } from '../tally.ts'
import { type Routing, reached } from './routing.ts'
import { protect, type Shown } from './suppression.ts'
import type { Tellings } from './tellings.ts'

/** How many people stand behind a thing (see tally.ts) in a slice; null when that may not be shown. */
export type Veil = (thing: string, slice: Slice) => number | null

/**
 * What may be shown of every thing in a tally. Nothing is shown of a slice that the survey itself does not show, nor of
 * one where those who came to the question may not be told apart from the others (routing.ts).
 * Questions that everybody answered share one decision, since it depends on nothing but the counts.
 */
export function veil(tally: Tally, minimum: number, routing: Routing, told: () => Tellings): Veil {
  const { audiences, openIn } = reached(tally, routing, {
    minimum,
    mayTell: (question, item, slice) =>
      decide(question).size(slice) !== null && told()(question, item).exact(slice),
  })
  const whole = protect(merge(tally.people.get(survey) ?? []), minimum, undefined, audiences)
  const decided = new Map<string, Shown>([[survey, whole]])
  const alike = new Map<string, Shown>()
  const opened = new Map<string, Shown>()
  /** What the survey shows of those who come to a question. */
  const ofThose = (question: string): Shown => {
    const known = opened.get(question)
    if (known) return known
    const open = openIn(question, whole)
    const those = open ? { size: (slice: Slice) => (open(slice) ? whole.size(slice) : null) } : whole
    opened.set(question, those)
    return those
  }
  const decide = (thing: string): Shown => {
    const known = decided.get(thing)
    if (known) return known
    const counts = merge(tally.people.get(thing) ?? [])
    const those = ofThose(questionOf(thing))
    const key = counts.map(({ school, group, n }) => `${school}|${group}|${n}`).join(',')
    const shown = (those === whole ? alike.get(key) : undefined) ?? protect(counts, minimum, those)
    decided.set(thing, shown)
    if (those === whole) alike.set(key, shown)
    return shown
  }
  return (thing, slice) => decide(thing).size(slice)
}

/** One count for each school and group, in order of their codes. */
function merge(counts: readonly Count[]): Count[] {
  const sums = new Map<string, Count>()
  for (const { school, group, n } of counts) {
    const key = placeKey({ school, group })
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
