import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
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
