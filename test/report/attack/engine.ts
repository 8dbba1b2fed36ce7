import { extremesOf, inSpan } from './linear.ts'
import type { Known } from './reads.ts'
import { type AnySurvey, kindsOf, type Person } from './world.ts'

/** What an attacker wants to know exactly: how many of a small set there are, or what they said. */
export type Target = { name: string; of: (person: Person) => number; value: number; event: string }

/**
 * Every set of fewer people than the minimum that profile answers make, and everything that can be said. Of a reader of
 * some schools alone also every set of another school, however large.
 */
export function targetsOf({ people, asked, minimum }: AnySurvey, reach?: readonly string[]): Target[] {
  const values = <K extends keyof Person>(key: K): (Person[K] | null)[] => [
    null,
    ...new Set(people.map((one) => one[key])),
  ]
  const sets = values('school').flatMap((school) =>
    values('group').flatMap((group) =>
      values('grade').flatMap((grade) =>
        values('language').map((language) => ({ school, group, grade, language })),
      ),
    ),
  )
  const seen = new Set<string>()
  return sets.flatMap(({ school, group, grade, language }) => {
    const holds = (one: Person) =>
      (school === null || one.school === school) &&
      (group === null || one.group === group) &&
      (grade === null || one.grade === grade) &&
      (language === null || one.language === language)
    const inside = people.filter(holds)
    const n = inside.reduce((sum, one) => sum + one.n, 0)
    const elsewhere = reach && school && !reach.includes(school) && grade === null && language === null
    if (n === 0) return []
    // The same people by another name are looked at once.
    const key = people.map((one) => (holds(one) ? 1 : 0)).join('')
    if (seen.has(key)) return []
    seen.add(key)
    // How many left a question out is the difference of two bases that are printed; what they said elsewhere is not.
    const left = [school, group, grade, language].includes('')
    const name = [school, group, grade, language].map((one) => one ?? '*').join('/')
    // Of each thing that is said, the people are few who could have said it: those who answered. Nor is it looked for what
    // people said of whom nobody answered.
    const open = asked.events.filter(({ base }) => {
      const behind = inside.reduce((sum, one) => sum + (base(one.said) ? one.n : 0), 0)
      return behind > 0 && (behind < minimum || elsewhere)
    })
    return [
      ...(left || (n >= minimum && !elsewhere)
        ? []
        : [{ name, of: (one: Person) => Number(holds(one)), value: n, event: '' }]),
      ...open.map((event) => ({
        name: `${name}: ${event.name}`,
        of: (one: Person) => Number(holds(one)) * event.of(one.said),
        value: inside.reduce((sum, one) => sum + one.n * event.of(one.said), 0),
        event: event.name,
      })),
    ]
  })
}

/** `large`: it is nought, and is nought of a set of at least the minimum of people of which these are a part. */
export type Found = { name: string; value: number; large: boolean }

/**
 * What can be worked out exactly. An attack has two steps: rank (is the target a sum of known sums, once everything that
 * is nought or stands at the end of a bound in truth is taken for known?), which finds at least everything that can be
 * pinned (complementary slackness), and for what it finds the simplex method: the least and the most that the target
 * can be with no number of people under nought.
 */
