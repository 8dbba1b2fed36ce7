import { createHash, createHmac } from 'node:crypto'
import type { Express, Request, RequestHandler } from 'express'
import {
  ipKeyGenerator,
  type Options,
  type RateLimitExceededEventHandler,
  rateLimit,
  type Store,
} from 'express-rate-limit'
import { tooMany } from './errors.ts'
import { formField } from './formField.ts'

const window = 15 * 60_000

const addressOf = (req: Request): string => ipKeyGenerator(req.ip ?? '')

const accountOf = (req: Request): string => formField(req, 'email').trim().toLowerCase()

const refusal =
  (problem: string): RateLimitExceededEventHandler =>
  (_req, res, next) => {
    const seconds = Number(res.getHeader('Retry-After')) || window / 1000
    next(tooMany(problem, { count: Math.max(1, Math.ceil(seconds / 60)) }))
  }

const common = {
  windowMs: window,
  standardHeaders: 'draft-8',
  legacyHeaders: false,
  handler: refusal('error.tooMany'),
} as const

/** Where tries are counted when several processes serve; see store/contract/staff.ts. */
type Counts = {
  hit: (key: string, window: number, now: number) => Promise<{ n: number; until: number }>
  unhit: (key: string) => Promise<void>
  forget: (key: string) => Promise<void>
}

/**
 * Lets every process of the site count the same tries. Without it, as where one server is all there is, each counts in
 * its memory. The counts know a key by its hash under `secret` alone: no address is written down.
 */
export function shareLimits(app: Express, counts: Counts, secret: string, now: () => number): void {
  app.locals.sharedLimits = (name: string): Store => {
    let length = window
    const hashed = (key: string) =>
      createHmac('sha256', secret).update(`limit\0${name}\0${key}`).digest('base64url')
    return {
      localKeys: false,
      init(options) {
        length = options.windowMs
      },
      async increment(key) {
        const { n, until } = await counts.hit(hashed(key), length, now())
        return { totalHits: n, resetTime: new Date(until) }
      },
      decrement: (key) => counts.unhit(hashed(key)),
      resetKey: (key) => counts.forget(hashed(key)),
    }
  }
}

/** A limit by its name, which all processes and all doors of that name share. It is built with the first request. */
function limited(name: string, options: Partial<Options>): RequestHandler {
  let built: RequestHandler | undefined
  return (req, res, next) => {
    const shared = req.app.locals.sharedLimits as ((name: string) => Store) | undefined
    built ??= rateLimit({
      ...common,
      ...options,
      ...(shared ? { store: shared(name) } : {}),
      validate: { creationStack: false },
    })
    return built(req, res, next)
  }
}

/**
 * Limits on wrong passwords: 5 in 15 minutes for one account from one address, 50 from one address whatever the
 * account (a school shares one). Nothing counts against an account alone, so that nobody can lock out somebody
 * else, and the count is the same whether the account exists or not. A sign-in that succeeds is not counted.
 * Addresses are Express' `req.ip`, which follows TRUST_PROXY; they are held in memory for 15 minutes, nowhere else
 * (where several processes serve, their keyed hashes are held in the database for as long).
 */
export const signInLimits = (): RequestHandler[] => [
  limited('sign-in-address', { limit: 50, skipSuccessfulRequests: true, keyGenerator: addressOf }),
  limited('sign-in', {
    limit: 5,
    skipSuccessfulRequests: true,
    // A hash bounds the size of the key and keeps e-mails out of memory dumps.
    keyGenerator: (req) =>
      createHash('sha256')
        .update(`${addressOf(req)}\n${accountOf(req)}`)
        .digest('base64url'),
  }),
]

/** Tries at one's own old password: 5 wrong ones in 15 minutes, counted by the person. */
export const ownPasswordLimit = (personOf: (req: Request) => string): RequestHandler =>
  limited('own-password', { limit: 5, skipSuccessfulRequests: true, keyGenerator: personOf })

/**
 * Letters to who forgot their password: 5 in 15 minutes for one e-mail, from wherever they are asked, so that nobody's
 * mailbox is filled; 30 from one address. Counted the same whether the account exists or not.
 */
export const forgotLimits = (): RequestHandler[] => [
  limited('forgot-address', { limit: 30, keyGenerator: addressOf }),
  limited('forgot', {
    limit: 5,
    keyGenerator: (req) => createHash('sha256').update(accountOf(req)).digest('base64url'),
  }),
]

/**
 * Each first visit to a form for the signed-out starts a session, which is a write to disk: at most 100 of them in
 * 15 minutes from one address. `known` says that the visitor brought a session that we have.
 */
export const newFormLimit = (known: (req: Request) => boolean): RequestHandler =>
  limited('new-form', { limit: 100, skip: known, keyGenerator: addressOf })

/**
 * Wrong access codes: 60 in 15 minutes from one address, which a whole school may share. Codes that let somebody in
 * are not counted. There are 19^9 codes, so even with ten thousand of them in use nobody comes near one by guessing.
 */
export const codeLimit = (): RequestHandler =>
  limited('code', {
    limit: 60,
    skipSuccessfulRequests: true,
    keyGenerator: addressOf,
    handler: refusal('error.tooManyCodes'),
  })

/**
 * New codes for finishing later cost us time to make: 200 in 15 minutes from one address, so that a whole school can
 * stop when the bell rings.
 */
export const newCodeLimit = (): RequestHandler =>
  limited('new-code', { limit: 200, keyGenerator: addressOf, handler: refusal('error.tooManyCodes') })

/**
 * "No" to a survey is counted 500 times in 15 minutes from one address, which a whole school may share. What comes
 * beyond that is let through uncounted, with `res.locals.uncounted` set: nobody is told off for saying no.
 */
export const noLimit = (): RequestHandler =>
  limited('no', {
    limit: 500,
    standardHeaders: false,
    keyGenerator: addressOf,
    handler: (_req, res, next) => {
      res.locals.uncounted = true
      next()
    },
  })

/** Questions sent in before a conversation: 40 in 15 minutes from one address, which a whole school may share. */
export const askLimit = (): RequestHandler =>
  limited('ask', { limit: 40, keyGenerator: addressOf, handler: refusal('talks.error.tooMany') })
