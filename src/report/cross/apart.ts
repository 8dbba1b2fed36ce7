import { protectCells } from '../privacy/suppression.ts'
import type { Said } from '../privacy/told.ts'
import { type Count, placeKey } from '../slice.ts'

/** What nobody said is hidden as what few said is. */
const LEAST = 0.01

/**
 * Which answers of which grade (or language) are told exactly: those that as many people as the minimum gave and did
 * not give, and what cannot be worked out from these and from how many gave each answer in all. `whole`: each person
 * gave one answer. Nought is no number of enough people here: read with the schools and groups of the report, that
 * nobody of a grade said it tells of whom those are who did.
 */
export function answersApart(
  answered: readonly Count[],
  said: readonly Said[],
  { whole, minimum, open }: { whole: boolean; minimum: number; open: (code: string) => boolean },
): (code: string, answer: string) => boolean {
  const sizes = new Map(answered.map(({ school, n }) => [school, n]))
  const cells = (list: readonly Said[]): Count[] =>
    list.flatMap(({ code, counts }) => {
      const of = new Map(counts.map(({ school, n }) => [school, n]))
      return [...sizes.keys()].map((school) => ({
        school,
        group: code,
        n: Math.max(of.get(school) ?? 0, LEAST),
      }))
    })
  const margins = { row: open, column: () => true }
  if (whole) {
    const shown = protectCells(cells(said), minimum, margins)
    return (school, group) => shown.size({ school, group }) !== null
  }
  const each = new Map(
    said.map((one) => {
      const of = new Map(one.counts.map(({ school, n }) => [school, n]))
      const others = [...sizes].map(([school, n]) => ({ school, group: '', n: n - (of.get(school) ?? 0) }))
      return [one.code, protectCells(cells([one, { code: '', counts: others }]), minimum, margins)]
    }),
  )
  return (school, group) => each.get(group)?.size({ school, group }) != null
}

/**
 * Of which grades (or languages) it is told how many answered, beside how many there are. Where nobody of some school
 * or group did, those of a grade who left the question out can be those people: so of few it is not told how many they
 * are. `everybody` and `those` who answered: by school and group.
 */
export function basesTold(
  people: readonly Count[],
  answered: readonly Count[],
  { minimum, everybody, those }: { minimum: number; everybody: readonly Count[]; those: readonly Count[] },
): (code: string) => boolean {
  const there = new Set(those.map(placeKey))
  if (everybody.every((one) => there.has(placeKey(one)))) return () => true
  const gave = new Map(answered.map(({ school, n }) => [school, n]))
  const split = people.flatMap(({ school, n }): Count[] => [
    { school, group: 'gave', n: gave.get(school) ?? 0 },
    { school, group: 'left', n: n - (gave.get(school) ?? 0) },
  ])
  const shown = protectCells(split, minimum, { row: () => true, column: () => true })
  return (school) => shown.size({ school, group: 'gave' }) !== null
}

export const total = (list: readonly Count[]): number => list.reduce((sum, { n }) => sum + n, 0)

/** One count for each place. */
export function merged(counts: readonly Count[]): Count[] {
  const sums = new Map<string, Count>()
  for (const { school, group, n } of counts) {
    const key = placeKey({ school, group })
    const known = sums.get(key)
    if (known) known.n += n
    else sums.set(key, { school, group, n })
  }
  return [...sums.values()]
}
