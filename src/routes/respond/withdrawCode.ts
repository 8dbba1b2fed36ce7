import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { newCode, readCode, writeCode } from '../../response/code.ts'
import { hashCode } from '../../web/codeHash.ts'
import { cookies } from '../../web/language.ts'
import { place, type Visit } from './visit.ts'

const cookieName = 'withdraw'
/** The code waits in the browser for the receipt that shows it; a reload has it no more. */
const shownWithin = 10 * 60_000
/** Letters of each half: such a code is two of the usual ones, 76 bits, which nobody guesses. */
const half = 10

/** A new code to take a response back with, and the hash by which the store knows it. */
export async function makeWithdrawCode(survey: number): Promise<{ letters: string; hash: string }> {
  const letters = newCode(randomBytes(64)) + newCode(randomBytes(64))
  return { letters, hash: await withdrawHash(letters, survey) }
}

/** A code is of one survey. */
export const withdrawHash = (letters: string, survey: number): Promise<string> =>
  hashCode(`withdraw ${survey}`, letters)

/** As printed: ACE-F7H-J9KM-ACE-F7H-J9KM. */
export const writeWithdrawCode = (letters: string): string =>
  `${writeCode(letters.slice(0, half))}-${writeCode(letters.slice(half))}`

/** Undefined when it cannot be such a code. */
export function readWithdrawCode(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').replace(/[\s\p{Pd}_.]/gu, '')
  const halves = [readCode(plain.slice(0, half)), readCode(plain.slice(half))]
  return halves.includes(undefined) ? undefined : halves.join('')
}

/** Hands a code to the receipt, past the redirect to it. */
export function passWithdrawCode(res: Response, visit: Visit, letters: string): void {
  res.cookie(cookieName, letters, {
    path: place(visit, 'thanks'),
    maxAge: shownWithin,
    sameSite: 'lax',
    httpOnly: true,
    secure: res.req.secure,
  })
}

/** Takes the code that was handed on, this once. */
export function takeWithdrawCode(req: Request, res: Response, visit: Visit): string | undefined {
  const letters = readWithdrawCode(cookies(req)[cookieName] ?? '')
  if (letters) res.clearCookie(cookieName, { path: place(visit, 'thanks') })
  return letters
}
