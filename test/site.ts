import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { readConfig } from '../src/config.ts'
import { seeded } from '../src/demo/chance.ts'
import { readPlans, readTemplates } from '../src/demo/files.ts'
import { loadDemo } from '../src/demo/load.ts'
import { districtSchema } from '../src/district/district.ts'
import { roles } from '../src/district/people.ts'
import { publish } from '../src/questionnaire/publish.ts'
import { serve } from '../src/server.ts'
import { openStores } from '../src/store/open.ts'
import type { Stores, Survey, SurveyState } from '../src/store/stores.ts'
import { place, placeSettings, rowsIn } from './engine.ts'
import { add } from './web/house.ts'

/** The real server on a data folder of its own; `stores` looks into the same folder from beside it. */
export type Site = {
  url: string
  dataDir: string
  stores: Stores
  /** Runs the real command line on the same data; what it printed. Throws what it complained of. */
  heard: (...args: string[]) => Promise<string>
  close: () => Promise<void>
}

/** Opens a site with an account for each role (see test/web/house.ts), after `fill` has put its content there. */
export async function openSite(fill: (stores: Stores) => Promise<unknown> = async () => {}): Promise<Site> {
  const dataDir = await mkdtemp(join(tmpdir(), 'heard-site-'))
  const stores = await openStores(await place(dataDir))
  await fill(stores)
  for (const role of roles) await add(stores, role)
  const env = { ...(await placeSettings(dataDir)), PORT: '0', LOG_LEVEL: 'silent' }
  const running = await serve(readConfig(env))
  return {
    url: running.url,
    dataDir,
    stores,
    heard: (...args) => command(args, { ...env, PATH: process.env.PATH }),
    async close() {
      await running.close()
      await stores.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

function command(args: string[], env: Record<string, string | undefined>): Promise<string> {
  const child = spawn(process.execPath, ['src/cli.ts', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: [] as Buffer[], err: [] as Buffer[] }
  child.stdout.on('data', (part: Buffer) => said.out.push(part))
  child.stderr.on('data', (part: Buffer) => said.err.push(part))
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) => {
      if (code === 0) done(Buffer.concat(said.out).toString())
      else fail(new Error(Buffer.concat(said.err).toString()))
    })
  })
}

/** The whole demo district with its sample responses. */
export const demo = async (stores: Stores): Promise<unknown> =>
  loadDemo(stores, {
    plans: await readPlans(),
    templates: await readTemplates(),
    now: Date.now(),
    random: seeded(2021),
  })

/** The sample district alone: its schools, groups and time zone (New York). */
export async function sampleDistrict(stores: Stores): Promise<void> {
  await stores.settings.setDistrict(districtSchema.parse((await readTemplates()).district))
}

type Fielding = {
  slug: string
  definition: unknown
  state?: SurveyState
  opensAt?: number | null
  closesAt?: number | null
  fielding?: Survey['fielding']
}

/** Publishes a definition as a survey that is open unless told otherwise. */
export async function field(
  stores: Stores,
  { definition, state = 'open', ...rest }: Fielding,
): Promise<Survey> {
  const survey = await stores.surveys.add(
    { ...rest, questionnaire: await frozen(stores, definition) },
    Date.now(),
  )
  await stores.surveys.setState(survey.id, state)
  return { ...survey, state }
}

/** What publishing makes of a definition in this district. */
export async function frozen(stores: Stores, definition: unknown) {
  const { questionnaire, faults } = publish(definition, await stores.settings.district())
  if (!questionnaire) throw new Error(faults.join('; '))
  return questionnaire
}

export type Fields = Record<string, string | string[]>
export type Seen = { status: number; path: string; html: string }

/** Somebody who answers, without a script: keeps cookies, follows redirects, sends the form that is before them. */
export function respondent(site: Pick<Site, 'url'>, slug: string, headers: Record<string, string> = {}) {
  const agent = request.agent(site.url)
  const told = { Accept: 'text/html', 'Accept-Language': 'en', ...headers }
  let seen: Seen = { status: 0, path: `/s/${slug}`, html: '' }

  async function look(path: string): Promise<Seen> {
    return follow(path, await agent.get(path).set(told).redirects(0))
  }

  async function follow(path: string, answer: request.Response): Promise<Seen> {
    if (answer.status === 303) return look(String(answer.headers.location))
    seen = { status: answer.status, path, html: answer.text ?? '' }
    return seen
  }

  async function send(path: string, fields: Fields, more: Record<string, string> = {}): Promise<Seen> {
    return follow(
      path,
      await agent
        .post(path)
        .set({ ...told, ...more })
        .type('form')
        .send(encoded(fields))
        .redirects(0),
    )
  }

  /** Presses a button of the form on the page; what is not in `fields` is left as the page's hidden fields say. */
  const press = (fields: Fields) => {
    const form = /<form class="answers" method="post" action="([^"]+)"/.exec(seen.html)
    if (!form?.[1]) throw new Error(`there is no form on ${seen.path}: ${seen.html.slice(0, 200)}`)
    return send(form[1], { ...hidden(seen.html), ...fields })
  }

  return {
    agent,
    told,
    seen: () => seen,
    token: () => hidden(seen.html).token ?? '',
    /** Opens a page of the survey; '' is its start. */
    open: (page = '') => look(`/s/${slug}${page && `/${page}`}`),
    /** Presses "Start" on the start page, or opens it first. */
    async start() {
      if (seen.status === 0) await look(`/s/${slug}`)
      return look(/<a class="primary" href="([^"]+)"/.exec(seen.html)?.[1]?.replaceAll('&amp;', '&') ?? '')
    },
    answer: (fields: Fields = {}) => press(fields),
    /** Opens a page of the survey and answers there. */
    async answerOn(page: string, fields: Fields) {
      await look(`/s/${slug}/${page}`)
      return press(fields)
    },
    goBack: (fields: Fields = {}) => press({ ...fields, go: 'back' }),
    switchLanguage: (tag: string, fields: Fields = {}) => press({ ...fields, switch: tag }),
    /** Presses the button of the review page. */
    submit: () => press({}),
    send,
  }
}

const encoded = (fields: Fields): string =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
  ).toString()

/** Names and values of a page's hidden fields. */
export const hidden = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')],
    ),
  )

/** The words of a page as they are read: without tags, entities made letters again. */
export const wordsOf = (html: string): string =>
  html
    .replace(/<(script|style|head)\b.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(
      /&(amp|lt|gt|quot);/g,
      (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[String(name)] ?? '',
    )
    .replace(/\s+/g, ' ')
    .trim()

/** Everything that was stored for a survey. */
export const stored = (site: Site, survey: Pick<Survey, 'id'>) =>
  Array.fromAsync(site.stores.responses.stream(survey.id))

/** What lies in the database itself: the rows of a query. */
export function rows(
  site: Pick<Site, 'dataDir'>,
  query: string,
  ...values: unknown[]
): Record<string, unknown>[] {
  return rowsIn(site.dataDir, query, ...values)
}
