/** Part of the responses: of one school, one stakeholder group, both, or all (null). '' is "did not say". */
export type Slice = { school: string | null; group: string | null }

/** How many people of one school and one group stand behind something. */
export type Count = { school: string; group: string; n: number }

/** A place as one text, to look it up by. */
export const placeKey = ({ school, group }: { school: string | null; group: string | null }): string =>
  JSON.stringify([school, group])

export const everyone: Slice = { school: null, group: null }

export const holds = (slice: Slice, where: { school: string; group: string }): boolean =>
  (slice.school === null || slice.school === where.school) &&
  (slice.group === null || slice.group === where.group)

/** The query of a filter, to carry it from page to page; '' when there is none. */
export function filterQuery({ group, school }: Slice): string {
  const query = new URLSearchParams()
  if (group !== null) query.set('group', group)
  if (school !== null) query.set('school', school)
  return query.size > 0 ? `?${query}` : ''
}
