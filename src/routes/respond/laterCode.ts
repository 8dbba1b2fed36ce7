import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { newCode, readCode } from '../../response/code.ts'
import { draftsLast } from '../../response/hour.ts'
import type { Draft, Stores } from '../../store/stores.ts'
import { cookies } from '../../web/language.ts'
import { codeKeys, seal, unseal } from '../../web/sealing.ts'
import type { ResumeProblem } from '../models/later.ts'
import { hashOf, place, type Visit } from './visit.ts'

/** What a code for finishing later leads to: the draft's token, and the access code (its hash) that let its browser in. */
type Sealed = { token: string; admission?: string | undefined }

const cookieName = 'later'
/** The code waits in the browser for the page that shows it; a reload of that page has it no more. */
const shownWithin = 10 * 60_000

/** Makes a code for the draft of `token`, which must have been saved; keeps neither of them readable. */
export async function makeLaterCode(
  stores: Pick<Stores, 'resumeCodes'>,
  { survey, admission }: Visit,
  token: string,
  now: number,
): Promise<string> {
  const letters = newCode(randomBytes(64))
  const { hash, key } = await codeKeys(letters, survey.id)
  const sealed: Sealed = { token, admission: admission?.hash }
  await stores.resumeCodes.add(hash, { survey: survey.id, sealed: seal(JSON.stringify(sealed), key) }, now)
  return letters
}

/** What became of a code that was typed in; `found` has what it leads to. */
export type Tried = { state: ResumeProblem } | ({ state: 'found'; draft: Draft } & Sealed)

export async function tryLaterCode(
  stores: Pick<Stores, 'resumeCodes' | 'drafts' | 'responses'>,
  typed: string,
  survey: number,
): Promise<Tried> {
  const letters = readCode(typed)
  if (!letters) return { state: 'slip' }
  const { hash, key } = await codeKeys(letters, survey)
  const row = await stores.resumeCodes.find(hash)
  const opened = row?.survey === survey ? unseal(row.sealed, key) : undefined
  if (opened === undefined) return { state: 'unknown' }
  const sealed = JSON.parse(opened) as Sealed
  const tokenHash = hashOf(sealed.token, survey)
  const draft = await stores.drafts.find(tokenHash)
  if (draft) return { state: 'found', draft, ...sealed }
  const sent = await stores.responses.spent(tokenHash)
  await stores.resumeCodes.remove(hash)
  return { state: sent ? 'sent' : 'over' }
}

/** When a code made at `now` stops working (epoch milliseconds): with the survey, or with the draft if nobody touches it. */
export const laterUntil = ({ survey }: Visit, now: number): number =>
  Math.min(now + draftsLast, survey.closesAt ?? Number.POSITIVE_INFINITY)

/** Hands a code to the page that shows it, past the redirect to it. */
export function passLaterCode(res: Response, visit: Visit, letters: string): void {
  res.cookie(cookieName, letters, {
    path: place(visit, 'later'),
    maxAge: shownWithin,
    sameSite: 'lax',
    httpOnly: true,
    secure: res.req.secure,
  })
}

/** Takes the code that was handed on, this once. */
export function takeLaterCode(req: Request, res: Response, visit: Visit): string | undefined {
  const letters = readCode(cookies(req)[cookieName] ?? '')
  if (letters) res.clearCookie(cookieName, { path: place(visit, 'later') })
  return letters
}
