import { randomUUID } from 'node:crypto'
import { type RequestHandler, type Response, Router } from 'express'
import { mayEnter, type Role, readEmail } from '../../district/people.ts'
import type { Stores } from '../../store/stores.ts'
import { auditBy } from '../../web/audit.ts'
import { isCommon } from '../../web/commonPassword.ts'
import type { FaultLog } from '../../web/errorPage.ts'
import { notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { startForm } from '../../web/formToken.ts'
import { currentPerson, localPath } from '../../web/guard.ts'
import {
  linkedPerson,
  type PasswordLink,
  setupIsOpen,
  takeLink,
  takeSetupLink,
} from '../../web/oneTimeLink.ts'
import {
  hashPassword,
  longestPassword,
  passwordProblem,
  shortestPassword,
  verifyPassword,
} from '../../web/password.ts'
import { newFormLimit, signInLimits } from '../../web/rateLimit.ts'
import { signIn, signOut } from '../../web/session.ts'
import type { ChoosePasswordPage, FieldProblem, SignInPage } from '../models/account.ts'
import { render } from '../pages.ts'

type Shelf = Pick<Stores, 'people' | 'sessions' | 'settings' | 'audit'>
type Config = { sessionSecret: string; baseUrl?: string | undefined }
/** What else there is on the sign-in page: letters to who forgot, and another way in by this name. */
export type WaysIn = Pick<SignInPage, 'letters' | 'openid'>

/** Where each role starts: the first of these places that it may enter. */
const starts = [
  ['office', '/office'],
  ['translate', '/office/translate'],
  ['comments', '/office/comments'],
  ['reports', '/reports'],
] as const

/** Where a person of this role starts. */
export const homeOf = (role: Role): string => starts.find(([door]) => mayEnter(role, door))?.[1] ?? '/'

/** Sign in and out, set up, welcome, reset: with forgot.ts and openid.ts, all that is open to the signed-out. */
export function accountRoutes(
  stores: Shelf,
  config: Config,
  ways: WaysIn,
  log: FaultLog,
  now: () => number,
): Router {
  const router = Router()
  const visit = newFormLimit((req) => Boolean(req.session.csrfToken))
  router.use(['/sign-in', '/sign-out', '/setup', '/welcome', '/reset'], (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store')
    next()
  })
  router.get('/sign-in', visit, showSignIn(ways))
  router.post('/sign-in', ...signInLimits(), takeSignIn(stores, ways, log, now))
  router.post('/sign-out', takeSignOut(config))
  router.get('/setup/:token', visit, showSetup(stores))
  router.post('/setup/:token', takeSetup(stores))
  for (const kind of ['welcome', 'reset'] as const) {
    router.get(`/${kind}/:link`, visit, showLink(stores, kind, now))
    router.post(`/${kind}/:link`, useLink(stores, kind, now))
  }
  return router
}

const showSignIn =
  (ways: WaysIn): RequestHandler =>
  (req, res) => {
    const person = currentPerson(req)
    const next = localPath(req.query.next) ?? ''
    if (person) return res.redirect(303, next || homeOf(person.role))
    startForm(res)
    render(res, 'account/sign-in', { email: '', next, problems: [], ...ways })
  }

const takeSignIn =
  (stores: Shelf, ways: WaysIn, log: FaultLog, now: () => number): RequestHandler =>
  async (req, res) => {
    const typed = formField(req, 'email')
    const next = localPath(formField(req, 'next'))
    const email = readEmail(typed)
    const found = email ? await stores.people.find(email) : undefined
    const right = await verifyPassword(found?.passwordHash, formField(req, 'password'))
    if (found && right) {
      await signIn(res, found.id)
      await auditBy(stores, found, now(), 'signed-in')
      return res.redirect(303, next ?? homeOf(found.role))
    }
    // Whom it was tried for is nobody's business who reads logs, and may be a password typed into the wrong box.
    log.warn({ event: 'sign-in', account: found ? 'known' : 'unknown' }, 'a sign-in failed')
    startForm(res)
    res.status(422)
    const problems = [{ field: 'email', key: 'account.problem.wrong' }]
    render(res, 'account/sign-in', { email: typed.slice(0, 254), next: next ?? '', problems, ...ways })
  }

const takeSignOut =
  (config: Config): RequestHandler =>
  async (_req, res) => {
    await signOut(res, config)
    res.redirect(303, '/sign-in')
  }

const deadLink = () => notFound('error.linkGone')

const showSetup =
  (stores: Shelf): RequestHandler<{ token: string }> =>
  async (req, res) => {
    if (!(await setupIsOpen(stores, req.params.token))) throw deadLink()
    askPassword(res, { link: 'setup', email: '', problems: [] })
  }

const takeSetup =
  (stores: Shelf): RequestHandler<{ token: string }> =>
  async (req, res) => {
    const { token } = req.params
    if (!(await setupIsOpen(stores, token))) throw deadLink()
    const typed = formField(req, 'email')
    const email = readEmail(typed)
    const password = await readPassword(stores, req, typed)
    const problems = [
      ...(email ? [] : [{ field: 'email', key: 'account.problem.email' }]),
      ...password.problems,
    ]
    if (!email || problems.length) {
      return askPassword(res, { link: 'setup', email: typed.slice(0, 254), problems })
    }
    const passwordHash = await hashPassword(password.typed)
    if (!(await takeSetupLink(stores, token))) throw deadLink()
    const id = randomUUID()
    await stores.people.add({ id, email, role: 'admin', passwordHash })
    await signIn(res, id)
    res.redirect(303, homeOf('admin'))
  }

const showLink =
  (stores: Shelf, kind: PasswordLink, now: () => number): RequestHandler<{ link: string }> =>
  async (req, res) => {
    const { email } = await guest(stores, await linkedPerson(stores, kind, req.params.link, now()))
    askPassword(res, { link: kind, email, problems: [] })
  }

const useLink =
  (stores: Shelf, kind: PasswordLink, now: () => number): RequestHandler<{ link: string }> =>
  async (req, res) => {
    const { link } = req.params
    const { email } = await guest(stores, await linkedPerson(stores, kind, link, now()))
    const { typed, problems } = await readPassword(stores, req, email)
    if (problems.length) return askPassword(res, { link: kind, email, problems })
    const passwordHash = await hashPassword(typed)
    const person = await guest(stores, await takeLink(stores, kind, link, now()))
    await stores.people.setPassword(person.id, passwordHash)
    // Whoever knew the old password is out.
    await stores.sessions.removeOf(person.id)
    await auditBy(stores, person, now(), 'password-changed', '', kind)
    await signIn(res, person.id)
    res.redirect(303, homeOf(person.role))
  }

/** The person that a link is for; a page that says the link is no longer good if there is none. */
async function guest(stores: Shelf, id: string | undefined) {
  const person = id ? await stores.people.findById(id) : undefined
  if (!person) throw deadLink()
  return person
}

/**
 * A password is typed twice where a new one is chosen. `email`: of whom it is for. What everybody would try first is
 * refused, with what everybody knows of the person and the district.
 */
export async function readPassword(
  { settings }: Pick<Stores, 'settings'>,
  req: { body?: unknown },
  email: string,
): Promise<{ typed: string; problems: FieldProblem[] }> {
  const typed = formField(req, 'password')
  const length = passwordProblem(typed)
  if (length) {
    const count = length === 'short' ? shortestPassword : longestPassword
    return { typed, problems: [{ field: 'password', key: `account.problem.${length}`, values: { count } }] }
  }
  const { name } = await settings.district()
  if (isCommon(typed, [email, ...Object.values(name)]))
    return { typed, problems: [{ field: 'password', key: 'account.problem.common' }] }
  const same = typed === formField(req, 'again')
  return { typed, problems: same ? [] : [{ field: 'again', key: 'account.problem.again' }] }
}

function askPassword(res: Response, page: Pick<ChoosePasswordPage, 'link' | 'email' | 'problems'>): void {
  startForm(res)
  if (page.problems.length) res.status(422)
  const limits = { shortest: shortestPassword, longest: longestPassword }
  render(res, 'account/choose-password', { ...page, ...limits, action: res.req.path })
}
