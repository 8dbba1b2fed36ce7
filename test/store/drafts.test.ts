import { expect, test } from 'vitest'
import type { Draft } from '../../src/store/stores.ts'
import { folder, HOUR, opened, settled, surveyIn } from './fixture.ts'

const draft = (survey: number, answers: Draft['answers']): Draft => ({
  survey,
  version: 1,
  language: 'vi',
  channel: 'kiosk',
  answers,
  passed: ['all'],
  typed: { all: { goal: ['a', 'b'], why: 'tại vì' } },
})

test('every page saved replaces the one before', async () => {
  const stores = await opened(await folder())
  const survey = await surveyIn(stores)
  await Promise.all([1, 2, 3].map((n) => stores.drafts.save('t', draft(survey, { goal: n }), HOUR)))
  expect(await stores.drafts.find('t')).toEqual(draft(survey, { goal: 3 }))
  await stores.drafts.remove('t')
  expect(await stores.drafts.find('t')).toBeUndefined()
})

test('a page that arrives after its response was sent does not bring the draft back', async () => {
  const stores = await opened(await folder())
  const survey = await surveyIn(stores)
  await Promise.all([
    stores.responses.submit(survey, 't', settled()),
    stores.drafts.save('t', draft(survey, { goal: 1 }), HOUR),
  ])
  expect(await stores.drafts.find('t')).toBeUndefined()
})

test('old drafts are cleared, and none that may be younger than asked', async () => {
  const stores = await opened(await folder())
  const survey = await surveyIn(stores)
  await Promise.all(
    Array.from({ length: 1_100 }, (_, n) => stores.drafts.save(`old-${n}`, draft(survey, {}), 5 * HOUR + n)),
  )
  await stores.drafts.save('late in the hour', draft(survey, {}), 10 * HOUR + 50 * 60_000)
  expect(await stores.drafts.clear(10 * HOUR + 30 * 60_000)).toBe(1_100)
  expect(await stores.drafts.find('late in the hour')).toBeDefined()
  expect(await stores.drafts.clear(11 * HOUR)).toBe(1)
})
