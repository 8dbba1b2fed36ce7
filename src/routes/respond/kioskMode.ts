import type { Request, Response } from 'express'
import type { Survey } from '../../store/stores.ts'
import { cookies } from '../../web/language.ts'
import type { Idle } from '../../web/render.ts'

const cookieName = 'kiosk'
const year = 365 * 24 * 3600 * 1000
const pathOf = (survey: Survey): string => `/s/${survey.slug}`

/** Whether this browser is a shared tablet for this survey; only while the survey allows that. */
export const inKiosk = (req: Request, survey: Survey): boolean =>
  survey.fielding.kiosk && cookies(req)[cookieName] === 'yes'

export function keepKiosk(res: Response, survey: Survey): void {
  res.cookie(cookieName, 'yes', {
    path: pathOf(survey),
    maxAge: year,
    sameSite: 'lax',
    httpOnly: true,
    secure: res.req.secure,
  })
}

export const leaveKiosk = (res: Response, survey: Survey): void => {
  res.clearCookie(cookieName, { path: pathOf(survey) })
}

/**
 * When a page left alone goes back to the start. WCAG 2.2.1 asks for 20 seconds in which one touch is enough to stay;
 * the receipt has nothing left to lose and says that it goes. Without a script nothing can be asked, so a page with
 * questions waits longer.
 */
const waits = {
  page: { after: 100, warn: 20, still: 600 },
  start: { after: 120, warn: 0, still: 600 },
  receipt: { after: 20, warn: 0, still: 20 },
}

/** Tells the page that is about to be rendered for a shared tablet how long it may be left alone. */
export function mayIdle(res: Response, survey: Survey, page: keyof typeof waits | 'never'): void {
  if (page === 'never') delete res.locals.kiosk
  else res.locals.kiosk = { home: `${pathOf(survey)}/kiosk`, ...waits[page] } satisfies Idle
}
