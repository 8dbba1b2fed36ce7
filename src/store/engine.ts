import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Compilable, Kysely, SqliteDialect } from 'kysely'
import { abandon } from './commit.ts'
import { type Connection, connect, isBusy, isRowFault } from './connection.ts'
import { Unavailable } from './errors.ts'
import type { Done, Job, Row } from './jobs.ts'
import { migrate, readMigrations } from './migrate.ts'
import { shareCommits } from './queue.ts'
import { prepareRows } from './rows.ts'
import type { Database } from './tables.ts'
import { openWriter } from './writer.ts'

/**
 * What the nouns of the store stand on. SQLite is behind it here; another engine gives the same five verbs.
 * Everything that only one engine says (pragmas, savepoints, threads) stays in this file and in connection,
 * commit, rows, writer and migrate.
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
   * Another number than before when anything may have been committed since, by whichever process: what was read at
   * one moment may be used again while it lasts. Cheap. Never older than the turn of the event loop that asks.
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
  /** Writes many responses in one transaction, in memory that does not grow with them. */
  bulk: (survey: number, rows: AsyncIterable<Row>) => Promise<number>
  /** Reads that all see the same moment, however long they take. */
  snapshot: <T>(work: (read: Kysely<Database>) => Promise<T>) => Promise<T>
  close: () => Promise<void>
}

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations')
/** Longest wait for another process to let go of the write lock, milliseconds. */
const PATIENCE = 30_000
/** Rows that an import holds in memory: it begins to write, and to lock, only when it has so many or all. */
const CHUNK = 500

/** @throws Error with a plain message when the folder cannot be made or the database is not one of ours. */
export async function openEngine(dataDir: string, migrations = MIGRATIONS): Promise<Engine> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'heard.db')
  const steps = await readMigrations(migrations)
  const writing = await patiently(() => connect(file, 'write', 0))
  try {
    await patiently(() => migrate(writing, steps))
  } catch (error) {
    writing.close()
    throw error
  }
  const reading = connect(file, 'read', 5_000)
  const read = kysely(reading)
  const written = kysely(writing)
  const rows = prepareRows(writing)
  const writer = openWriter(file)
  const moments = momentsOf(reading)
  const queue = shareCommits(async (jobs: Job[]) => {
    const outcomes = await writer.commit(jobs)
    moments.passed()
    return outcomes
  })
  const alone = oneAtATime()

  /** The write lock is waited for without blocking the thread: it serves pages meanwhile. */
  const transaction = <T>(work: () => Promise<T>): Promise<T> =>
    alone(async () => {
      await patiently(() => writing.exec('begin immediate'))
      try {
        const result = await work()
        writing.exec('commit')
        moments.passed()
        return result
      } catch (error) {
        abandon(writing, rows)
        throw isRowFault(error) ? error : new Unavailable(`nothing was kept: ${String(error)}`)
      }
    })

  async function share(job: Job): Promise<Done> {
    const outcome = await queue.push(job)
    if ('fault' in outcome) throw new Error(outcome.fault)
    return outcome.done
  }

  return {
    read,
    ready: <Row>(query: Compilable<Row>) => {
      const statement = reading.prepare<(string | number)[], Row>(query.compile().sql)
      return async (...values: (string | number)[]) => statement.get(...values)
    },
    moment: moments.now,
    write: (work) => transaction(() => work(written)),
    share,
    run: async (statement) => {
      const { sql, parameters } = statement.compile()
      return Number(await share({ kind: 'statement', sql, parameters }))
    },
    bulk: async (survey, source) => {
      const chunks = chunked(source, CHUNK)
      let chunk = await chunks.next()
      if (chunk.done) return 0
      return transaction(async () => {
        let n = 0
        while (!chunk.done) {
          rows.insert(survey, chunk.value)
          rows.count(chunk.value.map((row) => [survey, row] as const))
          n += chunk.value.length
          chunk = await chunks.next()
        }
        return n
      })
    },
    snapshot: async (work) => {
      const frozen = connect(file, 'read', 5_000)
      // It reads everything once: pages that are kept would never be asked for again.
      frozen.pragma('cache_size = -2000')
      // The moment is taken by the first read, not by begin.
      frozen.exec('begin; select 1 from migration limit 1')
      try {
        return await work(kysely(frozen))
      } finally {
        frozen.close()
      }
    },
    close: async () => {
      await queue.end()
      await alone(() => writer.close())
      await Promise.all([read.destroy(), written.destroy()])
      // Kysely lets go only of what it used.
      reading.close()
      writing.close()
    },
  }
}

/** Statements that a connection keeps prepared; queries are built from code, so there are few. */
const MOST_PREPARED = 500

/**
 * Kysely over a connection. Its driver prepares a statement anew for every query, which costs more than most of
 * our queries do; prepared ones are kept by their text instead. None is ever left half-read: nothing streams rows.
 */
function kysely(connection: Connection): Kysely<Database> {
  const prepared = new Map<string, ReturnType<Connection['prepare']>>()
  const prepare = (sql: string) => {
    const known = prepared.get(sql)
    if (known) return known
    if (prepared.size >= MOST_PREPARED) prepared.clear()
    const made = connection.prepare(sql)
    prepared.set(sql, made)
    return made
  }
  const database = { prepare, close: () => connection.close() }
  return new Kysely<Database>({ dialect: new SqliteDialect({ database: database as unknown as Connection }) })
}

/**
 * SQLite counts, for each connection, the commits of all the others (data_version). It is asked once in a turn of the
 * event loop, and again after each commit of our own.
 */
function momentsOf(reading: Connection): { now: () => number; passed: () => void } {
  const version = reading.prepare<[], number>('pragma data_version').pluck()
  let seen: number | undefined
  const passed = () => {
    seen = undefined
  }
  return {
    passed,
    now() {
      if (seen === undefined) {
        seen = version.get() ?? 0
        setImmediate(passed)
      }
      return seen
    },
  }
}

/** Runs `work`, and again while another connection holds the lock. */
async function patiently<T>(work: () => T): Promise<T> {
  const end = performance.now() + PATIENCE
  for (let pause = 1; ; pause = Math.min(pause * 2, 25)) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error)) throw error
      if (performance.now() > end) throw new Unavailable('the database is held by another process')
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}

/** Hands the work that it is given through one by one, in order. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }
}

async function* chunked<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<T[], void> {
  let chunk: T[] = []
  for await (const item of source) {
    chunk.push(item)
    if (chunk.length === size) {
      yield chunk
      chunk = []
    }
  }
  if (chunk.length > 0) yield chunk
}
