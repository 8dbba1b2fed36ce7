import type { Text } from '../../language/text.ts'
import { findQuestion, type Question, type Questionnaire, type Section } from '../definition.ts'
import { kinds } from '../kinds.ts'
import { codeFrom, type Frozen, nothingFrozen, takenQuestions } from './codes.ts'
import type { Line, Preset } from './form.ts'
import { insertedAfter, insertedBefore, moved, replaced, without } from './lists.ts'

/** Steps on the questions of a questionnaire under work. */

/** The kinds that the builder can make, in the order of their names. */
export const buildable = (): string[] =>
  [...kinds.values()].flatMap(({ name, build }) => (build ? [name] : []))

export const sectionOf = (questionnaire: Questionnaire, question: string): Section | undefined =>
  questionnaire.sections.find(({ questions }) => questions.some(({ code }) => code === question))

const inSections = (
  questionnaire: Questionnaire,
  change: (section: Section) => Question[],
): Questionnaire => ({
  ...questionnaire,
  sections: questionnaire.sections.map((section) => {
    const questions = change(section)
    return questions === section.questions ? section : { ...section, questions }
  }),
})

const inSection = (
  questionnaire: Questionnaire,
  code: string | undefined,
  change: (questions: Question[]) => Question[],
): Questionnaire =>
  inSections(questionnaire, (section) =>
    section.code === code ? change(section.questions) : section.questions,
  )

/**
 * A question of a kind at the end of a section. Its code is made of its title, its shape is what its kind begins
 * with; `lines` are its options or items, a line each.
 */
export function addQuestion(
  questionnaire: Questionnaire,
  section: string,
  { kind, title, lines = [] }: { kind: string; title: Text; lines?: Line[] },
  preset: Preset,
  frozen: Frozen = nothingFrozen,
): { questionnaire: Questionnaire; code: string } {
  const code = codeFrom(title[questionnaire.source] ?? '', takenQuestions(questionnaire, frozen), 'question')
  const build = kinds.get(kind)?.build
  if (!build) throw new Error(`the builder cannot make a question of the kind "${kind}"`)
  const blank = { ...build.blank(code, preset), title }
  const question = lines.length > 0 && build.lines ? build.lines(blank, lines, questionnaire.source) : blank
  return { questionnaire: inSection(questionnaire, section, (list) => [...list, question]), code }
}

/** Questions that were made elsewhere (an item bank), at the end of a section, under codes that are free here. */
export function addQuestions(
  questionnaire: Questionnaire,
  section: string,
  asked: Question[],
  frozen: Frozen = nothingFrozen,
): Questionnaire {
  const taken = new Set(takenQuestions(questionnaire, frozen))
  const own = asked.map((question) => {
    const made = codeFrom(question.code, taken, 'question')
    taken.add(made)
    return { ...question, code: made }
  })
  return inSection(questionnaire, section, (list) => [...list, ...own])
}

export const changeQuestion = (
  questionnaire: Questionnaire,
  code: string,
  change: (question: Question) => Question,
): Questionnaire =>
  inSection(questionnaire, sectionOf(questionnaire, code)?.code, (list) => replaced(list, code, change))

export const removeQuestion = (questionnaire: Questionnaire, code: string): Questionnaire =>
  inSection(questionnaire, sectionOf(questionnaire, code)?.code, (list) => without(list, code))

/** A place up or down; from the first place of a section to the end of the one before it, and the other way round. */
export function moveQuestion(questionnaire: Questionnaire, code: string, by: 1 | -1): Questionnaire {
  const section = sectionOf(questionnaire, code)
  const question = findQuestion(questionnaire, code)
  if (!section || !question) return questionnaire
  const at = section.questions.indexOf(question)
  if (section.questions[at + by])
    return inSection(questionnaire, section.code, (list) => moved(list, code, by))
  const next = questionnaire.sections[questionnaire.sections.indexOf(section) + by]
  if (!next) return questionnaire
  return by < 0
    ? placeQuestion(questionnaire, code, next.code, undefined)
    : placeQuestion(questionnaire, code, next.code, next.questions[0]?.code)
}

/** Into a section, before another question of it or at its end. */
export function placeQuestion(
  questionnaire: Questionnaire,
  code: string,
  section: string,
  before: string | undefined,
): Questionnaire {
  const question = findQuestion(questionnaire, code)
  if (!question || before === code) return questionnaire
  if (!questionnaire.sections.some((one) => one.code === section)) return questionnaire
  return inSection(removeQuestion(questionnaire, code), section, (list) =>
    insertedBefore(list, question, before),
  )
}

/** A copy right after it, under a code of its own. */
export function duplicateQuestion(
  questionnaire: Questionnaire,
  code: string,
  frozen: Frozen = nothingFrozen,
): { questionnaire: Questionnaire; code: string | undefined } {
  const question = findQuestion(questionnaire, code)
  const section = sectionOf(questionnaire, code)
  if (!question || !section) return { questionnaire, code: undefined }
  const made = codeFrom(code, takenQuestions(questionnaire, frozen), 'question')
  return {
    questionnaire: inSection(questionnaire, section.code, (list) =>
      insertedAfter(list, { ...question, code: made }, code),
    ),
    code: made,
  }
}

/** The questions that are asked before a question, or before a section: what a condition may look at. */
export function earlier(
  questionnaire: Questionnaire,
  place: { section: string; question?: string },
): Question[] {
  const found: Question[] = []
  for (const section of questionnaire.sections) {
    for (const question of section.questions) {
      if (section.code === place.section && (!place.question || question.code === place.question))
        return found
      found.push(question)
    }
    if (section.code === place.section) return found
  }
  return found
}
