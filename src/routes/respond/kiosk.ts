import { Router } from 'express'
import type { Messages } from '../../language/wording.ts'
import type { Stores } from '../../store/stores.ts'
import { notFound } from '../../web/errors.ts'
import { forgetLanguage } from '../../web/language.ts'
import { forgetAdmission } from './admission.ts'
import { keepKiosk, leaveKiosk } from './kioskMode.ts'
import { arrival, forgetToken, hashOf, place } from './visit.ts'

/**
 * A shared tablet. Opening /s/:slug/kiosk makes this browser one, for this survey alone, and is also how it gets from
 * one person to the next: whatever the last one left goes, here and on the server, and the start is shown.
 * /s/:slug/kiosk?off makes it an ordinary browser again.
 */
export function kioskRoutes(stores: Stores, messages: Messages, config: { sessionSecret: string }): Router {
  const router = Router({ caseSensitive: true })
  const arrive = arrival(stores, messages, config.sessionSecret)

  router.get('/:slug/kiosk', async (req, res) => {
    const visit = await arrive(req, res)
    const { survey, token, draft } = visit
    if (!survey.fielding.kiosk) throw notFound()
    // Only what was begun in this mode: a link to here must not take away what a parent began at home.
    if (token && draft?.channel === 'kiosk') await stores.drafts.remove(hashOf(token, survey.id))
    forgetToken(res, visit)
    forgetAdmission(res, survey)
    if (visit.kiosk) forgetLanguage(res)
    if (req.query.off === undefined) keepKiosk(res, survey)
    else leaveKiosk(res, survey)
    // Pages that the browser kept to go back to (also whole, in its memory) go too.
    res.set({ 'Cache-Control': 'no-store', 'Clear-Site-Data': '"cache"' })
    res.redirect(303, place(visit))
  })

  return router
}
