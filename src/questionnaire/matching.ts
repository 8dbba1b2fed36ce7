import { type Question, type Questionnaire, questions } from './definition.ts'

/** Items of the bank that ask for a part of a self-made code have codes that begin so. */
const prefix = 'match-'

/** Whether a question asks for a part of the code that matches two answers of the same person. It measures nothing. */
export const isMatching = ({ bank }: Pick<Question, 'bank'>): boolean => bank?.startsWith(prefix) === true

/** The parts of the self-made code that two surveys both ask, by the codes that each has for them. */
export function matchingParts(
  before: Questionnaire,
  after: Questionnaire,
): { before: string; after: string }[] {
  const later = questions(after).filter(isMatching)
  return questions(before)
    .filter(isMatching)
    .flatMap(({ code, bank }) => {
      const same = later.find((one) => one.bank === bank)
      return same ? [{ before: code, after: same.code }] : []
    })
}
