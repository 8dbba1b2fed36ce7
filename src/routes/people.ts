import { randomUUID } from 'node:crypto'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { isRole, readEmail, roles } from '../district/people.ts'
import type { StoredPerson, Stores } from '../store/stores.ts'
import { audit } from '../web/audit.ts'
import { badRequest, conflict, notFound } from '../web/errors.ts'
import { formField } from '../web/formField.ts'
import { currentPerson, requireDoor } from '../web/guard.ts'
import { closeLinks, welcomeLink } from '../web/oneTimeLink.ts'
import type { FieldProblem } from './models/account.ts'
import type { PeoplePage } from './models/office.ts'
import { render } from './pages.ts'

type Shelf = Pick<Stores, 'people' | 'sessions' | 'settings' | 'audit'>
type Config = { baseUrl?: string | undefined }

/**
 * Who may come in, and as what. Nobody can change or remove themselves here: so there is always an admin left.
 */
export function peopleRoutes(stores: Shelf, config: Config, now: () => number): Router {
  const router = Router()
  const door = requireDoor('people')
  router.get('/office/people', door, showPeople(stores))
  router.post('/office/people', door, invite(stores, config, now))
  router.post('/office/people/:id/role', door, changeRole(stores, now))
  router.post('/office/people/:id/link', door, renewLink(stores, config, now))
  router.get('/office/people/:id/remove', door, askRemove(stores))
  router.post('/office/people/:id/remove', door, remove(stores, now))
  return router
}

const done = ['role', 'removed']

const showPeople =
  (stores: Shelf): RequestHandler =>
  async (req, res) => {
    const word = done.find((known) => known === req.query.done)
    await listPeople(stores, res, word ? { done: `people.done.${word}` } : {})
  }

const invite =
  (stores: Shelf, config: Config, now: () => number): RequestHandler =>
  async (req, res) => {
    const typed = { email: formField(req, 'email').slice(0, 254), role: formField(req, 'role') }
    const email = readEmail(typed.email)
    const { role } = typed
    const problems: FieldProblem[] = []
    if (!email) problems.push({ field: 'email', key: 'account.problem.email' })
    else if (await stores.people.find(email)) problems.push({ field: 'email', key: 'people.problem.taken' })
    if (!isRole(role)) problems.push({ field: `role-${roles[0]}`, key: 'people.problem.role' })
    if (!email || !isRole(role) || problems.length) return listPeople(stores, res, { typed, problems })
    const id = randomUUID()
    await stores.people.add({ id, email, role, passwordHash: null })
    await audit(stores, req, now(), 'invited', email, role)
    const href = await welcomeLink(stores, id, addressOf(res.req, config), now())
    await listPeople(stores, res, { link: { email, href } })
  }

const changeRole =
  (stores: Shelf, now: () => number): RequestHandler<{ id: string }> =>
  async (req, res) => {
    const role = formField(req, 'role')
    if (!isRole(role)) throw badRequest()
    const person = await another(stores, req, req.params.id)
    await stores.people.setRole(person.id, role)
    await audit(stores, req, now(), 'role-changed', person.email, `${person.role}>${role}`)
    res.redirect(303, '/office/people?done=role')
  }

/** A new link for somebody who lost the first, or forgot the password. The old password works until it is used. */
const renewLink =
  (stores: Shelf, config: Config, now: () => number): RequestHandler<{ id: string }> =>
  async (req, res) => {
    const { id, email } = await somebody(stores, req.params.id)
    const href = await welcomeLink(stores, id, addressOf(res.req, config), now())
    await audit(stores, req, now(), 'link-made', email)
    await listPeople(stores, res, { link: { email, href } })
  }

const askRemove =
  (stores: Shelf): RequestHandler<{ id: string }> =>
  async (req, res) => {
    const { id, email } = await another(stores, req, req.params.id)
    render(res, 'office/remove-person', { id, email })
  }

const remove =
  (stores: Shelf, now: () => number): RequestHandler<{ id: string }> =>
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

/** Where links lead: the public address, or the one by which this admin reached us. */
const addressOf = (req: Request, config: Config): string => config.baseUrl ?? `${req.protocol}://${req.host}`

async function listPeople(stores: Shelf, res: Response, news: Partial<PeoplePage>): Promise<void> {
  const you = currentPerson(res.req)?.id
  const list = await stores.people.list()
  const people = await Promise.all(
    list.map(async ({ id, email, role }) => {
      const joined = Boolean((await stores.people.findById(id))?.passwordHash)
      return { id, email, role, you: id === you, joined }
    }),
  )
  if (news.problems?.length) res.status(422)
  const blank = { link: undefined, typed: { email: '', role: '' }, problems: [], done: undefined }
  render(res, 'office/people', { ...blank, ...news, people, roles: [...roles] })
}
