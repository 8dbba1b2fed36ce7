import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { newToken, setupLink } from '../../src/web/oneTimeLink.ts'
import { add, goodPassword, type House, openHouse, visitor } from '../web/house.ts'

let house: House
beforeEach(async () => {
  house = await openHouse()
})
afterEach(async () => {
  vi.useRealTimers()
  await house.close()
})

const later = (milliseconds: number) => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds })
}
const hours = 3_600_000

describe('signing in', () => {
  it('lets a person in with the right password and shows them their first page', async () => {
    await add(house.stores, 'office')
    await add(house.stores, 'leader')
    const office = visitor(house.app)
    const answer = await office.signIn('Office@Example.org ')
    expect([answer.status, answer.headers.location]).toEqual([303, '/office'])
    expect((await office.open('/office')).status).toBe(200)
    expect((await visitor(house.app).signIn('leader@example.org')).headers.location).toBe('/reports')
  })

  it('says the same about a wrong password and an unknown e-mail, and keeps the e-mail that was typed', async () => {
    await add(house.stores, 'office')
    const wrong = await visitor(house.app).signIn('office@example.org', 'not the password')
    const unknown = await visitor(house.app).signIn('nobody@example.org', 'not the password')
    expect([wrong.status, unknown.status]).toEqual([422, 422])
    expect(wrong.text).toContain('do not belong together')
    expect(wrong.text).toContain('value="office@example.org"')
    const plain = (text: string) => text.replaceAll(/value="[^"]*"/g, '')
    expect(plain(unknown.text)).toBe(plain(wrong.text))
    expect(wrong.text).not.toContain('not the password')
    // Both stand in the log, without whom they were tried for.
    expect(house.log).toEqual([
      { event: 'sign-in', account: 'known' },
      { event: 'sign-in', account: 'unknown' },
    ])
  })

  it('refuses an invited person who has no password yet, whatever they type', async () => {
    await house.stores.people.add({ id: 'i', email: 'new@example.org', role: 'admin', passwordHash: null })
    for (const password of ['', goodPassword, 'null']) {
      expect((await visitor(house.app).signIn('new@example.org', password)).status).toBe(422)
    }
  })

  it('brings the person back to the page they wanted', async () => {
    await add(house.stores, 'admin')
    const person = visitor(house.app)
    const shut = await person.open('/office/people?x=1')
    expect(shut.headers.location).toBe('/sign-in?next=%2Foffice%2Fpeople%3Fx%3D1')
    const answer = await person.signIn('admin@example.org', goodPassword, '/office/people?x=1')
    expect(answer.headers.location).toBe('/office/people?x=1')
  })

  it('never sends anybody to another site', async () => {
    await add(house.stores, 'office')
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example']) {
      const answer = await visitor(house.app).signIn('office@example.org', goodPassword, next)
      expect(answer.headers.location, next).toBe('/office')
    }
  })

  it('gives the session a new id, so that one planted before is worth nothing', async () => {
    await add(house.stores, 'office')
    const person = visitor(house.app)
    const before = (await person.open('/sign-in')).headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    const after = (await person.signIn('office@example.org')).headers['set-cookie']?.[0] ?? ''
    expect(after.split(';')[0]).not.toBe(before)
    expect(after).toMatch(/^sid=.*HttpOnly.*SameSite=Lax/)
    const thief = visitor(house.app, { Cookie: before })
    expect((await thief.open('/office')).status).toBe(303)
  })

  it('sends its cookie over https only when the public address is https', async () => {
    const safe = await openHouse({ BASE_URL: 'https://surveys.example.org', TRUST_PROXY: '1' })
    const answer = await visitor(safe.app, { 'X-Forwarded-Proto': 'https' }).open('/sign-in')
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^__Host-sid=.*Path=\/.*Secure/)
    await safe.close()
  })

  it('sets no cookie for a person who only looks', async () => {
    for (const path of ['/office', '/reports', '/nowhere', '/']) {
      expect((await visitor(house.app).open(path)).headers['set-cookie'], path).toBeUndefined()
    }
  })
})

