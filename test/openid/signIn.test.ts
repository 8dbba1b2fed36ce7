import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { add, type House, openHouse, visitor } from '../web/house.ts'
import { openProvider, registered, walk } from './provider.ts'

const site = 'http://heard.example'
const back = `${site}/sign-in/openid/back`
let provider: Awaited<ReturnType<typeof openProvider>>
let house: House
const settings = (more: Record<string, string> = {}) => ({
  BASE_URL: site,
  OIDC_ISSUER: provider.issuer,
  OIDC_CLIENT_ID: registered.id,
  OIDC_CLIENT_SECRET: registered.secret,
  OIDC_LABEL: 'Sample <District>',
  ...more,
})
beforeAll(async () => {
  provider = await openProvider(back, 'client_secret_basic')
})
afterAll(() => provider.close())
beforeEach(async () => {
  house = await openHouse(settings())
  await house.stores.people.add({ id: 'a', email: 'ana@example.org', role: 'office', passwordHash: null })
})
afterEach(async () => {
  vi.useRealTimers()
  await house.close()
})

const someone = () => visitor(house.app, { 'Accept-Language': 'en' })
/** Goes to the provider and comes back to our door: the address, without our host. */
async function away(person: ReturnType<typeof visitor>, from = '/sign-in/openid') {
  const left = await person.open(from)
  expect(left.status).toBe(303)
  return (await walk(left.headers.location ?? '', back)).slice(site.length)
}

describe('who has an account of the district', () => {
  it('finds the way on the sign-in page, and comes in as the person who was invited', async () => {
    provider.expect({ email: 'Ana@Example.org' })
    const ana = someone()
    const page = (await ana.open('/sign-in?next=/reports')).text
    expect(page).toContain('Sign in with Sample &lt;District&gt;')
    const href = /id="openid" href="([^"]+)"/.exec(page)?.[1] ?? ''
    const before = (await ana.open('/sign-in')).headers['set-cookie']
    const answer = await ana.open(await away(ana, href))
    expect([answer.status, answer.headers.location]).toEqual([303, '/reports'])
    expect(answer.headers['set-cookie']).toBeDefined()
    expect(answer.headers['set-cookie']).not.toEqual(before)
    expect((await ana.open('/office')).status).toBe(200)
    expect((await ana.open('/account')).text).toContain('You have no password here')
    const forced = { old: '', password: 'a quite different one', again: 'a quite different one' }
    expect((await ana.fill('/account', forced, '/account/password')).status).toBe(422)
    expect((await house.stores.audit.list({ limit: 1 }))[0]).toMatchObject({
      who: 'ana@example.org',
      did: 'signed-in',
      detail: 'openid',
    })
  })

  it('does not stand among the invited any more, though there is no password', async () => {
    await add(house.stores, 'admin')
    const admin = someone()
    await admin.signIn('admin@example.org')
    expect((await admin.open('/office/people')).text).toContain('Has not signed in yet')
    provider.expect({ email: 'ana@example.org' })
    const ana = someone()
    await ana.open(await away(ana))
    expect((await admin.open('/office/people')).text).not.toContain('Has not signed in yet')
  })

  it('is sent to no other site afterwards', async () => {
    provider.expect({ email: 'ana@example.org' })
    const ana = someone()
    const answer = await ana.open(await away(ana, '/sign-in/openid?next=//evil.example'))
    expect(answer.headers.location).toBe('/office')
  })

  it('asks with a challenge, a state and a nonce of its own each time', async () => {
    const ask = async () => new URL((await someone().open('/sign-in/openid')).headers.location ?? '')
    const [one, two] = [await ask(), await ask()]
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(one.searchParams.get(name)?.length).toBeGreaterThan(20)
      expect(one.searchParams.get(name)).not.toBe(two.searchParams.get(name))
    }
    expect(one.searchParams.get('code_challenge_method')).toBe('S256')
    expect(one.searchParams.get('response_type')).toBe('code')
  })
})

