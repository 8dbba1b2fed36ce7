import { type RequestHandler, Router } from 'express'
import { readEmail } from '../../district/people.ts'
import type { Messages } from '../../language/wording.ts'
import type { Stores } from '../../store/stores.ts'
import { auditBy } from '../../web/audit.ts'
import type { FaultLog } from '../../web/errorPage.ts'
import { notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { startForm } from '../../web/formToken.ts'
import { passwordLink } from '../../web/oneTimeLink.ts'
import { forgotLimits, newFormLimit } from '../../web/rateLimit.ts'
import { render } from '../pages.ts'
import { type Letters, letterLanguage } from './letters.ts'

type Shelf = Pick<Stores, 'people' | 'settings' | 'audit'>

/** A letter with a new link for who forgot their password. Only where letters can be sent. */
export function forgotRoutes(
  stores: Shelf,
  messages: Messages,
  letters: Letters | undefined,
  log: FaultLog,
  now: () => number,
): Router {
  const router = Router()
  const open: RequestHandler = (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store')
    next(letters ? undefined : notFound())
  }
  const visit = newFormLimit((req) => Boolean(req.session.csrfToken))
  router.get('/forgot', open, visit, (_req, res) => {
    startForm(res)
    render(res, 'account/forgot', { email: '', sent: false, problems: [] })
  })
  router.post('/forgot', open, ...forgotLimits(), (req, res) => {
    const typed = formField(req, 'email').slice(0, 254)
    const email = readEmail(typed)
    startForm(res)
    if (!email) {
      res.status(422)
      const problems = [{ field: 'email', key: 'account.problem.email' }]
      return render(res, 'account/forgot', { email: typed, sent: false, problems })
    }
    // Not awaited, so that the time of the answer does not tell whether there is such a person.
    if (letters)
      sendLink(stores, letters, email, letterLanguage(req, res, messages), now()).catch((fault: unknown) =>
        log.error({ name: fault instanceof Error ? fault.name : '' }, 'no reset letter'),
      )
    render(res, 'account/forgot', { email, sent: true, problems: [] })
  })
  return router
}

async function sendLink(stores: Shelf, letters: Letters, email: string, lang: string, now: number) {
  const person = await stores.people.find(email)
  if (!person) return
  const link = await passwordLink(stores, 'reset', person.id, letters.baseUrl, now)
  await auditBy(stores, person, now, 'reset-sent')
  await letters.send('reset', person.email, link, lang)
}
