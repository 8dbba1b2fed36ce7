import type { Comparison, Condition, Question, Questionnaire } from '../definition.ts'

/** New codes for old ones, wherever a questionnaire names them. */

function inCondition(condition: Condition, change: (one: Comparison) => Comparison): Condition {
  if ('all' in condition) return { all: condition.all.map((part) => inCondition(part, change)) }
  if ('any' in condition) return { any: condition.any.map((part) => inCondition(part, change)) }
  if ('not' in condition) return { not: inCondition(condition.not, change) }
  return change(condition)
}

/** Every comparison of every condition passed through `change`, and every question through `also`. */
function everywhere(
  questionnaire: Questionnaire,
  change: (one: Comparison) => Comparison,
  also: (question: Question) => Question = (question) => question,
): Questionnaire {
  const shown = <T extends { showIf?: Condition | undefined }>(part: T): T =>
    part.showIf ? { ...part, showIf: inCondition(part.showIf, change) } : part
  return {
    ...questionnaire,
    sections: questionnaire.sections.map((section) => ({
      ...shown(section),
      questions: section.questions.map((question) => also(shown(question))),
    })),
  }
}

/** The question gets another code, in its place and wherever a condition or an "about" names it. */
export const renameQuestion = (questionnaire: Questionnaire, from: string, to: string): Questionnaire =>
  everywhere(
    questionnaire,
    (one) => (one.question === from ? { ...one, question: to } : one),
    (question) => ({
      ...question,
      ...(question.code === from && { code: to }),
      ...(question.about === from && { about: to }),
    }),
  )

export const renameSection = (questionnaire: Questionnaire, from: string, to: string): Questionnaire => ({
  ...questionnaire,
  sections: questionnaire.sections.map((section) =>
    section.code === from ? { ...section, code: to } : section,
  ),
})

/** New codes of options, points or items of one question, in the conditions that wait for them. */
export function renameParts(
  questionnaire: Questionnaire,
  question: string,
  codes: ReadonlyMap<string, string>,
): Questionnaire {
  if (codes.size === 0) return questionnaire
  const renamed = (code: string) => codes.get(code) ?? code
  return everywhere(questionnaire, (one) =>
    one.question !== question
      ? one
      : {
          ...one,
          ...(one.item !== undefined && { item: renamed(one.item) }),
          ...(one.is && { is: one.is.map(renamed) }),
          ...(one.includes && { includes: one.includes.map(renamed) }),
        },
  )
}
