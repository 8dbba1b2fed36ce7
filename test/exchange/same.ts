import type { Question, Questionnaire } from '../../src/questionnaire/definition.ts'
import { kinds } from '../../src/questionnaire/kinds.ts'

/** A definition with the defaults of its kinds written out, so that two ways of saying the same are the same. */
export function normal(definition: unknown): unknown {
  const questionnaire = definition as Questionnaire
  return {
    ...questionnaire,
    sections: questionnaire.sections.map((section) => ({
      ...section,
      questions: section.questions.map((question) => parsed(question)),
    })),
  }
}

function parsed(question: Question): unknown {
  const kind = kinds.get(question.kind)
  return kind ? kind.schema.parse(question) : question
}
