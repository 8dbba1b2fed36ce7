import { turnoutOf } from '../../response/turnout.ts'
import type { Row } from '../jobs.ts'
import type { Connection } from './connection.ts'

/** Writes responses on one connection, inside a transaction that the caller holds. */
export type Rows = {
  /** Responses, answers and comments, without their tallies. Throws when one of them cannot be kept. Gives the id of the last. */
  insert: (survey: number, rows: readonly Row[]) => number | bigint
  /** Adds these rows to the tallies: each distinct cell is written once, however many rows hold it. */
  count: (kept: Iterable<readonly [survey: number, row: Row]>) => void
  /** Drops the remembered question numbers. */
  forget: () => void
}

type Counts = Map<string, { key: (string | number)[]; n: number }>

export function prepareRows(db: Connection): Rows {
  const insertResponse = db.prepare(
    `insert into response (survey, version, language, channel, hour, grp, school, entered_by, checked_by)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertAnswer = db.prepare('insert into answer (question, response, value) values (?, ?, ?)')
  const insertComment = db.prepare(
    `insert into comment (response, question, about, words, language, grp, school) values (?, ?, ?, ?, ?, ?, ?)`,
  )
  const addTally = db.prepare(
    `insert into tally (survey, question, cell, grp, school, n) values (?, ?, ?, ?, ?, ?)
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
    let last: number | bigint = 0
    const byQuestion = new Map<number, (number | bigint | string)[]>()
    for (const row of rows) {
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
      last = id
      for (const [code, json] of row.answers) {
        const question = questionId(survey, code)
        const answers = byQuestion.get(question)
        if (answers) answers.push(id, json)
        else byQuestion.set(question, [id, json])
      }
      for (const { question, about, words, language } of row.comments) {
        insertComment.run(id, questionId(survey, question), about, words, language, group, school)
      }
    }
    // Question by question, as the table lies on disk: an import then writes each page once.
    for (const [question, answers] of byQuestion) {
      for (let at = 0; at < answers.length; at += 2) insertAnswer.run(question, answers[at], answers[at + 1])
    }
    return last
  }

  function count(kept: Iterable<readonly [number, Row]>): void {
    const cells: Counts = new Map()
    const comments: Counts = new Map()
    const turnout: Counts = new Map()
    for (const [survey, whole] of kept) {
      const { group, school, ...row } = whole
      for (const one of turnoutOf(whole))
        add(turnout, [survey, one.dimension, one.code, one.group, one.school])
      for (const { question, cell } of row.cells) add(cells, [survey, question, cell, group, school])
      for (const { question, about } of row.comments) {
        add(comments, [questionId(survey, question), about ?? '', group, school])
      }
    }
    for (const { key, n } of cells.values()) addTally.run(...key, n)
    for (const { key, n } of comments.values()) addCommentTally.run(...key, n)
    for (const { key, n } of turnout.values()) addTurnout.run(...key, n)
  }

  return { insert, count, forget: () => questions.clear() }
}

function add(counts: Counts, key: (string | number)[]): void {
  const name = key.join('\0')
  const found = counts.get(name)
  if (found) found.n += 1
  else counts.set(name, { key, n: 1 })
}
