import { agree, type Migration } from '../migrations.ts'
import type { Connection } from './connection.ts'

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
  agree(migrations, applied)
  return applied.length
}
