import type { Request, RequestHandler } from 'express'

/** The page's own script sends its forms with this header, so that a lost connection loses nothing. */
export const isSentByScript = (req: Request): boolean => req.headers['sent-by'] === 'script'

/**
 * Redirects as they are needed here, with an address and nothing else. A script may not read where a redirect leads, and
 * following it would fetch the next page twice; so it is told the address in JSON and goes there itself.
 */
export const plainRedirects: RequestHandler = (req, res, next) => {
  res.redirect = (first: number | string, second?: string) => {
    const to = second ?? String(first)
    if (isSentByScript(req)) {
      res.status(200).json({ to })
      return
    }
    res.statusCode = typeof first === 'number' ? first : 302
    res.location(to)
    res.setHeader('Content-Length', '0')
    res.end()
  }
  next()
}
