import pg from 'pg'
import { Unavailable } from '../errors.ts'

/** What a statement may hold: text, numbers, null, and lists of them. */
export type Value = string | number | null | readonly (string | number | null)[]
export type Client = pg.ClientBase
export type Pool = pg.Pool

/** Longest wait for a line to the server, or for a lock, milliseconds. */
export const PATIENCE = 30_000

const int8 = 20
const numeric = 1700
/** Our numbers are counts and milliseconds: all of them are exact in a double. */
const types = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === int8 || type === numeric ? Number : pg.types.getTypeParser(type, format),
} as pg.CustomTypesConfig

/**
 * Lines to the database that are opened when they are needed.
 *
 * @param most how many at once; more wait for one to be free
 */
export function openPool(url: string, most: number): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    types,
    application_name: 'heard',
    connectionTimeoutMillis: PATIENCE,
    lock_timeout: PATIENCE,
    keepAlive: true,
    // What is acknowledged is on disk, also where the server was set to be hasty.
    options: '-c synchronous_commit=on',
  })
  // A line that breaks while nobody uses it: the pool lets go of it, and the next one to ask gets another.
  pool.on('error', () => {})
  // One that breaks in the middle: its statement is told, and here it only must not end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** One line of its own, not shared: for hearing what others say, and for locks that last. */
export async function openLine(url: string): Promise<pg.Client> {
  const line = new pg.Client({
    connectionString: url,
    types,
    application_name: 'heard',
    connectionTimeoutMillis: PATIENCE,
    keepAlive: true,
  })
  // Told by its end as well; unheard it would end the process.
  line.on('error', () => {})
  await line.connect()
  return line
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined

/** The row was at fault (its data, a constraint, a statement), not the server or the line to it. */
export function isRowFault(error: unknown): boolean {
  if (error instanceof Unavailable) return false
  const code = codeOf(error)
  if (code !== undefined) return /^(22|23|42|P0|0A|54)/.test(code)
  // What the store itself says no with has a status.
  return error instanceof Error && ('status' in error || !isLineFault(error))
}

/** What pg and the system say of a line that broke or never was. */
const isLineFault = (error: Error): boolean =>
  error instanceof AggregateError ||
  /^E[A-Z]+$/.test((error as NodeJS.ErrnoException).code ?? '') ||
  /connection|timeout exceeded|not queryable|socket/i.test(error.message)

/** As the store tells it: a fault of the row as it is, everything else as not to be had now. */
export const told = (error: unknown): unknown =>
  isRowFault(error) || error instanceof Unavailable
    ? error
    : new Unavailable(`the database is not to be had: ${wordsOf(error)}`)

export const wordsOf = (error: unknown): string =>
  error instanceof AggregateError
    ? error.errors.map(wordsOf).join('; ')
    : error instanceof Error
      ? error.message
      : String(error)

/**
 * PostgreSQL's text holds every character but NUL; what people send may hold it. Put where it stood: the sign for a
 * character that could not be kept.
 */
export const keepable = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.includes('\0')
      ? value.replaceAll('\0', '\ufffd')
      : value
    : Array.isArray(value)
      ? value.map(keepable)
      : value

/** Our own locks in the database, by number; the first number says that they are Heard's ("hear"). */
const ours = 0x68656172
export const locks = { writes: 1, migrations: 2, jobs: 3 } as const
export const lockSql = (verb: string, lock: keyof typeof locks): string =>
  `select ${verb}(${ours}, ${locks[lock]})`
/** Jobs have a name each. */
export const tryJobSql = `select pg_try_advisory_lock(${ours + 1}, hashtext($1)) as mine`
export const freeJobSql = `select pg_advisory_unlock(${ours + 1}, hashtext($1))`

/** Runs one statement that is kept prepared on its line, by its text. */
export async function ask<Row extends pg.QueryResultRow>(
  on: Client | Pool,
  text: string,
  values: readonly Value[] = [],
): Promise<pg.QueryResult<Row>> {
  return on.query<Row>({ name: nameOf(text), text, values: values.map(keepable) })
}

const names = new Map<string, string>()
function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `heard_${names.size + 1}`
  names.set(text, name)
  return name
}
