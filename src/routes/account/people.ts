import { randomUUID } from 'node:crypto'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { isRole, narrowedBy, noScope, readEmail, roles, type Scope } from '../../district/people.ts'
import type { Messages } from '../../language/wording.ts'
import type { StoredPerson, Stores } from '../../store/stores.ts'
import { siteAddress } from '../../web/address.ts'
import { audit } from '../../web/audit.ts'
import { badRequest, conflict, notFound } from '../../web/errors.ts'
import { formField, formList } from '../../web/formField.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { closeLinks, welcomeLink } from '../../web/oneTimeLink.ts'
import { requireSure } from '../../web/sure.ts'
import type { FieldProblem } from '../models/account.ts'
import type { PeoplePage } from '../models/office.ts'
import { render } from '../pages.ts'
import { type Letters, letterLanguage } from './letters.ts'
import { sessionRows } from './ownAccount.ts'
import { ticksFor } from './scopeTicks.ts'

type Shelf = Pick<Stores, 'people' | 'sessions' | 'settings' | 'audit' | 'surveys'>
type Config = { baseUrl?: string | undefined }
type Id = { id: string }
/** What the handlers here are made with. */
type Hall = {
  stores: Shelf
  messages: Messages
  config: Config
  letters: Letters | undefined
  now: () => number
}

/**
 * Who may come in, as what, and how far. Nobody can change or remove themselves here: so there is always an admin
 * left.
 */
export function peopleRoutes(
  stores: Shelf,
  messages: Messages,
  config: Config,
  letters: Letters | undefined,
  now: () => number,
): Router {
  const router = Router()
  const door = requireDoor('people')
  const sure = requireSure((req) => `/office/people/${encodeURIComponent(String(req.params.id))}`)
  const hall: Hall = { stores, messages, config, letters, now }
  router.get('/office/people', door, showPeople(hall))
  router.post('/office/people', door, requireSure('/office/people'), invite(hall))
  router.get('/office/people/:id', door, showPerson(hall))
  router.post('/office/people/:id/role', door, sure, changeRole(hall))
  router.post('/office/people/:id/safety', door, sure, nameForHelp(hall))
  router.post('/office/people/:id/link', door, sure, renewLink(hall))
  router.post('/office/people/:id/sessions', door, sure, endSessions(hall))
  router.get('/office/people/:id/remove', door, askRemove(hall))
  router.post('/office/people/:id/remove', door, sure, remove(hall))
  return router
}

const done = ['role', 'removed', 'sessions', 'safety']

const showPeople =
  (hall: Hall): RequestHandler =>
  async (req, res) => {
    const word = done.find((known) => known === req.query.done)
    await listPeople(hall, res, word ? { done: `people.done.${word}` } : {})
  }

const invite =
  (hall: Hall): RequestHandler =>
  async (req, res) => {
    const { stores, now } = hall
    const typed = { email: formField(req, 'email').slice(0, 254), role: formField(req, 'role') }
    const email = readEmail(typed.email)
    const { role } = typed
    const problems: FieldProblem[] = []
    if (!email) problems.push({ field: 'email', key: 'account.problem.email' })
    else if (await stores.people.find(email)) problems.push({ field: 'email', key: 'people.problem.taken' })
    if (!isRole(role)) problems.push({ field: `role-${roles[0]}`, key: 'people.problem.role' })
    if (!email || !isRole(role) || problems.length) return listPeople(hall, res, { typed, problems })
    const id = randomUUID()
    await stores.people.add({ id, email, role, passwordHash: null })
    await audit(stores, req, now(), 'invited', email, role)
    await handOver(hall, res, { id, email, role })
  }

/** Shows a new link, and sends it too where letters can be sent. */
async function handOver(hall: Hall, res: Response, person: Pick<StoredPerson, 'id' | 'email' | 'role'>) {
  const { stores, messages, config, letters, now } = hall
  const { id, email } = person
  const href = await welcomeLink(stores, id, letters?.baseUrl ?? siteAddress(res.req, config), now())
  const sent = letters && (await letters.send('invite', email, href, letterLanguage(res.req, res, messages)))
  const tick = narrowedBy(person.role) ? `/office/people/${id}` : undefined
  await listPeople(hall, res, { link: { email, href, sent, tick } })
}

const showPerson =
  ({ stores, messages, now }: Hall): RequestHandler<Id> =>
  async (req, res) => {
    const { id, email, role, scope, safety } = await somebody(stores, req.params.id)
    const { lang } = readerLanguage(req, res, messages.tags)
    const word = done.find((known) => known === req.query.done)
    render(res, 'office/person', {
      id,
      email,
      role,
      roles: [...roles],
      you: id === currentPerson(req)?.id,
      safety,
      joined: await hasJoined(stores, id, email),
      ticks: await ticksFor(stores, messages, scope, lang),
      sessions: await sessionRows(stores, id, lang, now()),
      done: word && `people.done.${word}`,
    })
  }

