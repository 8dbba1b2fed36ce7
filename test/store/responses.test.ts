import { expect, test } from 'vitest'
import { openStores } from '../../src/store/open.ts'
import type { Draft } from '../../src/store/stores.ts'
import { place, rowsIn } from '../engine.ts'
import { all, folder, HOUR, opened, settled, surveyIn } from './fixture.ts'

const draft = (survey: number): Draft => ({
  survey,
  version: 1,
  language: 'ar',
  channel: 'web',
  answers: { goal: 'reading' },
  passed: ['all'],
  typed: { all: { goal: 'reading' } },
})

test('what was acknowledged is there after the store is opened again', async () => {
  const dir = await folder()
  const first = await openStores(await place(dir))
  const survey = await surveyIn(first)
  await first.drafts.save('token-1', draft(survey), 5 * HOUR)
  const sent = settled({
    answers: { goal: 'reading', why: { words: 'لأن', language: 'ar' }, feel: { safe: 'agree', heard: 'na' } },
    comments: [{ question: 'why', about: 'reading', words: 'لأن', language: 'ar' }],
  })
  expect(await first.responses.submit(survey, 'token-1', sent)).toBe('saved')
  await first.drafts.save('token-2', draft(survey), 5 * HOUR)
  await first.close()

  const again = await opened(dir)
  expect(await all(again.responses.stream(survey))).toEqual([
    { id: 1, version: 1, language: 'es', channel: 'web', hour: sent.hour, answers: sent.answers },
  ])
  expect(await again.responses.count(survey)).toBe(1)
  expect(await again.responses.spent('token-1')).toBe(true)
  expect(await again.responses.spent('token-2')).toBe(false)
  expect(await again.drafts.find('token-1')).toBeUndefined()
  expect(await again.drafts.find('token-2')).toEqual(draft(survey))
  expect(await again.tallies.comments(survey, { question: 'why', limit: 10 })).toEqual([
    {
      id: 1,
      question: 'why',
      about: 'reading',
      words: 'لأن',
      language: 'ar',
      group: 'family',
      school: 'north',
    },
  ])
})

test('a double click or a later resend never makes a second response', async () => {
  const stores = await opened(await folder())
  const survey = await surveyIn(stores)
  const together = await Promise.all([1, 2, 3].map(() => stores.responses.submit(survey, 'token', settled())))
  expect(together).toEqual(['saved', 'already', 'already'])
  expect(await stores.responses.submit(survey, 'token', settled())).toBe('already')
  expect(await stores.responses.count(survey)).toBe(1)
  expect(await all(stores.responses.stream(survey))).toHaveLength(1)
})

test('one response that cannot be kept does not take the others of its batch with it', async () => {
  const stores = await opened(await folder())
  const survey = await surveyIn(stores)
  const results = await Promise.allSettled([
    stores.responses.submit(survey, 'a', settled()),
    stores.responses.submit(
      survey,
      'unknown question',
      settled({ answers: { goal: 'reading', nowhere: 1 } }),
    ),
    stores.responses.submit(survey, 'unknown version', settled({ version: 7 })),
    stores.responses.submit(survey, 'not JSON', settled({ answers: { goal: 1n } })),
    stores.responses.submit(survey, 'b', settled()),
  ])
  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
    'fulfilled',
  ])
  expect(await stores.responses.count(survey)).toBe(2)
  expect(await all(stores.responses.stream(survey))).toHaveLength(2)
  expect(await stores.tallies.list(survey)).toContainEqual({
    question: 'goal',
    cell: 'reading',
    group: 'family',
    n: 2,
  })
  // The refused ones may try again: their tokens are not spent.
  expect(await stores.responses.spent('unknown question')).toBe(false)
  expect(await stores.responses.submit(survey, 'unknown version', settled())).toBe('saved')
})

test('64 people sending at once all find their response kept, once', async () => {
  const dir = await folder()
  const first = await openStores(await place(dir))
  const survey = await surveyIn(first)
  const acknowledged: number[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      while (next < 640) {
        const n = next++
        if (n % 3 === 0) await first.drafts.save(`token-${n}`, draft(survey), 0)
        await first.responses.submit(survey, `token-${n}`, settled({ answers: { goal: n } }))
        acknowledged.push(n)
      }
    }),
  )
  await first.close()
  const again = await opened(dir)
  const kept = (await all(again.responses.stream(survey))).map(({ answers }) => answers.goal as number)
  expect(kept.toSorted((a, b) => a - b)).toEqual(acknowledged.toSorted((a, b) => a - b))
  expect(await again.responses.count(survey)).toBe(640)
  expect(rowsIn(dir, 'select count(*) as n from draft')).toEqual([{ n: 0 }])
})

