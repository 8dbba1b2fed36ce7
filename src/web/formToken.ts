import { csrfSync } from 'csrf-sync'
import type { RequestHandler, Response } from 'express'
import { forbidden } from './errors.ts'
import { formField } from './formField.ts'
import { currentPerson } from './guard.ts'

const tokens = csrfSync({ size: 32, getTokenFromRequest: (req) => formField(req, '_csrf') })

/**
 * Refuses every post to a staff place whose form field `_csrf` is not the token of its session. Comes after the
 * session and the form body. Gives a signed-in person's pages their token in `res.locals.csrf`.
 */
export const staffFormToken: RequestHandler = (req, res, next) => {
  tokens.csrfSynchronisedProtection(req, res, (fault?: unknown) => {
    // Before the refusal: its page has a sign-out button too.
    if (currentPerson(req)) startForm(res)
    next(fault ? forbidden('error.formExpired') : undefined)
  })
}

/**
 * The token for a page with a form that somebody may send while signed out (sign in, set up, welcome). It starts a
 * session, so only those pages call it: nobody else gets a cookie.
 */
export function startForm(res: Response): void {
  res.locals.csrf = tokens.generateToken(res.req)
}
