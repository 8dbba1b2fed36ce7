import { ownColumns } from '../questionnaire/check.ts'
import { type Questionnaire, questions } from '../questionnaire/definition.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import { unguardCell } from './formula.ts'
import { readHour } from './hour.ts'
import type { Versions } from './recount.ts'
import type { Answers, Channel, Settled } from './response.ts'
import { settle } from './settle.ts'

/**
 * What a file is read by: the survey's versions, and what stands in for cells that are empty or not there.
 * `current`: the version for rows that name none. `hour`: epoch milliseconds, for rows that name none.
 */
export type Reading = { versions: Versions; current: number; hour: number }

/** A header that was understood: the names of the file's columns, in its order. */
export type Header = { columns: readonly string[]; reading: Reading }

/** One row: a response ready to be kept and how many answers it lost to the path, or everything that is wrong. */
export type ImportedRow = { settled: Settled; dropped: number } | { faults: string[] }

const channels: readonly Channel[] = ['web', 'paper', 'kiosk', 'import']

/** Columns that other programs add to number their rows. We keep no such numbers, so they are passed over. */
const passedOver = ['id', 'response']

const questionColumns = (questionnaire: Questionnaire): string[] =>
  questions(questionnaire).flatMap((question) =>
    kindOf(question)
      .columns(question)
      .map(({ name }) => name),
  )

/** Reads the first row of a wide CSV. Every column must be one that an export of this survey has. */
export function readHeader(cells: readonly string[], reading: Reading): Header | { faults: string[] } {
  const columns = cells.map((cell) => cell.trim())
  const asked = new Set([...reading.versions.values()].flatMap(questionColumns))
  const known = new Set([...ownColumns, ...passedOver, ...asked])
  const faults = columns.flatMap((name, index) => {
    if (name === '') return [`column ${index + 1} has no name`]
    if (!known.has(name)) return [`this survey has no column "${name}"`]
    return columns.indexOf(name) < index ? [`the column "${name}" stands twice`] : []
  })
  if (faults.length === 0 && !columns.some((name) => asked.has(name)))
    faults.push('no column belongs to a question of this survey')
  return faults.length > 0 ? { faults } : { columns, reading }
}

/** Reads one row of a wide CSV; its cells stand in the order of the header. */
export function readRow(row: readonly string[], { columns, reading }: Header): ImportedRow {
  if (row.length !== columns.length)
    return { faults: [`it has ${row.length} cells, but the header has ${columns.length}`] }
  // Without a prototype, so that a question called "constructor" finds no cell that is not in the file.
  const cells: Record<string, string> = Object.create(null)
  for (const [index, name] of columns.entries()) cells[name] = unguardCell(row[index] ?? '')
  const version = readVersion(cells.version ?? '', reading)
  if (typeof version === 'string') return { faults: [version] }
  const { number, questionnaire } = version
  const faults = new Set<string>()
  const language = cells.language?.trim() || questionnaire.source
  if (!questionnaire.languages.includes(language))
    faults.add(
      `column language: "${language}" is not offered (it is one of ${questionnaire.languages.join(', ')})`,
    )
  const channel = cells.channel?.trim() || 'import'
  if (!isChannel(channel)) faults.add(`column channel: "${channel}" is not one of ${channels.join(', ')}`)
  const hour = cells.hour?.trim() ? readHour(cells.hour.trim()) : reading.hour
  if (hour === undefined) faults.add(`column hour: "${cells.hour}" is not a time such as 2021-05-12T19:00Z`)
  const answers = readAnswers(questionnaire, number, cells, language, faults)
  if (faults.size > 0 || hour === undefined || !isChannel(channel)) return { faults: [...faults] }
  const settled = settle(questionnaire, answers, { version: number, language, channel, hour })
  return { settled, dropped: Object.keys(answers).length - Object.keys(settled.answers).length }
}

const isChannel = (value: string): value is Channel => (channels as readonly string[]).includes(value)

function readVersion(
  cell: string,
  { versions, current }: Reading,
): { number: number; questionnaire: Questionnaire } | string {
  const number = cell.trim() === '' ? current : /^\d{1,6}$/.test(cell.trim()) ? Number(cell) : Number.NaN
  const questionnaire = versions.get(number)
  if (questionnaire) return { number, questionnaire }
  return `column version: "${cell}" is not a version of this survey (it has ${[...versions.keys()].sort((a, b) => a - b).join(', ')})`
}

/** The answers of a row, by the kinds' own reading; adds to `faults` what they cannot read. */
function readAnswers(
  questionnaire: Questionnaire,
  version: number,
  cells: Record<string, string>,
  language: string,
  faults: Set<string>,
): Answers {
  const answers: Answers = {}
  const read = new Set([...ownColumns, ...passedOver])
  for (const question of questions(questionnaire)) {
    const kind = kindOf(question)
    const { answer, problem } = kind.fromCells(question, cells, language)
    if (problem !== undefined) faults.add(problem)
    else if (answer !== undefined && !kind.fits(question, answer))
      faults.add(`the cells of ${question.code} are not an answer to it`)
    else if (answer !== undefined) answers[question.code] = answer
    for (const { name } of kind.columns(question)) read.add(name)
  }
  for (const [name, cell] of Object.entries(cells))
    if (cell !== '' && !read.has(name))
      faults.add(`column ${name}: version ${version} does not ask this, so the cell must be empty`)
  return answers
}
