import { parse } from 'cookie'
import type { Request, Response } from 'express'
import { accepted, match } from '../language/tags.ts'

const cookieName = 'lang'
const year = 365 * 24 * 3600 * 1000

export const cookies = (req: Request): Record<string, string | undefined> => parse(req.headers.cookie ?? '')

/**
 * The language for this reader out of those offered: from the link (`?lang=`), then the cookie, then the browser.
 * A choice by link is remembered. `refused` is a tag that was asked for by link and is not offered.
 */
export function readerLanguage(
  req: Request,
  res: Response,
  offered: string[],
  fallback = 'en',
): { lang: string; refused?: string } {
  const asked = typeof req.query.lang === 'string' ? req.query.lang.slice(0, 35) : undefined
  const byLink = asked ? match([asked], offered) : undefined
  if (byLink) rememberLanguage(res, byLink)
  const kept = cookies(req)[cookieName]
  const lang =
    byLink ??
    match([...(kept ? [kept] : []), ...accepted(req.headers['accept-language'])], offered) ??
    (offered.includes(fallback) ? fallback : (offered[0] ?? fallback))
  return asked && !byLink ? { lang, refused: asked } : { lang }
}

export const forgetLanguage = (res: Response): void => {
  res.clearCookie(cookieName, { path: '/' })
}

export function rememberLanguage(res: Response, tag: string): void {
  res.cookie(cookieName, tag, { path: '/', maxAge: year, sameSite: 'lax', httpOnly: true })
}
