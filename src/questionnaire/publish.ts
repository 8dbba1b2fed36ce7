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

function withDistrict(definition: Questionnaire, district: District): unknown {
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
