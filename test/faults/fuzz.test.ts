import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { withDefaults } from '../../src/questionnaire/edit/begun.ts'
import { start } from '../build/steps.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, sampleDistrict } from '../site.ts'
import { add, openHouse, visitor } from '../web/house.ts'
import { openLine } from './fuzz/line.ts'
import { fuzz } from './fuzz.ts'

test('whatever malformed request, form, definition or file comes, it is answered, and never with a fault', async () => {
  const { cases, failures } = await fuzz({ cases: 600, seed: 2021 })
  expect(failures).toEqual([])
  expect(cases).toBe(600)
}, 90_000)

test('what the long runs found stays mended', async () => {
  const house = await openHouse({ TRUST_PROXY: '1' })
  await add(house.stores, 'admin')
  const id = await add(house.stores, 'office')
  const admin = visitor(house.app, { 'X-Forwarded-Proto': ',,' })
  await admin.signIn('admin@example.org')
  // A proxy that names no protocol at all.
  const link = await admin.fill('/account', {}, `/office/people/${id}/link`)
  expect(link.status).toBeLessThan(500)
  const server = house.app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const line = openLine((server.address() as AddressInfo).port, 2000)
  const star = await line.ask(Buffer.from('OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n'))
  expect(star).toMatchObject({ status: 400 })
  line.hangUp()
  server.close()
  // A language by the name of something that every object has.
  await house.stores.definitions.add('odd', withDefaults({ ...start, languages: ['en', 'toString'] }), id, 1)
  await add(house.stores, 'office', 'more@example.org')
  const office = visitor(house.app)
  await office.signIn('more@example.org')
  for (const page of ['/office/build/odd/settings', '/office/build/odd'])
    expect((await office.open(page)).status).toBe(200)
  // A host that is longer than any name: it would stand in a picture that has no room for it.
  await sampleDistrict(house.stores)
  await field(house.stores, { slug: 'here', definition: everyKind })
  // And one that is empty.
  for (const host of ['y'.repeat(3000), ' ']) {
    const far = visitor(house.app, { Host: host })
    await far.signIn('more@example.org')
    expect((await far.open('/office/surveys/here')).status).toBe(400)
  }
  await house.close()
})
