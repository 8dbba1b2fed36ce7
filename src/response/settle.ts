import { type Question, type Questionnaire, questions } from '../questionnaire/definition.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import { type Counted, countersOf, sharedCells } from './counted.ts'
import { hourLength } from './hour.ts'
import type { Answers, Cell, Channel, Comment, Settled } from './response.ts'
import { unansweredCell } from './together.ts'
import { type Path, wayThrough } from './walk.ts'

/** What is known of a response beside its answers. `hour`: epoch milliseconds, cut to the hour by settle(), so no exact time can be kept. */
export type Circumstances = { version: number; language: string; channel: Channel; hour: number }

/**
 * Settles a response on submit: answers off the path are dropped, and everything that is counted is worked out
 * from what remains. The same function makes the recount, so kept tallies can be checked against the answers.
 */
export function settle(questionnaire: Questionnaire, given: Answers, circumstances: Circumstances): Settled {
  const { asked, answers } = wayThrough(questionnaire, given)
  return settled(questionnaire, answers, asked, circumstances)
}

/** As settle, where walk() was just asked for the path. */
export const settleWalked = (
  questionnaire: Questionnaire,
  { answers, steps }: Pick<Path, 'answers' | 'steps'>,
  circumstances: Circumstances,
): Settled => settled(questionnaire, answers, steps, circumstances)

function settled(
  questionnaire: Questionnaire,
  answers: Answers,
  asked: readonly { questions: readonly Question[] }[],
  circumstances: Circumstances,
): Settled {
  const counters = countersOf(questionnaire)
  const cells: Cell[] = [response]
  const alone: Cell[] = []
  const parts: Counted['parts'][number][] = []
  const comments: Comment[] = []
  const profile: Record<string, string> = {}
  for (const question of questions(questionnaire)) {
    const answer = answers[question.code]
    if (answer === undefined) {
      if (asked.some((one) => one.questions.some(({ code }) => code === question.code)))
        cells.push(unansweredOf(question))
      continue
    }
    const counted = counters.get(question.code)?.(answer)
    if (!counted) continue
    for (const cell of counted.cells) cells.push(cell)
    for (const cell of counted.alone) alone.push(cell)
    for (const part of counted.parts) parts.push(part)
    if (kindOf(question).measure === 'words') comments.push(comment(question, answer, answers))
    if (typeof question.attribute === 'string') profile[question.attribute] = String(answer)
  }
  for (const cell of alone) cells.push(cell)
  if (parts.length > 0) cells.push(...sharedCells(parts))
  return {
    ...circumstances,
    hour: Math.floor(circumstances.hour / hourLength) * hourLength,
    group: profile.group ?? onlyGroup(questionnaire),
    school: profile.school ?? '',
    answers,
    cells,
    comments,
  }
}

/** The response itself. Cells that many responses share are one object, so that they are counted quickly. */
const response: Cell = Object.freeze({ question: '', cell: '' })

const unanswered = new WeakMap<Question, Cell>()

function unansweredOf(question: Question): Cell {
  const known = unanswered.get(question) ?? { question: question.code, cell: unansweredCell }
  unanswered.set(question, known)
  return known
}

/** A survey for one stakeholder group alone knows who answers, and need not ask. */
export const onlyGroup = ({ audience }: Questionnaire): string =>
  audience?.length === 1 ? (audience[0] ?? '') : ''

function comment(question: { code: string; about?: unknown }, answer: unknown, answers: Answers): Comment {
  const { words, language } = answer as { words: string; language: string }
  const about = typeof question.about === 'string' ? answers[question.about] : undefined
  return { question: question.code, about: typeof about === 'string' ? about : null, words, language }
}
