import type { Slice } from '../slice.ts'
import type { Reach, ReportSource } from '../source.ts'

const narrowed = new WeakMap<ReportSource, Map<string, ReportSource>>()

/**
 * The source as a reader of some schools alone may see it: the whole district stands beside their own schools only
 * where at least two other schools are in it. With one, it would be their own schools less the district that tells
 * what the other one said. People who named no school are no school.
 */
export function withinReach<Source extends ReportSource>(
  source: Source,
  reach: Reach,
): Source | ReportSource {
  if (reach === undefined) return source
  const key = JSON.stringify(reach)
  const known = narrowed.get(source) ?? new Map<string, ReportSource>()
  narrowed.set(source, known)
  const found = known.get(key) ?? { ...source, veil: narrowedVeil(source, reach) }
  known.set(key, found)
  return found
}

function narrowedVeil({ veil, tally }: ReportSource, reach: readonly string[]): ReportSource['veil'] {
  const own = new Set(reach)
  const alone = new Map<string, boolean>()
  const givesAway = (thing: string, { group }: Slice): boolean => {
    const key = JSON.stringify([thing, group])
    const known = alone.get(key)
    if (known !== undefined) return known
    const others = new Set<string>()
    for (const { school, group: of, n } of tally.people.get(thing) ?? [])
      if (n > 0 && school !== '' && !own.has(school) && (group === null || group === of)) others.add(school)
    alone.set(key, others.size === 1)
    return others.size === 1
  }
  return (thing, slice) => (slice.school === null && givesAway(thing, slice) ? null : veil(thing, slice))
}
