import type { Cell } from '../../response/response.ts'
import { turnoutOf } from '../../response/turnout.ts'
import type { Row } from '../jobs.ts'
import type { Connection } from './connection.ts'

/** Writes responses on one connection, inside a transaction that the caller holds. */
export type Rows = {
  /** Responses, answers and comments, without their tallies. Throws when one of them cannot be kept. Gives the id of the last. */
  insert: (survey: number, rows: Gathered) => number | bigint
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
  places: Map<string, { survey: number; group: string; school: string; n: Map<Cell, number> }>
  comments: Few
  turnout: Map<string, { survey: number; head: Parameters<typeof turnoutOf>[0]; n: number }>
}
type Few = Map<string, { key: (string | number)[]; n: number }>

export const noCounts = (): Counts => ({ places: new Map(), comments: new Map(), turnout: new Map() })

/**
 * Responses that are to be written together, by what is written together. `answers`: JSON by question code, null where
 * one did not answer; `at` is the place of a response among them.
 */
export type Gathered = {
  heads: Omit<Row, 'answers' | 'cells' | 'comments'>[]
  answers: Map<string, (string | null)[]>
  comments: (Row['comments'][number] & { at: number })[]
}

export const nothingGathered = (): Gathered => ({ heads: [], answers: new Map(), comments: [] })

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

  function insert(survey: number, { heads, answers, comments }: Gathered): number | bigint {
    let first: number | undefined
    let last: number | bigint = 0
    for (const [at, head] of heads.entries()) {
      const { version, language, channel, hour, group, school, enteredBy, checkedBy } = head
      last = insertResponse.run(
        survey,
        version,
        language,
        channel,
        hour,
        group,
        school,
        enteredBy,
        checkedBy,
      ).lastInsertRowid
      first ??= Number(last)
      // This transaction alone gives numbers out.
      if (Number(last) !== first + at) throw new Error('responses were not numbered one after the other')
    }
    const start = first ?? 0
    for (const { at, question, about, words, language } of comments) {
      const { group = '', school = '' } = heads[at] ?? {}
      insertComment.run(start + at, questionId(survey, question), about, words, language, group, school)
    }
    // Question by question, as the table lies on disk: an import then writes each page once.
    for (const [code, values] of answers) {
      const question = questionId(survey, code)
      if (heads.length < fewest) {
        for (const [at, json] of values.entries()) if (json) insertAnswer.run(question, start + at, json)
        continue
      }
      for (let at = 0; at < values.length; at += together)
        insertAnswers.run(question, start + at, JSON.stringify(values.slice(at, at + together)))
    }
    return last
  }

  function count({ places, comments, turnout }: Counts): void {
    // In the order of the table, so that those that lie side by side are found there.
    const byCell = new Map<Cell, { survey: number; group: string; school: string; n: number }[]>()
    for (const { survey, group, school, n } of places.values())
      for (const [cell, more] of n) {
        const found = byCell.get(cell)
        if (found) found.push({ survey, group, school, n: more })
        else byCell.set(cell, [{ survey, group, school, n: more }])
      }
    const sorted = [...byCell].sort(([one], [other]) => compare(one, other))
    for (const [{ question, cell }, here] of sorted)
      for (const { survey, group, school, n } of here) addTally.run(survey, question, cell, group, school, n)
    for (const { key, n } of comments.values()) {
      const [survey, code, ...rest] = key as [number, string, string, string, string]
      addCommentTally.run(questionId(survey, code), ...rest, n)
    }
    const whole: Few = new Map()
    for (const { survey, head, n } of turnout.values())
      for (const { dimension, code, group, school } of turnoutOf(head))
        addSome(whole, [survey, dimension, code, group, school], n)
    for (const { key, n } of whole.values()) addTurnout.run(...key, n)
  }

  return { insert, count, forget: () => questions.clear() }
}

/** Answers that are written one by one: so few do not pay for the way through JSON. */
const fewest = 8
/** Answers in one statement. */
const together = 4_000

const compare = (one: Cell, other: Cell): number =>
  one.question < other.question || (one.question === other.question && one.cell < other.cell) ? -1 : 1

/** Adds a row to those that wait. */
export function gather({ heads, answers, comments }: Gathered, { cells: _, ...row }: Row): void {
  const at = heads.length
  for (const [code, json] of row.answers) {
    const known = answers.get(code)
    const values = known ?? []
    if (!known) answers.set(code, values)
    while (values.length < at) values.push(null)
    values.push(json)
  }
  for (const one of row.comments) comments.push({ at, ...one })
  const { version, language, channel, hour, group, school, enteredBy, checkedBy } = row
  heads.push({ version, language, channel, hour, group, school, enteredBy, checkedBy })
}

/** Adds what a row holds to counts that are not written yet. */
export function addTo(counts: Counts, survey: number, row: Row): void {
  const { group, school, cells, language, channel, hour } = row
  const name = `${survey}\0${group}\0${school}`
  const found = counts.places.get(name)
  const place = found ?? { survey, group, school, n: new Map<Cell, number>() }
  if (!found) counts.places.set(name, place)
  for (const cell of cells) place.n.set(cell, (place.n.get(cell) ?? 0) + 1)
  const came = `${name}\0${language}\0${channel}\0${hour}`
  const known = counts.turnout.get(came)
  if (known) known.n += 1
  else counts.turnout.set(came, { survey, head: { language, channel, hour, group, school }, n: 1 })
  for (const { question, about } of row.comments)
    addSome(counts.comments, [survey, question, about ?? '', group, school], 1)
}

function addSome(counts: Few, key: (string | number)[], n: number): void {
  const name = key.join('\0')
  const found = counts.get(name)
  if (found) found.n += n
  else counts.set(name, { key, n })
}
