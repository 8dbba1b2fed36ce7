import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { inject } from 'vitest'
import type { Place } from '../src/store/engine.ts'

/** The engine that tests run on: SQLite, or with HEARD_TEST_ENGINE=postgres a PostgreSQL that is started for them. */
export const engine = process.env.HEARD_TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite'

const made = new Map<string, Promise<string>>()

/** Where what belongs to a folder is kept: in it, or in a database of its own, which is made when first asked for. */
export async function place(dataDir: string): Promise<Place> {
  if (engine === 'sqlite') return { dataDir }
  const url = made.get(dataDir) ?? makeDatabase(dataDir)
  made.set(dataDir, url)
  return { dataDir, databaseUrl: await url }
}

/** The settings of the environment that name the same place. */
export async function placeSettings(dataDir: string): Promise<Record<string, string>> {
  const { databaseUrl } = await place(dataDir)
  return { DATA_DIR: dataDir, ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) }
}

function server() {
  const found = inject('postgres')
  if (!found) throw new Error('there is no PostgreSQL to test on')
  return found
}

function urlOf(dataDir: string): string {
  const { url, prefix } = server()
  return url.replace(
    'DATABASE',
    prefix +
      basename(dataDir)
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, '_'),
  )
}

async function makeDatabase(dataDir: string): Promise<string> {
  const { url, prefix } = server()
  const admin = new pg.Client({ connectionString: url.replace('DATABASE', 'postgres') })
  await admin.connect()
  try {
    const name = new URL(urlOf(dataDir)).pathname.slice(1)
    // A folder has its own name, so nobody else can be making this one, but one process for another.
    await admin
      .query(`create database "${name}" template "${prefix}template"`)
      .catch((fault: pg.DatabaseError) => {
        if (fault.code !== '42P04') throw fault
      })
  } finally {
    await admin.end()
  }
  return urlOf(dataDir)
}

let empty = 0

/** A database without anything in it. */
export async function emptyPlace(): Promise<string> {
  const { url, prefix } = server()
  const admin = new pg.Client({ connectionString: url.replace('DATABASE', 'postgres') })
  await admin.connect()
  const name = `${prefix}empty_${process.pid}_${++empty}`
  await admin.query(`create database "${name}"`).finally(() => admin.end())
  return url.replace('DATABASE', name)
}

/** What lies in the database itself: the rows of a query. */
export function rowsIn(dataDir: string, query: string, ...values: unknown[]): Record<string, unknown>[] {
  if (engine === 'postgres') return rowsInPostgres(dataDir, query, values)
  const database = new Database(join(dataDir, 'heard.db'), { readonly: true })
  try {
    return database.prepare(query).all(...values) as Record<string, unknown>[]
  } finally {
    database.close()
  }
}

/** Does something to the database behind the back of the store, in the words of each engine. */
export async function inDatabase(dataDir: string, onSqlite: string, onPostgres: string): Promise<void> {
  if (engine === 'sqlite') {
    const database = new Database(join(dataDir, 'heard.db'))
    database.exec(onSqlite)
    database.close()
    return
  }
  const line = new pg.Client({ connectionString: urlOf(dataDir) })
  await line.connect()
  await line.query(onPostgres).finally(() => line.end())
}

/**
 * Waits until the server beside knows what was changed in its database. At once on SQLite, which it asks; on PostgreSQL
 * it is told, and here the same is said until it comes back.
 */
export async function told(dataDir: string): Promise<void> {
  if (engine === 'sqlite') return
  const line = new pg.Client({ connectionString: urlOf(dataDir) })
  await line.connect()
  await line.query('listen heard')
  for (let time = 0; time < 2; time++) {
    const heard = once(line, 'notification')
    await line.query('notify heard')
    await heard
  }
  await line.end()
}

/** The tables that there are, as the database says and not as the code believes. */
export const tablesIn = (dataDir: string): string[] =>
  rowsIn(
    dataDir,
    engine === 'postgres'
      ? "select table_name as name from information_schema.tables where table_schema = 'public'"
      : "select name from sqlite_schema where type = 'table'",
  ).map(({ name }) => String(name))

/** The columns of a table, in their order. */
export const columnsIn = (dataDir: string, table: string): string[] =>
  rowsIn(
    dataDir,
    engine === 'postgres'
      ? `select column_name as name from information_schema.columns
         where table_schema = 'public' and table_name = ? order by ordinal_position`
      : 'select name from pragma_table_info(?)',
    table,
  ).map(({ name }) => String(name))

/** The bytes of everything that is kept: the file and its log, or what a dump of the database holds. */
export function bytesIn(dataDir: string): Buffer {
  if (engine === 'sqlite')
    return Buffer.concat(['heard.db', 'heard.db-wal'].map((name) => readFileSync(join(dataDir, name))))
  const all = tablesIn(dataDir).map((table) => rowsIn(dataDir, `select * from "${table}"`))
  return Buffer.from(JSON.stringify(all))
}

/** By the program that comes with it, since ours only answers later. */
function rowsInPostgres(dataDir: string, query: string, values: unknown[]): Record<string, unknown>[] {
  const given = [...values]
  const literal = (value: unknown) =>
    typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value ?? 'null')
  const filled = query.replaceAll('?', () => literal(given.shift()))
  const asked = `select coalesce(json_agg(row), '[]') from (${filled}) as row`
  const said = execFileSync(server().psql, ['-X', '-A', '-t', '-c', asked, '-d', urlOf(dataDir)], {
    encoding: 'utf8',
  })
  return JSON.parse(said) as Record<string, unknown>[]
}
