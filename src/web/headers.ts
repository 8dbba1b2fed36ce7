import type { Request, RequestHandler, Response } from 'express'
import helmet from 'helmet'

/**
 * Security headers of every answer, worked out once. Scripts, styles and pictures come from our own address only and never from
 * inside a page. HSTS is sent only when the public address is https: a laptop demo must not pin its host.
 */
export function securityHeaders(config: { baseUrl?: string | undefined }): readonly [string, string][] {
  const https = config.baseUrl?.startsWith('https:') ?? false
  const guard = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // Set-up and welcome links carry a secret in their path.
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
  const headers: [string, string][] = []
  // None of them depends on the request, so that helmet need not be asked again for each.
  const answer = {
    setHeader: (name: string, value: unknown) => headers.push([name, String(value)]),
    removeHeader: () => {},
  }
  guard({} as Request, answer as unknown as Response, (fault?: unknown) => {
    if (fault) throw fault
  })
  return headers
}

/** Sets headers that are the same for every answer. */
export const always =
  (headers: readonly [string, string][]): RequestHandler =>
  (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value)
    next()
  }

const policy = 'Content-Security-Policy'

function changePolicy(res: Response, change: (policy: string) => string): void {
  const set = res.getHeader(policy)
  if (typeof set === 'string') res.setHeader(policy, change(set))
}

/** Lets a page hold frames of our own pages: for the preview in the builder. */
export const framesOwnPages = (res: Response): void => changePolicy(res, (set) => `${set};frame-src 'self'`)

/** Lets our own pages, and nobody else's, hold this one in a frame. */
export function framedByOwnPages(res: Response): void {
  changePolicy(res, (set) => set.replace("frame-ancestors 'none'", "frame-ancestors 'self'"))
  res.setHeader('X-Frame-Options', 'SAMEORIGIN')
}
