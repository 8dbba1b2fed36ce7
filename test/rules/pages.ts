import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express } from 'express'
import request from 'supertest'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { type Role, roles } from '../../src/district/people.ts'
import { wordings } from '../../src/language/wording.ts'
import { readLocales } from '../../src/locales.ts'
import { openStores } from '../../src/store/open.ts'
import type { Stores } from '../../src/store/stores.ts'
import { readAssets } from '../../src/web/assets.ts'
import { setupLink, welcomeLink } from '../../src/web/oneTimeLink.ts'
import { makeRenderer, type Renderer } from '../../src/web/render.ts'
import { everyKind } from '../respond/surveys.ts'
import { demo, field, hidden, respondent } from '../site.ts'
import { add, visitor } from '../web/house.ts'
import { strict } from './strict.ts'

/** One page as it was sent: from which template, in which language. `fault`: the template broke. */
export type Sent = { template: string; lang: string; html: string; fault?: unknown }

export const locales = readLocales('locales')
export const tags = Object.keys(locales).sort()

/** Every template that is a page of its own, not a part of others. */
export async function pageTemplates(): Promise<string[]> {
  const files = (await readdir('views', { recursive: true })).filter((file) => file.endsWith('.ejs'))
  const names = files.map((file) => file.slice(0, -'.ejs'.length).replaceAll('\\', '/'))
  const sources = await Promise.all(files.map((file) => readFile(join('views', file), 'utf8')))
  // A page begins with the head of pages; what does not is a part of one.
  return names.filter((_, index) => /include\('[^']*parts\/head'\)/.test(sources[index] ?? '')).sort()
}

/**
 * The real site, with templates that may only ask for what is there, and everybody who comes to see it: families who
 * answer, leaders, the office, an admin, and people at the wrong door.
 */
export async function openGallery() {
  const dataDir = await mkdtemp(join(tmpdir(), 'heard-views-'))
  const stores = await openStores({ dataDir })
  const sent: Sent[] = []
  const real = makeRenderer('views', wordings(locales), readAssets('public'))
  const renderer: Renderer = {
    ...real,
    html(template, model, to) {
      const page = { template, lang: to.lang }
      try {
        const html = real.html(template, strict(model), { ...to, base: strict(to.base, 'base') })
        sent.push({ ...page, html })
        return html
      } catch (fault) {
        sent.push({ ...page, html: '', fault })
        throw fault
      }
    },
  }
  const app = createApp({
    stores,
    renderer,
    crosswalk: JSON.parse(await readFile('plans/crosswalk.json', 'utf8')),
    config: { ...readConfig({ DATA_DIR: dataDir }), sessionSecret: 's'.repeat(40) },
    log: { error: () => {}, warn: () => {} },
    now: Date.now,
  })
  const server = app.listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const setup = new URL((await setupLink(stores, url)) ?? url).pathname
  for (const tag of tags) await request(app).get(setup).set({ 'Accept-Language': tag })
  await fill(stores)
  const staff = {} as Record<Role, ReturnType<typeof visitor>>
  for (const role of roles) {
    staff[role] = visitor(app)
    await staff[role].signIn(`${role}@example.org`)
  }
  return {
    app,
    stores,
    sent,
    /** Everybody comes, and reads in this language. */
    async visit(tag: string) {
      await asStranger(app, stores, tag)
      await asFamily(url, tag)
      await asStaff(app, staff, tag)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await stores.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

async function fill(stores: Stores) {
  for (const role of roles) await add(stores, role)
  await demo(stores)
  const definition = inEveryLanguage(everyKind)
  await field(stores, { slug: 'here', definition })
  const far = Date.parse('2150-01-05T13:00:00Z')
  await field(stores, { slug: 'ends', definition, closesAt: far })
  await field(stores, { slug: 'soon', definition, opensAt: far })
  await field(stores, { slug: 'past', definition, closesAt: Date.parse('2021-06-01T03:30:00Z') })
  await field(stores, { slug: 'over', definition, state: 'closed' })
  await field(stores, { slug: 'draft', definition, state: 'draft' })
}

/** The same definition with words for every language that Heard speaks. */
export function inEveryLanguage<T extends { languages: string[] }>(definition: T): T {
  const filled = JSON.parse(JSON.stringify(definition), (_, value) =>
    typeof value?.en === 'string'
      ? { ...Object.fromEntries(tags.map((tag) => [tag, `${value.en} (${tag})`])), ...value }
      : value,
  ) as T
  return { ...filled, languages: tags }
}

async function asStranger(app: Express, stores: Stores, tag: string) {
  const stranger = visitor(app, { 'Accept-Language': tag })
  const id = await add(stores, 'leader', `new.${tag.toLowerCase().replace('-', '.')}@example.org`)
  const welcome = new URL(await welcomeLink(stores, id, 'http://127.0.0.1', Date.now())).pathname
  const plans = (await stores.plans.list()).map((plan) => `/plans/${plan.id}`)
  for (const path of [
    '/',
    '/plans',
    ...plans,
    '/sign-in',
    '/sign-in?next=/reports',
    '/nowhere',
    '/setup/gone',
    welcome,
    '/s/none',
  ])
    await stranger.open(path)
  await stranger.fill('/sign-in', { email: `wrong.${tag}@example.org`, password: 'wrong' })
  await stranger.fill(welcome, { password: 'short', again: 'other' })
  await stranger.send('/sign-in', { email: 'a' })
}

async function asFamily(site: string, tag: string) {
  const here = (slug: string) => respondent({ url: site }, slug, { 'Accept-Language': tag })
  for (const slug of ['soon', 'past', 'over', 'ends', 'draft']) await here(slug).open()
  const someone = here('here')
  await someone.open('?lang=tlh')
  await someone.start()
  await someone.answer({ ride_why: 'words <b>&amp;' })
  await someone.answer({ ride: 'bus', ride_why: 'words <b>&amp;', news: ['text', 'mail'] })
  await someone.open()
  await someone.answerOn('ratings', { 'climate.safe': 'never', rate: '99', children: 'x' })
  await someone.answer({ 'climate.safe': 'yes', 'climate.heard': 'na', rate: '7', children: '2' })
  await someone.answer({ 'first.a': '1', 'first.b': '1', word: 'x'.repeat(300) })
  await someone.answer({ 'first.a': '1', group: 'family', word: 'end' })
  await someone.open('choices?from=review')
  await someone.open('review')
  await someone.submit()
  await someone.open()
  await someone.open('ratings?cookie=none')
  const nobody = here('here')
  await nobody.open('ratings?cookie=none')
  await nobody.send('/s/here/choices', { ride: 'bus' })
  const pupil = here('climate-2021')
  await pupil.start()
  await pupil.answer({ group: 'student' })
  while (
    pupil.seen().status === 200 &&
    hidden(pupil.seen().html).token &&
    !pupil.seen().path.includes('review')
  )
    await pupil.answer({})
  for (const slug of ['stakeholder-2021', 'climate-2021']) await here(slug).open()
}

const staffPages: Record<Role, string[]> = {
  admin: ['/office/people', '/office/people/id-leader-example-org/remove', '/office/people/nobody/remove'],
  office: ['/office', '/office?done=opened', '/office/people'],
  leader: [
    '/reports',
    '/reports/stakeholder-2021',
    '/reports/stakeholder-2021?group=family',
    '/reports/stakeholder-2021?group=board',
    '/reports/climate-2021',
    '/reports/climate-2021?group=student',
    '/reports/soon',
    '/reports/stakeholder-2021/comments?question=goal_why&about=G2',
    '/reports/stakeholder-2021/comments?question=goal_why&about=G3&from=20',
    '/office',
    '/nowhere',
  ],
}

async function asStaff(_app: Express, staff: Record<Role, ReturnType<typeof visitor>>, tag: string) {
  for (const role of roles)
    for (const path of staffPages[role]) await staff[role].open(path).set({ 'Accept-Language': tag })
  const token = await staff.admin.token('/office/people')
  await staff.admin
    .send('/office/people', { _csrf: token, email: 'none', role: 'king' })
    .set({ 'Accept-Language': tag })
  await staff.admin
    .send('/office/people', { _csrf: token, email: `invited.${tag}@example.org`, role: 'leader' })
    .set({ 'Accept-Language': tag })
}