test('closing waits for what was taken and refuses what comes after', async () => {
  const dir = await folder()
  const first = await openStores(await place(dir))
  const survey = await surveyIn(first)
  const taken = Promise.all(
    Array.from({ length: 20 }, (_, n) => first.responses.submit(survey, `t${n}`, settled())),
  )
  const closed = first.close()
  await expect(first.responses.submit(survey, 'late', settled())).rejects.toMatchObject({ status: 503 })
  await Promise.all([taken, closed])
  const again = await opened(dir)
  expect(await again.responses.count(survey)).toBe(20)
})

test('responses come back in order, over many pages, with only those of the survey', async () => {
  const stores = await opened(await folder())
  const survey = await surveyIn(stores)
  const other = await surveyIn(stores, 'other')
  const many = (from: number) =>
    Array.from({ length: 1_300 }, (_, n) => settled({ answers: n % 7 ? { goal: from + n, why: 'w' } : {} }))
  await stores.responses.addMany(survey, many(0))
  await stores.responses.addMany(other, many(10_000))
  await stores.responses.addMany(survey, many(1_300))
  const kept = await all(stores.responses.stream(survey))
  expect(kept).toHaveLength(2_600)
  expect(kept.map(({ id }) => id)).toEqual(kept.map(({ id }) => id).toSorted((a, b) => a - b))
  expect(kept.map(({ answers }) => answers)).toEqual(
    [...many(0), ...many(1_300)].map(({ answers }) => answers),
  )
})

test('an import is kept whole or not at all', async () => {
  const stores = await opened(await folder())
  const survey = await surveyIn(stores)
  async function* broken() {
    for (let n = 0; n < 1_200; n++) yield settled()
    throw new Error('row 1201 is broken')
  }
  await expect(stores.responses.addMany(survey, broken())).rejects.toThrow('row 1201')
  const forged = [...Array.from({ length: 700 }, () => settled()), settled({ answers: { nowhere: 1 } })]
  await expect(stores.responses.addMany(survey, forged)).rejects.toThrow('nowhere')
  expect(await stores.responses.count(survey)).toBe(0)
  expect(await all(stores.responses.stream(survey))).toEqual([])
  expect(await stores.tallies.list(survey)).toEqual([])
  expect(await stores.responses.addMany(survey, [])).toBe(0)
  expect(await stores.responses.addMany(survey, [settled(), settled()])).toBe(2)
})

test('people can go on sending while an import runs in another process', async () => {
  const dir = await folder()
  const server = await opened(dir)
  const survey = await surveyIn(server)
  const command = await opened(dir)
  async function* slow() {
    for (let n = 0; n < 1_500; n++) {
      if (n % 500 === 499) await new Promise((resolve) => setTimeout(resolve, 50))
      yield settled({ channel: 'import' })
    }
  }
  const importing = command.responses.addMany(survey, slow())
  const sent = await Promise.all([
    ...Array.from({ length: 20 }, (_, n) => server.responses.submit(survey, `t${n}`, settled())),
    server.surveys.setState(survey, 'open'),
    importing,
  ])
  expect(sent.slice(0, 20)).toEqual(Array(20).fill('saved'))
  expect(await server.responses.count(survey)).toBe(1_520)
})

test('one person who sends through two processes at once counts once, and a code lets one in', async () => {
  const dir = await folder()
  const [one, two] = [await opened(dir), await opened(dir)]
  const survey = await surveyIn(one)
  await one.codes.add(survey, { sheet: 1, school: '', group: '' }, ['code-1'])
  const send = (token: string, code?: string) =>
    [one, two, one, two].map((stores) => stores.responses.submit(survey, token, settled(), code))
  const same = await Promise.all(send('token'))
  expect(same.toSorted()).toEqual(['already', 'already', 'already', 'saved'])
  const [first, second] = [one, two].map((stores, at) =>
    stores.responses.submit(survey, `with-code-${at}`, settled(), 'code-1'),
  )
  expect([await first, await second].toSorted()).toEqual(['refused', 'saved'])
  // A page that two processes save, and one sends, is never there again.
  await Promise.all([
    one.drafts.save('token-3', draft(survey), 0),
    two.drafts.save('token-3', draft(survey), 0),
    one.responses.submit(survey, 'token-3', settled()),
    two.drafts.save('token-3', draft(survey), 0),
  ])
  expect(await two.drafts.find('token-3')).toBeUndefined()
  expect(await two.responses.count(survey)).toBe(3)
  const kept = await all(two.responses.stream(survey))
  expect(kept).toHaveLength(3)
})
