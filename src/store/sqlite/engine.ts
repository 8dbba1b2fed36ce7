import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Compilable, Kysely, SqliteDialect, sql } from 'kysely'
import type { Engine } from '../engine.ts'
import { Conflict, elsewhere, Unavailable } from '../errors.ts'
import type { Done, Job } from '../jobs.ts'
import { readMigrations } from '../migrations.ts'
import { oneAtATime } from '../order.ts'
import { shareCommits } from '../queue.ts'
import type { Database } from '../tables.ts'
import { abandon } from './commit.ts'
import { type Connection, connect, isBusy, isRowFault } from './connection.ts'
import { migrate } from './migrate.ts'
import { addTo, gather, noCounts, nothingGathered, prepareRows } from './rows.ts'
import { openWriter } from './writer.ts'

/** Longest wait for another process to let go of the write lock, milliseconds. */
const PATIENCE = 30_000
/** Rows that an import holds in memory: it begins to write, and to lock, only when it has so many or all. */
const CHUNK = 20_000

/**
 * One file under `dataDir`, for one server and any number of commands beside it.
 *
 * @param migrations the folder with the steps that make its tables
 * @throws Error with a plain message when the folder cannot be made or the database is not one of ours
 */
export async function openSqlite(dataDir: string, migrations: string): Promise<Engine> {
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
      const { sql: text, parameters } = statement.compile()
      return Number(await share({ kind: 'statement', sql: text, parameters }))
    },
    at: (statement) => transaction(async () => (await written.executeQuery(statement)).rows),
    bulk: async (survey, source, last) => {
      const batches = source[Symbol.asyncIterator]()
      const counts = noCounts()
      const next = async () => {
        const gathered = nothingGathered()
        while (gathered.heads.length < CHUNK) {
          const batch = await batches.next()
          if (batch.done) break
          for (const row of batch.value) {
            gather(gathered, row)
            addTo(counts, survey, row)
          }
        }
        return gathered
      }
      let some = await next()
      if (some.heads.length === 0) return { n: 0, first: undefined }
      return transaction(async () => {
        let n = 0
        let first: number | undefined
        for (; some.heads.length > 0; some = await next()) {
          const last = Number(rows.insert(survey, some))
          n += some.heads.length
          first ??= last - n + 1
        }
        // Once at the end: every row of the counts is then written once.
        rows.count(counts)
        if (last) {
          const { sql: text, parameters } = last(n).compile()
          if (writing.prepare(text).run(...parameters).changes === 0) throw new Conflict(elsewhere)
        }
        return { n, first }
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
    // A number as it stands: bound, it would be taken for a name.
    part: (json, key) => sql`(${json} ->> ${typeof key === 'number' ? sql.lit(key) : key})`,
    // It looks at the rows themselves.
    numberOn: async () => {},
    // Those tables lie by their hashes, and what is deleted is overwritten in the file; but the log holds pages as they
    // were until it is folded in and emptied, which by itself comes with the next four megabytes. While somebody writes
    // it is left for the next time.
    mix: () =>
      alone(async () => {
        writing.pragma('wal_checkpoint(truncate)')
      }),
    several: false,
    hold: async () => true,
    release: async () => {},
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
