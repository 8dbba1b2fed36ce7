import { readTogether } from '../../climate/gaps.ts'
import type { Change, Line, Progress } from './progress.ts'
import type { ReadChange } from './say.ts'

/** The changes that one page shows, by their place in it. */
export type ReadChanges = ReadonlyMap<Change, ReadChange>

/** Every change of these indicators, with p corrected (Holm) over all of them: give it all that a page shows. */
export function readChanges(all: readonly Progress[], both = false): ReadChanges {
  const changes = all.flatMap(({ lines }) =>
    lines.flatMap(({ change, sinceFirst }) => [change, ...(both ? [sinceFirst] : [])].filter(given)),
  )
  const together = changes.length
  return new Map(
    readTogether(changes).map((read, at) => {
      const found = { ...read, together }
      return [changes[at] ?? found, found]
    }),
  )
}

const given = (change: Change | null): change is Change => change !== null

/** Changes of these indicators that are more than chance, the largest first. */
export function beyondChance<P extends Progress>(
  all: readonly P[],
  read: ReadChanges,
): { progress: P; line: Line; change: ReadChange }[] {
  return all
    .flatMap((progress) =>
      progress.lines.flatMap((line) => {
        const change = line.change && read.get(line.change)
        return change?.beyondChance ? [{ progress, line, change }] : []
      }),
    )
    .sort((a, b) => Math.abs(b.change.difference) - Math.abs(a.change.difference))
}
