import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import fc from 'fast-check'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { openStores } from '../../src/store/open.ts'
import type { Stores } from '../../src/store/stores.ts'
import { openDesk } from '../cli/command-line.ts'
import { emptyPlace } from '../engine.ts'
import { everyKind, nextVersion, response } from '../export/sample.ts'
import { folder } from '../store/fixture.ts'

async function fill(stores: Stores): Promise<void> {
  const { id: survey } = await stores.surveys.add({ slug: 'all', questionnaire: everyKind }, 0)
  await stores.surveys.publish(survey, nextVersion, 0)
  const sample = fc.sample(response(everyKind, 1), { numRuns: 90, seed: 7 })
  await stores.responses.addMany(survey, sample)
  await stores.codes.add(survey, { sheet: 1, school: '', group: '' }, ['hash-one', 'hash-two'])
  const [first] = fc.sample(response(everyKind, 1), { numRuns: 1, seed: 8 })
  if (first) await stores.responses.submit(survey, 'token', first, 'hash-one', 'back')
  await stores.people.add({ id: 'ana', email: 'ana@sample.test', role: 'office', passwordHash: null })
  await stores.people.setSafety('ana', true)
  await stores.sessions.save('session', '{}', 'ana', 9_000_000_000_000)
  await stores.audit.add({ at: 5, person: 'ana', who: 'ana@sample.test', did: 'opened', about: 'all' })
  const flag = { survey, comment: 1, kind: 'abuse', level: 'urgent', at: 1 } as const
  await stores.flags.add([flag])
  await stores.codings.put(survey, { source: 'model', who: 'model-1', version: 1, at: 1 }, [
    { comment: 1, theme: 'bus', confidence: 0.1 + 0.2 },
  ])
  await stores.limits.hit('key', 1, 1)
}

/** Everything in a file, table by table. */
function everything(dataDir: string): Record<string, string[]> {
  const db = new BetterSqlite3(join(dataDir, 'heard.db'), { readonly: true })
  const names = db.prepare<[], string>(`select name from sqlite_master where type = 'table'`).pluck().all()
  const kept = names.filter((name) => name !== 'migration' && name !== 'limited')
  const rowsOf = (name: string) =>
    db
      .prepare(`select * from "${name}"`)
      .all()
      .map((row) => JSON.stringify(row))
      .sort()
  const found = kept.map((name) => [name, rowsOf(name)])
  db.close()
  return Object.fromEntries(found)
}

test('everything goes from a file to PostgreSQL and back, and nowhere that is not empty', async () => {
  const desk = await openDesk()
  onTestFinished(desk.close)
  const stores = await openStores({ dataDir: desk.dataDir })
  await fill(stores)
  await stores.close()
  const [onServer, back] = [await emptyPlace(), await folder()]
  const there = await desk.heard(['move', '--to', onServer])
  expect(there).toMatchObject({ code: 0, err: '' })
  expect(there.out).toMatch(/^response\t91$/m)
  const again = await desk.heard(['move', '--to', onServer])
  expect(again).toEqual({
    code: 1,
    out: '',
    err: 'heard: the target is not empty: it has rows in survey. Nothing was copied.\n',
  })
  const server = { DATABASE_URL: onServer }
  expect((await desk.heard(['move', '--to', back], '', server)).code).toBe(0)
  expect(everything(back)).toEqual(everything(desk.dataDir))
  expect((await desk.heard(['check'], '', server)).out).toBe('all\tok\t91 responses\n')
  const csv = await desk.heard(['responses', 'export', 'all'])
  expect(await desk.heard(['responses', 'export', 'all'], '', server)).toEqual(csv)
  const report = await desk.heard(['report', 'all', '--json'])
  expect(await desk.heard(['report', 'all', '--json'], '', server)).toEqual(report)
  // What comes next is numbered behind what was brought.
  const moved = await openStores({ dataDir: '', databaseUrl: onServer })
  onTestFinished(moved.close)
  const [next] = fc.sample(response(everyKind, 1), { numRuns: 1, seed: 9 })
  if (next) expect(await moved.responses.submit(1, 'another', next, 'hash-two')).toBe('saved')
  expect(await moved.crossings.newest(1)).toBe(92)
})

test('commands that are of a file say what is PostgreSQL’s own way, and one that cannot reach it says where it is', async () => {
  const desk = await openDesk()
  onTestFinished(desk.close)
  const more = { DATABASE_URL: await emptyPlace() }
  expect((await desk.heard(['backup', desk.file('x')], '', more)).err).toContain('pg_dump')
  expect((await desk.heard(['restore', desk.file('x')], '', more)).err).toContain('pg_restore')
  expect((await desk.heard(['migrate'], '', more)).out).toBe('the data on PostgreSQL is up to date\n')
  const nowhere = { DATABASE_URL: 'postgres://heard:secret@127.0.0.1:1/nothing' }
  const said = await desk.heard(['survey', 'list'], '', nowhere)
  expect(said.err).toContain('the database at 127.0.0.1:1/nothing cannot be reached')
  expect(said.err).not.toContain('secret')
})

test('processes that start at once make the tables once', async () => {
  const databaseUrl = await emptyPlace()
  const all = await Promise.all([1, 2, 3].map(() => openStores({ dataDir: '', databaseUrl })))
  await Promise.all(all.map((stores) => stores.close()))
  const line = new pg.Client({ connectionString: databaseUrl })
  await line.connect()
  onTestFinished(() => line.end())
  await line.query(`insert into migration values (9999, '9999-from-the-future', 'x')`)
  await expect(openStores({ dataDir: '', databaseUrl })).rejects.toThrow(/newer than this Heard/)
})
