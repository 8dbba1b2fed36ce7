import type { Response } from 'express'

/** The end of a cookie's life in words, for the second that it was last worked out for. */
const ends = new Map<number, { second: number; words: string }>()

/**
 * Leaves a cookie for pages under `path`, for so many milliseconds, that no script reads and no other site sends along;
 * over https only where the page came by it. Each form and page leaves one, so that this is quicker than res.cookie.
 * `value` is ours: letters that a cookie takes as they are (RFC 6265, 4.1.1).
 */
export function leaveCookie(
  res: Response,
  name: string,
  value: string,
  { path, maxAge }: { path: string; maxAge: number },
): void {
  if (!/^[\w.-]*$/.test(value)) throw new Error(`the value of the cookie ${name} is not one of ours`)
  const second = Math.floor(Date.now() / 1000)
  let end = ends.get(maxAge)
  if (end?.second !== second) {
    end = { second, words: new Date(second * 1000 + maxAge).toUTCString() }
    ends.set(maxAge, end)
  }
  const secure = res.req.secure ? '; Secure' : ''
  res.appendHeader(
    'Set-Cookie',
    `${name}=${value}; Max-Age=${maxAge / 1000}; Path=${path}; Expires=${end.words}; HttpOnly${secure}; SameSite=Lax`,
  )
}
