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
 * Of a table the rows that levels, zones, grades and languages are held against: students, or, in a table that tells
 * no groups, everybody. Other groups' rows would be other people: teachers are counted by school, too.
 */
const ofStudents = (rows: Enrolment['rows']): Enrolment['rows'] => {
  const students = rows.filter(({ group }) => group === 'student')
  return students.length > 0 ? students : rows.filter(({ group }) => group === '')
}

/**
 * Shares of the answers beside shares of enrolment, everybody of a part together. A part is told only where the report
 * shows every school or option in it. Rates are of groups that the table counts; numbers of levels, zones, grades and
 * languages are of students alone. A group's share is of all answers, a grade's or language's of those who said one, a
 * level's or zone's of those of all levels or zones: null where one of these is not told, since the sum would tell it.
 */
export function representation(
  report: Report,
  source: ReportSource,
  enrolment: Enrolment | undefined,
): Representation[] {
  if (report.responses === null) return []
  const sizes = (source.tally.people.get(survey) ?? []).filter(({ n }) => n > 0)
  const of = (
    dimension: Representation['dimension'],
    counted: Map<string, number | null>,
    answered: number | null,
  ): Representation => {
    const table = enrolment && {
      rows: dimension === 'group' ? enrolment.rows : ofStudents(enrolment.rows),
    }
    const enrolled = new Map(table ? marginsBy(table, dimension).map(({ code, n }) => [code, n]) : [])
    if (dimension === 'group' && enrolment) {
      // Groups that were not asked are not held against anybody.
      for (const code of enrolled.keys()) if (!counted.has(code)) enrolled.delete(code)
      for (const code of counted.keys()) {
        const n = populationOf(enrolment, { group: code })?.n
        if (n !== undefined) enrolled.set(code, n)
      }
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
        share: n === null || !answered ? null : n / answered,
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
    const told = [...sums.values()]
    const all = told.every((n) => n !== null) ? told.reduce((sum, n) => sum + n, 0) : null
    return of(by, sums, all)
  }
  const profile = (attribute: 'grade' | 'language') => {
    const found = report.sections
      .flatMap(({ questions }) => questions)
      .find(({ question }) => question.attribute === attribute)
    return found?.result?.measure === 'choice'
      ? of(attribute, new Map(found.result.options.map(({ code, n }) => [code, n] as const)), found.result.n)
      : undefined
  }
  const [grades, languages] = [profile('grade'), profile('language')]
  const asksSchool = sizes.some(({ school }) => school !== '')
  return [
    of('group', groups, report.responses),
    ...(asksSchool ? [places('level'), places('zone')] : []),
    ...(grades ? [grades] : []),
    ...(languages ? [languages] : []),
  ].filter(({ rows }) => rows.length > 0)
}
