import { once } from 'node:events'
import { type RequestHandler, type Response, Router } from 'express'
import { zipTo } from '../../files/zipped.ts'
import type { Stores } from '../../store/stores.ts'
import { audit } from '../../web/audit.ts'
import { requireDoor } from '../../web/guard.ts'
import { requireSure } from '../../web/sure.ts'
import { render } from '../pages.ts'
import { everything } from './everything.ts'

const home = '/office/everything'
/** A reader who takes nothing for so long is gone, milliseconds. */
const patience = 120_000

/** Everything out, as one file: for admins, who typed their password not long ago; `heard export-all` does the same. */
export function exportAllRoutes(stores: Stores, now: () => number): Router {
  const router = Router()
  const door = requireDoor('people')
  router.get(home, door, (_req, res) => render(res, 'office/everything', {}))
  router.post(home, door, requireSure(home), sendAll(stores, now))
  return router
}

const sendAll =
  (stores: Stores, now: () => number): RequestHandler =>
  async (req, res) => {
    await audit(stores, req, now(), 'exported', '', 'everything')
    const day = new Date(now()).toISOString().slice(0, 10)
    res.type('application/zip').attachment(`heard-${day}.zip`)
    res.setTimeout(patience, () => res.destroy())
    const zip = zipTo((chunk) => taken(res, chunk))
    try {
      await everything(stores, zip.put)
      await zip.end()
      res.end()
    } catch (fault) {
      // The reader closed the page: nobody is left to tell. Else half of an archive must not look like a whole one.
      if (!res.destroyed) throw fault
    }
  }

/** Resolves when the reader has room for more. */
async function taken(res: Response, chunk: Uint8Array): Promise<void> {
  if (res.destroyed) throw new Error('the reader has gone')
  if (res.write(chunk)) return
  const gone = new AbortController()
  const close = () => gone.abort()
  res.once('close', close)
  try {
    await once(res, 'drain', { signal: gone.signal })
  } finally {
    res.off('close', close)
  }
}
