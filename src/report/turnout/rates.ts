import { holm, LEVEL } from '../../climate/chance.ts'
import type { District } from '../../district/district.ts'
import { type Dimension, type Enrolment, marginsBy, populationOf } from '../../district/enrolment.ts'
import { type Compared, compare } from './underHeard.ts'

/** n responses of one group and school; `code`: what they gave for a dimension. */
export type Counted = { code: string; group: string; school: string; n: number }

/** What is watched: who answered, beside who could have. Codes are those of the district; '' did not say. */
export type Heard = {
  /** Responses by group and school. */
  sizes: readonly { school: string; group: string; n: number }[]
  /** By home language, where that is asked, else by the language that they answered in; by grade. Empty: not known. */
  languages: readonly Counted[]
  grades: readonly Counted[]
  enrolment: Enrolment | undefined
  district: Pick<District, 'schools'>
  /** Groups that are asked. */
  groups: readonly string[]
}

/** `counted` of `enrolled` answered; `n` is everybody, those of groups without a count too. */
export type Rate = {
  code: string
  n: number
  counted: number
  enrolled: number | undefined
  /** Heard less than its share, by more than chance. */
  under: boolean
}

/** A part that was heard less than its share. `like`: the group whose enrolment stands in for theirs. */
export type UnderHeard = Compared & { dimension: Dimension; group: string; like: string }

export type Turnout = {
  all: Rate
  by: Record<Dimension, Rate[]>
  /** Most needed first. */
  under: UnderHeard[]
  /** Groups that are asked and of which no count is known. */
  uncounted: string[]
}

const families = 'family'
const students = 'student'

/** Responses by the codes of a dimension, with their group. */
function countsBy(heard: Heard, dimension: Dimension): { code: string; group: string; n: number }[] {
  if (dimension === 'grade') return [...heard.grades]
  if (dimension === 'language') return [...heard.languages]
  if (dimension === 'group') return heard.sizes.map(({ group, n }) => ({ code: group, group, n }))
  if (dimension === 'school') return heard.sizes.map(({ school, group, n }) => ({ code: school, group, n }))
  const of = new Map(heard.district.schools.map((school) => [school.code, school[dimension] ?? '']))
  return heard.sizes.map(({ school, group, n }) => ({ code: of.get(school) ?? '', group, n }))
}

const sum = (list: readonly { n: number }[]): number => list.reduce((all, { n }) => all + n, 0)

/** Groups of which the table has a count; [''] when its figures are of everybody. */
function countedGroups({ enrolment, groups }: Heard): string[] {
  if (!enrolment) return []
  const known = groups.filter((group) => enrolment.rows.some((row) => row.group === group))
  if (known.length > 0) return known
  return enrolment.rows.length > 0 && enrolment.rows.every((row) => row.group === '') ? [''] : []
}

/**
 * Response rates in all and by every dimension, and who was heard less than their share. A rate is told only of groups
 * of which the table has a count, so nothing is guessed. Shares compare within one group of stakeholders at a time;
 * families without a count of their own compare with students.
 */
export function turnout(heard: Heard): Turnout {
  const { enrolment } = heard
  const counted = countedGroups(heard)
  const of = (group: string) => (group === '' ? {} : { group })
  const in_ = (group: string) => (one: { group: string }) => group === '' || one.group === group
  /** How many of each code there are, by dimension and group: one pass over the table each. */
  const margins = new Map<string, Map<string, number>>()
  const marginOf = (dimension: Dimension, group: string): Map<string, number> => {
    const key = `${dimension}\0${group}`
    const known = margins.get(key)
    if (known || !enrolment) return known ?? new Map()
    const made = new Map(marginsBy(enrolment, dimension, of(group)).map(({ code, n }) => [code, n]))
    margins.set(key, made)
    return made
  }
  const enrolledOf = (dimension: Dimension | undefined, code: string, group: string): number | undefined => {
    if (!enrolment) return undefined
    return dimension === undefined
      ? populationOf(enrolment, of(group))?.n
      : marginOf(dimension, group).get(code)
  }
  const rate = (
    dimension: Dimension | undefined,
    code: string,
    list: readonly { group: string; n: number }[],
  ): Rate => {
    let enrolled: number | undefined
    let answered = 0
    for (const group of counted) {
      const n = enrolledOf(dimension, code, group)
      if (n === undefined || (dimension === 'group' && group !== '' && group !== code)) continue
      enrolled = (enrolled ?? 0) + n
      answered += sum(list.filter(in_(group)))
    }
    return { code, n: sum(list), counted: answered, enrolled, under: false }
  }

  const compared: (UnderHeard & { at: string })[] = []
  const put = (dimension: Dimension, group: string, like: string, list: Compared[]) => {
    for (const one of list) compared.push({ ...one, dimension, group, like, at: `${dimension}\0${one.code}` })
  }
  const asked = counted[0] === '' ? [''] : heard.groups
  for (const group of enrolment ? asked : []) {
    const like = counted.includes(group)
      ? group
      : group === families && enrolment?.rows.some((row) => row.group === students)
        ? students
        : undefined
    if (like === undefined || !enrolment) continue
    for (const dimension of ['school', 'level', 'zone', 'grade', 'language'] as const) {
      const counts = countsBy(heard, dimension).filter(in_(group))
      const parts = [...marginOf(dimension, like)]
        .filter(([, n]) => n > 0)
        .map(([code, n]) => ({ code, n: sum(counts.filter((one) => one.code === code)), enrolled: n }))
      put(dimension, group, like, compare(parts))
    }
  }
  if (enrolment && counted.length > 1) {
    const parts = counted.map((group) => ({
      code: group,
      n: sum(heard.sizes.filter((one) => one.group === group)),
      enrolled: populationOf(enrolment, { group })?.n ?? 0,
    }))
    put('group', '', '', compare(parts))
  }
  const corrected = holm(compared.map(({ chance }) => chance))
  const under = compared.filter((one, at) => one.needed > 0 && (corrected[at] ?? 1) <= LEVEL)
  const flagged = new Set(under.map(({ at }) => at))

  const by = (dimension: Dimension): Rate[] => {
    const lists = Map.groupBy(countsBy(heard, dimension), ({ code }) => code)
    const codes = new Set([
      ...(dimension === 'group' ? heard.groups : []),
      ...counted.flatMap((group) => [...marginOf(dimension, group).keys()]),
      ...lists.keys(),
    ])
    if (dimension === 'group')
      for (const code of codes) if (!lists.has(code) && !heard.groups.includes(code)) codes.delete(code)
    codes.delete('')
    const rows = [...codes].map((code) => ({
      ...rate(dimension, code, lists.get(code) ?? []),
      under: flagged.has(`${dimension}\0${code}`),
    }))
    const unsaid = sum(lists.get('') ?? [])
    return unsaid > 0
      ? [...rows, { code: '', n: unsaid, counted: 0, enrolled: undefined, under: false }]
      : rows
  }
  return {
    all: rate(undefined, '', [...heard.sizes]),
    by: {
      school: by('school'),
      level: by('level'),
      zone: by('zone'),
      group: by('group'),
      grade: by('grade'),
      language: by('language'),
    },
    under: under.map(({ at: _, ...one }) => one).sort((a, b) => b.needed - a.needed),
    uncounted: counted[0] === '' ? [] : heard.groups.filter((group) => !counted.includes(group)),
  }
}
