import type { Questionnaire } from '../../questionnaire/definition.ts'
import type { Survey } from '../../store/stores.ts'

/** The file that gives this survey again. Answers and state are not in it. */
export function writeSurveyFile(survey: Survey, earlier: Questionnaire[]): string {
  const at = (time: number | null) => time !== null && new Date(time).toISOString()
  const opensAt = at(survey.opensAt)
  const closesAt = at(survey.closesAt)
  const file = {
    slug: survey.slug,
    ...(opensAt && { opensAt }),
    ...(closesAt && { closesAt }),
    minimumGroup: survey.minimumGroup,
    ...(survey.sample && { sample: true }),
    ...(earlier.length > 0 && { earlier }),
    questionnaire: survey.questionnaire,
  }
  return `${JSON.stringify(file, null, 2)}\n`
}
