import { expect, test } from 'vitest'
import { openHouse, visitor } from '../web/house.ts'
import { fuzz } from './fuzz.ts'

test('whatever malformed request, form, definition or file comes, it is answered, and never with a fault', async () => {
  const { cases, failures } = await fuzz({ cases: 1200, seed: 2021 })
  expect(failures).toEqual([])
  expect(cases).toBe(1200)
})

test('what the long runs found stays mended', async () => {
  const house = await openHouse({ TRUST_PROXY: '1' })
  const stranger = visitor(house.app)
  // A proxy that names no protocol at all.
  const page = await stranger.open('/sign-in').set('X-Forwarded-Proto', ',,')
  expect(page.status).toBe(200)
  await house.close()
})