const changeRole =
  ({ stores, messages, now }: Hall): RequestHandler<Id> =>
  async (req, res) => {
    const role = formField(req, 'role')
    if (!isRole(role)) throw badRequest()
    const person = await another(stores, req, req.params.id)
    const part = narrowedBy(role)
    const scope: Scope = { ...noScope }
    if (part) {
      const known = (await ticksFor(stores, messages, person.scope, 'en'))[part]
      const ticked = formList(req, part)
      scope[part] = known.map(({ code }) => code).filter((code) => ticked.includes(code))
    }
    await stores.people.setRole(person.id, role, scope)
    await audit(stores, req, now(), 'role-changed', person.email, changed(person, role, scope))
    res.redirect(303, `/office/people/${encodeURIComponent(person.id)}?done=role`)
  }

/** "office>translator es so": the roles by name, and what the new one is narrowed to by code. */
const changed = (before: StoredPerson, role: string, scope: Scope): string =>
  [`${before.role}>${role}`, ...scope.schools, ...scope.languages].join(' ').slice(0, 500)

/** Who reads what may speak of danger is named one by one, an admin too, and each time it is written down. */
const nameForHelp =
  ({ stores, now }: Hall): RequestHandler<Id> =>
  async (req, res) => {
    const { id, email } = await somebody(stores, req.params.id)
    const named = formField(req, 'named') === 'yes'
    await stores.people.setSafety(id, named)
    await audit(stores, req, now(), 'named-for-help', email, named ? 'on' : 'off')
    res.redirect(303, `/office/people/${encodeURIComponent(id)}?done=safety`)
  }

/** A new link for somebody who lost the first, or forgot the password. The old password works until it is used. */
const renewLink =
  (hall: Hall): RequestHandler<Id> =>
  async (req, res) => {
    const person = await somebody(hall.stores, req.params.id)
    await audit(hall.stores, req, hall.now(), 'link-made', person.email)
    await handOver(hall, res, person)
  }

const endSessions =
  ({ stores, now }: Hall): RequestHandler<Id> =>
  async (req, res) => {
    const { id, email } = await another(stores, req, req.params.id)
    await stores.sessions.removeOf(id)
    await audit(stores, req, now(), 'session-ended', email, 'all')
    res.redirect(303, `/office/people/${encodeURIComponent(id)}?done=sessions`)
  }

const askRemove =
  ({ stores }: Hall): RequestHandler<Id> =>
  async (req, res) => {
    const { id, email } = await another(stores, req, req.params.id)
    render(res, 'office/remove-person', { id, email })
  }

const remove =
  ({ stores, now }: Hall): RequestHandler<Id> =>
  async (req, res) => {
    const { id, email } = await another(stores, req, req.params.id)
    await closeLinks(stores, id)
    await stores.people.remove(id)
    await audit(stores, req, now(), 'removed', email)
    res.redirect(303, '/office/people?done=removed')
  }

async function somebody(stores: Shelf, id: string): Promise<StoredPerson> {
  const person = await stores.people.findById(id)
  if (!person) throw notFound('error.noPerson')
  return person
}

async function another(stores: Shelf, req: object, id: string): Promise<StoredPerson> {
  if (id === currentPerson(req)?.id) throw conflict('error.yourself')
  return somebody(stores, id)
}

/** Has chosen a password, or came in by the sign-in of the district, which leaves no trace but this one. */
async function hasJoined({ people, audit }: Shelf, id: string, email: string): Promise<boolean> {
  if ((await people.findById(id))?.passwordHash) return true
  const seen = await audit.list({ who: email, did: 'signed-in', limit: 1 })
  return seen.some(({ person }) => person === id)
}

async function listPeople({ stores }: Hall, res: Response, news: Partial<PeoplePage>): Promise<void> {
  const you = currentPerson(res.req as Request)?.id
  const list = await stores.people.list()
  const people = await Promise.all(
    list.map(async ({ id, email, role, scope, safety }) => {
      const joined = await hasJoined(stores, id, email)
      const part = narrowedBy(role)
      return {
        id,
        email,
        role,
        safety,
        you: id === you,
        joined,
        narrowed: part && { part, n: scope[part].length },
      }
    }),
  )
  if (news.problems?.length) res.status(422)
  const blank = { link: undefined, typed: { email: '', role: '' }, problems: [], done: undefined }
  render(res, 'office/people', { ...blank, ...news, people, roles: [...roles] })
}
