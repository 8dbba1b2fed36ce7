import { type RequestHandler, type Response, Router } from 'express'
import type { Stores } from '../../store/stores.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson, localPath, requireDoor } from '../../web/guard.ts'
import { verifyPassword } from '../../web/password.ts'
import { ownPasswordLimit } from '../../web/rateLimit.ts'
import type { FieldProblem } from '../models/account.ts'
import { render } from '../pages.ts'
import type { WaysIn } from './account.ts'

type Shelf = Pick<Stores, 'people'>

/** Asks for the password again, before what would do harm in other hands; see web/sure.ts. */
export function sureRoutes(stores: Shelf, ways: WaysIn): Router {
  const router = Router()
  const door = requireDoor('account')
  const limit = ownPasswordLimit((req) => currentPerson(req)?.id ?? '')
  router.get('/account/sure', door, (req, res) => ask(stores, ways, res, localPath(req.query.next)))
  router.post('/account/sure', door, limit, takePassword(stores, ways))
  return router
}

async function ask(
  stores: Shelf,
  ways: WaysIn,
  res: Response,
  next = '/account',
  problems: FieldProblem[] = [],
): Promise<void> {
  const person = currentPerson(res.req)
  const kept = person && (await stores.people.findById(person.id))
  if (problems.length > 0) res.status(422)
  const hasPassword = Boolean(kept?.passwordHash)
  render(res, 'account/sure', { email: kept?.email ?? '', hasPassword, next, problems, openid: ways.openid })
}

const takePassword =
  (stores: Shelf, ways: WaysIn): RequestHandler =>
  async (req, res) => {
    const next = localPath(formField(req, 'next'))
    const kept = await stores.people.findById(currentPerson(req)?.id ?? '')
    if (!(await verifyPassword(kept?.passwordHash, formField(req, 'password'))))
      return ask(stores, ways, res, next, [{ field: 'password', key: 'account.problem.old' }])
    req.session.sure = Date.now()
    await new Promise<void>((done, fail) => {
      req.session.save((fault) => (fault ? fail(fault) : done()))
    })
    res.redirect(303, next ?? '/account')
  }
