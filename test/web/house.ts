import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express, { type Express, type Router, urlencoded } from 'express'
import request from 'supertest'
import type { Role } from '../../src/district/people.ts'
import { type LocaleFile, wordings } from '../../src/language/wording.ts'
import { accountRoutes } from '../../src/routes/account.ts'
import { officeRoutes } from '../../src/routes/office.ts'
import { peopleRoutes } from '../../src/routes/people.ts'
import { openStores } from '../../src/store/open.ts'
import type { Stores } from '../../src/store/stores.ts'
import { errorPage, notFoundPage } from '../../src/web/errorPage.ts'
import { staffFormToken } from '../../src/web/formToken.ts'
import { securityHeaders } from '../../src/web/headers.ts'
import { hashPassword } from '../../src/web/password.ts'
import { makeRenderer } from '../../src/web/render.ts'
import { staffSession } from '../../src/web/session.ts'

/** A house with its staff doors and a real database, and what was written to its log. */
export type House = { app: Express; stores: Stores; log: object[]; close: () => Promise<void> }

export const goodPassword = 'four plain words together'

/** `more` are extra routes behind the session and before the error page; `set` changes the settings. */
export async function openHouse(
  set: { baseUrl?: string; trustProxy?: number; more?: Router } = {},
): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'heard-'))
  const stores = await openStores({ dataDir })
  const messages = wordings({ en: await english() })
  const config = { sessionSecret: 's'.repeat(40), ...(set.baseUrl ? { baseUrl: set.baseUrl } : {}) }
  const log: object[] = []
  const write = (fault: object) => log.push(fault)
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', set.trustProxy ?? 0)
  app.locals.renderer = makeRenderer('views', messages, {
    url: (name) => `/assets/${name}`,
    serve: (_, __, next) => next(),
  })
  app.use(securityHeaders(config))
  app.use(staffSession(stores, config), urlencoded({ extended: false, limit: '20kb' }), staffFormToken)
  app.use(accountRoutes(stores, config), officeRoutes(stores, messages), peopleRoutes(stores, config))
  if (set.more) app.use(set.more)
  app.use(notFoundPage, errorPage(messages, { error: write, warn: write }))
  const close = async () => {
    await stores.close()
    await rm(dataDir, { recursive: true })
  }
  return { app, stores, log, close }
}

/** The English wordings of every part, as they are merged into locales/en.json. */
async function english(): Promise<LocaleFile> {
  const files = (await readdir('locales/parts')).filter((name) => name.endsWith('.en.json'))
  const parts = await Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join('locales/parts', name), 'utf8')) as object),
  )
  return Object.assign({ _about: { name: 'English' } }, ...parts) as LocaleFile
}

/** A browser of somebody at the door: it keeps cookies, reads a page's form token and sends forms with it. */
export function visitor(app: Express, headers: Record<string, string> = {}) {
  const agent = request.agent(app).set({ Accept: 'text/html', ...headers })
  const open = (path: string) => agent.get(path)
  const token = async (path: string) =>
    /name="_csrf" value="([^"]+)"/.exec((await open(path)).text)?.[1] ?? ''
  const send = (path: string, fields: Record<string, string>) => agent.post(path).type('form').send(fields)
  /** Opens `page`, fills in the form and sends it to `action` (the same address unless told). */
  const fill = async (page: string, fields: Record<string, string>, action = page) =>
    send(action, { _csrf: await token(page), ...fields })
  const signIn = (email: string, password = goodPassword, next = '') =>
    fill('/sign-in', { email, password, next })
  return { open, token, send, fill, signIn }
}

let hash: Promise<string> | undefined

/** Somebody with an account whose password is `goodPassword`. */
export async function add(stores: Stores, role: Role, email = `${role}@example.org`): Promise<string> {
  hash ??= hashPassword(goodPassword)
  const id = `id-${email.replaceAll(/[^a-z]/g, '-')}`
  await stores.people.add({ id, email, role, passwordHash: await hash })
  return id
}
