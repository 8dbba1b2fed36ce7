import { parse } from 'cookie'
import type { Request, Response } from 'express'
import { accepted, match } from '../language/tags.ts'

const cookieName = 'lang'
const year = 365 * 24 * 3600 * 1000

type Cookies = Readonly<Record<string, string | undefined>>
const read = new WeakMap<Request, Cookies>()
const none: Cookies = {}

/** The cookies of a request, read once. */
export function cookies(req: Request): Cookies {
  const header = req.headers.cookie
  if (header === undefined) return none
  const known = read.get(req)
  if (known) return known
  const found = parse(header)
  read.set(req, found)
  return found
}

/** Readers' browsers say the same few things, over and over. */
const settled = new WeakMap<readonly string[], Map<string, string | undefined>>()
const mostSettled = 500

/** What serves this reader best, out of those offered: the language that they chose before, then the browser's. */
function preferred(cookie: string | undefined, header: string | undefined, offered: string[]) {
  const kept = cookie?.slice(0, 35)
  const wanted = `${kept ?? ''}\n${header?.slice(0, 500) ?? ''}`
  const known = settled.get(offered) ?? new Map<string, string | undefined>()
  if (known.has(wanted)) return known.get(wanted)
  const found = match([...(kept ? [kept] : []), ...accepted(header)], offered)
  if (known.size >= mostSettled) known.clear()
  settled.set(offered, known.set(wanted, found))
  return found
}

/**
 * The language for this reader out of those offered: from the link (`?lang=`), then the cookie, then the browser.
 * `byLink`: it was chosen by link. `refused` is a tag that was asked for by link and is not offered.
 */
export function languageFor(
  req: Request,
  asked: unknown,
  offered: string[],
  fallback = 'en',
): { lang: string; byLink: boolean; refused: string | undefined } {
  const tag = typeof asked === 'string' ? asked.slice(0, 35) : undefined
  const byLink = tag ? match([tag], offered) : undefined
  const lang =
    byLink ??
    preferred(cookies(req)[cookieName], req.headers['accept-language'], offered) ??
    (offered.includes(fallback) ? fallback : (offered[0] ?? fallback))
  return { lang, byLink: byLink !== undefined, refused: tag && !byLink ? tag : undefined }
}

/** As languageFor, by this request's own link; a choice by link is remembered. */
export function readerLanguage(
  req: Request,
  res: Response,
  offered: string[],
  fallback = 'en',
): { lang: string; refused?: string } {
  const { lang, byLink, refused } = languageFor(req, req.query.lang, offered, fallback)
  if (byLink) rememberLanguage(res, lang)
  return refused ? { lang, refused } : { lang }
}

export const forgetLanguage = (res: Response): void => {
  res.clearCookie(cookieName, { path: '/' })
}

export function rememberLanguage(res: Response, tag: string): void {
  res.cookie(cookieName, tag, { path: '/', maxAge: year, sameSite: 'lax', httpOnly: true })
}
