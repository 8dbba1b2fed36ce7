import { type Enrolment, marginsBy, populationOf } from '../../district/enrolment.ts'
import type { Report } from '../report.ts'
import type { ReportSource } from '../source.ts'
import { survey } from '../tally.ts'

/** Who answered beside who could have: of one code of one dimension; null where it may not be shown or is not known. */
export type Represented = {
  code: string
  n: number | null
  share: number | null
  enrolled: number | null
  of: number | null
  rate: number | null
}

export type Representation = {
  dimension: 'group' | 'level' | 'zone' | 'grade' | 'language'
  rows: Represented[]
}

/**
 * Shares of the answers beside shares of enrolment, everybody of a part together. A part is told only where the report
 * shows every school or option in it. Rates are of groups that the table counts; a level's are of students alone.
 */
export function representation(
  report: Report,
  source: ReportSource,
  enrolment: Enrolment | undefined,
): Representation[] {
  if (report.responses === null) return []
  const sizes = (source.tally.people.get(survey) ?? []).filter(({ n }) => n > 0)
  const total = report.responses
  const of = (
    dimension: Representation['dimension'],
    counted: Map<string, number | null>,
  ): Representation => {
    const enrolled = new Map(enrolment ? marginsBy(enrolment, dimension).map(({ code, n }) => [code, n]) : [])
    if (dimension === 'group' && enrolment)
      for (const code of counted.keys()) {
        const n = populationOf(enrolment, { group: code })?.n
        if (n !== undefined) enrolled.set(code, n)
      }
    const all = [...enrolled.values()].reduce((sum, n) => sum + n, 0)
    const whole = dimension !== 'group' || [...counted.keys()].every((code) => enrolled.has(code))
    const rows = [...new Set([...counted.keys(), ...enrolled.keys()])].map((code): Represented => {
      const n = counted.has(code) ? (counted.get(code) ?? null) : 0
      const population = enrolled.get(code) ?? null
      // Families answer too, so a rate is told only of a group that is counted itself.
      const rate =
        dimension === 'group' && n !== null && population !== null && population > 0 ? n / population : null
      return {
        code,
        n,
        share: n === null || total === 0 ? null : n / total,
        enrolled: population,
        // A share of those groups alone that the table counts would be read as one of everybody.
        of: population === null || all === 0 || !whole ? null : population / all,
        rate,
      }
    })
    return { dimension, rows }
  }
  const groups = new Map(
    report.heard.groups.filter(({ code }) => code !== '').map(({ code, n }) => [code, n] as const),
  )
  const places = (by: 'level' | 'zone') => {
    const sums = new Map<string, number | null>()
    for (const { code, ...school } of source.district.schools) {
      const place = school[by]
      if (!place) continue
      const here = sizes.some((one) => one.school === code)
      const n = here ? source.veil(survey, { school: code, group: null }) : 0
      const before = sums.has(place) ? sums.get(place) : 0
      sums.set(place, n === null || before === null || before === undefined ? null : before + n)
    }
    return sums
  }
  const profile = (attribute: 'grade' | 'language') => {
    const found = report.sections
      .flatMap(({ questions }) => questions)
      .find(({ question }) => question.attribute === attribute)
    return found?.result?.measure === 'choice'
      ? new Map(found.result.options.map(({ code, n }) => [code, n] as const))
      : undefined
  }
  const [grades, languages] = [profile('grade'), profile('language')]
  const asksSchool = sizes.some(({ school }) => school !== '')
  return [
    of('group', groups),
    ...(asksSchool ? [of('level', places('level')), of('zone', places('zone'))] : []),
    ...(grades ? [of('grade', grades)] : []),
    ...(languages ? [of('language', languages)] : []),
  ].filter(({ rows }) => rows.length > 0)
}
