import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request as forward, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type Running, serve } from '../../src/server.ts'
import { openStores } from '../../src/store/open.ts'
import type { Stores, Survey } from '../../src/store/stores.ts'
import { place, placeSettings, rowsIn, told } from '../engine.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, respondent, sampleDistrict, wordsOf } from '../site.ts'
import { add, goodPassword } from '../web/house.ts'

/** One door: each request goes to the other server than the one before it. */
async function openDoor(urls: readonly string[]): Promise<Server> {
  let turn = 0
  const door = createServer((req, res) => {
    const { hostname, port } = new URL(urls[turn++ % urls.length] ?? '')
    const headers = { ...req.headers, 'x-forwarded-for': String(req.headers['x-from'] ?? '192.0.2.1') }
    const on = forward({ hostname, port, method: req.method, path: req.url, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
    })
    req.pipe(on)
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  return door
}

let dataDir: string
let stores: Stores
let survey: Survey
let servers: Running[] = []
let door: Server
let url: string
beforeAll(async () => {
  if (!inject('postgres')) return
  dataDir = await mkdtemp(join(tmpdir(), 'heard-balanced-'))
  stores = await openStores(await place(dataDir))
  await sampleDistrict(stores)
  survey = await field(stores, { slug: 'balanced', definition: everyKind })
  await add(stores, 'office')
  const settings = { PORT: '0', LOG_LEVEL: 'silent', TRUST_PROXY: '1', SESSION_SECRET: 's'.repeat(40) }
  const config = readConfig({ ...(await placeSettings(dataDir)), ...settings })
  servers = [await serve(config), await serve(config)]
  door = await openDoor(servers.map((server) => server.url))
  url = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
})
afterAll(async () => {
  if (!inject('postgres')) return
  door.close()
  door.closeAllConnections()
  await Promise.all(servers.map((server) => server.close()))
  await stores.close()
  await rm(dataDir, { recursive: true })
})

const visitor = (from: string) => request.agent(url).set({ Accept: 'text/html', 'X-From': from })
async function signIn(someone: ReturnType<typeof visitor>, password: string) {
  const { text } = await someone.get('/sign-in')
  const token = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const fields = { _csrf: token, email: 'office@example.org', password, next: '' }
  return (await someone.post('/sign-in').type('form').send(fields).redirects(0)).status
}

test('a family answers a page here and the next one there, and is counted once', async () => {
  const someone = respondent({ url }, survey.slug)
  await someone.start()
  await someone.answer({ ride: 'bus' })
  await someone.answer({ rate: '7' })
  const review = await someone.answer({ 'first.c': '1' })
  expect(wordsOf(review.html)).toContain('By bus')
  expect((await someone.submit()).path).toBe('/s/balanced/thanks')
  expect((await someone.open('review')).path).toBe('/s/balanced/thanks')
  expect(rowsIn(dataDir, 'select count(*) as n from response')).toEqual([{ n: 1 }])
})

test('who signs in at one is signed in at both, and signing out ends it at both', async () => {
  const office = visitor('192.0.2.10')
  expect(await signIn(office, goodPassword)).toBe(303)
  const pages = [await office.get('/office'), await office.get('/office')]
  expect(pages.map(({ status }) => status)).toEqual([200, 200])
  const token = /name="_csrf" value="([^"]+)"/.exec(pages[0]?.text ?? '')?.[1] ?? ''
  await office.post('/sign-out').type('form').send({ _csrf: token }).redirects(0).expect(303)
  for (let n = 0; n < 2; n++) await office.get('/office').redirects(0).expect(303)
})

test('wrong passwords are counted by both together, and lock out nobody elsewhere', async () => {
  const guesses: number[] = []
  for (let n = 0; n < 6; n++) guesses.push(await signIn(visitor('192.0.2.20'), 'not this one at all'))
  expect(guesses).toEqual([422, 422, 422, 422, 422, 429])
  expect(await signIn(visitor('192.0.2.21'), goodPassword)).toBe(303)
})

test('a survey that is closed at one is closed at the other', async () => {
  await stores.surveys.setState(survey.id, 'closed')
  await told(dataDir)
  for (let n = 0; n < 2; n++) expect(wordsOf((await request(url).get('/s/balanced')).text)).toMatch(/closed/i)
})
