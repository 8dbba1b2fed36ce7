import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Logger, pino } from 'pino'
import { createApp } from './app.ts'
import { type Config, warningsOf } from './config.ts'
import { wordings } from './language/wording.ts'
import { openLearner } from './learning/learner.ts'
import { codebookInUse } from './learning/train.ts'
import { readLocales } from './locales.ts'
import { openMail } from './mail.ts'
import { draftsLast } from './response/hour.ts'
import { openLookout } from './safety/lookout.ts'
import { openPost } from './sending/post.ts'
import { openStores } from './store/open.ts'
import { forgetReplaced } from './store/sqlite/backup.ts'
import { keepBackups } from './store/sqlite/backupThread.ts'
import type { Stores } from './store/stores.ts'
import {
  readItemBank,
  readMeasures,
  readPlanParts,
  readPlanTranslations,
  readShippedCodebook,
  readShippedCrosswalk,
  readSurveyTemplates,
} from './templates.ts'
import { replacedLast, tidy } from './tidy.ts'
import { readAssets } from './web/assets.ts'
import { setupLink } from './web/oneTimeLink.ts'
import { makeRenderer } from './web/render.ts'
import { openTraffic } from './web/traffic.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = (name: string) => join(root, name)

const minute = 60 * 1000
const hour = 60 * minute
/** Longest wait for requests under way when the server stops; service managers give about 90 seconds. */
const patience = 25 * 1000

/** Where systemd hands over a door that it has opened (sd_listen_fds(3)). */
const handedDoor = 3

/** How often lines that are too slow are looked for. */
const lookAround = 5 * 1000

export type Running = { url: string; close: () => Promise<void> }

/** Opens the data folder, builds the site and listens. `close` lets running requests end and everything reach the disk. */
export async function serve(config: Config): Promise<Running> {
  const log = pino({ level: config.logLevel })
  for (const warning of warningsOf(config)) log.warn(warning)
  const traffic = openTraffic(log)
  const stores = await openStores(config)
  const renderer = makeRenderer(
    folder('views'),
    wordings(readLocales(folder('locales'))),
    readAssets(folder('public')),
  )
  const mail = openMail(config)
  const sessionSecret = config.sessionSecret ?? keptSecret(config.dataDir)
  const translations = readPlanTranslations(folder('plans/translations'))
  const shipped = readShippedCodebook(folder('templates/codebook.json'))
  const learner = openLearner({
    stores,
    codebook: () => codebookInUse(stores, shipped, Date.now()),
    log,
    now: Date.now,
  })
  const app = createApp({
    stores,
    renderer,
    crosswalk: readShippedCrosswalk(join(folder('plans'), 'crosswalk.json'), translations),
    templates: readSurveyTemplates(folder('templates/surveys')),
    bank: readItemBank(folder('templates/item-bank.json')),
    planParts: readPlanParts(folder('plans/parts'), translations),
    measures: readMeasures(folder('plans/indicators'), translations),
    codebook: shipped,
    learner,
    config: { ...config, sessionSecret },
    mail,
    log,
    traffic,
    now: Date.now,
  })
  const server = createServer({ connectionsCheckingInterval: lookAround }, app)
  // Lines that say little and slowly are let go; an upload over a phone has time. A proxy keeps its lines longer than we
  // keep ours unless we wait for it, and would send a form into one that is just being closed.
  server.headersTimeout = 20 * 1000
  server.requestTimeout = 2 * minute
  server.keepAliveTimeout = 65 * 1000
  if (config.handed) server.listen({ fd: handedDoor })
  else server.listen(config.port, config.host)
  await new Promise<void>((done, fail) => {
    server.once('listening', done)
    server.once('error', fail)
  })
  const { port } = server.address() as AddressInfo
  const url =
    config.baseUrl ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
  const setup = await setupLink(stores, url)
  if (setup) console.log(`Set up the first account here (works once): ${setup}`)
  const tidying = setInterval(() => {
    tidied(stores, config).catch((fault: unknown) =>
      log.warn({ fault: String(fault) }, 'what had its time was not deleted'),
    )
  }, hour)
  const backUp = () => backedUp(config, log)
  void backUp()
  const copying = setInterval(backUp, 10 * minute)
  const post = openPost(
    { stores, messages: renderer.messages, mail, log },
    { address: url, perMinute: config.mailPerMinute },
  )
  void post.tick(Date.now())
  const posting = setInterval(() => void post.tick(Date.now()), 1000)
  const lookout = openLookout({ stores, messages: renderer.messages, mail, log }, url)
  const looking = setInterval(() => void lookout.tick(Date.now()), 1000)
  const count = () => countBeforehand(stores, log)
  const counting = setInterval(count, minute)
  // Not while the first pages are asked for.
  const countingFirst = setTimeout(count, minute / 6)
  return {
    url,
    async close() {
      clearInterval(tidying)
      clearInterval(counting)
      clearTimeout(countingFirst)
      clearInterval(copying)
      clearInterval(posting)
      clearInterval(looking)
      const ended = Promise.all([post.stop(), lookout.stop(), learner.close()])
      const shut = () => new Promise<void>((done) => server.close(() => done()))
      // What was taken is finished; who comes now is told to come back. Before a door that the system keeps open, they
      // wait for the next server instead.
      traffic.drain()
      const shutAtOnce = config.handed ? shut() : undefined
      await traffic.idle(patience)
      await ended
      const closed = shutAtOnce ?? shut()
      server.closeIdleConnections()
      await closed
      mail?.close()
      await stores.close()
    },
  }
}

/** Deletes what has had its time; one process of an installation does it. */
async function tidied(stores: Stores, { dataDir }: Config): Promise<void> {
  // Each machine has its own folder.
  await forgetReplaced(dataDir, Date.now() - replacedLast)
  if (!(await stores.hold('tidy'))) return
  await stores.drafts.clear(Date.now() - draftsLast)
  await stores.limits.clear(Date.now())
  await tidy(stores, Date.now())
  await stores.life.mix()
}

/** Makes the backup that is due, if one is; a failure is told in the log and tried again at the next turn. */
async function backedUp({ dataDir, databaseUrl, backups }: Config, log: Logger): Promise<void> {
  if (!backups || databaseUrl) return
  try {
    const made = await keepBackups(dataDir, backups, Date.now())
    if (made) log.info({ made }, 'backed up')
  } catch (fault) {
    log.error({ fault: String(fault) }, 'no backup could be made')
  }
}

/** Counts what tables of two profile questions are made from, so that nobody waits for it. */
async function countBeforehand(stores: Pick<Stores, 'surveys' | 'crossings'>, log: Logger): Promise<void> {
  try {
    for (const { id, state } of await stores.surveys.list())
      if (state !== 'draft') await stores.crossings.keepUp(id, { waits: true })
  } catch (fault) {
    log.warn({ fault: String(fault) }, 'tables were not counted beforehand')
  }
}

/** The secret that signs session cookies, made at the first start and readable by this user alone. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'session-secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  }
  return readFileSync(file, 'utf8').trim()
}

/** Ends in order on the signals that service managers send. */
export function closeOnSignal(running: Running): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      running.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}
