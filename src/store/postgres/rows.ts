import { turnoutOf } from '../../response/turnout.ts'
import type { Row } from '../jobs.ts'
import { ask, type Client } from './connection.ts'

/** Numbers of questions as they were last read: they are only ever added. */
export type Questions = Map<number, Map<string, number>>

export type Numbered = { id: number; survey: number; row: Row }

/**
 * Writes responses, answers and comments, a statement for each table. Runs in a transaction that the caller holds.
 * Gives each its number, in order; throws when one of them cannot be kept.
 */
export async function insertRows(
  client: Client,
  questions: Questions,
  rows: readonly { survey: number; row: Row }[],
): Promise<Numbered[]> {
  for (const { survey, row } of rows) await learn(client, questions, survey, row)
  const ids = await ask<{ id: number }>(
    client,
    `select nextval(pg_get_serial_sequence('response', 'id')) as id from generate_series(1, $1::int)`,
    [rows.length],
  )
  const numbered = rows.map((one, at) => ({ id: ids.rows[at]?.id ?? 0, ...one }))
  const of = <V>(value: (one: Numbered) => V): V[] => numbered.map(value)
  await ask(
    client,
    `insert into response (id, survey, version, language, channel, hour, grp, school, entered_by, checked_by)
     select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::text[],
       $8::text[], $9::text[], $10::text[])`,
    [
      of(({ id }) => id),
      of(({ survey }) => survey),
      of(({ row }) => row.version),
      of(({ row }) => row.language),
      of(({ row }) => row.channel),
      of(({ row }) => row.hour),
      of(({ row }) => row.group),
      of(({ row }) => row.school),
      of(({ row }) => row.enteredBy),
      of(({ row }) => row.checkedBy),
    ],
  )
  const answers = numbered.flatMap(({ id, survey, row }) =>
    row.answers.map(([code, json]) => ({
      question: idOf(questions, survey, code),
      response: id,
      value: json,
    })),
  )
  // Question by question, as they are looked for.
  answers.sort((a, b) => a.question - b.question)
  if (answers.length > 0)
    await ask(
      client,
      `insert into answer (question, response, value) select * from unnest($1::bigint[], $2::bigint[], $3::text[])`,
      [
        answers.map(({ question }) => question),
        answers.map(({ response }) => response),
        answers.map(({ value }) => value),
      ],
    )
  await insertComments(client, questions, numbered)
  return numbered
}

async function insertComments(client: Client, questions: Questions, numbered: Numbered[]): Promise<void> {
  const comments = numbered.flatMap(({ id, survey, row: { group, school, comments } }) =>
    comments.map((one) => ({ id, group, school, ...one, question: idOf(questions, survey, one.question) })),
  )
  if (comments.length === 0) return
  await ask(
    client,
    `insert into comment (response, question, about, words, language, grp, school)
     select response, question, about, words, language, grp, school
     from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
       with ordinality as said (response, question, about, words, language, grp, school, place)
     order by place`,
    [
      comments.map(({ id }) => id),
      comments.map(({ question }) => question),
      comments.map(({ about }) => about),
      comments.map(({ words }) => words),
      comments.map(({ language }) => language),
      comments.map(({ group }) => group),
      comments.map(({ school }) => school),
    ],
  )
}

/** Reads the numbers of a survey's questions when one is asked for that is not known: perhaps it was just published. */
async function learn(client: Client, questions: Questions, survey: number, row: Row): Promise<void> {
  const codes = [...row.answers.map(([code]) => code), ...row.comments.map(({ question }) => question)]
  const known = questions.get(survey)
  if (known && codes.every((code) => known.has(code))) return
  const { rows } = await ask<{ code: string; id: number }>(
    client,
    'select code, id from question where survey = $1',
    [survey],
  )
  questions.set(survey, new Map(rows.map(({ code, id }) => [code, id])))
}

function idOf(questions: Questions, survey: number, code: string): number {
  const id = questions.get(survey)?.get(code)
  if (id === undefined) throw new Error(`survey ${survey} has no question ${code}`)
  return id
}

/** What responses add to the kept counts: each distinct cell once, however many of them hold it. */
export type Counts = Record<'tally' | 'comment_tally' | 'turnout', Map<string, { key: Key; n: number }>>
type Key = readonly (string | number)[]

export const noCounts = (): Counts => ({ tally: new Map(), comment_tally: new Map(), turnout: new Map() })

export function addTo(counts: Counts, questions: Questions, { survey, row }: Omit<Numbered, 'id'>): void {
  const { group, school } = row
  for (const { question, cell } of row.cells) add(counts.tally, [survey, question, cell, group, school])
  for (const { question, about } of row.comments)
    add(counts.comment_tally, [idOf(questions, survey, question), about ?? '', group, school])
  for (const one of turnoutOf(row))
    add(counts.turnout, [survey, one.dimension, one.code, one.group, one.school])
}

function add(counts: Map<string, { key: Key; n: number }>, key: Key): void {
  const name = key.join('\0')
  const found = counts.get(name)
  if (found) found.n += 1
  else counts.set(name, { key, n: 1 })
}

const upserts: Record<keyof Counts, string> = {
  tally: `insert into tally (survey, question, cell, grp, school, n)
    select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
    on conflict (survey, question, cell, grp, school) do update set n = tally.n + excluded.n`,
  comment_tally: `insert into comment_tally (question, about, grp, school, n)
    select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[])
    on conflict (question, about, grp, school) do update set n = comment_tally.n + excluded.n`,
  turnout: `insert into turnout (survey, dimension, code, grp, school, n)
    select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
    on conflict (survey, dimension, code, grp, school) do update set n = turnout.n + excluded.n`,
}

/** Adds to the kept counts, always in the order of their keys: two that wait for each other's rows would never end. */
export async function addCounts(client: Client, counts: Counts): Promise<void> {
  for (const table of ['tally', 'comment_tally', 'turnout'] as const) {
    const rows = [...counts[table]].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
    const width = rows[0]?.key.length
    if (width === undefined) continue
    const columns = Array.from({ length: width }, (_, at) => rows.map(({ key }) => key[at] ?? ''))
    await ask(client, upserts[table], [...columns, rows.map(({ n }) => n)])
  }
}
