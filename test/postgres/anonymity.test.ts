import { expect, test } from 'vitest'
import type { Stores } from '../../src/store/stores.ts'
import { rowsIn } from '../engine.ts'
import { folder, opened, settled, surveyIn } from '../store/fixture.ts'

async function answered(stores: Stores, survey: number, tokens: readonly string[]): Promise<void> {
  for (const token of tokens) {
    const draft = { survey, version: 1, language: 'es', channel: 'web' as const, answers: { goal: token } }
    await stores.drafts.save(token, { ...draft, passed: [], typed: {} }, 0)
    expect(await stores.responses.submit(survey, token, settled(), `code-${token}`)).toBe('saved')
  }
}

test('neither a transaction nor an order leads from who took part to what was said', async () => {
  const dir = await folder()
  const stores = await opened(dir)
  const survey = await surveyIn(stores)
  const tokens = ['d', 'b', 'a', 'e', 'c'].map((one) => `hash-${one}`)
  const more = ['hash-ab', 'hash-aa']
  const hashes = [...tokens, ...more, 'hash-unused'].map((token) => `code-${token}`)
  await stores.codes.add(survey, { sheet: 1, school: '', group: '' }, hashes)
  const together = (table: string) =>
    rowsIn(
      dir,
      `select response.id from response join ${table} as took on took.xmin::text = response.xmin::text`,
    )
  const order = (table: string, key: string) =>
    rowsIn(dir, `select ${key} as key from ${table} order by ctid`).map((row) => String(row.key))
  await answered(stores, survey, tokens)
  expect(together('spent')).toHaveLength(5)
  await stores.life.mix()
  await answered(stores, survey, more)
  await stores.life.mix()
  for (const table of ['spent', 'access_code']) expect([table, together(table)]).toEqual([table, []])
  expect(order('spent', 'token_hash')).not.toEqual([...tokens, ...more])
  const transactions = rowsIn(dir, 'select distinct xmin::text as xmin from spent').length
  expect(transactions).toBe(2)
  // Nothing else has changed.
  expect(order('spent', 'token_hash').sort()).toEqual([...tokens, ...more].sort())
  expect(await stores.codes.counts(survey)).toEqual([
    { sheet: 1, school: '', group: '', state: 'unused', n: 1 },
    { sheet: 1, school: '', group: '', state: 'used', n: 7 },
  ])
  expect(await stores.responses.submit(survey, 'hash-a', settled())).toBe('already')
  // Drafts that were sent leave nothing behind.
  expect(rowsIn(dir, `select pg_relation_size('draft') as bytes`)).toEqual([{ bytes: 0 }])
})