export function attack(
  { people, asked, minimum }: AnySurvey,
  known: readonly Known[],
  targets: readonly Target[],
): { pinned: Found[]; suspected: number; equations: number } {
  const kinds = kindsOf(asked)
  const key = (one: Person) => `${one.school}/${one.group}/${one.grade}/${one.language}/${one.said}`
  const truth = new Map<string, number>()
  for (const one of people) truth.set(key(one), (truth.get(key(one)) ?? 0) + one.n)
  const counts = kinds.map((one) => truth.get(key(one)) ?? 0)
  const rows = distinct(known, kinds, counts)
  const support = [...kinds.keys()].filter((at) => (counts[at] ?? 0) > 0)
  const on = (row: readonly number[], places: readonly number[]) => places.map((at) => row[at] ?? 0)
  // Sums of fractions are taken for known where ends are told at all, in thousandths.
  const tight = rows.filter(
    ({ row, least, most, value }) =>
      least === most || value <= least || value >= most || row.some((one) => !Number.isInteger(one)),
  )
  const whole = (row: readonly number[]) =>
    row.every(Number.isInteger) ? row : row.map((one) => Math.round(one * 1e6))
  const span = inSpan(tight.map(({ row }) => on(whole(row), support)))
  const suspects = targets.filter(({ of }) => span(support.map((at) => of(kinds[at] as Person))))
  if (suspects.length === 0) return { pinned: [], suspected: 0, equations: rows.length }
  // What must be nought, because a shown sum of which it is part is nought, is not worth looking for.
  const noughts = rows.filter(({ row, most }) => most === 0 && row.every((one) => one >= 0))
  const possible = [...kinds.keys()].filter((at) => !noughts.some(({ row }) => (row[at] ?? 0) > 0))
  const places = new Map(
    kinds.map((one, at) => [at, JSON.stringify([one.school, one.group, one.grade, one.language])]),
  )
  const sizes = new Map<string, number>()
  for (const [at, n] of counts.entries())
    sizes.set(places.get(at) ?? '', (sizes.get(places.get(at) ?? '') ?? 0) + n)
  /** People at the places where these kinds of people are known to be none, of those that the event is about. */
  const peopleAt = (none: readonly number[]) =>
    [...new Set(none.map((at) => places.get(at) ?? ''))].reduce(
      (sum, place) => sum + (sizes.get(place) ?? 0),
      0,
    )
  /** Whether anybody at the place of such a person answered what an event is a share of: of others there is nothing to know. */
  const answeredAt = (at: number, base: (said: string) => boolean): boolean =>
    counts.some(
      (n, each) => n > 0 && places.get(each) === places.get(at) && base((kinds[each] as Person).said),
    )
  const surely = [...kinds.keys()].filter((at) => !possible.includes(at))
  // A hair more of each, no two alike, so that the simplex method does not stand still among many noughts.
  const hair = kinds.map((_, at) => 1e-5 * (0.2 + ((at * 7919) % 997) / 997))
  const equations = rows.map(({ row, least, most, value }) => {
    const more = possible.reduce((sum, at) => sum + (row[at] ?? 0) * (hair[at] ?? 0), 0)
    const [low, high] = least === most ? [value + more, value + more] : [least, most]
    return {
      ...{ row: on(row, possible), beside: on(row, surely) },
      ...{ least: Math.min(low, value + more), most: Math.max(high, value + more) },
    }
  })
  const extremes = extremesOf(equations, possible.length)
  const pinned = suspects.flatMap(({ name, of, event }): Found[] => {
    const wanted = possible.map((at) => of(kinds[at] as Person))
    const about = asked.events.find((one) => one.name === event)
    const saying = (at: number) => (about?.of((kinds[at] as Person).said) ?? 0) > 0
    const own = [...kinds.keys()].filter((at) => of(kinds[at] as Person) > 0)
    const base = about?.base ?? (() => true)
    // Each kind of them is none by a shown nought; the people of whom that is said are those of these noughts.
    const shownLarge = own
      .filter((at) => !possible.includes(at) && answeredAt(at, base))
      .every((at) =>
        noughts.some(
          ({ row }) =>
            (row[at] ?? 0) > 0 &&
            peopleAt([...row.keys()].filter((each) => (row[each] ?? 0) > 0 && saying(each))) >= minimum,
        ),
      )
    if (wanted.every((one) => one === 0)) return [{ name, value: 0, large: event !== '' && shownLarge }]
    const { least, most, above } = extremes(wanted)
    // Whole numbers alone are possible; of a sum that is less than one, what stands in it once is nought.
    const value = Math.floor(most + 0.01)
    if (Math.ceil(least - 0.01) < value) return []
    // The sum that is nought holds these, and those of them that are shown to be nought besides.
    const none =
      value === 0
        ? [...possible, ...surely].filter(
            (at, place) => (above[place] ?? 0) > Math.max(1e-6, most) && saying(at),
          )
        : []
    // Where the others are none because nobody at all is there, only the shown noughts say anything.
    const empty = own.every((at) => !possible.includes(at) || !answeredAt(at, base))
    const large = value === 0 && event !== '' && (peopleAt(none) >= minimum || (empty && shownLarge))
    // What everybody said is told of everyone; of people who left a profile question out it is then their number.
    const all = about ? people.filter((one) => about.base(one.said)) : []
    const alike =
      all.reduce((sum, one) => sum + one.n, 0) >= minimum && all.every((one) => about?.of(one.said) === 1)
    return [{ name, value, large: large || (alike && name.split(':')[0]?.split('/').includes('') === true) }]
  })
  return { pinned, suspected: suspects.length, equations: rows.length }
}

/** The rows of all equations, each once; what is published must be true. NaN stands for the true number. */
function distinct(known: readonly Known[], kinds: readonly Person[], counts: readonly number[]) {
  const rows = new Map<string, { row: number[]; least: number; most: number; value: number }>()
  for (const { of, least: low, most: high, from } of known) {
    const row = kinds.map(of)
    const value = row.reduce((sum, one, at) => sum + one * (counts[at] ?? 0), 0)
    const [least, most] = Number.isNaN(low) ? [value, value] : [low, high]
    if (value < least - 1e-6 || value > most + 1e-6)
      throw new Error(`a published number is wrong: ${value} is not ${least} to ${most} (${from})`)
    const key = row.join(' ')
    const before = rows.get(key)
    rows.set(key, {
      row,
      least: Math.max(least, before?.least ?? least),
      most: Math.min(most, before?.most ?? most),
      value,
    })
  }
  return [...rows.values()]
}
