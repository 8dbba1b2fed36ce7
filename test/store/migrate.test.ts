import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEngine } from '../../src/store/engine.ts'
import { readMigrations } from '../../src/store/migrations.ts'
import { openStores } from '../../src/store/open.ts'
import { folder, opened, raw } from './fixture.ts'

const ours = join(import.meta.dirname, '..', '..', 'migrations')

/** A copy of our migrations that a test may change. */
async function copied(dir: string): Promise<string> {
  const copy = join(dir, 'migrations')
  await cp(ours, copy, { recursive: true })
  return copy
}

test('the folder is made, and opening again runs nothing twice', async () => {
  const dir = join(await folder(), 'deep', 'data')
  await (await openStores({ dataDir: dir })).close()
  await opened(dir)
  const names = (await readMigrations(ours)).map(({ name }) => name)
  expect(raw(dir).prepare('select name from migration order by number').pluck().all()).toEqual(names)
})

test('several processes may open an empty folder at the same moment', async () => {
  const dir = await folder()
  await Promise.all([opened(dir), opened(dir), opened(dir)])
})

test('a database that is newer than the code is refused and left alone', async () => {
  const dir = await folder()
  await (await openStores({ dataDir: dir })).close()
  const file = raw(dir)
  file.exec(`insert into migration values (9999, '9999-from-the-future', 'x')`)
  await expect(openStores({ dataDir: dir })).rejects.toThrow(/newer than this Heard.*9999-from-the-future/)
})

test('a migration that was edited after it ran is refused, other line ends are not', async () => {
  const dir = await folder()
  const migrations = await copied(dir)
  await (await openEngine({ dataDir: dir }, migrations)).close()
  const file = join(migrations, '0001-ground.sql')
  const sql = await readFile(file, 'utf8')
  await writeFile(file, sql.replaceAll('\n', '\r\n'))
  await (await openEngine({ dataDir: dir }, migrations)).close()
  await writeFile(file, `${sql}\n-- edited\n`)
  await expect(openEngine({ dataDir: dir }, migrations)).rejects.toThrow(/0001-ground was edited/)
})

test('a migration that fails half-way leaves the database as it was, and a mended one runs', async () => {
  const dir = await folder()
  const migrations = await copied(dir)
  await (await openEngine({ dataDir: dir }, migrations)).close()
  const number = String((await readMigrations(migrations)).length + 1).padStart(4, '0')
  const next = join(migrations, `${number}-next.sql`)
  await writeFile(next, 'create table extra (id integer); insert into nowhere values (1);')
  await expect(openEngine({ dataDir: dir }, migrations)).rejects.toThrow('nowhere')
  expect(raw(dir).prepare(`select 1 from sqlite_master where name = 'extra'`).get()).toBeUndefined()
  await writeFile(next, 'create table extra (id integer);')
  await (await openEngine({ dataDir: dir }, migrations)).close()
  expect(raw(dir).prepare('select count(*) from extra').pluck().get()).toBe(0)
})

test('a missing or doubled number is found before anything runs', async () => {
  const dir = await folder()
  const migrations = join(dir, 'm')
  await mkdir(migrations)
  await writeFile(join(migrations, '0002-second.sql'), '')
  await expect(readMigrations(migrations)).rejects.toThrow('migration 1 is missing')
})
