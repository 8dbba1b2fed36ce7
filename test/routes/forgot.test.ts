import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Mail, openMail } from '../../src/mail.ts'
import { newToken, passwordLink, setupLink, takeLink, takeSetupLink } from '../../src/web/oneTimeLink.ts'
import { add, goodPassword, type House, openHouse, visitor } from '../web/house.ts'

let house: House
let letters: { to: string; subject: string; text: string }[]
let mail: Mail | undefined

/** A real mail server on loopback, which keeps what it takes. */
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    text(stream).then((raw) => {
      const [head = '', body = ''] = raw.split(/\r\n\r\n(.*)/s)
      letters.push({
        to: session.envelope.rcptTo.map(({ address }) => address).join(),
        subject: /^Subject: (.*)$/m.exec(head)?.[1] ?? '',
        text: body
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
      })
      done()
    }, done)
  },
})
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.server.address() as AddressInfo
  mail = openMail({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    mailFrom: 'heard@heard.example',
    baseUrl: undefined,
  })
})
afterAll(async () => {
  mail?.close()
  await new Promise<void>((done) => server.close(done))
})
beforeEach(async () => {
  letters = []
  house = await openHouse({ BASE_URL: 'http://heard.example' }, 'locales', { mail })
  await add(house.stores, 'office', 'ana@example.org')
})
afterEach(async () => {
  vi.useRealTimers()
  await house.close()
})

const english = { 'Accept-Language': 'en' }
const someone = () => visitor(house.app, english)
const linkIn = (letter: { text: string } | undefined) =>
  new URL(/http\S+/.exec(letter?.text ?? '')?.[0] ?? 'http://none/').pathname
const arrived = (n: number) => vi.waitFor(() => expect(letters).toHaveLength(n))

describe('who forgot the password', () => {
  it('gets a letter with a link, good once, that ends every session', async () => {
    const before = someone()
    await before.signIn('ana@example.org')
    expect((await someone().open('/sign-in')).text).toContain('href="/forgot"')
    await someone().fill('/forgot', { email: ' Ana@Example.org' })
    await arrived(1)
    expect(letters[0]).toMatchObject({ to: 'ana@example.org', subject: 'Your new password for Heard' })
    expect(letters[0]?.text).toContain('http://heard.example/reset/')
    const link = linkIn(letters[0])
    expect(await house.stores.settings.find('reset.id-ana-example-org')).not.toContain(link.split('.').at(-1))
    const fresh = { password: 'a quite different one', again: 'a quite different one' }
    const person = someone()
    expect((await person.open(link)).text).toContain('ana@example.org')
    expect((await person.fill(link, fresh)).status).toBe(303)
    expect((await person.open('/office')).status).toBe(200)
    expect((await before.open('/office')).status).toBe(303)
    expect((await someone().open(link)).status).toBe(404)
    expect((await someone().signIn('ana@example.org', fresh.password)).status).toBe(303)
  })

  it('gets the same answer whether there is such a person or not, and no letter goes to nobody', async () => {
    const here = await someone().fill('/forgot', { email: 'ana@example.org' })
    const gone = await someone().fill('/forgot', { email: 'eva@example.org' })
    const plain = (text: string) => text.replaceAll(/value="[^"]*"|\w+@example\.org/g, '')
    expect([gone.status, plain(gone.text)]).toEqual([here.status, plain(here.text)])
    await arrived(1)
    expect(letters.map(({ to }) => to)).toEqual(['ana@example.org'])
  })

  it('is told when the address is none', async () => {
    const answer = await someone().fill('/forgot', { email: 'ana@' })
    expect([answer.status, answer.text.includes('Type a whole e-mail address')]).toEqual([422, true])
  })

  it('has an hour for it, and only the last link works', async () => {
    await someone().fill('/forgot', { email: 'ana@example.org' })
    await arrived(1)
    await someone().fill('/forgot', { email: 'ana@example.org' })
    await arrived(2)
    const [first, second] = [linkIn(letters[0]), linkIn(letters[1])]
    expect((await someone().open(first)).status).toBe(404)
    expect((await someone().open(second)).status).toBe(200)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 })
    expect((await someone().open(second)).status).toBe(404)
  })

  it('cannot have a mailbox filled', async () => {
    for (let n = 0; n < 5; n++) await someone().fill('/forgot', { email: 'ana@example.org' })
    const stopped = await someone().fill('/forgot', { email: 'ana@example.org' })
    expect(stopped.status).toBe(429)
    expect(letters.length).toBeLessThanOrEqual(5)
  })

  it('leads to no other host, whatever the request says', async () => {
    const forged = visitor(house.app, { ...english, Host: 'evil.example' })
    await forged.fill('/forgot', { email: 'ana@example.org' })
    await arrived(1)
    expect(letters[0]?.text).not.toContain('evil.example')
  })
})

it('where no letters can be sent, an admin is asked', async () => {
  const other = await openHouse()
  try {
    const stranger = visitor(other.app, english)
    expect((await stranger.open('/forgot')).status).toBe(404)
    expect((await stranger.open('/sign-in')).text).toContain('Ask an admin')
  } finally {
    await other.close()
  }
})

it('an invitation goes by letter too, and the page says so', async () => {
  await add(house.stores, 'admin')
  const admin = someone()
  await admin.signIn('admin@example.org')
  const page = await admin.fill('/office/people', { email: 'new@example.org', role: 'leader' })
  expect(page.text).toContain('We sent it to them by e-mail too')
  const link = linkIn(letters[0])
  expect(page.text).toContain(link)
  const answer = await someone().fill(link, { password: goodPassword, again: goodPassword })
  expect(answer.headers.location).toBe('/reports')
})

describe('a link that works once', () => {
  it('is taken by one of many who use it at once', async () => {
    const { stores } = house
    const link = await passwordLink(stores, 'reset', 'p', 'http://heard.example', 0)
    const part = link.split('/').at(-1) ?? ''
    const taken = await Promise.all(Array.from({ length: 8 }, () => takeLink(stores, 'reset', part, 1)))
    expect(taken.filter(Boolean)).toEqual(['p'])
  })

  it('sets a district up once', async () => {
    const other = await openHouse()
    try {
      const token = newToken()
      await setupLink(other.stores, 'http://heard.example', () => token)
      expect(await takeSetupLink(other.stores, 'wrong')).toBe(false)
      const taken = await Promise.all([1, 2, 3].map(() => takeSetupLink(other.stores, token)))
      expect(taken.filter(Boolean)).toHaveLength(1)
    } finally {
      await other.close()
    }
  })
})
