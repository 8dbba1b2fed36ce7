import type { Cell } from '../../response/response.ts'
import { turnoutOf } from '../../response/turnout.ts'
import type { Row } from '../jobs.ts'
import type { Connection } from './connection.ts'

/** Writes responses on one connection, inside a transaction that the caller holds. */
export type Rows = {
  /** Responses, answers and comments, without their tallies. Throws when one of them cannot be kept. Gives the id of the last. */
  insert: (survey: number, rows: readonly Row[]) => number | bigint
  /** Adds what a row holds to counts that are not written yet. */
  add: (counts: Counts, survey: number, row: Row) => void
  /** Writes counts to the tallies: each distinct cell once, however many rows hold it. */
  count: (counts: Counts) => void
  /** Drops the remembered question numbers. */
  forget: () => void
}

/**
 * What rows add to the kept counts. Cells are told apart by what they are, not by what they say: those of an import are
 * shared by all who answered alike, and two that say the same are added up when they are written.
 */
export type Counts = {
  cells: Map<string, { survey: number; group: string; school: string; n: Map<Cell, number> }>
  comments: Few
  turnout: Few
}
type Few = Map<string, { key: (string | number)[]; n: number }>

export const noCounts = (): Counts => ({ cells: new Map(), comments: new Map(), turnout: new Map() })

export function prepareRows(db: Connection): Rows {
  const insertResponse = db.prepare(
    `insert into response (survey, version, language, channel, hour, grp, school, entered_by, checked_by)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertAnswer = db.prepare('insert into answer (question, response, value) values (?, ?, ?)')
  // The answers to one question of responses that follow each other: a third of the time of one by one.
  const insertAnswers = db.prepare(
    `insert into answer (question, response, value)
     select ?, ? + key, value from json_each(?) where value is not null`,
  )
  const insertComment = db.prepare(
    `insert into comment (response, question, about, words, language, grp, school) values (?, ?, ?, ?, ?, ?, ?)`,
  )
  // All cells of one question at once, as JSON by their names: a call for each would take three times as long.
  const addTally = db.prepare(
    `insert into tally (survey, question, cell, grp, school, n)
     select ?, ?, key, ?, ?, value from json_each(?) where true
     on conflict (survey, question, cell, grp, school) do update set n = n + excluded.n`,
  )
  const addCommentTally = db.prepare(
    `insert into comment_tally (question, about, grp, school, n) values (?, ?, ?, ?, ?)
     on conflict (question, about, grp, school) do update set n = n + excluded.n`,
  )
  const addTurnout = db.prepare(
    `insert into turnout (survey, dimension, code, grp, school, n) values (?, ?, ?, ?, ?, ?)
     on conflict (survey, dimension, code, grp, school) do update set n = n + excluded.n`,
  )
  const listQuestions = db
    .prepare<[number], [string, number]>('select code, id from question where survey = ?')
    .raw()
  const questions = new Map<number, Map<string, number>>()

  function questionId(survey: number, code: string): number {
    const known = questions.get(survey)?.get(code)
    if (known !== undefined) return known
    // Perhaps another process published a version since: numbers are only ever added, so look again.
    const found = new Map(listQuestions.all(survey))
    questions.set(survey, found)
    const id = found.get(code)
    if (id === undefined) throw new Error(`survey ${survey} has no question ${code}`)
    return id
  }

  function insert(survey: number, rows: readonly Row[]): number | bigint {
    let first: number | undefined
    let last: number | bigint = 0
    const byQuestion = new Map<number, { at: number; json: string }[]>()
    for (const [at, row] of rows.entries()) {
      const { version, language, channel, hour, group, school } = row
      const { lastInsertRowid: id } = insertResponse.run(
        survey,
        version,
        language,
        channel,
        hour,
        group,
        school,
        row.enteredBy,
        row.checkedBy,
      )
      first ??= Number(id)
      // This transaction alone gives numbers out.
      if (Number(id) !== first + at) throw new Error('responses were not numbered one after the other')
      last = id
      for (const [code, json] of row.answers) {
        const question = questionId(survey, code)
        const answers = byQuestion.get(question)
        if (answers) answers.push({ at, json })
        else byQuestion.set(question, [{ at, json }])
      }
      for (const { question, about, words, language } of row.comments) {
        insertComment.run(id, questionId(survey, question), about, words, language, group, school)
      }
    }
    // Question by question, as the table lies on disk: an import then writes each page once.
    for (const [question, answers] of byQuestion) {
      const start = first ?? 0
      if (answers.length < fewest)
        for (const { at, json } of answers) insertAnswer.run(question, start + at, json)
      else {
        const values: (string | null)[] = new Array(rows.length).fill(null)
        for (const { at, json } of answers) values[at] = json
        insertAnswers.run(question, start, JSON.stringify(values))
      }
    }
    return last
  }

  function add(counts: Counts, survey: number, whole: Row): void {
    const { group, school, cells } = whole
    const name = `${survey}\0${group}\0${school}`
    const found = counts.cells.get(name)
    const place = found ?? { survey, group, school, n: new Map<Cell, number>() }
    if (!found) counts.cells.set(name, place)
    for (const cell of cells) place.n.set(cell, (place.n.get(cell) ?? 0) + 1)
    for (const one of turnoutOf(whole))
      addOne(counts.turnout, [survey, one.dimension, one.code, one.group, one.school])
    for (const { question, about } of whole.comments)
      addOne(counts.comments, [questionId(survey, question), about ?? '', group, school])
  }

  function count({ cells, comments, turnout }: Counts): void {
    for (const { survey, group, school, n } of cells.values()) {
      const questions = new Map<string, Record<string, number>>()
      for (const [{ question, cell }, more] of n) {
        // Without a prototype: a cell may be called "constructor".
        const said = questions.get(question) ?? Object.create(null)
        questions.set(question, said)
        said[cell] = (said[cell] ?? 0) + more
      }
      for (const [question, said] of questions)
        addTally.run(survey, question, group, school, JSON.stringify(said))
    }
    for (const { key, n } of comments.values()) addCommentTally.run(...key, n)
    for (const { key, n } of turnout.values()) addTurnout.run(...key, n)
  }

  return { insert, add, count, forget: () => questions.clear() }
}

/** Answers that are written one by one: so few do not pay for the way through JSON. */
const fewest = 8

function addOne(counts: Few, key: (string | number)[]): void {
  const name = key.join('\0')
  const found = counts.get(name)
  if (found) found.n += 1
  else counts.set(name, { key, n: 1 })
}
