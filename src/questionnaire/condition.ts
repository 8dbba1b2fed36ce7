import { type Condition, findQuestion, type Questionnaire } from './definition.ts'
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
  const answered = question !== undefined && answer !== undefined && kindOf(question).fits(question, answer)
  if (condition.answered !== undefined && condition.answered !== answered) return false
  if (!answered) return condition.answered === false
  const codes = kindOf(question).codes(question, answer, condition.item)
  const numbers = codes.filter((code) => typeof code === 'number')
  const among = (wanted: string[] | undefined) =>
    wanted === undefined || codes.some((code) => wanted.includes(String(code)))
  return (
    among(condition.is) &&
    among(condition.includes) &&
    (condition.atLeast === undefined || numbers.some((number) => number >= (condition.atLeast ?? 0))) &&
    (condition.atMost === undefined || numbers.some((number) => number <= (condition.atMost ?? 0)))
  )
}

/** Codes of the questions that a condition looks at. */
export function looksAt(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(looksAt)
  if ('any' in condition) return condition.any.flatMap(looksAt)
  if ('not' in condition) return looksAt(condition.not)
  return [condition.question]
}
