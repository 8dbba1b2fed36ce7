import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, it } from 'vitest'
import { forgetReplaced } from '../../src/store/sqlite/backup.ts'
import { keepBackups } from '../../src/store/sqlite/backupThread.ts'
import { folder, opened } from './fixture.ts'

const hour = 3_600_000
const start = Date.parse('2027-03-01T02:00:00Z')

it('a server makes a copy when one is due, keeps the newest few, and never touches other files', async () => {
  const dataDir = await folder()
  await opened(dataDir)
  const copies = join(dataDir, 'copies')
  const plan = { folder: copies, every: 24 * hour, keep: 2 }
  expect(await keepBackups(dataDir, plan, start)).toBe('heard-2027-03-01T02-00.db')
  await writeFile(join(copies, 'mine.db'), '')
  expect(await keepBackups(dataDir, plan, start + 23 * hour)).toBeUndefined()
  for (const days of [1, 2, 3]) await keepBackups(dataDir, plan, start + days * 24 * hour)
  expect(await readdir(copies)).toEqual(['heard-2027-03-03T02-00.db', 'heard-2027-03-04T02-00.db', 'mine.db'])
})

it('when a copy cannot be made, the older ones stay', async () => {
  const dataDir = await folder()
  const copies = join(dataDir, 'copies')
  await mkdir(copies)
  await writeFile(join(copies, 'heard-2027-02-01T02-00.db'), '')
  const plan = { folder: copies, every: hour, keep: 1 }
  // There is no database in this folder.
  await expect(keepBackups(dataDir, plan, start)).rejects.toThrow(/ENOENT/)
  expect(await readdir(copies)).toEqual(['heard-2027-02-01T02-00.db'])
})

it('what was deleted is gone from the copies once the last one that held it is', async () => {
  const dataDir = await folder()
  const stores = await opened(dataDir)
  const copies = join(dataDir, 'copies')
  const plan = { folder: copies, every: 24 * hour, keep: 2 }
  const held = async () =>
    (await readdir(copies)).filter((name) => {
      const db = new BetterSqlite3(join(copies, name), { readonly: true })
      const found = db.prepare(`select 1 from setting where key = 'told'`).get()
      db.close()
      return found !== undefined
    }).length
  await stores.settings.set('told', 'what somebody wants gone')
  await keepBackups(dataDir, plan, start)
  await stores.settings.set('told', null)
  const left: number[] = [await held()]
  for (const days of [1, 2]) {
    await keepBackups(dataDir, plan, start + days * 24 * hour)
    left.push(await held())
  }
  expect(left).toEqual([1, 1, 0])
})

it('what a restore kept aside goes after its time, and nothing else does', async () => {
  const dataDir = await folder()
  for (const name of ['before-restore-old.db', 'before-restore-new.db', 'heard.db', 'mine.db'])
    await writeFile(join(dataDir, name), '')
  for (const name of ['before-restore-old.db', 'heard.db', 'mine.db'])
    await utimes(join(dataDir, name), new Date(start), new Date(start))
  const later = new Date(start + 2 * hour)
  await utimes(join(dataDir, 'before-restore-new.db'), later, later)
  expect(await forgetReplaced(dataDir, start + hour)).toBe(1)
  expect((await readdir(dataDir)).sort()).toEqual(['before-restore-new.db', 'heard.db', 'mine.db'])
})
