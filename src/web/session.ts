import { createHash } from 'node:crypto'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import session, { type SessionData } from 'express-session'
import type { Person } from '../district/people.ts'
import { badRequest } from './errors.ts'
import { startForm } from './formToken.ts'
import { recognise } from './guard.ts'
import type { Away } from './openid.ts'

/** What a session holds beside its form token. Times are epoch milliseconds. */
declare module 'express-session' {
  interface SessionData {
    /** Id of the person; the role is never kept here, so that a change of role counts at once. */
    person?: string
    /** When the person signed in. */
    since?: number
    /** What is remembered while somebody is away at the district's own sign-in. */
    away?: Away
    /** When the session was last written down as in use, to the minute. */
    seen?: number
    /** When the password was typed again, for what would do harm in other hands. */
    sure?: number
    /** It was found in the store and is not a new one. Never written down. */
    found?: true
  }
}

/** What sessions need of the store; see store/stores.ts. */
type Shelf = {
  sessions: {
    find: (idHash: string, now: number) => Promise<string | undefined>
    save: (idHash: string, data: string, person: string | null, expires: number) => Promise<void>
    again: (idHash: string, data: string, person: string | null, expires: number) => Promise<void>
    remove: (idHash: string) => Promise<void>
    clear: (now: number) => Promise<void>
  }
  people: { findById: (id: string) => Promise<Person | undefined> }
}

type Settings = { sessionSecret: string; baseUrl?: string | undefined }

const minute = 60_000
const hour = 60 * minute
/** A signed-in session ends after so long without a request, and at the latest so long after signing in. */
const idle = 4 * hour
const longest = 12 * hour
/** A session that only carries the token of a sign-in form. */
const waiting = hour
/** Every write waits for the disk; a session in use is written down again only this often. */
const refresh = minute

const isHttps = (config: Settings): boolean => config.baseUrl?.startsWith('https:') ?? false

/** `__Host-` makes browsers refuse the cookie unless it is secure, for this host only and for every path. */
const cookieName = (config: Settings): string => (isHttps(config) ? '__Host-sid' : 'sid')

const cookieOf = (config: Settings) =>
  ({ httpOnly: true, sameSite: 'lax', secure: isHttps(config), path: '/' }) as const

/** Who reads the database cannot take over a session: only the hash of its id is there. */
const hashed = (id: string): string => createHash('sha256').update(id).digest('base64url')

/** express-session's way to a store of ours. */
class KeptSessions extends session.Store {
  readonly #sessions: Shelf['sessions']

  constructor(sessions: Shelf['sessions']) {
    super()
    this.#sessions = sessions
  }

  override get(id: string, done: (fault: unknown, data?: SessionData | null) => void): void {
    this.#sessions
      .find(hashed(id), Date.now())
      .then((data) => done(null, data ? { ...JSON.parse(data), found: true } : null), done)
  }

  /** A request that began before its session was ended elsewhere ends after that, and must not bring it back. */
  override set(id: string, session: SessionData, done: (fault?: unknown) => void = () => {}): void {
    const { found, ...data } = session
    const expires = Date.now() + (data.person ? idle : waiting)
    const write = found ? this.#sessions.again : this.#sessions.save
    write(hashed(id), JSON.stringify(data), data.person ?? null, expires).then(() => done(), done)
  }

  override destroy(id: string, done: (fault?: unknown) => void = () => {}): void {
    this.#sessions.remove(hashed(id)).then(() => done(), done)
  }
}

/**
 * The session of staff: who is signed in (`currentPerson(req)`, `res.locals.person`). For staff places only;
 * respondents never meet it. A cookie is set on the sign-in page, not before. It dies with the browser; the store
 * forgets it sooner.
 */
export function staffSession(stores: Shelf, config: Settings): RequestHandler {
  const open = session({
    store: new KeptSessions(stores.sessions),
    secret: config.sessionSecret,
    name: cookieName(config),
    cookie: cookieOf(config),
    resave: false,
    saveUninitialized: false,
    // We speak plain http; an https address means a proxy in front, whatever TRUST_PROXY says about client addresses.
    ...(isHttps(config) ? { proxy: true } : {}),
  })
  let cleared = 0
  return (req, res, next) => {
    const now = Date.now()
    if (now - cleared > hour) {
      cleared = now
      // Tidying must not cost anybody their page; the next hour tries again.
      stores.sessions.clear(now).catch(() => {})
    }
    open(req, res, (fault?: unknown) => {
      if (fault) return next(fault)
      // "OPTIONS *" is about no page, so no session goes with it.
      if (!req.session) return next(badRequest())
      meet(stores.people, req, res, now).then(() => next(), next satisfies NextFunction)
    })
  }
}

async function meet(people: Shelf['people'], req: Request, res: Response, now: number): Promise<void> {
  const { person: id, since = 0, seen = 0 } = req.session
  if (!id) return
  const found = now - since < longest ? await people.findById(id) : undefined
  if (!found) return renew(req)
  if (now - seen > refresh) req.session.seen = minuteOf(now)
  const { email, role, scope, safety } = found
  const person: Person = { id: found.id, email, role, scope, safety }
  recognise(req, person)
  res.locals.person = person
}

const minuteOf = (now: number): number => now - (now % minute)

/** Under which name the session of this request is kept. */
export const keptAs = (req: Request): string => hashed(req.sessionID)

/** When a kept session began, and when it was last in use, to the minute; epoch milliseconds. */
export function sessionTimes(data: string): { since: number; seen: number } {
  const { since = 0, seen = since } = JSON.parse(data) as SessionData
  return { since, seen }
}

/** Ends this session in the store and starts an empty one with another id. */
const renew = (req: Request): Promise<void> =>
  new Promise((done, fail) => {
    req.session.regenerate((fault) => (fault ? fail(fault) : done()))
  })

/**
 * Signs a person in. The session gets a new id, so that one planted before is worth nothing, and is on disk before
 * the answer leaves, so that the next page finds it.
 */
export async function signIn(res: Response, person: string): Promise<void> {
  const { req } = res
  await renew(req)
  const now = Date.now()
  Object.assign(req.session, { person, since: now, seen: minuteOf(now) })
  startForm(res)
  await new Promise<void>((done, fail) => {
    req.session.save((fault) => (fault ? fail(fault) : done()))
  })
}

/** Signs out: the session is gone from the store and the cookie from the browser. */
export async function signOut(res: Response, config: Settings): Promise<void> {
  await new Promise<void>((done, fail) => {
    res.req.session.destroy((fault) => (fault ? fail(fault) : done()))
  })
  res.clearCookie(cookieName(config), cookieOf(config))
}
