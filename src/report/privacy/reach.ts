import type { Count, Slice } from '../slice.ts'
import type { Reach, ReportSource } from '../source.ts'

const narrowed = new WeakMap<ReportSource, Map<string, ReportSource>>()

/**
 * The source as a reader of some schools alone may see it: nothing of any other school, and the whole district beside
 * their own only where at least two other schools are in it. With one, it would be their own schools less the district that tells
 * what the other one said. People who named no school are no school.
 */
export function withinReach<Source extends ReportSource>(source: Source, reach: Reach): Source {
  if (reach === undefined) return source
  const key = JSON.stringify(reach)
  const known = narrowed.get(source) ?? new Map<string, ReportSource>()
  narrowed.set(source, known)
  const found = known.get(key) ?? {
    ...source,
    veil: narrowedVeil(source, reach),
    themes: source.themes?.within(reach),
  }
  known.set(key, found)
  // What is kept for a source was made from that source, and has all that it has.
  return found as Source
}

/** Whether all these people less those of one's own schools are people of one other school. */
export function onlyOneOther(
  counts: readonly Count[],
  own: readonly string[],
  group: string | null = null,
): boolean {
  const others = new Set<string>()
  for (const { school, group: of, n } of counts)
    if (n > 0 && school !== '' && !own.includes(school) && (group === null || group === of))
      others.add(school)
  return others.size === 1
}

function narrowedVeil({ veil, tally }: ReportSource, reach: readonly string[]): ReportSource['veil'] {
  const alone = new Map<string, boolean>()
  const givesAway = (thing: string, { group }: Slice): boolean => {
    const key = JSON.stringify([thing, group])
    const known = alone.get(key) ?? onlyOneOther(tally.people.get(thing) ?? [], reach, group)
    alone.set(key, known)
    return known
  }
  return (thing, slice) => {
    const open = slice.school === null ? !givesAway(thing, slice) : reach.includes(slice.school)
    return open ? veil(thing, slice) : null
  }
}
