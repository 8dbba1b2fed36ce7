import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect as connectHttp2 } from 'node:http2'
import { Agent } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type Running, serve } from '../../src/server.ts'
import { openStores } from '../../src/store/open.ts'
import type { Stores, Survey } from '../../src/store/stores.ts'
import { place, placeSettings } from '../engine.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, respondent, sampleDistrict } from '../site.ts'
import { add, goodPassword } from '../web/house.ts'
import { freePort, isInstalled, proxies, startProxy } from './proxy.ts'

let dataDir: string
let stores: Stores
let survey: Survey
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'heard-proxied-'))
  stores = await openStores(await place(dataDir))
  await sampleDistrict(stores)
  survey = await field(stores, { slug: 'proxied', definition: everyKind })
  await add(stores, 'office')
})
afterAll(async () => {
  await stores.close()
  await rm(dataDir, { recursive: true })
})

async function startHeard(): Promise<Running & { port: number }> {
  const port = await freePort()
  const settings = {
    PORT: String(port),
    BASE_URL: 'https://localhost',
    TRUST_PROXY: '1',
    LOG_LEVEL: 'silent',
  }
  const running = await serve(readConfig({ ...(await placeSettings(dataDir)), ...settings }))
  return { ...running, port }
}

// Passed over where it is not installed.
for (const name of proxies)
  describe.runIf(isInstalled(name))(`behind ${name}, with the file of deploy/`, () => {
    let heard: Awaited<ReturnType<typeof startHeard>>
    let proxy: Awaited<ReturnType<typeof startProxy>>
    let stopped: Promise<void> | undefined
    beforeAll(async () => {
      heard = await startHeard()
      proxy = await startProxy(name, heard.port)
    })
    afterAll(async () => {
      await proxy.close()
      await (stopped ?? heard.close())
    })

    const visitor = () => request.agent(proxy.url).set({ Accept: 'text/html' })
    const tokenOf = (html: string) => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
    async function signIn(
      someone: ReturnType<typeof visitor>,
      password: string,
      headers: Record<string, string> = {},
    ) {
      const { text } = await someone.get('/sign-in')
      const fields = { _csrf: tokenOf(text), email: 'office@example.org', password, next: '' }
      return someone.post('/sign-in').set(headers).type('form').send(fields).redirects(0)
    }

    it('a family answers all of it', async () => {
      const someone = respondent({ url: proxy.url }, survey.slug)
      await someone.start()
      await someone.answer({ ride: 'bus' })
      await someone.answer({ rate: '7' })
      await someone.answer({ 'first.c': '1' })
      expect((await someone.submit()).path).toBe('/s/proxied/thanks')
    })

    it('plain addresses lead to https, and what answers says nothing of its version', async () => {
      const sent = await request(proxy.plain).get('/s/proxied').redirects(0)
      expect([301, 308]).toContain(sent.status)
      expect(sent.headers.location).toMatch(/^https:\/\/localhost[:/].*s\/proxied$/)
      const { headers } = await request(proxy.url).get('/s/proxied')
      expect(headers['strict-transport-security']).toBe('max-age=31536000')
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers.server ?? '').not.toMatch(/\d/)
      expect(headers['x-powered-by']).toBeUndefined()
    })

    it('pages come packed as Heard packed them, also over HTTP/2', async () => {
      const line = connectHttp2(proxy.url)
      const asked = line.request({ ':path': '/s/proxied', 'accept-encoding': 'br' })
      const [head] = await once(asked, 'response')
      line.destroy()
      expect(head).toMatchObject({ ':status': 200, 'content-encoding': 'br' })
    })

    it('the cookie of who signs in is for https alone', async () => {
      const { headers, status } = await signIn(visitor(), goodPassword)
      expect(status).toBe(303)
      expect(String(headers['set-cookie'])).toMatch(/__Host-sid=[^;]+;.*Secure/)
    })

    it('a file as large as Heard takes comes through, a larger one is refused', async () => {
      const someone = visitor()
      await signIn(someone, goodPassword)
      const send = (bytes: number) =>
        someone
          .post('/office/build/read')
          .type('form')
          .send(`text=${'x'.repeat(bytes)}`)
          .redirects(0)
      // Read to its end by Heard, which misses the mark of its own form.
      expect((await send(39e6)).status).toBe(403)
      expect((await send(43.5e6)).status).toBe(413)
    })

    it('tries are counted for the address that the proxy saw, not for one that the visitor writes', async () => {
      const told: number[] = []
      for (let n = 1; n <= 6; n++) {
        const { status } = await signIn(visitor(), 'not this one at all', {
          'X-Forwarded-For': `203.0.113.${n}`,
        })
        told.push(status)
      }
      expect(told).toEqual([422, 422, 422, 422, 422, 429])
      const elsewhere = new Agent({ localAddress: '127.0.0.2', keepAlive: true })
      const other = request.agent(proxy.url).set({ Accept: 'text/html' })
      const { text } = await other.get('/sign-in').agent(elsewhere)
      const fields = { _csrf: tokenOf(text), email: 'office@example.org', password: goodPassword, next: '' }
      const { status } = await other.post('/sign-in').agent(elsewhere).type('form').send(fields).redirects(0)
      elsewhere.destroy()
      expect(status).toBe(303)
    })

    it('who comes while the server stops is told so by Heard, with a time to come back', async () => {
      // Somebody is in the middle of sending: the server says go on, and waits for the rest.
      const line = connect(heard.port, '127.0.0.1')
      const form =
        'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\nExpect: 100-continue'
      line.write(`POST /s/proxied/send HTTP/1.1\r\nHost: localhost\r\n${form}\r\n\r\n`)
      await once(line, 'data')
      stopped = heard.close()
      const { status, headers } = await request(proxy.url).get('/s/proxied')
      line.end('token=x')
      expect(status).toBe(503)
      expect(headers['retry-after']).toBe('5')
    })
  })
