import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyKind } from '../respond/surveys.ts'
import { field, openSite, respondent, rows, type Site, sampleDistrict } from '../site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite(sampleDistrict)
})
afterAll(() => site.close())

const first = { ride: 'bus', ride_why: 'words', news: ['text', 'mail'] }
const second = { 'climate.safe': 'yes', 'climate.heard': 'na', rate: '7', children: '2' }

async function counts(slug: string) {
  const survey = await site.stores.surveys.find(slug)
  await site.stores.progress.flush()
  // The server counts in its own memory and writes within seconds.
  await new Promise((done) => setTimeout(done, 3_500))
  const list = await site.stores.progress.list(survey?.id ?? 0)
  return Object.fromEntries(list.map(({ what, place, n }) => [`${what} ${place}`, n]))
}

test('how many came to each page and went on from it is counted, and when somebody began stays with them', async () => {
  await field(site.stores, { slug: 'steps', definition: everyKind })
  const leaves = respondent(site, 'steps')
  await leaves.start()
  await leaves.open('choices')
  const stops = respondent(site, 'steps')
  await stops.start()
  await stops.answer(first)
  await stops.open('choices')
  await stops.answer(first)
  const whole = respondent(site, 'steps')
  await whole.start()
  await whole.answer(first)
  await whole.answer(second)
  await whole.answer({ 'first.a': '1', group: 'family', word: 'end' })
  await whole.submit()
  expect(whole.seen().path).toContain('thanks')
  const told = await counts('steps')
  const pages = Object.keys(told)
  expect(told['reached choices']).toBe(3)
  expect(told['passed choices']).toBe(2)
  expect(told['reached ratings']).toBe(2)
  expect(told['passed ratings']).toBe(1)
  expect(told['reached review']).toBe(1)
  expect(told['passed review']).toBe(1)
  expect(told['took 0'] ?? told['took 1']).toBe(1)
  expect(pages.filter((page) => page.startsWith('took'))).toHaveLength(1)
  // Nothing but numbers: no token, no exact time, in no table.
  const [row] = rows(site, 'select * from progress limit 1')
  expect(Object.keys(row ?? {}).sort()).toEqual(['day', 'n', 'place', 'survey', 'version', 'what'])
}, 20_000)