describe('nobody comes in', () => {
  const refused = async (person: ReturnType<typeof visitor>, path: string, words: string, status = 422) => {
    const answer = await person.open(path)
    expect(answer.text).toContain(words)
    expect(answer.status).toBe(status)
    expect((await person.open('/account')).status).toBe(303)
    expect(await house.stores.people.count()).toBe(1)
  }

  it('with an e-mail that was not invited', async () => {
    provider.expect({ email: 'eva@example.org' })
    const eva = someone()
    await refused(eva, await away(eva), 'Nobody with this e-mail is invited here')
  })

  it('with an e-mail that the provider does not vouch for, or without one', async () => {
    for (const visitor of [{ email: 'ana@example.org', verified: false }, {}]) {
      provider.expect(visitor)
      const eva = someone()
      await refused(eva, await away(eva), 'no confirmed e-mail')
    }
  })

  it('who says no at the provider', async () => {
    provider.expect({ cancels: true })
    const ana = someone()
    await refused(ana, await away(ana), 'The sign-in was stopped')
  })

  it('by coming back a second time, in another browser, or too late', async () => {
    provider.expect({ email: 'ana@example.org' })
    const ana = someone()
    const path = await away(ana)
    await refused(someone(), path, 'This sign-in is over')
    expect((await ana.open(path)).status).toBe(303)
    const again = await ana.open(path)
    expect([again.status, again.text.includes('This sign-in is over')]).toEqual([422, true])
    const late = someone()
    const lateHere = await away(late)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * 60_000 })
    await refused(late, lateHere, 'This sign-in is over')
  })

  it('with another state, or with a code of somebody else', async () => {
    provider.expect({ email: 'ana@example.org' })
    const [ana, eva] = [someone(), someone()]
    const path = await away(ana)
    await refused(ana, path.replace(/state=[^&]+/, 'state=x'), 'did not work', 502)
    await away(eva)
    const [theirs, state] = [await away(someone()), await eva.open('/sign-in/openid')]
    const own = new URL(state.headers.location ?? '').searchParams.get('state') ?? ''
    await refused(eva, theirs.replace(/state=[^&]+/, `state=${own}`), 'did not work', 502)
    expect(JSON.stringify(house.log)).not.toContain('example.org')
  })
})

describe('a provider', () => {
  it('that is away leaves the password as a way in', async () => {
    const other = await openHouse(settings({ OIDC_ISSUER: 'http://127.0.0.1:1' }))
    try {
      await add(other.stores, 'leader')
      const person = visitor(other.app, { 'Accept-Language': 'en' })
      const answer = await person.open('/sign-in/openid')
      expect([answer.status, answer.text.includes('did not work')]).toEqual([502, true])
      expect((await person.signIn('leader@example.org')).headers.location).toBe('/reports')
    } finally {
      await other.close()
    }
  })

  it('that refuses our secret is told as a fault, not as a page of somebody else', async () => {
    const other = await openHouse(settings({ OIDC_CLIENT_SECRET: 'not the secret' }))
    try {
      provider.expect({ email: 'ana@example.org' })
      const person = visitor(other.app, { 'Accept-Language': 'en' })
      const left = await person.open('/sign-in/openid')
      const path = (await walk(left.headers.location ?? '', back)).slice(site.length)
      expect((await person.open(path)).status).toBe(502)
      expect(other.log).toHaveLength(1)
      expect(JSON.stringify(other.log)).not.toContain('not the secret')
    } finally {
      await other.close()
    }
  })

  it('may take the secret in the form as well', async () => {
    const posting = await openProvider(back, 'client_secret_post')
    const other = await openHouse(settings({ OIDC_ISSUER: posting.issuer }))
    try {
      await add(other.stores, 'leader')
      posting.expect({ email: 'leader@example.org' })
      const person = visitor(other.app)
      const left = await person.open('/sign-in/openid')
      const path = (await walk(left.headers.location ?? '', back)).slice(site.length)
      expect((await person.open(path)).headers.location).toBe('/reports')
    } finally {
      await other.close()
      await posting.close()
    }
  })
})
