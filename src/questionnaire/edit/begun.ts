import { checkQuestionnaire } from '../check.ts'
import { type Question, type Questionnaire, questionnaireSchema, questions } from '../definition.ts'
import { kinds } from '../kinds.ts'
import { codedLists } from './codes.ts'
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

/** What of a definition of unknown origin can be worked on: `faults` without a questionnaire keep it from being begun. */
export type Begun = { questionnaire?: Questionnaire; faults: string[] }

/**
 * Takes a definition as work to begin with. It may have faults that are mended in the builder; but it must have the
 * shape of a questionnaire, and codes that stand once, or two parts could not be told apart.
 */
export function begun(definition: unknown): Begun {
  const { questionnaire: sound, faults } = checkQuestionnaire(definition)
  if (sound) return { questionnaire: withDefaults(sound), faults: [] }
  if (faults.some((fault) => fault.startsWith('definition: it nests'))) return { faults }
  const parsed = questionnaireSchema.safeParse(definition)
  if (!parsed.success) return { faults }
  const twice = doubled(parsed.data)
  if (twice.length > 0) return { faults: [...new Set([...twice, ...faults])] }
  const strange = questions(parsed.data).filter(({ kind }) => !kinds.get(kind)?.build)
  const shapeless = questions(parsed.data).filter(
    (question) =>
      !strange.includes(question) && !kinds.get(question.kind)?.schema.safeParse(question).success,
  )
  // A question that its kind cannot read would break the pages that show it.
  return strange.length > 0 || shapeless.length > 0
    ? { faults }
    : { questionnaire: withDefaults(parsed.data), faults }
}

function doubled(questionnaire: Questionnaire): string[] {
  const twice = (place: string, codes: string[]) =>
    [...new Set(codes.filter((code, at) => codes.indexOf(code) < at))].map(
      (code) => `${place}: the code "${code}" stands twice`,
    )
  return [
    ...twice(
      'sections',
      questionnaire.sections.map(({ code }) => code),
    ),
    ...twice(
      'questions',
      questions(questionnaire).map(({ code }) => code),
    ),
    ...questions(questionnaire).flatMap((question) =>
      codedLists(question).flatMap(([name, list]) =>
        twice(
          `question ${question.code}, ${name}`,
          list.map(({ code }) => code),
        ),
      ),
    ),
  ]
}
