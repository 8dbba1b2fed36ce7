import { type Request, type Response, Router } from 'express'
import { readEmail } from '../../district/people.ts'
import type { Stores } from '../../store/stores.ts'
import { siteAddress } from '../../web/address.ts'
import { auditBy } from '../../web/audit.ts'
import type { FaultLog } from '../../web/errorPage.ts'
import { startForm } from '../../web/formToken.ts'
import { localPath } from '../../web/guard.ts'
import type { OpenId } from '../../web/openid.ts'
import { newFormLimit } from '../../web/rateLimit.ts'
import { signIn } from '../../web/session.ts'
import { render } from '../pages.ts'
import { homeOf, type WaysIn } from './account.ts'

type Shelf = Pick<Stores, 'people' | 'audit'>
type Problem = 'cancelled' | 'unverified' | 'unknown' | 'failed' | 'late'

/** How long somebody may stay away at the provider. */
const longestAway = 10 * 60_000

/**
 * Sign-in with the account of the district. It says who somebody is; who may come in is decided here: only people who
 * were invited, by the e-mail that the provider vouches for.
 */
export function openIdRoutes(
  stores: Shelf,
  config: { baseUrl?: string | undefined },
  openid: OpenId | undefined,
  ways: WaysIn,
  log: FaultLog,
  now: () => number,
): Router {
  const router = Router()
  if (!openid) return router
  const visit = newFormLimit((req) => Boolean(req.session.csrfToken))
  const failed = (fault: unknown) =>
    log.warn(
      { name: fault instanceof Error ? fault.name : typeof fault, code: codeOf(fault) },
      'the district sign-in failed',
    )

  router.use('/sign-in/openid', (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store')
    next()
  })

  // A link and not a form: browsers hold redirects of a form to the policy of the page that it stands on.
  router.get('/sign-in/openid', visit, async (req, res) => {
    const back = `${siteAddress(req, config)}/sign-in/openid/back`
    try {
      const { href, away } = await openid.leave(
        back,
        localPath(req.query.next) ?? '',
        now(),
        req.query.again === 'yes',
      )
      req.session.away = away
      res.redirect(303, href)
    } catch (fault) {
      failed(fault)
      refuse(res, 'failed')
    }
  })

  router.get('/sign-in/openid/back', visit, async (req: Request, res) => {
    const { away } = req.session
    // Used up whatever comes of it: what is sent a second time finds nothing.
    delete req.session.away
    if (!away || now() - away.at > longestAway) return refuse(res, 'late')
    const query = req.originalUrl.split('?')[1] ?? ''
    const returned = await openid.comeBack(query, away)
    if (returned.outcome === 'failed') failed(returned.fault)
    if (returned.outcome !== 'email') return refuse(res, returned.outcome)
    const email = readEmail(returned.email)
    const person = email ? await stores.people.find(email) : undefined
    if (!person) return refuse(res, 'unknown')
    await signIn(res, person.id)
    await auditBy(stores, person, now(), 'signed-in', '', 'openid')
    res.redirect(303, away.next || homeOf(person.role))
  })

  function refuse(res: Response, problem: Problem): void {
    startForm(res)
    res.status(problem === 'failed' ? 502 : 422)
    const problems = [{ field: 'openid', key: `account.openid.${problem}` }]
    render(res, 'account/sign-in', { email: '', next: '', problems, ...ways })
  }
  return router
}

const codeOf = (fault: unknown): string | undefined =>
  fault instanceof Error && 'code' in fault ? String(fault.code) : undefined
