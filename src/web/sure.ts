import type { Request, RequestHandler } from 'express'

/** What somebody typed their password for counts for so long, milliseconds. */
const lasts = 30 * 60_000

/** Whether who uses this session showed not long ago who they are: on signing in, or since. */
export const isSure = ({ session: { sure, since = 0 } }: Request): boolean => {
  const at = sure ?? since
  return Date.now() - at < lasts
}

/**
 * For what does harm in other hands: whoever sits down at a browser that was left open types the password first.
 * `page`: where the form stands; they are led back there and press the button again.
 */
export const requireSure =
  (page: string | ((req: Request) => string)): RequestHandler =>
  (req, res, next) => {
    if (isSure(req)) return next()
    const back = typeof page === 'string' ? page : page(req)
    res.redirect(303, `/account/sure?next=${encodeURIComponent(back)}`)
  }
