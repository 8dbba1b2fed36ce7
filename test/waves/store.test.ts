import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStores } from '../../src/store/open.ts'
import type { Stores } from '../../src/store/stores.ts'
import { place } from '../engine.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, sampleDistrict } from '../site.ts'

let dataDir: string
let stores: Stores
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'heard-waves-'))
  stores = await openStores(await place(dataDir))
  await sampleDistrict(stores)
})
afterAll(async () => {
  await stores.close()
  await rm(dataDir, { recursive: true })
})

test('a survey is a wave of one series, waves stand in the order of their days', async () => {
  const [one, two] = [
    await field(stores, { slug: 'one', definition: everyKind }),
    await field(stores, { slug: 'two', definition: everyKind }),
  ]
  const id = await stores.series.add({ en: 'Climate' }, 1)
  const other = await stores.series.add({ en: 'Other' }, 1)
  await stores.series.put(id, { survey: one.id, day: '2021-05-01', label: { en: '2021' } })
  await stores.series.put(id, { survey: two.id, day: '2020-05-01', label: { en: '2020' } })
  expect((await stores.series.find(id))?.waves.map(({ survey }) => survey)).toEqual([two.id, one.id])
  expect((await stores.series.of(one.id))?.id).toBe(id)
  await expect(
    stores.series.put(other, { survey: one.id, day: '2021-05-01', label: { en: 'x' } }),
  ).rejects.toThrow('wave of series')
  const same = { before: two.id, after: one.id, askedBefore: 'rate', askedAfter: 'rate' }
  await stores.series.say(id, { ...same, reason: 'why', by: 'office@example.org', at: 2 })
  await stores.series.say(id, { ...same, reason: 'because', by: 'office@example.org', at: 3 })
  expect(await stores.series.same(id)).toMatchObject([{ reason: 'because', at: 3 }])
  await stores.series.take(id, two.id)
  expect(await stores.series.same(id)).toEqual([])
  await stores.series.remove(id)
  expect((await stores.series.list()).map((one) => one.name)).toEqual([{ en: 'Other' }])
})

test('a file that is looked at is one for each person, and goes when it is old', async () => {
  const { earlier } = stores
  await earlier.keepFile('a', { name: 'old.csv', content: '1' }, { now: 10, expired: 0 })
  await earlier.keepFile('b', { name: 'new.csv', content: '2' }, { now: 100, expired: 50 })
  expect(await earlier.findFile('a')).toBeUndefined()
  await earlier.keepFile('b', undefined, { now: 101, expired: 50 })
  expect(await earlier.findFile('b')).toBeUndefined()
  await earlier.keepMapping('header', '{}', 1)
  await earlier.keepMapping('header', '{"a":1}', 2)
  expect(await earlier.findMapping('header')).toBe('{"a":1}')
})
