import { holds } from '../questionnaire/condition.ts'
import { type Question, type Questionnaire, questions, type Section } from '../questionnaire/definition.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import { countersOf } from './counted.ts'
import { type Page, pagesOf } from './pages.ts'
import type { Answers } from './response.ts'

/** A page of the questionnaire as it stands for this person: only the questions, or parts of them, that apply. */
export type Step = Page & { done: boolean }

/**
 * The path: the pages that apply, in order, and the answers that count on them. Worked out afresh from the
 * questionnaire and the answers for every request and never stored, so it cannot disagree with them.
 * `open` is the code of the first page that is not done; undefined when all are, and the person may review.
 */
export type Path = { steps: Step[]; answers: Answers; open: string | undefined }

/** The questions that apply, section by section, and the answers that count on the way. */
export type Way = { asked: { section: Section; questions: Question[] }[]; answers: Answers }

const everything = new WeakMap<Questionnaire, Way['asked'] | null>()

/** All of a published questionnaire, section by section, when nothing in it depends on an answer. */
function unconditional(questionnaire: Questionnaire): Way['asked'] | null {
  const known = everything.get(questionnaire)
  if (known !== undefined) return known
  const { sections } = questionnaire
  const depends = sections.some(({ showIf, questions }) => showIf || questions.some((one) => one.showIf))
  const all = sections.flatMap((section) =>
    section.questions.length > 0 ? [{ section, questions: section.questions }] : [],
  )
  if (!Object.isFrozen(questionnaire)) return depends ? null : all
  everything.set(questionnaire, depends ? null : all)
  return depends ? null : all
}

/** The path without its pages: all that counting needs. See walk. */
export function wayThrough(questionnaire: Questionnaire, given: Answers): Way {
  const answers: Answers = {}
  const counters = countersOf(questionnaire)
  const all = unconditional(questionnaire)
  if (all) {
    for (const { code } of questions(questionnaire)) {
      const answer = given[code]
      if (answer !== undefined && counters.get(code)?.(answer)) answers[code] = answer
    }
    return { asked: all, answers }
  }
  const asked: Way['asked'] = []
  for (const section of questionnaire.sections) {
    if (section.showIf && !holds(section.showIf, questionnaire, answers)) continue
    const here: Question[] = []
    for (const question of section.questions) {
      if (question.showIf && !holds(question.showIf, questionnaire, answers)) continue
      here.push(question)
      const answer = given[question.code]
      if (answer !== undefined && counters.get(question.code)?.(answer)) answers[question.code] = answer
    }
    if (here.length > 0) asked.push({ section, questions: here })
  }
  return { asked, answers }
}

/**
 * Walks a questionnaire. A question's condition sees only answers that stand on the path before it; an answer that
 * no longer fits its question counts as unanswered; a page is done when it was passed and nothing required lacks.
 */
export function walk(questionnaire: Questionnaire, given: Answers, passed: readonly string[]): Path {
  const { asked, answers } = wayThrough(questionnaire, given)
  const steps = asked.flatMap(({ section, questions }): Step[] =>
    pagesOf({ ...section, questions }, questionnaire.readers).map((page) => {
      const lacking = page.questions.some((question) => lacks(question, answers[question.code]))
      return { ...page, section, done: passed.includes(page.code) && !lacking }
    }),
  )
  return { steps, answers, open: steps.find((step) => !step.done)?.code }
}

const lacks = (question: Question, answer: unknown): boolean =>
  question.required === true &&
  (answer === undefined || kindOf(question).lacks?.(question, answer) !== undefined)

export const stepAt = (path: Path, code: string): Step | undefined =>
  path.steps.find((step) => step.code === code)

/** A page may be visited when every page before it on the path is done. */
export function mayVisit(path: Path, code: string): boolean {
  const index = path.steps.findIndex((step) => step.code === code)
  return index >= 0 && path.steps.slice(0, index).every((step) => step.done)
}

/** The page before or after this one on the path; undefined at its ends. */
export function neighbour(path: Path, code: string, by: 1 | -1): string | undefined {
  const index = path.steps.findIndex((step) => step.code === code)
  return index < 0 ? undefined : path.steps[index + by]?.code
}
