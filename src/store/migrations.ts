import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A step forward: `migrations/0001-ground.sql`. Released ones are never edited; the checksum holds that. */
export type Migration = { number: number; name: string; sql: string; checksum: string }

/**
 * The migrations of a folder, in order; where the folder `instead` has a file of the same name, that one is taken, the
 * others as `put` says them; the checksum is of what is run.
 *
 * @throws Error when two have one number, or one is missing between
 */
export async function readMigrations(
  folder: string,
  { instead, put = (sql) => sql }: { instead?: string; put?: (sql: string) => string } = {},
): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}-.+\.sql$/.test(file)).sort()
  const own = instead === undefined ? [] : await readdir(instead).catch(() => [])
  return Promise.all(
    files.map(async (file, index) => {
      const number = Number(file.slice(0, 4))
      if (number !== index + 1) throw new Error(`migration ${index + 1} is missing or doubled: found ${file}`)
      // A checkout on another system may end its lines otherwise; that is not a change.
      const its = instead !== undefined && own.includes(file)
      const text = (await readFile(join(its ? instead : folder, file), 'utf8')).replaceAll('\r\n', '\n')
      const sql = its ? text : put(text)
      return {
        number,
        name: file.slice(0, -4),
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
      }
    }),
  )
}

/** @throws Error when what a database ran is not the beginning of `migrations` */
export function agree(migrations: Migration[], applied: Omit<Migration, 'sql'>[]): void {
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
}
