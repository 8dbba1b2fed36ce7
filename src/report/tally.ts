import { findQuestion, type Question, type Questionnaire, questions } from '../questionnaire/definition.ts'
import type { Measure } from '../questionnaire/kind.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import { isCitingKey, readPoint, unansweredCell } from '../response/together.ts'
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
export const choosers = (question: string, option: string): string => `${question}=${option}`
/** The question that such a thing is of. */
export const questionOf = (thing: string): string => thing.split(/[ =]/)[0] ?? ''

/** The option of a comment's question that it explains is an answer to this question, if to any. */
export function explained(questionnaire: Questionnaire, question: Question): Question | undefined {
  const about = question.about
  return typeof about === 'string' ? findQuestion(questionnaire, about) : undefined
}

/** Who stands behind a cell: nobody twice, and "not applicable" is no answer to an item. */
function standsFor(row: Row, measures: ReadonlyMap<string, Measure>): string | undefined {
  if (row.cell === '') return row.question
  if (row.cell === unansweredCell) return undefined
  const measure = measures.get(row.question)
  if (measure === 'choice') return choosers(row.question, row.cell)
  if (measure !== 'points' || /^[#~]/.test(row.cell)) return undefined
  const { item: code, point } = readPoint(row.cell)
  return point === 'na' ? undefined : item(row.question, code)
}

/** Puts the kept counts in order, in one pass; counts of questions that are no longer asked are passed over. */
export function readTally(questionnaire: Questionnaire, rows: Iterable<Row>): Tally {
  const measures = new Map(
    questions(questionnaire).map((question) => [question.code, kindOf(question).measure] as const),
  )
  const tally: Tally = { cells: new Map(), people: new Map() }
  for (const row of rows) {
    const known = row.question === survey || isCitingKey(row.question) || measures.has(row.question)
    if (row.n <= 0 || !known) continue
    append(tally.cells, row.question, row)
    const behind = standsFor(row, measures)
    if (behind !== undefined) append(tally.people, behind, row)
  }
  return tally
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
