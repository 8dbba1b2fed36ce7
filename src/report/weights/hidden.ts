import type { Slice } from '../slice.ts'
import type { ReportSource } from '../source.ts'
import type { HiddenCell } from './open.ts'
import { key } from './weights.ts'

export type WeightOf = (school: string, group: string) => number

type Asked = { exact: (slice: Slice) => boolean; weightOf: WeightOf }

/** Places of which it is not shown, or not exactly, who answered and what they said; with their weights. */
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
