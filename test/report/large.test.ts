import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { settle } from '../../src/response/settle.ts'
import { keptSources } from '../../src/routes/reports/reports.ts'
import { folder, opened, questionnaire } from '../store/fixture.ts'

test('of a large survey a reader gets the last counts at once, and the next one the newer', async () => {
  const stores = await opened(await folder())
  await stores.settings.setDistrict({ ...(await stores.settings.district()), name: { en: 'Sample' } })
  const { id } = await stores.surveys.add({ slug: 'large', questionnaire }, 0)
  await stores.surveys.setState(id, 'open')
  const about = { version: 1, language: 'en', channel: 'web', hour: 0 } as const
  const send = (count: number) =>
    stores.responses.addMany(
      id,
      Array.from({ length: count }, () => settle(questionnaire, {}, about)),
    )
  let now = 0
  const source = keptSources(stores, () => now)
  const told = async () => {
    const survey = await stores.surveys.find('large')
    if (!survey) throw new Error('no survey')
    return (await source(survey)).upTo
  }
  await send(5_000)
  expect(await told()).toBe(5_000)
  await send(20)
  now += 1_000
  expect(await told()).toBe(5_000)
  // Not more often than every five seconds; then behind the page that found it out.
  now += 5_000
  expect(await told()).toBe(5_000)
  for (let tries = 0; tries < 500 && (await told()) !== 5_020; tries++) await wait(10)
  expect(await told()).toBe(5_020)
  await send(20)
  now += 180_000
  expect(await told()).toBe(5_040)
})
