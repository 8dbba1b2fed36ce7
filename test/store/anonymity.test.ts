import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStores } from '../../src/store/open.ts'
import { folder, HOUR, raw, settled, surveyIn } from './fixture.ts'

type Cell = string | number | null

/** What a thousand respondents may share without pointing at any of them. */
const shared = new Set(['survey', 'version', 'language', 'channel', 'hour'])
const said = ['response', 'answer', 'comment', 'tally', 'comment_tally']
const took = ['draft', 'spent', 'session', 'person']

async function answered() {
  const dir = await folder()
  const stores = await openStores({ dataDir: dir })
  const survey = await surveyIn(stores)
  await stores.people.add({ id: 'person-1', email: 'a@sample.test', role: 'office', passwordHash: null })
  await stores.sessions.save('session-hash', '{"csrf":"secret"}', 'person-1', 400_001 * HOUR + 17)
  for (let n = 0; n < 60; n++) {
    const token = `token-hash-${(n * 7919) % 61}`
    const answers = { goal: `goal-${n}`, why: { words: `because-${n}`, language: 'es' } }
    const draft = {
      survey,
      version: 1,
      language: 'es',
      channel: 'web',
      passed: [],
      typed: {},
      answers,
    } as const
    await stores.drafts.save(token, { ...draft, passed: [] }, 400_000 * HOUR + 12_345 + n)
    if (n % 4 === 0) continue
    const comments = [{ question: 'why', about: `goal-${n}`, words: `because-${n}`, language: 'es' }]
    // A caller that forgets to round the time must not be able to make it exact.
    await stores.responses.submit(
      survey,
      token,
      settled({ hour: 400_000 * HOUR + 999 + n, answers, comments }),
    )
  }
  await stores.close()
  return { dir, db: raw(dir) }
}

test('no value that tells who took part occurs in what was said', async () => {
  const { db } = await answered()
  const values = (table: string): Set<Cell> => {
    const rows = db.prepare<[], Record<string, Cell>>(`select * from ${table}`).all()
    expect(rows.length).toBeGreaterThan(0)
    return new Set(
      rows.flatMap((row) => Object.entries(row).flatMap(([name, cell]) => (shared.has(name) ? [] : [cell]))),
    )
  }
  const words = said.flatMap((table) => [...values(table)])
  for (const table of took) {
    for (const value of values(table)) {
      // The hour of an unfinished draft is an hour like any other; null is no value.
      if (value === null || value === 400_000 * HOUR) continue
      expect(words, `${table}: ${value}`).not.toContain(value)
      expect(words.filter((word) => typeof word === 'string' && word.includes(String(value)))).toEqual([])
    }
  }
})

test('spent tokens have no number and no order of arrival, and no time is closer than the hour', async () => {
  const { db } = await answered()
  for (const table of ['spent', 'draft', 'session']) {
    expect(() => db.prepare(`select rowid from ${table}`).get()).toThrow('no such column')
  }
  expect(db.prepare('select name from pragma_table_info(?)').pluck().all('spent')).toEqual([
    'token_hash',
    'survey',
  ])
  const spent = db.prepare<[], string>('select token_hash from spent').pluck().all()
  expect(spent).toEqual(spent.toSorted())
  const times = db.prepare('select hour as time from response union select touched from draft').pluck().all()
  expect(times).toEqual([400_000 * HOUR])
})

test('what was typed and sent is gone from the log too, within the hour and while the server runs', async () => {
  const dir = await folder()
  const stores = await openStores({ dataDir: dir })
  const survey = await surveyIn(stores)
  const draft = { survey, version: 1, language: 'es', channel: 'web', answers: {}, passed: [] } as const
  await stores.drafts.save('token', { ...draft, passed: [], typed: { all: { why: 'typed-once' } } }, 0)
  await stores.responses.submit(survey, 'token', settled())
  const kept = async () =>
    Promise.all(['heard.db', 'heard.db-wal'].map((name) => readFile(join(dir, name), 'latin1')))
  expect((await kept()).join('')).toContain('typed-once')
  await stores.life.mix()
  expect((await kept()).join('')).not.toContain('typed-once')
  await stores.close()
})

test('a draft that was sent leaves nothing behind in the file', async () => {
  const dir = await folder()
  const stores = await openStores({ dataDir: dir })
  const survey = await surveyIn(stores)
  const numbers = Array.from({ length: 60 }, (_, n) => n)
  await Promise.all(
    numbers.map((n) =>
      stores.drafts.save(
        `token-${n}`,
        {
          survey,
          version: 1,
          language: 'es',
          channel: 'web',
          answers: {},
          passed: [],
          typed: { all: { why: `typed-${n}-` } },
        },
        0,
      ),
    ),
  )
  const sent = numbers.filter((n) => n % 4 !== 0)
  await Promise.all(sent.map((n) => stores.responses.submit(survey, `token-${n}`, settled())))
  await stores.close()
  const file = (await readFile(join(dir, 'heard.db'))).toString('latin1')
  expect(numbers.filter((n) => file.includes(`typed-${n}-`))).toEqual(numbers.filter((n) => n % 4 === 0))
})
