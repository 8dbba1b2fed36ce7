import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Settled } from '../../src/response/response.ts'
import { turnoutOf } from '../../src/response/turnout.ts'
import { engine, rowsIn } from '../engine.ts'
import { folder, HOUR, opened, settled, surveyIn } from './fixture.ts'

const anyResponse = fc.record({
  language: fc.constantFrom('en', 'es', 'ar'),
  channel: fc.constantFrom('web' as const, 'paper' as const, 'kiosk' as const),
  hour: fc.integer({ min: 0, max: 30 }).map((hour) => (400_000 + hour) * HOUR),
  group: fc.constantFrom('', 'family', 'student'),
  school: fc.constantFrom('', 'north', 'south'),
})

const counted = (responses: Settled[]) => {
  const counts = new Map<string, number>()
  for (const response of responses)
    for (const { dimension, code, group, school } of turnoutOf(response)) {
      const key = [dimension, code, group, school].join('|')
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  return [...counts].sort()
}

test('whatever is sent, one by one or imported, languages, channels and hours are counted with it', async () => {
  const stores = await opened(await folder())
  let survey = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyResponse, { maxLength: 12 }), fc.nat(12), async (some, cut) => {
      const id = await surveyIn(stores, `survey-${survey++}`)
      const responses = some.map((one) => settled(one))
      await Promise.all(
        responses.slice(0, cut).map((one, at) => stores.responses.submit(id, `${id} ${at}`, one)),
      )
      await stores.responses.addMany(id, responses.slice(cut))
      const kept = (await stores.turnout.list(id)).map(({ dimension, code, group, school, n }) => [
        [dimension, code, group, school].join('|'),
        n,
      ])
      expect(kept.sort()).toEqual(counted(responses))
    }),
    { numRuns: engine === 'sqlite' ? 15 : 6 },
  )
})

test('a response that is sent twice counts once', async () => {
  const stores = await opened(await folder())
  const survey = await surveyIn(stores)
  for (let time = 0; time < 2; time++) await stores.responses.submit(survey, 'token', settled())
  expect((await stores.turnout.list(survey)).map(({ n }) => n)).toEqual([1, 1, 1])
})

test('counts of the way through a survey are written within seconds, and all of them when the store closes', async () => {
  const dir = await folder()
  const stores = await opened(dir)
  const survey = await surveyIn(stores)
  const event = { survey, version: 1, day: '2021-05-12', what: 'reached', place: 'all' } as const
  for (let time = 0; time < 5; time++) stores.progress.count(event)
  stores.progress.count({ ...event, what: 'passed' })
  expect(rowsIn(dir, 'select * from progress')).toEqual([])
  expect(await stores.progress.list(survey)).toEqual([
    { version: 1, what: 'passed', place: 'all', n: 1 },
    { version: 1, what: 'reached', place: 'all', n: 5 },
  ])
  stores.progress.count({ ...event, day: '2021-05-13' })
  await stores.close()
  const again = await opened(dir)
  expect(await again.progress.list(survey)).toContainEqual({
    version: 1,
    what: 'reached',
    place: 'all',
    n: 6,
  })
})

test('tables of enrolment are kept by their day, and one of the same day takes the place of the other', async () => {
  const stores = await opened(await folder())
  const row = { school: '', level: '', zone: '', group: 'student', grade: '', language: '', n: 5 }
  await stores.enrolments.put({ asOf: '2020-10-01', source: 'a', rows: [row] }, 1)
  await stores.enrolments.put({ asOf: '2021-10-01', source: 'b', rows: [row] }, 2)
  await stores.enrolments.put({ asOf: '2020-10-01', source: 'c', rows: [{ ...row, n: 6 }] }, 3)
  expect((await stores.enrolments.list()).map(({ asOf, source }) => [asOf, source])).toEqual([
    ['2021-10-01', 'b'],
    ['2020-10-01', 'c'],
  ])
  expect((await stores.enrolments.find('2020-10-01'))?.rows[0]?.n).toBe(6)
  await stores.enrolments.remove('2021-10-01')
  expect(await stores.enrolments.find('2021-10-01')).toBeUndefined()
})
