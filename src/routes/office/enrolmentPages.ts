import type { District } from '../../district/district.ts'
import { type Dimension, type Enrolment, marginsBy, populationOf } from '../../district/enrolment.ts'
import type { Reader, Words } from '../../report/reader.ts'
import type { EnrolmentPage } from '../models/watching.ts'

type Parts = NonNullable<EnrolmentPage['table']>['parts']

/** A table for each thing that the figures are split by: a row for each code, a column for each group. */
export function partsOf(table: Enrolment, district: District, reader: Reader): Parts {
  const { t } = reader
  const groups = marginsBy(table, 'group').map(({ code }) => code)
  // Figures that name no group count everybody.
  const columns = groups.length > 0 ? groups : ['']
  const label = (dimension: Dimension, code: string): Words => {
    const lists: Partial<Record<Dimension, District['groups']>> = {
      school: district.schools,
      group: district.groups,
      grade: district.grades,
      language: district.homeLanguages,
    }
    const found = lists[dimension]?.find((one) => one.code === code)
    return found ? reader.words(found.label) : { words: code, lang: '', dir: 'ltr' }
  }
  const column = (code: string): Words =>
    code === '' ? reader.own(t('watching.enrolment.number')) : label('group', code)
  const whom = (code: string) => (code === '' ? {} : { group: code })
  const number = (n: number | undefined) => (n === undefined ? '–' : reader.number(n))
  const all = {
    caption: t('watching.enrolment.title'),
    head: [t('watching.enrolment.of'), t('watching.enrolment.number')].map(reader.own),
    rows: columns.map((code) => ({
      head: code === '' ? reader.own(t('watching.enrolment.everyone')) : label('group', code),
      cells: [number(populationOf(table, whom(code))?.n)],
    })),
  }
  const split = (['school', 'level', 'zone', 'grade', 'language'] as const).flatMap((dimension) => {
    const margins = columns.map(
      (code) => new Map(marginsBy(table, dimension, whom(code)).map((one) => [one.code, one.n])),
    )
    const order = listed(dimension, district)
    const codes = [...new Set(margins.flatMap((margin) => [...margin.keys()]))].sort(
      (a, b) => order.indexOf(a) - order.indexOf(b),
    )
    const used = columns
      .map((code, at) => ({ code, margin: margins[at] }))
      .filter(({ margin }) => margin && margin.size > 0)
    if (codes.length === 0) return []
    return [
      {
        caption: t(`watching.column.${dimension}`),
        head: [reader.own(t(`watching.column.${dimension}`)), ...used.map(({ code }) => column(code))],
        rows: codes.map((code) => ({
          head: label(dimension, code),
          cells: used.map(({ margin }) => number(margin?.get(code))),
        })),
      },
    ]
  })
  return [all, ...split]
}

const listed = (dimension: Exclude<Dimension, 'group'>, district: District): string[] => {
  if (dimension === 'grade') return district.grades.map(({ code }) => code)
  if (dimension === 'language') return district.homeLanguages.map(({ code }) => code)
  return district.schools.map((school) => (dimension === 'school' ? school.code : (school[dimension] ?? '')))
}
