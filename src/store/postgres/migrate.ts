import { join } from 'node:path'
import { agree, type Migration, readMigrations } from '../migrations.ts'
import { type Client, lockSql } from './connection.ts'
import { migrationInPostgres } from './dialect.ts'

/** The migrations of a folder as PostgreSQL runs them. */
export const postgresMigrations = (folder: string): Promise<Migration[]> =>
  readMigrations(folder, { instead: join(folder, 'postgres'), put: migrationInPostgres })

/**
 * Brings the database up to `migrations`, each in a transaction of its own. Safe when several processes start at once:
 * one does it while the others wait.
 *
 * @returns the names of those that were run now
 * @throws Error when the database is newer than this code, or an applied migration has been edited since
 */
export async function migrate(client: Client, migrations: Migration[]): Promise<string[]> {
  const ran: string[] = []
  const applied = await check(client, migrations)
  for (const migration of migrations.slice(applied))
    if (await step(client, migrations, migration)) ran.push(migration.name)
  return ran
}

async function step(
  client: Client,
  migrations: Migration[],
  { number, name, sql, checksum }: Migration,
): Promise<boolean> {
  await client.query(`begin; ${lockSql('pg_advisory_xact_lock', 'migrations')}`)
  try {
    await client.query(
      'create table if not exists migration (number bigint primary key, name text not null, checksum text not null)',
    )
    // Another process may have run it while this one waited for the lock.
    const mine = (await check(client, migrations)) < number
    if (mine) {
      await client.query(sql)
      await client.query('insert into migration (number, name, checksum) values ($1, $2, $3)', [
        number,
        name,
        checksum,
      ])
    }
    await client.query('commit')
    return mine
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

/** How many of `migrations` the database has. */
async function check(client: Client, migrations: Migration[]): Promise<number> {
  const { rows: there } = await client.query(`select to_regclass('migration') as migration`)
  if (there[0]?.migration === null) return 0
  const { rows: applied } = await client.query<Omit<Migration, 'sql'>>(
    'select number, name, checksum from migration order by number',
  )
  agree(migrations, applied)
  return applied.length
}
