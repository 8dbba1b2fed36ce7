import express, { type Express } from 'express'
import request from 'supertest'
import { expect, test } from 'vitest'
import { askLimit, shareLimits } from '../../src/web/rateLimit.ts'
import { rowsIn } from '../engine.ts'
import { folder, opened } from '../store/fixture.ts'

test('several servers count tries of one address together, and write down no address', async () => {
  const dir = await folder()
  const { limits } = await opened(dir)
  let now = 1_000_000
  const server = (): Express => {
    const app = express()
    shareLimits(app, limits, 's'.repeat(40), () => now)
    app.get('/', askLimit(), (_req, res) => void res.send('asked'))
    app.use(
      ((fault, _req, res, _next) =>
        void res.status(fault.status).send('later')) as express.ErrorRequestHandler,
    )
    return app
  }
  const [one, two] = [server(), server()]
  for (let n = 0; n < 20; n++)
    for (const app of [one, two]) expect((await request(app).get('/')).status).toBe(200)
  expect((await request(one).get('/')).status).toBe(429)
  expect((await request(two).get('/')).status).toBe(429)
  const kept = rowsIn(dir, 'select * from limited')
  expect(kept).toHaveLength(1)
  expect(kept[0]).toMatchObject({ n: 42, until: 1_000_000 + 15 * 60_000 })
  expect(JSON.stringify(kept)).not.toContain('127.0.0.1')
  now += 15 * 60_000
  expect((await request(two).get('/')).status).toBe(200)
})
