import type { Questionnaire } from '../questionnaire/definition.ts'
import { lineUp } from './waves/meaning.ts'

/**
 * Codes of the questions that an earlier version of a survey asked in other words, with other answers or for another
 * count, in the order of `now`. What people answered there counts under the same codes.
 */
export function askedOtherwise(now: Questionnaire, earlier: readonly Questionnaire[]): string[] {
  const broken = new Set(
    earlier.flatMap((version) => lineUp(version, now).broken.map(({ after }) => after.question.code)),
  )
  return now.sections.flatMap(({ questions }) =>
    questions.flatMap(({ code }) => (broken.has(code) ? [code] : [])),
  )
}
