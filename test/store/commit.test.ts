import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Job, toRow } from '../../src/store/jobs.ts'
import { openStores } from '../../src/store/open.ts'
import { prepareCommit } from '../../src/store/sqlite/commit.ts'
import { connect } from '../../src/store/sqlite/connection.ts'
import { openWriter } from '../../src/store/sqlite/writer.ts'
import { folder, settled, surveyIn } from './fixture.ts'

async function committing() {
  const dir = await folder()
  const stores = await openStores({ dataDir: dir })
  const survey = await surveyIn(stores)
  await stores.close()
  const db = connect(join(dir, 'heard.db'), 'write', 1_000)
  const commit = prepareCommit(db)
  const job = (token: string, words = ''): Job => ({
    kind: 'submit',
    survey,
    tokenHash: token,
    row: toRow(settled({ answers: { why: words } })),
  })
  const count = (table: string) => db.prepare(`select count(*) from ${table}`).pluck().get()
  return { db, commit, job, count }
}

test('when the disk is full, everything in the commit is refused and nothing is half kept', async () => {
  const { db, commit, job, count } = await committing()
  commit([job('before')])
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 3}`)
  expect(() => commit([job('small'), job('large', 'x'.repeat(100_000)), job('after')])).toThrow(
    expect.objectContaining({ status: 503 }),
  )
  expect(db.inTransaction).toBe(false)
  expect([count('spent'), count('response'), count('answer')]).toEqual([1, 1, 1])

  db.pragma('max_page_count = 1000000')
  expect(commit([job('small'), job('large', 'x'.repeat(100_000))])).toEqual([
    { done: 'saved' },
    { done: 'saved' },
  ])
  expect([count('spent'), count('response'), count('answer')]).toEqual([3, 3, 3])
  db.close()
})

test('when COMMIT itself fails, everything in it is refused and the next one works', async () => {
  const { db, commit, job, count } = await committing()
  // A constraint that is looked at only when the transaction ends stands in for a disk that fails there.
  db.exec(`
    create table gone (id integer primary key);
    create table trap (id integer references gone (id) deferrable initially deferred);
    create trigger spring after insert on spent when new.token_hash = 'trap'
    begin insert into trap values (1); end`)
  const fresh = prepareCommit(db)
  expect(() => fresh([job('a'), job('trap'), job('b')])).toThrow(expect.objectContaining({ status: 503 }))
  expect([count('spent'), count('response'), count('tally')]).toEqual([0, 0, 0])
  expect(commit([job('a'), job('b')])).toEqual([{ done: 'saved' }, { done: 'saved' }])
  db.close()
})

test('a writing thread that cannot start or dies refuses its commit, and the next one gets a new thread', async () => {
  const dir = join(await folder(), 'not yet')
  const writer = openWriter(join(dir, 'heard.db'))
  await expect(writer.commit([])).rejects.toMatchObject({ status: 503 })
  await (await openStores({ dataDir: dir })).close()
  expect(await writer.commit([])).toEqual([])
  await writer.close()
})
