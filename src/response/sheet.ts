import { raw } from '../questionnaire/choices.ts'
import type { Question } from '../questionnaire/definition.ts'
import { type Questionnaire, questions } from '../questionnaire/definition.ts'
import type { FormBody, Problem, Typed } from '../questionnaire/kind.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import type { Answers } from './response.ts'

/** What a paper form said. Problems stand at the question's code, which is also the name of its line. */
export type Sheet = { given: Answers; problems: Problem[] }

/**
 * Reads a typed sheet: a line for each question of the whole questionnaire, since paper cannot skip. Nothing is
 * required: what a person left blank on paper cannot be asked again.
 */
export function readSheet(questionnaire: Questionnaire, lines: FormBody, language: string): Sheet {
  const given: Answers = {}
  const problems: Problem[] = []
  for (const question of questions(questionnaire)) {
    const line = raw(lines[question.code])
    if (line.trim() === '') continue
    const typed = readLine(question, line)
    if ('problem' in typed) {
      problems.push({ question: question.code, field: question.code, ...typed.problem })
      continue
    }
    const { answer, problems: found } = kindOf(question).parse(question, typed.body, language)
    if (answer !== undefined) given[question.code] = answer
    problems.push(...found.slice(0, 1).map((problem) => ({ ...problem, field: question.code })))
  }
  return { given, problems }
}

function readLine(question: Question, line: string): Typed {
  const kind = kindOf(question)
  if (kind.typing) return kind.typing.read(question, line)
  return { body: { [kind.fields(question)[0] ?? question.code]: line } }
}

/** Codes of the questions that two typings of one sheet read differently, in the order of the form. */
export function differences(questionnaire: Questionnaire, first: Answers, second: Answers): string[] {
  // Both were parsed by the same kinds, so the same answer is the same JSON.
  const same = (code: string) => JSON.stringify(first[code]) === JSON.stringify(second[code])
  return questions(questionnaire)
    .map(({ code }) => code)
    .filter((code) => !same(code))
}

/** The second typing with the first one's answers to these questions. */
export function withFirst(first: Answers, second: Answers, codes: readonly string[]): Answers {
  const merged = { ...second, ...Object.fromEntries(codes.map((code) => [code, first[code]])) }
  return Object.fromEntries(Object.entries(merged).filter(([, answer]) => answer !== undefined))
}
