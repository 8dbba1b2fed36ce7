import { chmod, copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Conflict } from '../errors.ts'
import { type Connection, connect } from './connection.ts'

/** Copies of the whole database, made and put back while others go on using it. */

const databaseOf = (dataDir: string): string => join(dataDir, 'heard.db')

/**
 * Writes one consistent copy of the database to `file`, replacing it only when the new copy is whole, sound and on
 * disk. Answering goes on meanwhile; the copy is of the moment when it began.
 *
 * @returns its size in bytes
 * @throws Conflict when the copy is not sound; Error of the system when there is no database or no room
 */
export async function backUp(dataDir: string, file: string): Promise<number> {
  const partial = `${file}.partial`
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await rm(partial, { force: true })
  await stat(databaseOf(dataDir))
  const source = connect(databaseOf(dataDir), 'read', 5_000)
  try {
    // Without a moment of its own SQLite would begin again at every commit of another process, perhaps for ever.
    source.exec('begin; select 1 from sqlite_master limit 1')
    await copyPages(source, partial)
    alone(partial)
    const faults = faultsOf(partial)
    if (faults.length > 0) throw new Conflict(`the copy is damaged: ${faults.join('; ')}`)
    // The folder may be one that others can look into.
    await chmod(partial, 0o600)
    await kept(partial)
    await rename(partial, file)
    await kept(dirname(file))
    return (await stat(file)).size
  } finally {
    source.close()
    await rm(partial, { force: true })
  }
}

/**
 * Copies a backup into a folder of its own, where it can be opened and looked at before anything is replaced.
 * Nobody is signed in there: a session that was ended since the backup must not come back to life.
 *
 * @throws Conflict when the file is not a sound database of ours
 */
export async function layOut(file: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await copyFile(file, databaseOf(folder))
  const faults = faultsOf(databaseOf(folder))
  if (faults.length > 0) throw new Conflict(faults.join('; '))
  const db = connect(databaseOf(folder), 'write', 0)
  try {
    db.exec('delete from session')
  } finally {
    db.close()
  }
}

/**
 * Makes the database of `dataDir` what the one of `folder` is, in one transaction: whoever has it open sees either
 * the old or the new one, and a power failure half-way leaves the old one.
 */
export async function putBack(folder: string, dataDir: string): Promise<void> {
  const source = connect(databaseOf(folder), 'read', 5_000)
  try {
    await copyPages(source, databaseOf(dataDir))
  } finally {
    source.close()
  }
  const written = connect(databaseOf(dataDir), 'write', 30_000)
  try {
    written.pragma('wal_checkpoint(truncate)')
  } finally {
    written.close()
  }
}

const replaced = /^before-restore-.*\.db$/

/**
 * Removes what restores kept aside of the database that they replaced, once it was last written before `before` (epoch
 * milliseconds): what was deleted since must not lie there for ever. Tells how many went.
 */
export async function forgetReplaced(dataDir: string, before: number): Promise<number> {
  const names = (await readdir(dataDir)).filter((name) => replaced.test(name))
  let n = 0
  for (const name of names) {
    const file = join(dataDir, name)
    if ((await stat(file)).mtimeMs >= before) continue
    await rm(file, { force: true })
    n++
  }
  return n
}

/** Pages copied before other work of this process gets its turn: about 4 MB. */
const PAGES = 1_000

async function copyPages(source: Connection, file: string): Promise<void> {
  await source.backup(file, { progress: () => PAGES })
}

/** A copy is one file, without the log that a database in use has beside it. */
function alone(file: string): void {
  const db = connect(file, 'write', 0)
  try {
    db.pragma('journal_mode = delete')
  } finally {
    db.close()
  }
}

/** What is wrong with a database file, in words; empty when it is sound and ours. */
export function faultsOf(file: string): string[] {
  let db: Connection | undefined
  try {
    db = connect(file, 'read', 5_000)
    const found = db.pragma('integrity_check(5)') as { integrity_check: string }[]
    const faults = found.map((row) => row.integrity_check).filter((words) => words !== 'ok')
    if (faults.length > 0) return faults
    const ours = db.prepare(`select 1 from sqlite_master where type = 'table' and name = 'migration'`).get()
    if (!ours) return ['it is a database, but not one of Heard']
    const orphans = db.pragma('foreign_key_check') as unknown[]
    return orphans.length > 0 ? [`${orphans.length} rows name a row that is not there`] : []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  } finally {
    db?.close()
  }
}

/** Waits until a file, or the names in a folder, are on disk. */
async function kept(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some systems cannot sync a folder; a name is then as safe as they make it.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
  } finally {
    await handle.close()
  }
}
