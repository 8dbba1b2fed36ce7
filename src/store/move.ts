import { type Kysely, sql } from 'kysely'
import type { Engine } from './engine.ts'
import { Conflict } from './errors.ts'
import type { Database } from './tables.ts'

type Table = keyof Database

/** Every table and its key, in an order in which whatever names a row of another comes after it. */
const keys: { [T in Table]: readonly (keyof Database[T] & string)[] } = {
  survey: ['id'],
  version: ['survey', 'number'],
  question: ['id'],
  definition: ['slug', 'revision'],
  response: ['id'],
  answer: ['question', 'response'],
  comment: ['id'],
  tally: ['survey', 'question', 'cell', 'grp', 'school'],
  comment_tally: ['question', 'about', 'grp', 'school'],
  crossing: ['survey', 'question', 'cell', 'grp', 'grade', 'spoken'],
  crossing_mark: ['survey'],
  turnout: ['survey', 'dimension', 'code', 'grp', 'school'],
  progress: ['survey', 'version', 'day', 'what', 'place'],
  draft: ['token_hash'],
  spent: ['token_hash'],
  access_code: ['code_hash'],
  resume_code: ['code_hash'],
  refusal: ['survey'],
  withdrawal: ['code_hash'],
  paper_sheet: ['survey', 'sheet'],
  contact: ['id'],
  contact_list: ['survey'],
  contact_file: ['survey'],
  mailing: ['id'],
  letter: ['mailing', 'contact'],
  stopped_address: ['address_hash'],
  enrolment: ['as_of'],
  series: ['id'],
  wave: ['survey'],
  same_question: ['before', 'after', 'asked_after'],
  import_mapping: ['fingerprint'],
  import_file: ['person'],
  import_run: ['survey', 'fingerprint'],
  person: ['id'],
  safety_reader: ['person'],
  session: ['id_hash'],
  audit: ['id'],
  setting: ['key'],
  plan: ['id'],
  translation: ['place', 'tag', 'key'],
  translation_note: ['id'],
  interface_language: ['tag'],
  codebook: ['id', 'version'],
  coding: ['id'],
  reading: ['survey', 'comment', 'person'],
  second_sample: ['survey', 'comment'],
  gloss: ['survey', 'comment', 'tag'],
  theme_model: ['survey', 'number'],
  acceptance: ['id'],
  quote: ['id'],
  flag: ['id'],
  commitment: ['id', 'revision'],
  heard_page: ['survey', 'number'],
  conversation: ['id', 'revision'],
  note: ['id'],
  ended: ['survey'],
  limited: ['key'],
}
const tables = Object.keys(keys) as Table[]

/** Counts of tries of the last minutes: gone with the process on SQLite, and not worth a row elsewhere. */
const left: readonly Table[] = ['limited']
/** These have an `id` that counts up, and no other key. */
const numbered: readonly Table[] = [
  ...(['survey', 'question', 'response', 'comment', 'contact', 'mailing', 'series', 'audit'] as const),
  ...(['translation_note', 'coding', 'acceptance', 'quote', 'flag', 'note'] as const),
]
/** Values of one statement: below what every engine takes. */
const MOST_VALUES = 12_000

// Which table it is, is known only when it runs: rows are rows.
type Rows = Record<string, Record<string, string | number | null>>
const loosely = (db: Kysely<Database>) => db as unknown as Kysely<Rows>

/**
 * Copies everything that one engine keeps to another that keeps nothing yet, in one transaction: all of it is there, or
 * none. Nobody may write to the first meanwhile.
 *
 * @returns how many rows each table has, in the order in which they were copied
 * @throws Conflict when the target is not empty, or rows came to the source meanwhile: then nothing was copied
 */
export async function moveAll(from: Engine, to: Engine): Promise<Map<string, number>> {
  return to.write(async (db) => {
    for (const table of tables)
      if ((await count(db, table)) > 0)
        throw new Conflict(`the target is not empty: it has rows in ${table}. Nothing was copied.`)
    const copied = new Map<string, number>()
    await from.snapshot(async (source) => {
      for (const table of tables) if (!left.includes(table)) copied.set(table, await copy(source, db, table))
    })
    for (const table of numbered) await to.numberOn(db, table)
    for (const [table, rows] of copied) {
      const [there, here] = [await count(db, table as Table), await count(from.read, table as Table)]
      if (there !== rows || here !== rows)
        throw new Conflict(
          `${table} has ${here} rows and ${there} arrived: somebody writes to it. Stop every server. Nothing was copied.`,
        )
    }
    return copied
  })
}

async function count(db: Kysely<Database>, table: Table): Promise<number> {
  const { n } = await loosely(db)
    .selectFrom(table)
    .select((is) => is.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** By the key, a page at a time, so that memory does not grow with the table. */
async function copy(source: Kysely<Database>, target: Kysely<Database>, table: Table): Promise<number> {
  const key = keys[table] as readonly string[]
  let last: Record<string, string | number | null> | undefined
  let n = 0
  for (let limit = 500; ; ) {
    const after = last
    let page = loosely(source).selectFrom(table).selectAll().limit(limit)
    for (const column of key) page = page.orderBy(column)
    if (after)
      page = page.where(
        sql<boolean>`(${sql.join(key.map((column) => sql.ref(column)))}) > (${sql.join(key.map((column) => after[column]))})`,
      )
    const rows = await page.execute()
    last = rows.at(-1)
    if (!last) return n
    await loosely(target).insertInto(table).values(rows).execute()
    n += rows.length
    if (rows.length < limit) return n
    limit = Math.floor(MOST_VALUES / Object.keys(last).length)
  }
}
