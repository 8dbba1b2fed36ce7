import { type RequestHandler, Router, urlencoded } from 'express'
import type { Messages } from '../../language/wording.ts'
import { mailKey, readStopToken } from '../../sending/stopping.ts'
import type { Stores } from '../../store/stores.ts'
import { notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { readerLanguage } from '../../web/language.ts'
import { render } from '../pages.ts'

type Shelf = Pick<Stores, 'contacts' | 'settings'>

/**
 * "Do not write to me again", reached from a letter by whoever has the link in it. Opening the page changes nothing,
 * since programs open links to look for harm; its button does, and so does the one-click request of mail programs
 * (RFC 8058), which sends no cookie and no form token. The link is signed.
 */
export function stopRoutes(stores: Shelf, messages: Messages): Router {
  const router = Router()
  const form = urlencoded({ extended: false, limit: '10kb' })
  router.get('/mail/stop/:token', showStop(stores, messages))
  router.post('/mail/stop/:token', form, doStop(stores, messages))
  return router
}

type Token = { token: string }

const hashIn = async (stores: Shelf, token: string): Promise<string> => {
  const hash = readStopToken(await mailKey(stores), token)
  if (!hash) throw notFound()
  return hash
}

const showStop =
  (stores: Shelf, messages: Messages): RequestHandler<Token> =>
  async (req, res) => {
    const hash = await hashIn(stores, req.params.token)
    const { lang } = readerLanguage(req, res, messages.tags)
    const stopped = await stores.contacts.isStopped(hash)
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
    render(res, 'mail/stop', {
      title: messages.t(lang)('kit.stop.title'),
      action: `/mail/stop/${req.params.token}?lang=${lang}`,
      state: stopped ? 'stopped' : 'ask',
    })
  }

const doStop =
  (stores: Shelf, messages: Messages): RequestHandler<Token> =>
  async (req, res) => {
    const hash = await hashIn(stores, req.params.token)
    const { lang } = readerLanguage(req, res, messages.tags)
    const undo = formField(req, 'undo') === 'yes'
    await stores.contacts.stop(hash, !undo)
    res.set('Cache-Control', 'no-store')
    render(res, 'mail/stop', {
      title: messages.t(lang)('kit.stop.title'),
      action: `/mail/stop/${req.params.token}?lang=${lang}`,
      state: undo ? 'undone' : 'stopped',
    })
  }
