import type { ErrorRequestHandler } from 'express'
import type { Messages } from '../../language/wording.ts'
import type { FormBody } from '../../questionnaire/kind.ts'
import { type FaultLog, record } from '../../web/errorPage.ts'
import { render } from '../pages.ts'
import { unsavedPage } from './laterPages.ts'
import { switched, type Visit } from './visit.ts'

/**
 * A form that the store could not take now (disk full, read-only, locked too long) comes back whole, to be sent again:
 * nothing of it was kept, and nothing of it is lost. Sending again is safe, since a page replaces itself and a token
 * is spent once. Comes after the routers of /s; every other failure goes on to the error page.
 */
export const unsaved =
  (messages: Messages, log: FaultLog): ErrorRequestHandler =>
  (fault: unknown, req, res, next) => {
    const visit = res.locals.visit as Visit | undefined
    const status = typeof fault === 'object' && fault !== null && 'status' in fault ? fault.status : 0
    const body: unknown = req.body
    if (status !== 503 || req.method !== 'POST' || !visit || typeof body !== 'object' || body === null)
      return next(fault)
    const fields = body as FormBody
    const reference = record(log, fault, req, { status, problem: 'error.unavailable' })
    // Whoever asked for another language reads about it in that one.
    const lang = switched(fields, visit) ?? visit.lang
    const there = {
      ...visit,
      lang,
      t: messages.t(lang, visit.chosen.voice),
      chosen: { ...visit.chosen, lang },
    }
    res.status(503).set({ 'Cache-Control': 'no-store', 'Retry-After': '30' })
    render(
      res,
      'respond/unsaved',
      unsavedPage(there, fields, { action: req.originalUrl.split('?')[0] ?? '', reference }),
      there.chosen,
    )
  }
