import type { Question, Questionnaire } from '../definition.ts'
import { kinds } from '../kinds.ts'
import { tidy } from './tidy.ts'

/** The questionnaire with the kinds' defaults written into questions that are sound already; the others stay as they are. */
export const withDefaults = (questionnaire: Questionnaire): Questionnaire =>
  tidy({
    ...questionnaire,
    sections: questionnaire.sections.map((section) => ({
      ...section,
      questions: section.questions.map((question): Question => {
        const read = kinds.get(question.kind)?.schema.safeParse(question)
        return read?.success ? read.data : question
      }),
    })),
  })
