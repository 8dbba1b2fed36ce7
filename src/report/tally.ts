import { findQuestion, type Question, type Questionnaire } from '../questionnaire/definition.ts'
import { kindOf } from '../questionnaire/kinds.ts'
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

/** Parts an "item=point" cell; item codes hold no "=". */
export function readPoint(cell: string): { item: string; point: string } {
  const at = cell.indexOf('=')
  return { item: cell.slice(0, at), point: cell.slice(at + 1) }
}

/** The option of a comment's question that it explains is an answer to this question, if to any. */
export function explained(questionnaire: Questionnaire, question: Question): Question | undefined {
  const about = question.about
  return typeof about === 'string' ? findQuestion(questionnaire, about) : undefined
}

/** Who stands behind a cell: nobody twice, and "not applicable" is no answer to an item. */
function standsFor(row: Row, measures: ReadonlyMap<string, string>): string | undefined {
  if (row.cell === '') return row.question
  const measure = measures.get(row.question)
  if (measure === 'choice') return choosers(row.question, row.cell)
  if (measure !== 'points') return undefined
  const { item: code, point } = readPoint(row.cell)
  return point === 'na' ? undefined : item(row.question, code)
}

/** Puts the kept counts in order, in one pass; counts of questions that are no longer asked are passed over. */
export function readTally(questionnaire: Questionnaire, rows: Iterable<Row>): Tally {
  const measures = new Map(
    questionnaire.sections.flatMap(({ questions }) =>
      questions.map((question) => [question.code, kindOf(question).measure] as const),
    ),
  )
  const tally: Tally = { cells: new Map(), people: new Map() }
  for (const row of rows) {
    if (row.n <= 0 || (row.question !== survey && !measures.has(row.question))) continue
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
