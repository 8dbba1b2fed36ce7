import type { District } from '../district/district.ts'
import type { Text } from '../language/text.ts'
import { type Checked, checkQuestionnaire } from './check.ts'
import type { Questionnaire } from './definition.ts'

/** Which list of the district record a profile question offers. */
const lists = { group: 'groups', school: 'schools', grade: 'grades', language: 'homeLanguages' } as const
const isAttribute = (name: unknown): name is keyof typeof lists =>
  typeof name === 'string' && Object.hasOwn(lists, name)

/**
 * What will be frozen as a version: the definition with the district's lists written into its profile questions,
 * so that a later change of the district record does not change what was asked. Faults as in checkQuestionnaire.
 */
export function publish(definition: unknown, district: District, planCodes?: ReadonlySet<string>): Checked {
  return checkQuestionnaire(withDistrict(definition as Questionnaire, district), planCodes)
}

/** The definition with the district's lists written into its profile questions; it may be unsound. */
export function withDistrict(definition: Questionnaire, district: District): Questionnaire {
  if (!Array.isArray(definition?.sections)) return definition
  return {
    ...definition,
    sections: definition.sections.map((section) => ({
      ...section,
      questions: !Array.isArray(section?.questions)
        ? section?.questions
        : section.questions.map((question) => {
            if (question?.kind !== 'profile' || !isAttribute(question.attribute)) return question
            if (Array.isArray(question.options) && question.options.length > 0) return question
            return { ...question, options: offered(district, question.attribute, question.levels) }
          }),
    })),
  }
}

/** The district's list as options; `levels` of a definition that is not yet checked may be anything. */
function offered(district: District, attribute: keyof typeof lists, levels: unknown) {
  const wanted = (level: string | undefined) =>
    !Array.isArray(levels) || attribute !== 'school' || (level !== undefined && levels.includes(level))
  const list: { code: string; label: Text; level?: string | undefined }[] = district[lists[attribute]]
  return list.filter(({ level }) => wanted(level)).map(({ code, label }) => ({ code, label }))
}

/** The other way round, for going on with a version: lists that are still the district's own follow it again. */
export const withoutDistrict = (questionnaire: Questionnaire, district: District): Questionnaire => ({
  ...questionnaire,
  sections: questionnaire.sections.map((section) => ({
    ...section,
    questions: section.questions.map((question) => {
      if (question.kind !== 'profile' || !isAttribute(question.attribute)) return question
      const own = offered(district, question.attribute, question.levels)
      const codes = (list: unknown) => JSON.stringify((list as { code: string }[]).map(({ code }) => code))
      if (!Array.isArray(question.options) || codes(question.options) !== codes(own)) return question
      return { ...question, options: [] }
    }),
  })),
})
