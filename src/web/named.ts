import type { RequestHandler, Router } from 'express'

/** What stands at this place of a path: in `/s/:slug/code`, `:slug` is at 1 and `code` at 2. */
const segment = (path: string, at: number): string => path.split('/', at + 2)[at + 1] ?? ''

/**
 * Asks a router only for addresses that have, at this place of their path, the name that one of its routes has there.
 * Express would try the pattern of every route instead, which on the way to the pages that most people come for is
 * most of what routing costs. The router's own patterns decide as before.
 */
export function onlyNamed(router: Router, at: number): RequestHandler {
  const names = new Set(router.stack.map(({ route }) => segment(route?.path ?? '', at)))
  // A route without a name there, or one with a pattern: it may be any.
  if ([...names].some((name) => !/^[a-z]+$/.test(name))) return router
  const asked: RequestHandler = (req, res, next) => {
    if (names.has(segment(req.path, at).toLowerCase())) router(req, res, next)
    else next()
  }
  // For the test that walks every route.
  return Object.assign(asked, { stack: router.stack })
}
