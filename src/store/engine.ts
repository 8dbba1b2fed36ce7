import { join } from 'node:path'
import type { Compilable, CompiledQuery, Kysely, RawBuilder } from 'kysely'
import type { Done, Job, Row } from './jobs.ts'
import type { Database } from './tables.ts'

/**
 * What the nouns of the store stand on: the same verbs whether a SQLite file or a PostgreSQL server is behind them.
 * What only one of them says (pragmas, threads, locks) stays in its own folder.
 */
export type Engine = {
  /** Sees what is committed; never waits for a write. */
  read: Kysely<Database>
  /**
   * A query for at most one row that is built and compiled once, for what every request asks. The values that it was
   * built with only hold the places of those that are given, in the same order.
   */
  ready: <Row>(query: Compilable<Row>) => (...values: (string | number)[]) => Promise<Row | undefined>
  /**
   * Another number than before when what surveys and settings say may have changed, by whichever process: what was
   * read of them at one moment may be used again while it lasts. Cheap. On SQLite never older than the turn of the event
   * loop that asks; on PostgreSQL other processes are heard of within milliseconds.
   */
  moment: () => number
  /**
   * Several statements in one transaction; one caller at a time. Not for what respondents send, and never with
   * `share` or `run` inside it: those wait for the lock that this one holds.
   */
  write: <T>(work: (db: Kysely<Database>) => Promise<T>) => Promise<T>
  /** A small write that shares its commit with the others that arrived meanwhile. Resolves when it is on disk. */
  share: (job: Job) => Promise<Done>
  /** One built statement, by the same way; resolves with the number of rows that it changed. */
  run: (statement: Compilable) => Promise<number>
  /** One statement by itself, at once, with the rows that it gives back: for what must not wait behind others. */
  at: <Row>(statement: CompiledQuery<Row>) => Promise<Row[]>
  /**
   * Writes many responses in one transaction, in memory that does not grow with them; it begins when all of them
   * are there, or many. `last`, which is told how many they are, is run at its end and must change a row: else nothing is kept (Conflict). Tells how many they are, and the id of the first where the others
   * follow it one by one.
   */
  bulk: (
    survey: number,
    rows: AsyncIterable<readonly Row[]>,
    last?: (n: number) => Compilable,
  ) => Promise<{ n: number; first: number | undefined }>
  /** Reads that all see the same moment, however long they take. */
  snapshot: <T>(work: (read: Kysely<Database>) => Promise<T>) => Promise<T>
  /** The value under a key (or the one at a place) of JSON text, as text; SQL null where there is none. */
  part: (json: RawBuilder<string | null>, key: string | number) => RawBuilder<string | null>
  /** Takes away what the database itself would tell of who sent which response; for every hour. */
  mix: () => Promise<void>
  /** Several server processes may stand on it, on one machine or on many. */
  several: boolean
  /**
   * Whether this process is the one that does `job`; once it is, it stays so until it lets go, closes, or its line to the
   * database breaks. Ask before each turn.
   */
  hold: (job: string) => Promise<boolean>
  release: (job: string) => Promise<void>
  /** After rows were put in with their numbers: those to come are numbered behind them. */
  numberOn: (db: Kysely<Database>, table: keyof Database) => Promise<void>
  close: () => Promise<void>
}

/** Where data is kept: on a PostgreSQL server when `databaseUrl` is given, else in one file in the folder `dataDir`. */
export type Place = { dataDir: string; databaseUrl?: string | undefined }

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations')

/** @throws Error with a plain message when the place cannot be used or the database is not one of ours. */
export async function openEngine({ dataDir, databaseUrl }: Place, migrations = MIGRATIONS): Promise<Engine> {
  // Only the one that is used is loaded.
  if (databaseUrl === undefined) return (await import('./sqlite/engine.ts')).openSqlite(dataDir, migrations)
  return (await import('./postgres/engine.ts')).openPostgres(databaseUrl, migrations)
}
