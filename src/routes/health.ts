import { createHash, timingSafeEqual } from 'node:crypto'
import { Router } from 'express'
import type { Stores } from '../store/stores.ts'
import { notFound } from '../web/errors.ts'
import type { Traffic } from '../web/traffic.ts'

const digest = (words: string) => createHash('sha256').update(words).digest()

/**
 * For machines that look after this one. `/healthz`: the process lives and reads its database. `/readyz`: it also
 * takes new requests; a balancer stops sending when it says no. `/metrics`: for whoever has the token.
 */
export function healthRoutes(
  stores: Pick<Stores, 'settings'>,
  traffic: Traffic,
  config: { metricsToken?: string | undefined },
): Router {
  const router = Router()
  const alive = () => stores.settings.find('health')

  router.get('/healthz', async (_req, res) => {
    await alive()
    res.set('Cache-Control', 'no-store').type('text').send('ok\n')
  })

  router.get('/readyz', async (_req, res) => {
    await alive()
    res.set('Cache-Control', 'no-store').type('text')
    if (traffic.draining()) res.status(503).send('stopping\n')
    else res.send('ready\n')
  })

  router.get('/metrics', async (req, res) => {
    const { metricsToken } = config
    const given = /^Bearer (\S+)$/.exec(req.get('Authorization') ?? '')?.[1]
    // Without the token there is nothing here, as for anybody else.
    if (!metricsToken || !given || !timingSafeEqual(digest(given), digest(metricsToken))) throw notFound()
    res.set('Cache-Control', 'no-store').type('text/plain; version=0.0.4; charset=utf-8')
    res.send(await traffic.metrics())
  })

  return router
}
