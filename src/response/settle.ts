import { type Questionnaire, questions } from '../questionnaire/definition.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import { hourLength } from './hour.ts'
import type { Answers, Cell, Channel, Comment, Settled } from './response.ts'
import { citingCells, scaleCells, unansweredCell } from './together.ts'
import { type Path, walk } from './walk.ts'

/** What is known of a response beside its answers. `hour`: epoch milliseconds, cut to the hour by settle(), so no exact time can be kept. */
export type Circumstances = { version: number; language: string; channel: Channel; hour: number }

/**
 * Settles a response on submit: answers off the path are dropped, and everything that is counted is worked out
 * from what remains. The same function makes the recount, so kept tallies can be checked against the answers.
 */
export const settle = (questionnaire: Questionnaire, given: Answers, circumstances: Circumstances): Settled =>
  settleWalked(questionnaire, walk(questionnaire, given, []), circumstances)

/** As settle, where walk() was just asked for the path. */
export function settleWalked(
  questionnaire: Questionnaire,
  { answers, steps }: Pick<Path, 'answers' | 'steps'>,
  circumstances: Circumstances,
): Settled {
  const asked = new Set(steps.flatMap((step) => step.questions.map(({ code }) => code)))
  const cells: Cell[] = [{ question: '', cell: '' }]
  const comments: Comment[] = []
  const profile: Record<string, string> = {}
  for (const question of questions(questionnaire)) {
    const answer = answers[question.code]
    if (answer === undefined) {
      if (asked.has(question.code)) cells.push({ question: question.code, cell: unansweredCell })
      continue
    }
    const kind = kindOf(question)
    const own = kind.cells(question, answer)
    // The cell '' counts who answered the question: the base of its shares.
    for (const cell of ['', ...own, ...scaleCells(question, own)]) {
      cells.push({ question: question.code, cell })
    }
    if (kind.measure === 'words') comments.push(comment(question, answer, answers))
    if (typeof question.attribute === 'string') profile[question.attribute] = String(answer)
  }
  return {
    ...circumstances,
    hour: Math.floor(circumstances.hour / hourLength) * hourLength,
    group: profile.group ?? onlyGroup(questionnaire),
    school: profile.school ?? '',
    answers,
    cells: [...cells, ...citingCells(questionnaire, cells)],
    comments,
  }
}

/** A survey for one stakeholder group alone knows who answers, and need not ask. */
const onlyGroup = ({ audience }: Questionnaire): string => (audience?.length === 1 ? (audience[0] ?? '') : '')

function comment(question: { code: string; about?: unknown }, answer: unknown, answers: Answers): Comment {
  const { words, language } = answer as { words: string; language: string }
  const about = typeof question.about === 'string' ? answers[question.about] : undefined
  return { question: question.code, about: typeof about === 'string' ? about : null, words, language }
}
