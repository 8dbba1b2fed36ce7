import { choicesOf, type SelectOption } from '../page.ts'
import type { Reader, Words } from '../reader.ts'
import type { Report } from '../report.ts'
import { sayFilter } from '../say.ts'

/** What both pages of themes say at their head, and whose comments they count. */
export type Head = {
  title: Words
  slug: string
  sample: boolean
  said: string
  action: string
  filtered: boolean
  everyone: string
  groups: SelectOption[]
  schools: SelectOption[]
  minimum: string
}

export function headOf(report: Report, reader: Reader, address: string): Head {
  const { survey, questionnaire, filter, reach } = report
  return {
    title: reader.words(questionnaire.title),
    slug: survey.slug,
    sample: survey.sample,
    said: sayFilter(report, reader),
    action: address,
    filtered: filter.group !== null || filter.school !== null,
    everyone: reach === undefined ? address : `${address}?school=`,
    groups: choicesOf(report.choices.groups, filter.group, reader),
    schools: choicesOf(report.choices.schools, filter.school, reader),
    minimum: reader.number(survey.minimumGroup),
  }
}
