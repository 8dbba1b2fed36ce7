import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Request, Response } from 'express'
import type { CodeState, Stores, Survey } from '../../store/stores.ts'
import { cookies } from '../../web/language.ts'

/** An access code that was shown on this browser, as it stands now. */
export type Admission = { hash: string; state: CodeState; school: string; group: string }

/**
 * The browser remembers which code it was let in with, the store does not: no draft and no response names a code.
 * The cookie holds the code's hash with our signature, so that a hash read from a copy of the database opens nothing.
 */
const cookieName = 'admission'
const lasts = 14 * 24 * 3600 * 1000

const signed = (secret: string, survey: number, hash: string): string =>
  `${hash}.${createHmac('sha256', secret).update(`admission ${survey} ${hash}`).digest('base64url')}`

export async function findAdmission(
  stores: Pick<Stores, 'codes'>,
  secret: string,
  req: Request,
  survey: Survey,
): Promise<Admission | undefined> {
  const kept = cookies(req)[cookieName]
  if (survey.fielding.access !== 'codes' || !kept || kept.length > 200) return undefined
  const [hash = ''] = kept.split('.')
  const ours = Buffer.from(signed(secret, survey.id, hash))
  const theirs = Buffer.from(kept)
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) return undefined
  const code = await stores.codes.find(hash)
  return code?.survey === survey.id ? { hash, ...code } : undefined
}

/** Leaves the admission with the browser, for this survey's pages only. */
export function keepAdmission(res: Response, secret: string, survey: Survey, hash: string): void {
  res.cookie(cookieName, signed(secret, survey.id, hash), {
    path: `/s/${survey.slug}`,
    maxAge: lasts,
    sameSite: 'lax',
    httpOnly: true,
    secure: res.req.secure,
  })
}

export const forgetAdmission = (res: Response, survey: Survey): void => {
  res.clearCookie(cookieName, { path: `/s/${survey.slug}` })
}
