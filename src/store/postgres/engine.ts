import { type Compilable, Kysely, PostgresDialect, type PostgresPool, sql } from 'kysely'
import type { Engine } from '../engine.ts'
import { Conflict, elsewhere, Unavailable } from '../errors.ts'
import type { Done, Job, Row } from '../jobs.ts'
import { oneAtATime } from '../order.ts'
import { shareCommits } from '../queue.ts'
import type { Database } from '../tables.ts'
import { commit } from './commit.ts'
import { ask, keepable, lockSql, openLine, openPool, type Pool, told, wordsOf } from './connection.ts'
import { openHolder } from './jobs.ts'
import { migrate, postgresMigrations } from './migrate.ts'
import { mix } from './mix.ts'
import { openMoments } from './moments.ts'
import { addCounts, addTo, insertRows, noCounts, type Questions } from './rows.ts'

/** Responses of an import that are held before it begins to write, and to lock. */
const GATHERED = 20_000
/** Lines for reading, for writing, and for readers that take their time (exports, recounts). */
const LINES = { read: 10, write: 4, frozen: 4 }

/**
 * A database on a PostgreSQL server (14 or newer), for any number of server processes. Each keeps two lines beside its
 * pools: one hears what others change, one holds the jobs that a single process does.
 *
 * @param migrations the folder with the steps that make its tables; see dialect.ts
 * @throws Error with a plain message when it cannot be reached or is not one of ours
 */
export async function openPostgres(url: string, migrations: string): Promise<Engine> {
  await prepare(url, migrations)
  const moments = await openMoments(url)
  const holder = openHolder(url)
  const pools = {
    read: openPool(url, LINES.read),
    write: openPool(url, LINES.write),
    frozen: openPool(url, LINES.frozen),
  }
  const read = kysely(pools.read)
  const written = kysely(pools.write)
  const frozen = kysely(pools.frozen)
  const questions: Questions = new Map()
  const alone = oneAtATime()
  const queues = {
    drafts: shareCommits((jobs: Job[]) => commit(pools.write, questions, jobs)),
    rest: shareCommits(async (jobs: Job[]) => {
      const outcomes = await commit(pools.write, questions, jobs)
      if (jobs.some(({ kind }) => kind === 'statement')) moments.passed()
      return outcomes
    }),
  }

  async function share(job: Job): Promise<Done> {
    const outcome = await (job.kind === 'draft' ? queues.drafts : queues.rest).push(job)
    if ('fault' in outcome) throw new Error(outcome.fault)
    return outcome.done
  }

  const transaction = <T>(work: (db: Kysely<Database>) => Promise<T>): Promise<T> =>
    alone(async () => {
      try {
        const result = await written.transaction().execute(async (db) => {
          await sql.raw(lockSql('pg_advisory_xact_lock', 'writes')).execute(db)
          return work(db)
        })
        moments.passed()
        return result
      } catch (error) {
        throw told(error)
      }
    })

  let closing: Promise<void> | undefined
  async function close(): Promise<void> {
    await Promise.all([queues.drafts.end(), queues.rest.end()])
    await alone(async () => {})
    await Promise.all([moments.close(), holder.close(), ...Object.values(pools).map((pool) => pool.end())])
  }

  return {
    read,
    ready: <Row>(query: Compilable<Row>) => {
      const { sql: text } = query.compile()
      return async (...values: (string | number)[]) => {
        const { rows } = await ask(pools.read, text, values).catch(refused)
        return rows[0] as Row | undefined
      }
    },
    moment: moments.now,
    write: transaction,
    share,
    run: async (statement) => {
      const { sql: text, parameters } = statement.compile()
      return Number(await share({ kind: 'statement', sql: text, parameters }))
    },
    at: async (statement) => (await written.executeQuery(statement)).rows,
    bulk: async (survey, source, last) => {
      const chunks = source[Symbol.asyncIterator]()
      const ready: (readonly Row[])[] = []
      let waiting = 0
      let chunk = await chunks.next()
      for (; !chunk.done && waiting < GATHERED; chunk = await chunks.next()) {
        ready.push(chunk.value)
        waiting += chunk.value.length
      }
      if (waiting === 0) return { n: 0, first: undefined }
      return alone(async () => {
        const client = await pools.write.connect()
        const numbers: Questions = new Map()
        const counts = noCounts()
        let n = 0
        let broken = true
        try {
          await client.query(`begin; ${lockSql('pg_advisory_xact_lock', 'writes')}`)
          try {
            const insert = async (some: readonly Row[]) => {
              const rows = some.map((row) => ({ survey, row }))
              await insertRows(client, numbers, rows)
              for (const one of rows) addTo(counts, numbers, one)
              n += rows.length
            }
            for (const some of ready.splice(0)) await insert(some)
            for (; !chunk.done; chunk = await chunks.next()) await insert(chunk.value)
            // Once at the end: every row of the counts is then written once.
            await addCounts(client, counts)
            if (last) {
              const { sql: text, parameters } = last(n).compile()
              const { rowCount } = await client.query(text, [...parameters])
              if (rowCount === 0) throw new Conflict(elsewhere)
            }
            await client.query('commit')
            broken = false
            return { n, first: undefined }
          } catch (error) {
            await client.query('rollback')
            broken = false
            throw told(error)
          }
        } finally {
          client.release(broken)
        }
      })
    },
    snapshot: (work) =>
      frozen
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (db) => {
          // The moment is taken by the first read, not by begin.
          await sql`select 1 from migration limit 1`.execute(db)
          return work(db)
        }),
    part: (json, key) =>
      typeof key === 'number'
        ? sql`(cast(${json} as json) ->> ${sql.lit(key)})`
        : sql`(cast(${json} as json) ->> cast(${key} as text))`,
    numberOn: async (db, table) => {
      await sql`select setval(pg_get_serial_sequence(${table}, 'id'), max(id)) from ${sql.table(table)}`.execute(
        db,
      )
    },
    mix: () => mix(pools.write).catch(refused),
    several: true,
    hold: holder.hold,
    release: holder.release,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

async function prepare(url: string, migrations: string): Promise<void> {
  const steps = await postgresMigrations(migrations)
  const line = await openLine(url).catch((error: unknown) => {
    throw new Unavailable(`the database at ${placeOf(url)} cannot be reached: ${wordsOf(error)}`)
  })
  try {
    await migrate(line, steps)
  } finally {
    await line.end()
  }
}

/** A database's address without who may use it. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL'
  const { host, pathname, searchParams } = new URL(url)
  return `${host || searchParams.get('host') || 'this machine'}${pathname}`
}

type Line = Awaited<ReturnType<PostgresPool['connect']>>

const refused = (error: unknown): never => {
  throw told(error)
}

/** Kysely over lines of ours; text that cannot be kept as it is goes in as it can. */
function kysely(pool: Pool): Kysely<Database> {
  const lines = new WeakMap<object, Line>()
  const keeping: PostgresPool = {
    async connect() {
      const client = await pool.connect().catch(refused)
      const known = lines.get(client)
      if (known) return known
      const query = (text: string, values: readonly unknown[] = []) =>
        client.query(text, values.map(keepable)).catch(refused)
      const line = { query, release: (destroy?: boolean) => client.release(destroy) } as unknown as Line
      lines.set(client, line)
      return line
    },
    end: () => pool.end(),
    options: pool.options as PostgresPool['options'],
  }
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: keeping }) })
}
