import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import type { Settled } from '../src/response/response.ts'
import { turnoutOf } from '../src/response/turnout.ts'

/**
 * The ceiling of sending: the same rows into the same schema with as few words as possible, `together` responses a
 * transaction, each on disk before the next begins. No HTTP, no form, no draft, no thread, none of our store.
 * Takes a data folder that nobody else has open; returns responses per second.
 */
export function insertBare(
  dataDir: string,
  { survey, responses, together }: { survey: number; responses: readonly Settled[]; together: number },
): number {
  const db = new BetterSqlite3(join(dataDir, 'heard.db'))
  try {
    db.pragma('journal_mode = wal')
    db.pragma('synchronous = full')
    const questions = new Map(
      db
        .prepare<[number], [string, number]>('select code, id from question where survey = ?')
        .raw()
        .all(survey),
    )
    const response = db.prepare(
      'insert into response (survey, version, language, channel, hour, grp, school) values (?, ?, ?, ?, ?, ?, ?)',
    )
    const answer = db.prepare('insert into answer (question, response, value) values (?, ?, ?)')
    const comment = db.prepare(
      'insert into comment (response, question, about, words, language, grp, school) values (?, ?, ?, ?, ?, ?, ?)',
    )
    const spent = db.prepare('insert into spent (token_hash, survey) values (?, ?)')
    const tally = db.prepare(
      `insert into tally (survey, question, cell, grp, school, n) values (?, ?, ?, ?, ?, 1)
       on conflict (survey, question, cell, grp, school) do update set n = n + 1`,
    )
    const commentTally = db.prepare(
      `insert into comment_tally (question, about, grp, school, n) values (?, ?, ?, ?, 1)
       on conflict (question, about, grp, school) do update set n = n + 1`,
    )
    const turnout = db.prepare(
      `insert into turnout (survey, dimension, code, grp, school, n) values (?, ?, ?, ?, ?, 1)
       on conflict (survey, dimension, code, grp, school) do update set n = n + 1`,
    )
    const write = db.transaction((batch: readonly Settled[]) => {
      for (const whole of batch) {
        const { version, language, channel, hour, group, school, ...one } = whole
        const { lastInsertRowid: id } = response.run(survey, version, language, channel, hour, group, school)
        for (const [code, value] of Object.entries(one.answers))
          answer.run(questions.get(code), id, JSON.stringify(value))
        for (const { question, about, words, language } of one.comments) {
          comment.run(id, questions.get(question), about, words, language, group, school)
          commentTally.run(questions.get(question), about ?? '', group, school)
        }
        for (const { question, cell } of one.cells) tally.run(survey, question, cell, group, school)
        for (const { dimension, code, ...of } of turnoutOf(whole))
          turnout.run(survey, dimension, code, of.group, of.school)
        spent.run(randomBytes(32).toString('base64url'), survey)
      }
    })
    const began = performance.now()
    for (let at = 0; at < responses.length; at += together)
      write.immediate(responses.slice(at, at + together))
    return responses.length / ((performance.now() - began) / 1000)
  } finally {
    db.close()
  }
}
