import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import type { Express } from 'express'
import request from 'supertest'
import { createApp, type Parts } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Role } from '../../src/district/people.ts'
import { type LocaleFile, wordings } from '../../src/language/wording.ts'
import { readLocales } from '../../src/locales.ts'
import { openStores } from '../../src/store/open.ts'
import type { Stores } from '../../src/store/stores.ts'
import {
  readItemBank,
  readMeasures,
  readPlanParts,
  readShippedCodebook,
  readSurveyTemplates,
} from '../../src/templates.ts'
import { readAssets } from '../../src/web/assets.ts'
import { makeRenderer, type Renderer } from '../../src/web/render.ts'
import { place, placeSettings } from '../engine.ts'

/** A house with its staff doors and a real database, and what was written to its log. */
export type House = { app: Express; stores: Stores; log: object[]; close: () => Promise<void> }

export const goodPassword = 'four plain words together'

/** The real site on an empty data folder. `settings` are those of the environment; `locales` the folder of languages. */
export async function openHouse(
  settings: Record<string, string> = {},
  locales: string | Record<string, LocaleFile> = 'locales',
  more: Partial<Pick<Parts, 'mail' | 'measures' | 'now'>> = {},
): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'heard-'))
  const stores = await openStores(await place(dataDir))
  const renderer = readRenderer(typeof locales === 'string' ? readLocales(locales) : locales)
  const config = {
    ...readConfig({ ...settings, ...(await placeSettings(dataDir)) }),
    sessionSecret: 's'.repeat(40),
  }
  const log: object[] = []
  const write = (fault: object) => log.push(fault)
  const app = createApp({
    stores,
    renderer,
    crosswalk: null,
    templates: readSurveyTemplates('templates/surveys'),
    bank: readItemBank('templates/item-bank.json'),
    planParts: readPlanParts('plans/parts'),
    measures: readMeasures('plans/indicators'),
    codebook: readShippedCodebook(),
    config,
    log: { error: write, warn: write },
    now: () => Date.now(),
    ...more,
  })
  const close = async () => {
    await stores.close()
    await rm(dataDir, { recursive: true })
  }
  return { app, stores, log, close }
}

/** The real templates, with the real wordings unless told otherwise. */
export const readRenderer = (files: Record<string, LocaleFile> = readLocales('locales')): Renderer =>
  makeRenderer('views', wordings(files), readAssets('public'))

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
  /** For forms with files. */
  const post = (path: string) => agent.post(path)
  return { open, token, send, post, fill, signIn }
}

/** As the site makes it, at the least that the algorithm takes: a hash says what it costs to compare with it. */
let light: Promise<string> | undefined

/** Somebody with an account whose password is `goodPassword`. */
export async function add(stores: Stores, role: Role, email = `${role}@example.org`): Promise<string> {
  light ??= hash(goodPassword, { memoryCost: 8, timeCost: 1, parallelism: 1 })
  const id = `id-${email.replaceAll(/[^a-z]/g, '-')}`
  await stores.people.add({ id, email, role, passwordHash: await light })
  return id
}
