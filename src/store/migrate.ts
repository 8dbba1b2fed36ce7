import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from './connection.ts'

/** A step forward: `migrations/0001-ground.sql`. Released ones are never edited; the checksum holds that. */
export type Migration = { number: number; name: string; sql: string; checksum: string }

/** The migrations of a folder, in order. @throws Error when two have one number, or one is missing between. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}-.+\.sql$/.test(file)).sort()
  return Promise.all(
    files.map(async (file, index) => {
      const number = Number(file.slice(0, 4))
      if (number !== index + 1) throw new Error(`migration ${index + 1} is missing or doubled: found ${file}`)
      // A checkout on another system may end its lines otherwise; that is not a change.
      const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
      return {
        number,
        name: file.slice(0, -4),
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
      }
    }),
  )
}

/**
 * Brings the database up to `migrations`, each in a transaction of its own, and records what was run. Safe when
 * several processes open the same file at once.
 *
 * @returns the names of those that were run now
 * @throws Error when the database is newer than this code, or an applied migration has been edited since
 */
export function migrate(db: Connection, migrations: Migration[]): string[] {
  const applied = check(db, migrations)
  if (applied === migrations.length) return []
  return migrations
    .slice(applied)
    .flatMap((migration) => (step(db, migrations, migration) ? [migration.name] : []))
}

function step(db: Connection, migrations: Migration[], { number, name, sql, checksum }: Migration): boolean {
  return db
    .transaction(() => {
      db.exec(
        'create table if not exists migration (number integer primary key, name text not null, checksum text not null) strict',
      )
      // Another process may have run it while this one waited for the lock.
      if (check(db, migrations) >= number) return false
      db.exec(sql)
      db.prepare('insert into migration (number, name, checksum) values (?, ?, ?)').run(
        number,
        name,
        checksum,
      )
      return true
    })
    .immediate()
}

/** How many of `migrations` the database has. */
function check(db: Connection, migrations: Migration[]): number {
  const there = db.prepare(`select 1 from sqlite_master where type = 'table' and name = 'migration'`).get()
  if (!there) return 0
  const applied = db
    .prepare<[], Omit<Migration, 'sql'>>('select number, name, checksum from migration order by number')
    .all()
  for (const { number, name, checksum } of applied) {
    const known = migrations[number - 1]
    if (!known) {
      throw new Error(
        `this database is newer than this Heard: it has ${name}, this Heard knows ${migrations.length} migrations. ` +
          'Start a newer Heard, or restore a backup made by this one.',
      )
    }
    if (known.checksum !== checksum) {
      throw new Error(
        `migration ${known.name} was edited after this database ran it (then ${name}). Put it back as it was.`,
      )
    }
  }
  return applied.length
}
