import type { RequestHandler } from 'express'
import { forbidden } from './errors.ts'

/**
 * Respondents have no account, so what protects their forms is that the draft's token stands in both form and
 * cookie, and that no other site may post here at all: browsers say where a form came from (Sec-Fetch-Site, and
 * Origin in older ones; see OWASP, Cross-Site Request Forgery Prevention, "Fetch Metadata").
 */
export const sameOrigin: RequestHandler = (req, _res, next) => {
  const site = req.get('sec-fetch-site')
  if (site !== undefined)
    return next(site === 'same-origin' || site === 'none' ? undefined : forbidden('error.crossSite'))
  const origin = req.get('origin')
  if (origin === undefined || origin === 'null') return next()
  next(URL.canParse(origin) && new URL(origin).host === req.host ? undefined : forbidden('error.crossSite'))
}
