import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openEngine } from '../../src/store/engine.ts'
import { programs, type Server, startPostgres } from './server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server for tests, `null` when there is none: an address with DATABASE in it, and names that are ours. */
    postgres: { url: string; prefix: string; psql: string } | null
  }
}

const template = 'template'

/**
 * One server for the whole run, with one database that has our tables: each test gets a copy. It is the one that
 * DATABASE_URL_TEST names (whose user may make databases), else one of our own. Without either, tests that need
 * PostgreSQL are passed over, and a line says so.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL_TEST
  const bin = programs()
  const server = given
    ? {
        url: (database: string) => renamed(given, database),
        psql: 'psql',
        crash: async () => {},
        close: async () => {},
      }
    : bin && (await startPostgres(bin).catch((fault: unknown) => void console.log(String(fault))))
  if (!server) {
    console.log(
      'PostgreSQL: not found; its tests are passed over (set DATABASE_URL_TEST, or install postgresql)',
    )
    project.provide('postgres', null)
    return async () => {}
  }
  try {
    return await provide(project, server, given !== undefined)
  } catch (fault) {
    await server.close()
    throw fault
  }
}

async function provide(project: TestProject, server: Server, given: boolean): Promise<() => Promise<void>> {
  const prefix = `heard_${process.pid}_${Date.now().toString(36)}_`
  const admin = new pg.Client({ connectionString: server.url('postgres') })
  await admin.connect()
  await admin.query(`create database ${prefix}${template}`)
  const engine = await openEngine({ dataDir: '', databaseUrl: server.url(prefix + template) })
  await engine.close()
  project.provide('postgres', { url: server.url('DATABASE'), prefix, psql: server.psql })
  return async () => {
    if (given) {
      const { rows } = await admin.query<{ datname: string }>(
        'select datname from pg_database where starts_with(datname, $1)',
        [prefix],
      )
      for (const { datname } of rows) await admin.query(`drop database "${datname}" with (force)`)
    }
    await admin.end()
    await server.close()
  }
}

function renamed(url: string, database: string): string {
  const address = new URL(url)
  address.pathname = `/${database}`
  return address.href
}
