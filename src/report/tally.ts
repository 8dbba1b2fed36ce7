import { findQuestion, type Question, type Questionnaire, questions } from '../questionnaire/definition.ts'
import type { Measure } from '../questionnaire/kind.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import { citedTogether, readPoint, readTogether, unansweredCell } from '../response/together.ts'
import type { Count } from './slice.ts'

/** A kept count, as the store has it: `n` responses of a school and group hold `cell` in `question`. */
export type Row = { question: string; cell: string; school: string; group: string; n: number }

/** Comments on one question, kept with the option they explain (null: with none). */
export type CommentCount = {
  question: string
  about: string | null
  school: string
  group: string
  n: number
}

/**
 * The tally put in order: `cells` of each question, and `people`: who stands behind each thing that is hidden or
 * shown as one. Such a thing is the whole survey, a question, an item of a grid, or those who chose an option.
 */
export type Tally = { cells: Map<string, Row[]>; people: Map<string, Count[]> }

export const survey = ''
export const item = (question: string, code: string): string => `${question} ${code}`
/** Those who answered every item of a question that cites this plan element. */
export const together = (question: string, element: string): string => `${question}&${element}`
export const choosers = (question: string, option: string): string => `${question}=${option}`

/** The option of a comment's question that it explains is an answer to this question, if to any. */
export function explained(questionnaire: Questionnaire, question: Question): Question | undefined {
  const about = question.about
  return typeof about === 'string' ? findQuestion(questionnaire, about) : undefined
}

type Asked = { measure: Measure; cited: Map<string, string[]> }

/** Who stands behind a cell: nobody twice, and "not applicable" is no answer to an item. */
function standsFor(row: Row, questions: ReadonlyMap<string, Asked>): string | undefined {
  if (row.cell === '') return row.question
  const { measure, cited } = questions.get(row.question) ?? {}
  if (row.cell === unansweredCell) return undefined
  if (measure === 'choice') return choosers(row.question, row.cell)
  if (measure !== 'points' || row.cell.startsWith('#') || row.cell.startsWith('~')) return undefined
  const joint = readTogether(row.cell)
  if (joint) {
    const answered = (code: string) => (joint.points.get(code) ?? 'na') !== 'na'
    const codes = cited?.get(joint.element)
    return codes?.every(answered) ? together(row.question, joint.element) : undefined
  }
  const { item: code, point } = readPoint(row.cell)
  return point === 'na' ? undefined : item(row.question, code)
}

/** Puts the kept counts in order, in one pass; counts of questions that are no longer asked are passed over. */
export function readTally(questionnaire: Questionnaire, rows: Iterable<Row>): Tally {
  const asked = new Map(
    questions(questionnaire).map((question): [string, Asked] => {
      const kind = kindOf(question)
      return [question.code, { measure: kind.measure, cited: citedTogether(kind.outline(question)) }]
    }),
  )
  const tally: Tally = { cells: new Map(), people: new Map() }
  for (const row of rows) {
    if (row.n <= 0 || (row.question !== survey && !asked.has(row.question))) continue
    append(tally.cells, row.question, row)
    const behind = standsFor(row, asked)
    if (behind !== undefined) append(tally.people, behind, row)
  }
  return tally
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
