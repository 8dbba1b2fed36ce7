import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './tables.ts'

/** What a table of revisions has at least: each saved state is a row, and taking out is a row that says `gone`. */
export type Revised = { id: number; revision: number; gone: 0 | 1; changed_by: string; changed: number }
type Db = Kysely<Database>

/** Who saves, and when. */
export type Saver = { by: string; now: number }

export type Revisions<Own, Row = Own & Revised> = {
  /** The last state of each that was not taken out, in the order of their ids; `where` narrows by one column. */
  all: (where?: [column: keyof Row & string, value: number | string]) => Promise<Row[]>
  /** The last state; undefined where there is none, or where it was taken out. */
  find: (id: number) => Promise<Row | undefined>
  /** Every state, the latest first. */
  history: (id: number) => Promise<Row[]>
  /** The last state inside a transaction, also of what was taken out. */
  last: (db: Db, id: number) => Promise<Row | undefined>
  /** Keeps a first state under the next free id, and gives that. */
  begin: (db: Db, content: Own, saver: Saver) => Promise<number>
  /** Keeps the next state after the last one, `there`; false, with nothing written, when it was taken out. */
  follow: (db: Db, there: Row, content: Own, saver: Saver) => Promise<boolean>
  /** Takes out, as a further state; nothing where it is gone already. */
  remove: (db: Db, id: number, saver: Saver) => Promise<void>
}

/**
 * The way in which a noun keeps every state of a thing: rows are added and never changed, by (id, revision). `insert`
 * writes a row into the noun's own table.
 */
export function revisions<Own extends object>(
  table: keyof Database,
  read: Db,
  insert: (db: Db, row: Own & Revised) => Promise<unknown>,
): Revisions<Own> {
  type Row = Own & Revised
  const named: RawBuilder<Row> = sql`${sql.table(table)}`
  const rows = async (db: Db, condition: RawBuilder<unknown>, order = sql`id`) =>
    (await sql<Row>`select * from ${named} as one where ${condition} order by ${order}`.execute(db)).rows
  const latest = sql`revision = (select max(later.revision) from ${named} as later where later.id = one.id)`
  const standing = sql`gone = 0 and ${latest}`
  const keep = (db: Db, id: number, revision: number, content: Own, { by, now }: Saver) =>
    insert(db, { ...content, id, revision, gone: 0, changed_by: by, changed: now })

  const last = async (db: Db, id: number) => (await rows(db, sql`id = ${id} and ${latest}`))[0]
  return {
    last,
    all: (where) => rows(read, where ? sql`${sql.ref(where[0])} = ${where[1]} and ${standing}` : standing),
    find: async (id) => (await rows(read, sql`id = ${id} and ${standing}`))[0],
    history: (id) => rows(read, sql`id = ${id}`, sql`revision desc`),
    begin: async (db, content, saver) => {
      const most = await sql<{ id: number | null }>`select max(id) as id from ${named}`.execute(db)
      const id = Number(most.rows[0]?.id ?? 0) + 1
      await keep(db, id, 1, content, saver)
      return id
    },
    follow: async (db, there, content, saver) => {
      if (there.gone === 1) return false
      await keep(db, there.id, there.revision + 1, content, saver)
      return true
    },
    remove: async (db, id, { by, now }) => {
      const there = await last(db, id)
      if (!there || there.gone === 1) return
      await insert(db, { ...there, revision: there.revision + 1, gone: 1, changed_by: by, changed: now })
    },
  }
}