describe('staying signed in', () => {
  it('ends after four quiet hours, and not before', async () => {
    await add(house.stores, 'office')
    const person = visitor(house.app)
    await person.signIn('office@example.org')
    later(3 * hours)
    expect((await person.open('/office')).status).toBe(200)
    later(3 * hours)
    expect((await person.open('/office')).status).toBe(200)
    later(4.1 * hours)
    expect((await person.open('/office')).status).toBe(303)
  })

  it('ends twelve hours after signing in, even in use', async () => {
    await add(house.stores, 'office')
    const person = visitor(house.app)
    await person.signIn('office@example.org')
    const seen: number[] = []
    for (let turn = 0; turn < 5; turn += 1) {
      later(2.5 * hours)
      seen.push((await person.open('/office')).status)
    }
    expect(seen).toEqual([200, 200, 200, 200, 303])
  })

  it('ends at once when the person is removed, and follows a change of role', async () => {
    const id = await add(house.stores, 'office')
    const person = visitor(house.app)
    await person.signIn('office@example.org')
    await house.stores.people.setRole(id, 'leader')
    expect((await person.open('/office')).status).toBe(403)
    expect((await person.open('/reports')).status).toBe(200)
    await house.stores.people.remove(id)
    expect((await person.open('/reports')).status).toBe(303)
  })

  it('keeps nothing in the database that would open the session', async () => {
    await add(house.stores, 'office')
    const person = visitor(house.app)
    const cookie = (await person.signIn('office@example.org')).headers['set-cookie']?.[0] ?? ''
    const id =
      decodeURIComponent(cookie)
        .replace(/^sid=s:/, '')
        .split('.')[0] ?? ''
    expect(id.length).toBeGreaterThan(20)
    expect(await house.stores.sessions.find(id, Date.now())).toBeUndefined()
  })
})

describe('signing out', () => {
  it('ends the session in the store, so that a kept cookie is worth nothing', async () => {
    await add(house.stores, 'office')
    const person = visitor(house.app)
    const cookie = (await person.signIn('office@example.org')).headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    const answer = await person.fill('/office', {}, '/sign-out')
    expect([answer.status, answer.headers.location]).toEqual([303, '/sign-in'])
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^sid=;.*1970/)
    expect((await visitor(house.app, { Cookie: cookie }).open('/office')).status).toBe(303)
  })

  it('is not done by a link', async () => {
    await add(house.stores, 'office')
    const person = visitor(house.app)
    await person.signIn('office@example.org')
    expect((await person.open('/sign-out')).status).toBe(404)
    expect((await person.open('/office')).status).toBe(200)
  })
})

describe('trying passwords', () => {
  const from = (address: string) => visitor(house.app, { 'X-Forwarded-For': address })

  it('stops after five wrong ones for one account from one address, and says when to try again', async () => {
    await house.close()
    house = await openHouse({ TRUST_PROXY: '1' })
    await add(house.stores, 'office')
    await add(house.stores, 'leader')
    const thief = from('192.0.2.1')
    for (let turn = 0; turn < 5; turn += 1) {
      expect((await thief.signIn('office@example.org', 'wrong')).status).toBe(422)
    }
    const stopped = await thief.signIn('office@example.org')
    expect(stopped.status).toBe(429)
    expect(stopped.text).toContain('You can try again in 15 minutes.')
    expect(stopped.headers['retry-after']).toMatch(/^\d+$/)
    // The owner of the account sits elsewhere and is not locked out; nor is a colleague next to the thief.
    expect((await from('192.0.2.2').signIn('office@example.org')).status).toBe(303)
    expect((await from('192.0.2.1').signIn('leader@example.org')).status).toBe(303)
  })

  it('stops an unknown account just the same', async () => {
    const thief = visitor(house.app)
    for (let turn = 0; turn < 5; turn += 1) await thief.signIn('nobody@example.org', 'wrong')
    expect((await thief.signIn('NOBODY@example.org', 'wrong')).status).toBe(429)
  })

  it('does not believe a forged forwarding header when no proxy is trusted', async () => {
    await add(house.stores, 'office')
    for (let turn = 0; turn < 5; turn += 1)
      await from(`192.0.2.${turn}`).signIn('office@example.org', 'wrong')
    expect((await from('192.0.2.99').signIn('office@example.org')).status).toBe(429)
  })

  it('does not count the times that went well', async () => {
    await add(house.stores, 'office')
    for (let turn = 0; turn < 7; turn += 1) {
      expect((await visitor(house.app).signIn('office@example.org')).status).toBe(303)
    }
  })
})

