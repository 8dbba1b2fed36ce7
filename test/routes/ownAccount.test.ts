import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { add, goodPassword, type House, openHouse, visitor } from '../web/house.ts'

let house: House
let id: string
let ana: ReturnType<typeof visitor>
beforeEach(async () => {
  house = await openHouse()
  id = await add(house.stores, 'translator', 'ana@example.org')
  ana = visitor(house.app, { 'Accept-Language': 'en' })
  await ana.signIn('ana@example.org')
})
afterEach(() => house.close())

const fresh = { password: 'a quite different one', again: 'a quite different one' }
const change = (fields: Record<string, string>) => ana.fill('/account', fields, '/account/password')

describe('changing the own password', () => {
  it('asks for the old one, ends every other session and keeps this one', async () => {
    const elsewhere = visitor(house.app)
    await elsewhere.signIn('ana@example.org')
    const answer = await change({ old: goodPassword, ...fresh })
    expect(answer.headers.location).toBe('/account?done=password')
    expect((await ana.open('/account?done=password')).text).toContain('Your password is changed')
    expect((await elsewhere.open('/account')).status).toBe(303)
    expect((await visitor(house.app).signIn('ana@example.org')).status).toBe(422)
    expect((await visitor(house.app).signIn('ana@example.org', fresh.password)).status).toBe(303)
  })

  it('refuses a new one that others would try first, such as the own name with a year', async () => {
    for (const password of ['Password-2026', 'ana-example-2026']) {
      const answer = await ana.fill(
        '/account',
        { old: goodPassword, password, again: password },
        '/account/password',
      )
      expect([answer.status, answer.text.includes('Others would try this password first')]).toEqual([
        422,
        true,
      ])
    }
  })

  it('refuses a wrong old password, a short new one and two that differ, and stops guessing', async () => {
    const wrong = await change({ old: 'not my password', ...fresh })
    expect([wrong.status, wrong.text.includes('This is not your password now')]).toEqual([422, true])
    expect((await change({ old: goodPassword, password: 'short', again: 'short' })).text).toContain(
      'too short',
    )
    expect((await change({ old: goodPassword, ...fresh, again: 'x' })).text).toContain('two passwords differ')
    for (let tries = 0; tries < 2; tries++) await change({ old: 'not my password', ...fresh })
    expect((await change({ old: goodPassword, ...fresh })).status).toBe(429)
    expect((await visitor(house.app).signIn('ana@example.org')).status).toBe(303)
  })

  it('ends links that were made for a forgotten one', async () => {
    await house.stores.settings.set(`reset.${id}`, 'x')
    await change({ old: goodPassword, ...fresh })
    expect(await house.stores.settings.find(`reset.${id}`)).toBeUndefined()
  })
})

describe('the own sessions', () => {
  it('are listed to the minute, this one marked, with nothing of where they are from', async () => {
    const other = visitor(house.app, { 'User-Agent': 'Sample/1.0' })
    await other.signIn('ana@example.org')
    const page = (await ana.open('/account')).text
    expect(page.match(/id="session-\d"/g)).toHaveLength(2)
    expect(page.match(/This one/g)).toHaveLength(1)
    expect(page).not.toMatch(/Sample\/1\.0|127\.0\.0\.1|::ffff/)
    expect([...page.matchAll(/datetime="([^"]+)"/g)].every(([, at]) => at?.endsWith(':00.000Z'))).toBe(true)
  })

  it('are ended one by one, or all others at once', async () => {
    const [one, two, three] = [visitor(house.app), visitor(house.app), visitor(house.app)]
    for (const other of [one, two, three]) await other.signIn('ana@example.org')
    const hidden = /name="session" value="([\w-]{20,})"/.exec((await ana.open('/account')).text)?.[1] ?? ''
    await ana.fill('/account', { session: hidden }, '/account/sessions')
    const open = async () =>
      (await Promise.all([one, two, three].map((other) => other.open('/account')))).filter(
        ({ status }) => status === 200,
      ).length
    expect(await open()).toBe(2)
    await ana.fill('/account', { session: 'others' }, '/account/sessions')
    expect(await open()).toBe(0)
    expect((await ana.open('/account')).status).toBe(200)
  })

  it('of somebody else cannot be ended by knowing what they are called', async () => {
    const other = await add(house.stores, 'leader')
    const leader = visitor(house.app)
    await leader.signIn('leader@example.org')
    const [kept] = await house.stores.sessions.list(other, Date.now())
    await ana.fill('/account', { session: kept?.idHash ?? '' }, '/account/sessions')
    expect((await leader.open('/account')).status).toBe(200)
  })
})
