import { type Comparison, type Condition, findQuestion, type Questionnaire } from './definition.ts'
import type { Answer } from './kind.ts'
import { kindOf } from './kinds.ts'

/**
 * Whether a condition holds for these answers. Never throws: an unanswered, unknown or unfitting answer makes a
 * comparison false.
 */
export function holds(
  condition: Condition,
  questionnaire: Questionnaire,
  answers: Record<string, Answer>,
): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, questionnaire, answers))
  if ('any' in condition) return condition.any.some((part) => holds(part, questionnaire, answers))
  if ('not' in condition) return !holds(condition.not, questionnaire, answers)
  const question = findQuestion(questionnaire, condition.question)
  const answer = answers[condition.question]
  const fits = question !== undefined && answer !== undefined && kindOf(question).fits(question, answer)
  const codes = fits ? kindOf(question).codes(question, answer, condition.item) : []
  const answered = fits && (condition.item === undefined || codes.length > 0)
  if (condition.answered !== undefined && condition.answered !== answered) return false
  const { is, includes, atLeast, atMost } = condition
  if (!answered) return condition.answered === false && (is ?? includes ?? atLeast ?? atMost) === undefined
  const numbers = codes.filter((code) => typeof code === 'number')
  const among = (wanted: string[] | undefined) =>
    wanted === undefined || codes.some((code) => wanted.includes(String(code)))
  return (
    among(is) &&
    among(includes) &&
    (atLeast === undefined || numbers.some((number) => number >= atLeast)) &&
    (atMost === undefined || numbers.some((number) => number <= atMost))
  )
}

/** The comparisons that a condition is made of. */
export function comparisons(condition: Condition): Comparison[] {
  if ('all' in condition) return condition.all.flatMap(comparisons)
  if ('any' in condition) return condition.any.flatMap(comparisons)
  if ('not' in condition) return comparisons(condition.not)
  return [condition]
}

/** Codes of the questions that a condition looks at. */
export const looksAt = (condition: Condition): string[] =>
  comparisons(condition).map(({ question }) => question)
