import type { Text } from '../language/text.ts'
import type { Slice } from './slice.ts'
import { named, type ReportSource } from './source.ts'
import { survey } from './tally.ts'

/** A stakeholder group; `label` null stands for those who did not say. */
export type HeardGroup = { code: string; label: Text | null; n: number | null; share: number | null }

/** Who answered. `rest` gathers the groups that are not shown: known together, not one by one; null when there is none. */
export type Heard = { groups: HeardGroup[]; rest: { n: number; share: number } | null }

/** Responses by stakeholder group within the filter; empty when the filter itself is not shown. */
export function heard(source: ReportSource, filter: Slice): Heard {
  const total = source.veil(survey, filter)
  if (total === null) return { groups: [], rest: null }
  const known = named(source, 'group').map(({ code, label }) => ({ code, label: label as Text | null }))
  const unsaid = (source.tally.people.get(survey) ?? []).some(({ group }) => group === '')
  const listed = [...known, ...(unsaid ? [{ code: '', label: null }] : [])]
  const groups = listed
    .filter(({ code }) => filter.group === null || filter.group === code)
    .map((group) => {
      const n = source.veil(survey, { school: filter.school, group: group.code })
      return { ...group, n, share: n === null ? null : n / total }
    })
  const rest = total - groups.reduce((sum, { n }) => sum + (n ?? 0), 0)
  return { groups, rest: rest > 0 ? { n: rest, share: rest / total } : null }
}
