import { checkQuestionnaire } from '../../src/questionnaire/check.ts'
import type { Questionnaire } from '../../src/questionnaire/definition.ts'

/** The questionnaire of a definition that a test takes to be sound. */
export function checked(definition: unknown): Questionnaire {
  const { questionnaire, faults } = checkQuestionnaire(definition)
  if (!questionnaire) throw new Error(faults.join('\n'))
  return questionnaire
}
