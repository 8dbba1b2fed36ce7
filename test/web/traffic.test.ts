import express from 'express'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTraffic } from '../../src/web/traffic.ts'
import { type House, openHouse, visitor } from './house.ts'

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
