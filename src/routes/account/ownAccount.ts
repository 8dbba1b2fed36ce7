import { type Request, type RequestHandler, type Response, Router } from 'express'
import type { Person } from '../../district/people.ts'
import { sayDate } from '../../language/format.ts'
import type { Messages } from '../../language/wording.ts'
import type { Stores } from '../../store/stores.ts'
import { audit } from '../../web/audit.ts'
import { signedOut } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { closeLinks } from '../../web/oneTimeLink.ts'
import { hashPassword, longestPassword, shortestPassword, verifyPassword } from '../../web/password.ts'
import { ownPasswordLimit } from '../../web/rateLimit.ts'
import { keptAs, sessionTimes, signIn } from '../../web/session.ts'
import { requireSure } from '../../web/sure.ts'
import type { FieldProblem, SessionRow } from '../models/account.ts'
import { render } from '../pages.ts'
import { readPassword } from './account.ts'

type Shelf = Pick<Stores, 'people' | 'sessions' | 'settings' | 'audit'>
type Show = (req: Request, res: Response, problems?: FieldProblem[]) => Promise<void>

/** What everybody who signs in may do for themselves: another password, and an end to sessions left open elsewhere. */
export function ownAccountRoutes(stores: Shelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const door = requireDoor('account')
  const show = shower(stores, messages, now)
  router.get('/account', door, (req, res) => show(req, res))
  router.post(
    '/account/password',
    door,
    ownPasswordLimit((req) => currentPerson(req)?.id ?? ''),
    changePassword(stores, show, now),
  )
  router.post('/account/sessions', door, requireSure('/account'), endSessions(stores, now))
  return router
}

function me(req: object): Person {
  const person = currentPerson(req)
  if (!person) throw signedOut()
  return person
}

const done = ['password', 'ended']

const shower =
  (stores: Shelf, messages: Messages, now: () => number): Show =>
  async (req, res, problems = []) => {
    const { id, email, role } = me(req)
    const kept = await stores.people.findById(id)
    if (problems.length > 0) res.status(422)
    const { lang } = readerLanguage(req, res, messages.tags)
    const word = done.find((known) => known === req.query.done)
    render(res, 'account/own', {
      email,
      role,
      hasPassword: Boolean(kept?.passwordHash),
      shortest: shortestPassword,
      longest: longestPassword,
      sessions: await sessionRows(stores, id, lang, now(), keptAs(req)),
      problems,
      done: word && `account.own.done.${word}`,
    })
  }

/** The open sessions of a person, the one last used first. Nothing is kept of where they are from. */
export async function sessionRows(
  stores: Pick<Stores, 'sessions' | 'settings'>,
  person: string,
  lang: string,
  now: number,
  mine?: string,
): Promise<SessionRow[]> {
  const { timeZone } = await stores.settings.district()
  const moment = (at: number) => ({
    words: sayDate(lang, at, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
    iso: new Date(at - (at % 60_000)).toISOString(),
  })
  const open = (await stores.sessions.list(person, now)).map(({ idHash, data }) => ({
    idHash,
    ...sessionTimes(data),
  }))
  return open
    .sort((a, b) => b.seen - a.seen || b.since - a.since)
    .map(({ idHash, since, seen }) => ({
      id: idHash,
      since: moment(since),
      seen: moment(Math.max(since, seen)),
      mine: idHash === mine,
    }))
}

const changePassword =
  (stores: Shelf, show: Show, now: () => number): RequestHandler =>
  async (req, res) => {
    const { id, email } = me(req)
    const { typed, problems } = await readPassword(stores, req, email)
    const kept = await stores.people.findById(id)
    if (!(await verifyPassword(kept?.passwordHash, formField(req, 'old'))))
      problems.unshift({ field: 'old', key: 'account.problem.old' })
    if (problems.length > 0) return show(req, res, problems)
    await stores.people.setPassword(id, await hashPassword(typed))
    await stores.sessions.removeOf(id)
    await closeLinks(stores, id)
    await audit(stores, req, now(), 'password-changed')
    // The session that is used goes on, under a new id.
    await signIn(res, id)
    res.redirect(303, '/account?done=password')
  }

/** Ends one session, by its button, or every other one. */
const endSessions =
  (stores: Shelf, now: () => number): RequestHandler =>
  async (req, res) => {
    const { id } = me(req)
    const which = formField(req, 'session')
    const mine = keptAs(req)
    if (which === 'others') {
      await stores.sessions.removeOf(id, mine)
      await audit(stores, req, now(), 'session-ended', '', 'others')
    } else if (which !== mine && (await stores.sessions.removeOne(id, which)))
      await audit(stores, req, now(), 'session-ended', '', 'one')
    res.redirect(303, '/account?done=ended')
  }
