import express, { type Response } from 'express'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { busyPage } from '../../src/web/busyPage.ts'
import { openTraffic } from '../../src/web/traffic.ts'
import { type House, openHouse, readRenderer, visitor } from './house.ts'

const token = 'a-token-of-this-test'
let house: House
beforeAll(async () => {
  house = await openHouse({ METRICS_TOKEN: token })
})
afterAll(() => house.close())

describe('whoever looks after the machine', () => {
  it('sees that the server lives and takes requests', async () => {
    for (const [path, text] of [
      ['/healthz', 'ok\n'],
      ['/readyz', 'ready\n'],
    ] as const) {
      const answer = await visitor(house.app).open(path)
      expect([answer.status, answer.text, answer.headers['cache-control']]).toEqual([200, text, 'no-store'])
    }
  })

  it('reads counts with the token alone, and they name no address that anybody typed', async () => {
    await visitor(house.app).open('/s/secret-slug/secret-section?secret=1')
    await visitor(house.app).open('/welcome/secret-link')
    for (const told of ['', 'Bearer wrong', `Basic ${token}`])
      expect((await request(house.app).get('/metrics').set('Authorization', told)).status).toBe(404)
    const { status, text } = await request(house.app).get('/metrics').set('Authorization', `Bearer ${token}`)
    expect(status).toBe(200)
    expect(text).toMatch(
      /^heard_request_seconds_count\{route="\/s\/:slug\/:section",method="GET",status="404"\} 1$/m,
    )
    expect(text).toMatch(/^heard_requests_open \d+$/m)
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m)
    expect(text).not.toContain('secret')
  })
})

describe('a server to which more people come than it can serve', () => {
  it('turns away new readers with a page that tries again, and takes forms and those who are answering', async () => {
    let late = 0
    const traffic = openTraffic({}, { late: () => late })
    traffic.turnAwayWith(busyPage(readRenderer().messages, [['X-Ours', 'yes']]))
    const app = express()
    const held: Response[] = []
    app.use(traffic.watch)
    app.get('/held', (_req, res) => void held.push(res))
    app.use((_req, res) => void res.send('served'))
    const server = app.listen(0, '127.0.0.1')
    const waiting = Array.from({ length: 301 }, () =>
      request(server)
        .get('/held')
        .then(({ text }) => text),
    )
    await expect.poll(() => held.length, { timeout: 20_000 }).toBe(301)
    const open = (headers = {}) => request(server).get('/s/here').set(headers)
    expect((await open()).text).toBe('served')
    late = 1000
    const away = await open({ 'Accept-Language': 'es' })
    expect([away.status, away.headers['content-language'], away.headers['x-ours']]).toEqual([
      503,
      'es',
      'yes',
    ])
    expect(Number(away.headers['retry-after'])).toBeGreaterThan(3)
    expect(away.headers.refresh).toBe(away.headers['retry-after'])
    expect(away.text).toContain('<html lang="es" dir="ltr">')
    expect((await open({ Cookie: 'lang=en; draft=x' })).text).toBe('served')
    expect((await request(server).post('/s/here/send')).text).toBe('served')
    expect(await traffic.metrics()).toContain('heard_turned_away_total 1')
    for (const res of held) res.send('done')
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['done']))
    expect((await open()).text).toBe('served')
    // Hardly anybody is under way, since each is answered at once; but whose turn comes now has waited for seconds.
    late = 3100
    expect((await open()).status).toBe(503)
    expect((await open({ Cookie: 'lang=en; draft=x' })).text).toBe('served')
    expect((await request(server).post('/s/here/send')).text).toBe('served')
    late = 9100
    expect((await open({ Cookie: 'lang=en; draft=x' })).status).toBe(503)
    expect((await request(server).post('/s/here/send')).text).toBe('served')
    server.close()
  })
})

describe('a server that stops', () => {
  it('finishes what it took and tells who comes now when to come back', async () => {
    const traffic = openTraffic()
    let finish = () => {}
    const app = express()
    app.use(traffic.watch)
    app.get('/slow', (_req, res) => {
      finish = () => res.send('done')
    })
    app.use(((fault, _req, res, _next) => {
      res.status(fault.status).send('later')
    }) as express.ErrorRequestHandler)
    const under = request(app)
      .get('/slow')
      .then(({ text }) => text)
    await expect.poll(() => traffic.metrics()).toContain('heard_requests_open 1')
    traffic.drain()
    const late = await request(app).get('/slow')
    expect([late.status, late.headers['retry-after'], late.headers.connection]).toEqual([503, '5', 'close'])
    let idle = false
    const stopped = traffic.idle(10_000).then(() => {
      idle = true
    })
    expect(idle).toBe(false)
    finish()
    expect(await under).toBe('done')
    await stopped
    await traffic.idle(0)
  })
})
