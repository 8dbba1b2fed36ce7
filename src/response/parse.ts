import type { Question } from '../questionnaire/definition.ts'
import type { FormBody, Problem } from '../questionnaire/kind.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import type { Answers } from './response.ts'

/** What a page's form said: `given` holds each question of the page, undefined where it was left empty. */
export type Parsed = { given: Answers; problems: Problem[] }

/** Reads a page: each question's kind gives an answer or a problem; problems come in page order. */
export function parsePage(asked: Question[], body: FormBody, language: string): Parsed {
  const given: Answers = {}
  const problems: Problem[] = []
  for (const question of asked) {
    const kind = kindOf(question)
    const { answer, problems: found } = kind.parse(question, body, language)
    given[question.code] = answer
    problems.push(...found)
    if (!question.required || found.length > 0) continue
    const field = answer === undefined ? kind.fields(question)[0] : kind.lacks?.(question, answer)
    if (field !== undefined)
      problems.push({
        question: question.code,
        field,
        code: answer === undefined ? 'required' : 'incomplete',
      })
  }
  return { given, problems }
}

/**
 * The answers with this page's put in; a question left empty is taken out. `asked`: the page's questions; of a
 * question that is asked in parts the other parts' answers stay. Words that were sent again unchanged keep
 * the language in which they were written, though the form has another language by now.
 */
export function withPage(answers: Answers, given: Answers, asked: Question[]): Answers {
  const put = Object.entries(given).map(([code, now]) => {
    const question = asked.find((one) => one.code === code)
    const parts = question && kindOf(question).parts
    const answer = parts ? parts.join(question, answers[code], now) : now
    return sameWords(answers[code], answer) ? [code, answers[code]] : [code, answer]
  })
  return Object.fromEntries(
    Object.entries({ ...answers, ...Object.fromEntries(put) }).filter(([, answer]) => answer !== undefined),
  )
}

function sameWords(before: unknown, now: unknown): boolean {
  const wordsOf = (answer: unknown) =>
    typeof answer === 'object' && answer !== null && 'words' in answer ? answer.words : undefined
  return wordsOf(before) !== undefined && wordsOf(before) === wordsOf(now)
}

/** The fields of these questions out of a form body, and nothing else: what is kept of a page that could not be taken. */
export function typedOn(asked: Question[], body: FormBody): FormBody {
  const fields = asked.flatMap((question) => kindOf(question).fields(question))
  return Object.fromEntries(
    fields.filter((field) => body[field] !== undefined).map((field) => [field, body[field]]),
  )
}
