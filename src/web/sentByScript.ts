import type { Request, RequestHandler } from 'express'

/** The page's own script sends its forms with this header, so that a lost connection loses nothing. */
export const isSentByScript = (req: Request): boolean => req.get('sent-by') === 'script'

/**
 * A script may not read where a redirect leads, and following it would fetch the next page twice; so it is told the
 * address in JSON and goes there itself.
 */
export const tellScripts: RequestHandler = (req, res, next) => {
  if (isSentByScript(req))
    res.redirect = (first: number | string, second?: string) => {
      res.status(200).json({ to: second ?? first })
    }
  next()
}
