import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { openStores } from '../store/open.ts'
import { backUp, layOut, putBack } from '../store/sqlite/backup.ts'
import { faultyCounts } from './check.ts'
import { type Command, Refusal, take } from './command.ts'

export const backup: Command = {
  usage: 'backup FILE',
  does: 'writes one consistent, checked copy of everything to FILE, also while the server runs',
  async run(args, room) {
    const [file = ''] = take(backup, args, 1).positionals
    fileAlone(room.config, 'pg_dump -Fc -d DATABASE_URL -f FILE')
    const { size } = await copied(room.config.dataDir, file)
    room.output.write(`${file}\t${size} bytes\n`)
  },
}

/** @throws Refusal where a server keeps the data: it has its own ways. */
function fileAlone({ databaseUrl }: Config, instead: string): void {
  if (databaseUrl !== undefined)
    throw new Refusal(`the data is on PostgreSQL (DATABASE_URL), which has its own way: ${instead}`)
}

async function copied(dataDir: string, file: string): Promise<{ size: number }> {
  try {
    return { size: await backUp(dataDir, file) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Refusal(`there is no database in ${dataDir} to back up`)
    throw error
  }
}

export const restore: Command = {
  usage: 'restore FILE',
  does: 'checks a backup, keeps what there is now beside it, and puts the backup in its place',
  async run(args, room) {
    const [file = ''] = take(restore, args, 1).positionals
    fileAlone(room.config, 'pg_restore --clean --if-exists -d DATABASE_URL FILE')
    const { dataDir } = room.config
    // Makes the folder where a new machine has none yet; afterwards there is always something to keep.
    await room.stores()
    await room.close()
    const folder = await mkdtemp(join(dataDir, 'restoring-'))
    try {
      const surveys = await sound(file, folder)
      const before = join(dataDir, `before-restore-${stamp(room.now())}.db`)
      await backUp(dataDir, before)
      await putBack(folder, dataDir)
      room.output.write(`${file} is in place: ${surveys} surveys. What was there is in ${before}\n`)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** Opens the copy as the server would (an older one is brought up to date) and recounts it. */
async function sound(file: string, folder: string): Promise<number> {
  const refused = (error: unknown) =>
    new Refusal(
      `${file} was not restored, nothing was changed: ${error instanceof Error ? error.message : error}`,
    )
  try {
    await layOut(file, folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw error
    throw refused(error)
  }
  const stores = await openStores({ dataDir: folder }).catch((error: unknown) => {
    throw refused(error)
  })
  try {
    const surveys = await stores.surveys.list()
    const faulty = await faultyCounts(stores)
    if (faulty.length > 0) throw refused(`kept counts are not what the answers say: ${faulty.join(', ')}`)
    return surveys.length
  } finally {
    await stores.close()
  }
}

/** Names a file by a moment: 2026-11-21T19-00-00-000Z. */
export const stamp = (at: number): string => new Date(at).toISOString().replaceAll(/[:.]/g, '-')
