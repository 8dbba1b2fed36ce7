import type { Request, RequestHandler } from 'express'
import { type Door, doorsFor, type Person } from '../district/people.ts'
import { forbidden, signedOut } from './errors.ts'

const present = new WeakMap<object, Person>()

/** Who is signed in on this request, or nobody. Read afresh from the store at every request. */
export const currentPerson = (req: object): Person | undefined => present.get(req)

/** For the session alone: tells the guards who this request belongs to. */
export const recognise = (req: object, person: Person): void => {
  present.set(req, person)
}

/** Longer return addresses are dropped: the person lands on their first page. */
const longestReturn = 1000

/**
 * Lets in who may enter `door`. Nobody signed in: to the sign-in page and back. The wrong role: a page that says so,
 * and stays signed in. A program that asks for JSON gets 401 or 403. What is behind a door is never kept in a cache.
 */
export function requireDoor(door: Door): RequestHandler {
  const guard: RequestHandler = (req, res, next) => {
    res.setHeader('Cache-Control', 'no-store')
    const person = currentPerson(req)
    if (!person) {
      if (req.accepts(['html', 'json']) === 'json') throw signedOut()
      res.redirect(303, signInAddress(req))
      return
    }
    if (!doorsFor(person).includes(door)) throw forbidden('error.wrongRole')
    next()
  }
  return Object.assign(guard, { door })
}

/**
 * Reads a form (`read`: files, or more than forms usually hold) for those who may enter `door`. Of others it stays
 * unread, and the check of form tokens refuses it: it comes before that check, which needs the token in the form.
 */
export const behind =
  (door: Door, read: RequestHandler): RequestHandler =>
  (req, res, next) => {
    const person = currentPerson(req)
    return person && doorsFor(person).includes(door) ? read(req, res, next) : next()
  }

/** The door that a handler of a router guards, for the test that walks every route. */
export const doorOf = (handler: unknown): Door | undefined =>
  typeof handler === 'function' && 'door' in handler ? (handler.door as Door) : undefined

function signInAddress(req: Request): string {
  const back = req.method === 'GET' || req.method === 'HEAD' ? req.originalUrl : ''
  return back && back.length <= longestReturn ? `/sign-in?next=${encodeURIComponent(back)}` : '/sign-in'
}

const elsewhere = 'http://elsewhere.invalid'

/**
 * A path of ours to return to, or undefined. Refuses anything that a browser could read as another host:
 * whole addresses, `//host`, back slashes, control characters (which browsers drop before they read).
 */
export function localPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > longestReturn) return undefined
  if (!/^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/.test(value) || !URL.canParse(value, elsewhere)) return undefined
  const url = new URL(value, elsewhere)
  const path = url.pathname + url.search
  // Dot segments can leave two slashes at the start: "/.//host".
  return url.origin === elsewhere && !path.startsWith('//') ? path : undefined
}
