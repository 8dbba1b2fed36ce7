import { randomBytes } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { PageError } from './errors.ts'

/** Where a line for each request is written; pino fits. */
export type TrafficLog = {
  debug?: (entry: object, message: string) => void
  isLevelEnabled?: (level: string) => boolean
}

/**
 * What passes through the door: a number for each request, how long it took, and whether more may come in.
 * Nothing of the person is kept or written: no address, no name of a browser, no path (paths carry secrets of links).
 */
export type Traffic = {
  /** Comes before everything else. */
  watch: RequestHandler
  /** From now on every request that arrives is told to come back in a moment; those under way go on. */
  drain: () => void
  /** Resolves when nothing is under way any more, at the latest after so many milliseconds. */
  idle: (patience: number) => Promise<void>
  draining: () => boolean
  /** How to turn somebody away while there are too many; until it is said, nobody is. */
  turnAwayWith: (answer: (req: Request, res: Response) => void) => void
  /** Counts and times as Prometheus text. */
  metrics: () => Promise<string>
}

/** Seconds after which somebody who was sent away may try again. */
const comeBack = 5

/** The times that the buckets part, seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * More pages than this under way, and a loop that runs late, mean that a page which is begun now would come too late for
 * its reader. At the peak that one machine has to carry, some forty are under way. Lines that only say little and slowly
 * are many as well, but then nothing is late.
 */
const mostOpen = 300
const tooLate = 200
/**
 * Pages that are made at once are never many under way: those whose turn has not come wait outside, and all that is seen
 * of them is that the loop comes round late. So late, new readers are told to wait however few are under way.
 */
const muchTooLate = 3000
/** How often it is looked whether the loop is late, milliseconds. */
const beat = 100

/**
 * Milliseconds by which the last turns of the event loop were late through work of ours: a machine that stands still for
 * a second, as some do, is no crowd.
 */
function lateness(): () => number {
  let expected = performance.now() + beat
  let used = process.cpuUsage()
  let late = 0
  const byNow = () => {
    const waited = performance.now() - expected
    if (waited < tooLate) return waited
    const { user, system } = process.cpuUsage(used)
    return Math.min(waited, (user + system) / 1000)
  }
  setInterval(() => {
    // Falls off slowly: one quick turn does not mean that it is over.
    late = Math.max(byNow(), late * 0.7)
    expected = performance.now() + beat
    used = process.cpuUsage()
  }, beat).unref()
  return () => Math.max(late, byNow())
}

const isAnswering = (req: Request): boolean => /(^|; )draft=/.test(req.headers.cookie ?? '')

/** `late` is for tests. */
export function openTraffic(log: TrafficLog = {}, { late = lateness() } = {}): Traffic {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const seconds = new Histogram({
    name: 'heard_request_seconds',
    help: 'How long requests took, by route pattern, method and status',
    labelNames: ['route', 'method', 'status'] as const,
    buckets,
    registers: [register],
  })
  const open = new Gauge({
    name: 'heard_requests_open',
    help: 'Requests that are being answered now',
    registers: [register],
  })
  const turned = new Counter({
    name: 'heard_turned_away_total',
    help: 'Pages that were not begun because too many were under way',
    registers: [register],
  })
  let draining = false
  let turnAway: ((req: Request, res: Response) => void) | undefined
  let under = 0
  let whenIdle: () => void = () => {}

  function ended(req: Request, res: Response, began: number): void {
    under--
    if (under === 0) whenIdle()
    const took = (performance.now() - began) / 1000
    const route = patternOf(req, res)
    seconds.observe({ route, method: req.method, status: res.statusCode }, took)
    if (log.isLevelEnabled?.('debug') === false) return
    log.debug?.(
      {
        request: requestId(res),
        method: req.method,
        route,
        status: res.statusCode,
        ms: Math.round(took * 1000),
      },
      'answered',
    )
  }

  /** New readers first, then those who are answering. Forms are always taken: the store says when it cannot. */
  const isTooMuch = (req: Request): boolean => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return false
    const behind = late()
    if (behind <= tooLate || (under <= mostOpen && behind <= muchTooLate)) return false
    const patience = isAnswering(req) ? 3 : 1
    return under > mostOpen * patience || behind > muchTooLate * patience
  }

  return {
    turnAwayWith: (answer) => {
      turnAway = answer
    },
    watch: (req, res, next) => {
      const began = performance.now()
      under++
      let over = false
      res.once('close', () => {
        if (!over) ended(req, res, began)
        over = true
      })
      if (!draining && turnAway && isTooMuch(req)) {
        turned.inc()
        return turnAway(req, res)
      }
      if (!draining) return next()
      res.setHeader('Connection', 'close')
      res.setHeader('Retry-After', String(comeBack))
      next(new PageError(503, 'error.unavailable'))
    },
    drain: () => {
      draining = true
    },
    idle: (patience) =>
      new Promise((resolve) => {
        if (under === 0) return resolve()
        const timer = setTimeout(resolve, patience)
        whenIdle = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
    draining: () => draining,
    metrics: () => {
      open.set(under)
      return register.metrics()
    },
  }
}

const ids = new WeakMap<object, string>()

/** A name for this request in the log; made when first asked for, since most are never named. */
export function requestId(res: object): string {
  const known = ids.get(res) ?? randomBytes(6).toString('base64url')
  ids.set(res, known)
  return known
}

/** The pattern of the route, never what was typed. By now Express has forgotten under which path `/s` it was found. */
function patternOf(req: Request, res: Response): string {
  const path: unknown = res.locals.route ?? req.route?.path
  const mount = req.originalUrl.startsWith('/s/') ? '/s' : ''
  return typeof path === 'string' ? `${mount}${path}` : 'none'
}