describe('the form token', () => {
  it('is needed for every post: without it, with a wrong one, or with that of somebody else', async () => {
    await add(house.stores, 'admin')
    const person = visitor(house.app)
    await person.signIn('admin@example.org')
    const stranger = await visitor(house.app).token('/sign-in')
    const posts = [
      '/sign-out',
      '/office/people',
      '/office/surveys/x/open',
      '/setup/x',
      '/welcome/x',
      '/sign-in',
    ]
    for (const path of posts) {
      for (const fields of [{}, { _csrf: 'wrong' }, { _csrf: stranger }]) {
        const answer = await person.send(path, { email: 'new@example.org', role: 'admin', ...fields })
        expect(answer.status, path).toBe(403)
        expect(answer.text).toContain('open for too long')
      }
    }
    expect(await house.stores.people.count()).toBe(1)
    expect((await person.open('/office')).status).toBe(200)
  })
})

describe('the set-up link', () => {
  const account = { email: 'first@example.org', password: goodPassword, again: goodPassword }
  const link = async () => new URL((await setupLink(house.stores, 'http://localhost:3000')) ?? '').pathname

  it('makes the first admin, signs them in, and dies', async () => {
    const path = await link()
    const person = visitor(house.app)
    const answer = await person.fill(path, account)
    expect([answer.status, answer.headers.location]).toEqual([303, '/office'])
    expect((await person.open('/office/people')).text).toContain('first@example.org')
    expect((await visitor(house.app).open(path)).status).toBe(404)
    expect(await setupLink(house.stores, 'http://localhost:3000')).toBeUndefined()
  })

  it('makes one admin when it is sent twice at once', async () => {
    const path = await link()
    const [one, two] = [visitor(house.app), visitor(house.app)]
    const tokens = [await one.token(path), await two.token(path)]
    const answers = await Promise.all([
      one.send(path, { ...account, _csrf: tokens[0] ?? '' }),
      two.send(path, { ...account, email: 'second@example.org', _csrf: tokens[1] ?? '' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404])
    expect(await house.stores.people.count()).toBe(1)
  })

  it('is worth nothing when wrong, when a newer one was printed, or when there are people', async () => {
    const first = await link()
    const second = await link()
    expect((await visitor(house.app).open('/setup/guess')).text).toContain('This link no longer works')
    expect((await visitor(house.app).open(first)).status).toBe(404)
    expect((await visitor(house.app).open(second)).status).toBe(200)
    await add(house.stores, 'leader')
    expect((await visitor(house.app).open(second)).status).toBe(404)
  })

  it('is kept only as a hash', async () => {
    const token = newToken()
    await setupLink(house.stores, 'http://localhost:3000', () => token)
    expect(await house.stores.settings.find('setup')).not.toContain(token)
  })

  it('says what is wrong beside each field and keeps the e-mail', async () => {
    const cases: [string, Record<string, string>, string][] = [
      ['no e-mail', { email: 'first' }, 'Type a whole e-mail'],
      ['a short password', { password: 'eleven char', again: 'eleven char' }, 'Use at least 12 characters'],
      [
        'a password of 257',
        { password: 'x'.repeat(257), again: 'x'.repeat(257) },
        'Use at most 256 characters',
      ],
      ['two passwords', { again: 'another one than that' }, 'The two passwords differ'],
    ]
    const path = await link()
    for (const [name, fields, words] of cases) {
      const answer = await visitor(house.app).fill(path, { ...account, ...fields })
      expect(answer.status, name).toBe(422)
      expect(answer.text.split(words).length, name).toBe(3)
    }
    expect(await house.stores.people.count()).toBe(0)
  })
})
