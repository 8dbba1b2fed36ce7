import { expect, test } from 'vitest'
import { faultyCounts } from '../../src/commands/check.ts'
import { everydayFielding } from '../../src/questionnaire/fielding.ts'
import { settle } from '../../src/response/settle.ts'
import { tidy } from '../../src/tidy.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, rows, sampleDistrict } from '../site.ts'
import { folder, opened } from './fixture.ts'

const day = 24 * 3600 * 1000

async function survey() {
  const dataDir = await folder()
  const stores = await opened(dataDir)
  await sampleDistrict(stores)
  const fielding = { ...everydayFielding, withdrawal: true, keep: { drafts: 0, codes: 1, comments: 30 } }
  const made = await field(stores, { slug: 'here', definition: everyKind, fielding })
  const send = (token: string, words: string, withdraw?: string) =>
    stores.responses.submit(
      made.id,
      token,
      settle(
        made.questionnaire,
        { ride: 'bus', ride_why: { words, language: 'en' } },
        { version: 1, language: 'en', channel: 'web', hour: 0 },
      ),
      undefined,
      withdraw,
    )
  const looksInto = (words: string) =>
    ['answer', 'comment', 'gloss', 'quote'].filter((table) =>
      rows({ dataDir }, `select * from ${table}`).some((row) => JSON.stringify(row).includes(words)),
    )
  return { stores, made, send, looksInto, dataDir }
}

test('a response that is taken back is gone with its comments, and every count follows', async () => {
  const { stores, made, send, looksInto, dataDir } = await survey()
  await send('one', 'first words', 'hash-one')
  await send('two', 'second words', 'hash-two')
  expect(await stores.life.withdraw(made.id, 'hash-of-nobody')).toBe(false)
  expect(await stores.life.withdraw(made.id, 'hash-one')).toBe(true)
  expect(await stores.life.withdraw(made.id, 'hash-one')).toBe(false)
  expect(await stores.responses.count(made.id)).toBe(1)
  expect(looksInto('first words')).toEqual([])
  expect(looksInto('second words')).toEqual(['answer', 'comment'])
  expect(await faultyCounts(stores)).toEqual([])
  expect((await stores.tallies.commentCounts(made.id)).map(({ n }) => n)).toEqual([1])
  expect(rows({ dataDir }, 'select code_hash from withdrawal')).toEqual([{ code_hash: 'hash-two' }])
})

test('what has had its time is deleted on its day, counts stay true, and the record says how much', async () => {
  const { stores, made, send, looksInto, dataDir } = await survey()
  const now = Date.UTC(2026, 0, 15)
  await send('one', 'first words', 'hash-one')
  await stores.codes.add(made.id, { sheet: 1, school: '', group: '' }, ['a', 'b'])
  await stores.drafts.save(
    'begun',
    { survey: made.id, version: 1, language: 'en', channel: 'web', answers: {}, passed: [], typed: {} },
    now,
  )
  expect(await tidy(stores, now)).toEqual([])
  await stores.surveys.setState(made.id, 'closed')
  const gone = async (days: number) => (await tidy(stores, now + days * day)).map(({ part, n }) => [part, n])
  expect(await gone(0)).toEqual([['drafts', 1]])
  expect(rows({ dataDir }, 'select * from withdrawal')).toEqual([])
  expect(await gone(1)).toEqual([['codes', 2]])
  expect(await gone(29)).toEqual([])
  expect(looksInto('first words')).toEqual(['answer', 'comment'])
  expect(await gone(30)).toEqual([['comments', 1]])
  expect(looksInto('first words')).toEqual([])
  expect(await gone(60)).toEqual([])
  expect(await faultyCounts(stores)).toEqual([])
  expect(await stores.responses.count(made.id)).toBe(1)
  const record = await stores.audit.list({ limit: 10, did: 'deleted' })
  expect(record.map(({ about, detail }) => [about, detail])).toEqual([
    ['here', 'comments 1'],
    ['here', 'codes 2'],
    ['here', 'drafts 1'],
  ])
})

test('what was begun and never finished goes with the drafts, and words leave with the comments wherever they are', async () => {
  const { stores, made, send, dataDir } = await survey()
  const looks = (words: string) =>
    ['answer', 'comment', 'quote', 'draft', 'paper_sheet', 'heard_page', 'import_file', 'audit'].filter(
      (table) =>
        rows({ dataDir }, `select * from ${table}`).some((row) => JSON.stringify(row).includes(words)),
    )
  const now = Date.UTC(2026, 0, 15)
  await send('one', 'secret words', 'hash-one')
  const begun = {
    ...{ survey: made.id, version: 1, language: 'en', channel: 'web' as const },
    ...{ answers: {}, passed: [], typed: { all: { ride_why: 'secret words' } } },
  }
  const sheet = { formHash: 'h', typedBy: 'rosa', version: 1, language: 'en' }
  const put = async () => {
    await stores.drafts.save('begun', begun, now)
    const answers = { ride_why: { words: 'secret words', language: 'en' } }
    await stores.paper.keep(made.id, { sheet: 7, answers, ...sheet }, 'counted')
  }
  await put()
  const [comment] = await stores.comments.list(made.id, { after: 0, limit: 1 })
  const hand = { by: 'rosa', at: now }
  const quote = { survey: made.id, comment: comment?.id ?? 0, theme: null, language: 'en', translations: {} }
  await stores.quotes.add({
    ...{ ...quote, words: 'secret words', edits: [], group: '', state: 'proposed' as const, ...hand },
  })
  const shown = [
    { id: 1, words: 'secret words', language: 'en', translations: {} },
    { id: 99, words: 'taken away', language: 'en', translations: {} },
  ]
  await stores.heardPages.show(made.id, { quotes: shown, responses: 1 } as never, 1, 'rosa', now)
  await stores.earlier.keepFile('rosa', { name: 'a.csv', content: 'secret words' }, { now, expired: 0 })
  await stores.surveys.setState(made.id, 'closed')
  expect((await tidy(stores, now)).map(({ part, n }) => [part, n])).toEqual([['drafts', 2]])
  expect(looks('secret words')).toEqual(['answer', 'comment', 'quote', 'heard_page', 'import_file'])
  // Typed in after the end, as paper is, and then nobody came to type it again.
  await put()
  await stores.surveys.setFielding(made.id, { ...made.fielding, keep: { comments: 30 } })
  expect((await tidy(stores, now + 30 * day)).map(({ part, n }) => [part, n])).toEqual([['comments', 3]])
  expect(looks('secret words')).toEqual([])
  expect(looks('taken away')).toEqual([])
  expect(rows({ dataDir }, 'select number from heard_page')).toHaveLength(1)
})

test('a survey that opens again keeps what it has until it is over again', async () => {
  const { stores, made } = await survey()
  await stores.surveys.setState(made.id, 'closed')
  await tidy(stores, 5 * day)
  expect(await stores.life.endedAt(made.id)).toBe(5 * day)
  await stores.surveys.setState(made.id, 'open')
  await tidy(stores, 6 * day)
  expect(await stores.life.endedAt(made.id)).toBeUndefined()
})
