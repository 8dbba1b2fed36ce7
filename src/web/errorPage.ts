import { randomInt } from 'node:crypto'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { direction } from '../language/tags.ts'
import type { Messages } from '../language/wording.ts'
import { notFound } from './errors.ts'
import { currentPerson } from './guard.ts'
import { readerLanguage } from './language.ts'
import { send } from './render.ts'

/** views/error.ejs: what is wrong, what to do, and the reference under which the fault is in the log. */
export type ErrorPage = {
  status: number
  title: string
  what: string
  mend: string
  reference: string | undefined
  /** Where to go from here. */
  onward: { href: string; key: string } | undefined
}

/** Where faults are written down; pino fits. */
export type FaultLog = {
  error: (fault: object, message: string) => void
  warn: (fault: object, message: string) => void
}

/** Anything that no route took. Comes after every router. */
export const notFoundPage: RequestHandler = () => {
  throw notFound()
}

/**
 * The one place where failures become answers: a page in the reader's language, or JSON for programs that ask for
 * it. Comes last. Never shows a stack or a message that was meant for us. Our own faults (5xx) and refusals (403,
 * 429) go to the log with the reference that the page shows, without anything a person typed or is known by.
 */
export const errorPage =
  (messages: Messages, log: FaultLog): ErrorRequestHandler =>
  (fault: unknown, req, res, next) => {
    if (res.headersSent) return next(fault)
    const { status, problem, values } = read(fault)
    const told = status >= 500 || status === 403 || status === 429
    const reference = told ? record(log, fault, req, { status, problem }) : undefined
    res.status(status)
    res.set('Cache-Control', 'no-store')
    const t = messages.t(readerLanguage(req, res, messages.tags).lang)
    const page: ErrorPage = {
      status,
      title: t(`${problem}.title`, values),
      what: t(`${problem}.what`, values),
      mend: t(`${problem}.do`, values),
      reference,
      onward: onward(req, problem),
    }
    if (req.accepts(['html', 'json']) === 'json') {
      res.json({ error: page.title, what: page.what, do: page.mend, ...(reference ? { reference } : {}) })
      return
    }
    const person = currentPerson(req)
    try {
      send(res, 'error', page, person ? 'staff' : 'public')
    } catch (second) {
      // The page itself is broken: the reader still learns what to do.
      write(log, second, req, { reference: reference ?? newReference(), status, problem: 'error.fault' })
      sendPlain(req, res, messages, page)
    }
  }

/** Wordings for failures that Express, the body parser and the store report by status alone. */
const byStatus: Record<number, string> = {
  400: 'error.badRequest',
  401: 'error.signedOut',
  403: 'error.forbidden',
  404: 'error.notFound',
  409: 'error.conflict',
  413: 'error.tooLarge',
  415: 'error.badRequest',
  503: 'error.unavailable',
}

type Failure = { status: number; problem: string; values: Record<string, string | number> }

function read(fault: unknown): Failure {
  const { status, problem, values } = (
    typeof fault === 'object' && fault !== null ? fault : {}
  ) as Partial<Failure>
  const known = typeof status === 'number' && status >= 400 && status <= 599 ? status : 500
  const wording = byStatus[known] ?? (known < 500 ? 'error.badRequest' : 'error.fault')
  return { status: known, problem: typeof problem === 'string' ? problem : wording, values: values ?? {} }
}

function onward(req: object, problem: string): ErrorPage['onward'] {
  if (problem === 'error.formExpired' || problem === 'error.tooMany' || problem === 'error.signedOut') {
    return { href: '/sign-in', key: 'error.toSignIn' }
  }
  return currentPerson(req) ? { href: '/sign-in', key: 'error.toStart' } : undefined
}

const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Eight characters that can be read out over a telephone. */
function newReference(): string {
  const pick = () => letters[randomInt(letters.length)] ?? ''
  return `${Array.from({ length: 4 }, pick).join('')}-${Array.from({ length: 4 }, pick).join('')}`
}

/** Writes a fault down, and gives the reference under which it is found. */
export function record(
  log: FaultLog,
  fault: unknown,
  req: Request,
  at: { status: number; problem: string },
): string {
  const reference = newReference()
  write(log, fault, req, { reference, ...at })
  return reference
}

/**
 * Writes a fault down: kind, code, a cleaned message and where in the code. No address (paths carry link secrets and
 * slugs, queries carry more), only the pattern of the route; no body; no person.
 */
function write(
  log: FaultLog,
  fault: unknown,
  req: Request,
  at: { reference: string; status: number; problem: string },
) {
  const error = fault instanceof Error ? fault : new Error(typeof fault)
  const route: unknown = req.route?.path
  const entry = {
    ...at,
    method: req.method,
    route: typeof route === 'string' ? route : undefined,
    name: error.name,
    code: 'code' in error ? String(error.code) : undefined,
    message: cleaned(error.message),
    stack: frames(error),
    cause:
      error.cause instanceof Error
        ? { message: cleaned(error.cause.message), stack: frames(error.cause) }
        : undefined,
  }
  if (at.status >= 500) log.error(entry, 'a request failed')
  else log.warn({ ...entry, stack: undefined, cause: undefined }, 'a request was refused')
}

/** Messages of libraries quote what they choked on; what is in quotes, looks like an e-mail or like a secret goes. */
const cleaned = (message: string): string =>
  message
    .slice(0, 1000)
    .replace(/"[^"]*"?|'[^']*'|`[^`]*`/g, '"…"')
    .replace(/\S+@\S+/g, '…')
    .replace(/[\w-]{20,}/g, '…')
    .slice(0, 300)

/** The places in the code, without the message that a stack starts with. */
const frames = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .slice(0, 12)

function sendPlain(req: Request, res: Response, messages: Messages, page: ErrorPage): void {
  const { lang } = readerLanguage(req, res, messages.tags)
  const escaped = (words: string) => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  const parts = [page.what, page.mend, page.reference ?? ''].map((words) => `<p>${escaped(words)}</p>`)
  res
    .type('html')
    .send(
      `<!doctype html><html lang="${escaped(lang)}" dir="${direction(lang)}"><meta charset="utf-8">` +
        `<meta name="viewport" content="width=device-width"><title>${escaped(page.title)}</title>` +
        `<h1>${escaped(page.title)}</h1>${parts.join('')}</html>`,
    )
}
