import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import type { Express } from 'express'
import request from 'supertest'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { type Role, roles } from '../../src/district/people.ts'
import { wordings } from '../../src/language/wording.ts'
import { readLocales } from '../../src/locales.ts'
import { everydayFielding } from '../../src/questionnaire/fielding.ts'
import { openStores } from '../../src/store/open.ts'
import type { Stores } from '../../src/store/stores.ts'
import { readItemBank, readMeasures, readPlanParts, readShippedCodebook } from '../../src/templates.ts'
import { readAssets } from '../../src/web/assets.ts'
import { setupLink, welcomeLink } from '../../src/web/oneTimeLink.ts'
import { makeRenderer, type Renderer } from '../../src/web/render.ts'
import { place } from '../engine.ts'
import { everyKind } from '../respond/surveys.ts'
import { demo, field, hidden, respondent } from '../site.ts'
import { add, visitor } from '../web/house.ts'
import { asBuilder, fillBuilder } from './builderPages.ts'
import { asMailer, fillMail } from './mailPages.ts'
import { strict } from './strict.ts'
import { asTalker, fillTalks } from './talksPages.ts'
import { asCoder, fillThemes } from './themePages.ts'
import { asTold, fillTold } from './toldPages.ts'
import { asTranslator, fillTranslations } from './translatePages.ts'
import { asWatcher, watcherPages } from './watchingPages.ts'
import { asWaver, fillWaves, wavePages } from './wavePages.ts'

/** One page as it was sent: from which template, in which language. `fault`: the template broke. */
export type Sent = { template: string; lang: string; html: string; fault?: unknown }

const fullDisk = 'the disk is full of this'

export const locales = readLocales('locales')
export const tags = Object.keys(locales).sort()

/** Every template that is a page of its own, not a part of others. */
export async function pageTemplates(): Promise<string[]> {
  const files = (await readdir('views', { recursive: true })).filter((file) => file.endsWith('.ejs'))
  const names = files.map((file) => file.slice(0, -'.ejs'.length).replaceAll('\\', '/'))
  const sources = await Promise.all(files.map((file) => readFile(join('views', file), 'utf8')))
  const parts = new Set(
    names.flatMap((name, index) =>
      [...(sources[index] ?? '').matchAll(/include\('([^']+)'/g)].map(([, part = '']) =>
        posix.join(name, '..', part),
      ),
    ),
  )
  // Which kind of question is included is only known when a page is shown.
  return names.filter((name) => !parts.has(name) && !/(^|\/)kinds\//.test(name)).sort()
}

/**
 * The real site, with templates that may only ask for what is there, and everybody who comes to see it: families who
 * answer, leaders, the office, an admin, and people at the wrong door. What is shown to somebody who reads English is
 * shown in the languages of `again` too, without the way there.
 */
export async function openGallery(again: readonly string[] = []) {
  const dataDir = await mkdtemp(join(tmpdir(), 'heard-views-'))
  const stores = await openStores(await place(dataDir))
  const sent: Sent[] = []
  const real = makeRenderer('views', wordings(locales), readAssets('public'))
  const renderer: Renderer = {
    ...real,
    html(template, model, to) {
      const show = (lang: string) => {
        const told = lang === to.lang ? to : { ...to, lang, dir: undefined }
        try {
          const html = real.html(template, strict(model), { ...told, base: strict(to.base, 'base') })
          sent.push({ template, lang, html })
          return html
        } catch (fault) {
          sent.push({ template, lang, html: '', fault })
          throw fault
        }
      }
      if (to.lang === 'en') for (const lang of again) show(lang)
      return show(to.lang)
    },
  }
  // The disk is full whenever somebody types this; everything else is the real store.
  const drafts: Stores['drafts'] = {
    ...stores.drafts,
    save: (hash, draft, now) =>
      JSON.stringify(draft).includes(fullDisk)
        ? Promise.reject(Object.assign(new Error('the disk is full'), { status: 503 }))
        : stores.drafts.save(hash, draft, now),
  }
  const app = createApp({
    stores: { ...stores, drafts },
    renderer,
    crosswalk: JSON.parse(await readFile('plans/crosswalk.json', 'utf8')),
    bank: readItemBank('templates/item-bank.json'),
    planParts: readPlanParts('plans/parts'),
    measures: readMeasures('plans/indicators'),
    codebook: readShippedCodebook(),
    config: {
      ...readConfig({
        DATA_DIR: dataDir,
        TRUST_PROXY: '1',
        BASE_URL: 'http://127.0.0.1:1',
        OIDC_ISSUER: 'http://127.0.0.1:1',
        OIDC_CLIENT_ID: 'heard',
        OIDC_CLIENT_SECRET: 'a sample secret',
        OIDC_LABEL: 'Sample District',
      }),
      sessionSecret: 's'.repeat(40),
    },
    mail: { send: async () => ({ outcome: 'sent', reason: '' }), close: () => {} },
    log: { error: () => {}, warn: () => {} },
    now: Date.now,
  })
  const server = app.listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const setup = new URL((await setupLink(stores, url)) ?? url).pathname
  for (const tag of tags) await request(app).get(setup).set({ 'Accept-Language': tag })
  await fill(stores)
  await fillMail(stores)
  await fillTalks(stores)
  const staff = {} as Staff
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
      const reader = readerOf(tag)
      await asStranger(app, stores, reader)
      await asFamily(url, reader)
      await asStaff(url, staff, reader)
      await asBuilder(staff.office, stores, reader.headers)
      await asTalker(staff.admin, stores, reader.headers)
      await asMailer(staff.office, stores, reader.headers)
      await asWatcher(staff.office, reader.headers)
      await asWaver(staff.office, reader.headers)
      await asTranslator(staff.office, reader.headers)
      await asTold(staff, reader.headers)
      await asCoder(staff.office, stores, reader.headers)
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
  await fillBuilder(stores)
  await fillTranslations(stores)
  await fillWaves(stores)
  await fillThemes(stores)
  const definition = inEveryLanguage(everyKind)
  await field(stores, { slug: 'here', definition })
  await fillTold(stores, definition)
  const far = Date.parse('2150-01-05T13:00:00Z')
  await field(stores, { slug: 'ends', definition, closesAt: far })
  await field(stores, { slug: 'soon', definition, opensAt: far })
  await field(stores, { slug: 'past', definition, closesAt: Date.parse('2021-06-01T03:30:00Z') })
  await field(stores, { slug: 'over', definition, state: 'closed' })
  await field(stores, { slug: 'draft', definition, state: 'draft' })
  await field(stores, { slug: 'back', definition, fielding: { ...everydayFielding, withdrawal: true } })
  await field(stores, { slug: 'tablet', definition, fielding: { ...everydayFielding, kiosk: true } })
  await field(stores, {
    slug: 'guarded',
    definition: inEveryLanguage({
      ...everyKind,
      protectedAreas: ['religious'],
      notice: { en: 'We ask about faith.' },
      assent: { en: 'You may say no.' },
    }),
    fielding: { access: 'codes', kiosk: false, doubleEntry: true, optOutListed: true },
  })
  const young = {
    ...everyKind,
    readers: 'grades-3-5',
    audience: ['student'],
    assent: { en: 'You may say no.' },
  }
  await field(stores, { slug: 'young', definition: inEveryLanguage(young) })
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

type Visitor = ReturnType<typeof visitor>
type Staff = Record<Role, Visitor>
type Reader = { tag: string; headers: Record<string, string> }

/** Each language comes from an address of its own, so that no limit on tries stands in the way of the next. */
const readerOf = (tag: string): Reader => ({
  tag,
  headers: {
    'Accept-Language': tag,
    'Accept-Encoding': 'identity',
    'X-Forwarded-For': `198.51.100.${tags.indexOf(tag) + 1}`,
  },
})

async function asStranger(app: Express, stores: Stores, { tag, headers }: Reader) {
  const stranger = visitor(app, headers)
  const id = await add(stores, 'leader', `new.${tag.toLowerCase().replace('-', '.')}@example.org`)
  const welcome = new URL(await welcomeLink(stores, id, 'http://127.0.0.1', Date.now())).pathname
  const plans = (await stores.plans.list()).map((plan) => `/plans/${plan.id}`)
  const paths = [
    '/',
    '/plans',
    ...plans,
    '/sign-in',
    '/sign-in?next=/reports',
    '/forgot',
    '/sign-in/openid',
    '/sign-in/openid/back',
    '/nowhere',
    '/setup/gone',
    '/s/none',
  ]
  for (const path of [...paths, welcome]) await stranger.open(path)
  await stranger.fill('/sign-in', { email: `wrong.${tag}@example.org`, password: 'wrong' })
  await stranger.fill(welcome, { password: 'short', again: 'other' })
  await stranger.send('/sign-in', { email: 'a' })
  await stranger.fill('/forgot', { email: 'none' })
  await stranger.fill('/forgot', { email: `nobody.${tag}@example.org` })
}

const answers = [
  { ride: 'bus', ride_why: 'words <b>&amp;', news: ['text', 'mail'] },
  { 'climate.safe': 'yes', 'climate.heard': 'na', rate: '7', children: '2' },
  { 'first.a': '1', group: 'family', word: 'end' },
]

async function asFamily(url: string, { headers }: Reader) {
  const here = (slug: string) => respondent({ url }, slug, headers)
  for (const slug of ['soon', 'past', 'over', 'ends', 'draft', 'stakeholder-2021', 'climate-2021'])
    await here(slug).open()
  const someone = here('here')
  await someone.open('?lang=tlh')
  await someone.start()
  await someone.answer({ ride_why: 'words <b>&amp;' })
  await someone.answer({ ride: 'bus', ride_why: fullDisk })
  await someone.answerOn('choices', answers[0] ?? {})
  await someone.open()
  await someone.answerOn('ratings', { 'climate.safe': 'never', rate: '99', children: 'x' })
  await someone.answer(answers[1])
  await someone.answer({ 'first.a': '1', 'first.b': '1', word: 'x'.repeat(300) })
  await someone.answer(answers[2])
  for (const page of ['choices?from=review', 'review', 'resume', '']) await someone.open(page)
  const token = hidden((await someone.open('choices')).html).token ?? ''
  await someone.send('/s/here/later', { token })
  await someone.send('/s/here/later', { token, go: 'later' })
  await someone.send('/s/here/resume', { code: 'nothing' })
  await someone.send('/s/here/resume', { code: 'ABCD-EFGH-JKLM' })
  await someone.open('review')
  await someone.submit()
  await someone.open()
  const changed = here('back')
  for (const page of ['withdraw', 'withdraw?done=yes']) await changed.open(page)
  await changed.send('/s/back/withdraw', { code: 'ACE' })
  const nobody = here('here')
  await nobody.open('ratings?cookie=none')
  await nobody.send('/s/here/choices', { ride: 'bus' })
  for (const slug of ['climate-2021', 'young', 'tablet']) await wander(here(slug), slug)
}

/** Goes through a survey with the answers that fit, up to its receipt. */
async function wander(someone: ReturnType<typeof respondent>, slug: string) {
  if (slug === 'tablet') await someone.open('kiosk')
  await someone.open()
  await someone.send(`/s/${slug}/code`, { code: 'no' })
  await someone.open()
  await someone.start()
  const given = { ...answers[0], ...answers[1], ...answers[2], group: 'student' }
  for (let pages = 0; pages < 30 && hidden(someone.seen().html).token; pages++) await someone.answer(given)
  await someone.open('no')
}

const staffPages: Record<Role, string[]> = {
  translator: ['/', '/office', '/account?done=ended'],
  coder: ['/plans', '/reports'],
  'school-leader': ['/reports', '/office'],
  admin: [
    '/account/sure?next=/office/everything',
    '/office/everything',
    '/office/audit',
    '/office/audit?did=invited&about=none',
    '/office/people/id-leader-example-org',
    '/account',
    '/office/people',
    '/office/people/id-leader-example-org/remove',
    '/office/people/nobody/remove',
  ],
  office: [
    '/office',
    '/office?done=opened',
    '/office/people',
    '/office/languages',
    ...watcherPages,
    ...wavePages,
    ...['here', 'guarded', 'soon', 'draft'].flatMap((slug) =>
      [
        ...['', '?done=dates', '/links', '/paper', '/entry'],
        ...[
          '/kit',
          '/kit?school=burns',
          '/kit/flyer?paper=a4',
          '/kit/flyer?together=yes',
          '/mail',
          '/mail/list',
        ],
      ].map((page) => `/office/surveys/${slug}${page}`),
    ),
  ],
  leader: [
    '/reports',
    '/reports/stakeholder-2021',
    '/reports/stakeholder-2021?group=family',
    '/reports/stakeholder-2021?group=board',
    '/reports/climate-2021',
    '/reports/climate-2021?group=student',
    '/reports/stakeholder-2021/cross',
    '/reports/stakeholder-2021/cross?rows=grade&columns=group&question=goal',
    '/reports/stakeholder-2021/cross?rows=group&columns=school',
    '/reports/climate-2021/cross?rows=group',
    '/reports/soon',
    '/reports/plan/hartford-2018-2022',
    '/reports/climate-2021/equity',
    '/reports/climate-2021/equity?group=student',
    '/reports/climate-2021/equity?by=language',
    '/reports/stakeholder-2021/equity?group=board',
    '/reports/climate-2021/board',
    '/reports/soon/board',
    '/reports/climate-2021/q/student_climate/safe',
    '/reports/climate-2021/q/student_climate/safe?school=school_l',
    '/reports/climate-2021/q/central_climate/central_timely?school=school_l',
    '/reports/plan/hartford-2018-2022?school=school_l',
    '/reports/plan/hartford-2021-2024/P1',
    '/reports/plan/hartford-2018-2022/SCC',
    '/reports/plan/hartford-2018-2022/FCP3',
    '/reports/plan/hartford-2018-2022/OE4',
    '/reports/plan/hartford-2018-2022/SCC7.d',
    '/reports/plan/hartford-2018-2022/FCP3.b',
    '/reports/stakeholder-2021/comments?question=goal_why&about=G2',
    '/reports/stakeholder-2021/comments?question=goal_why&about=G3&from=20',
    '/office',
    '/nowhere',
  ],
}

async function asStaff(url: string, staff: Staff, { tag, headers }: Reader) {
  for (const role of roles) for (const path of staffPages[role]) await staff[role].open(path).set(headers)
  const send = async (role: Role, path: string, fields: Record<string, string>) =>
    (await staff[role].send(path, { _csrf: await staff[role].token('/reports'), ...fields }).set(headers))
      .text
  await send('admin', '/office/people', { email: 'none', role: 'king' })
  await send('admin', '/office/people', { email: `invited.${tag}@example.org`, role: 'leader' })

  const home = '/office/surveys/guarded'
  await send('office', `${home}/dates`, { opensAt: 'x', closesAt: 'y', opens: 'x', closes: 'y' })
  await send('office', `${home}/sheets`, { number: 'many', school: 'x', group: 'y' })
  await send('office', `${home}/opt-out`, { codes: '' })
  const page = (await staff.office.open(home).set(headers)).text
  const sheet = hidden(page).sheet ?? ''
  const codes = codesOn(await send('office', `${home}/sheets`, { sheet, number: '2' }))
  await send('office', `${home}/opt-out`, { codes: `${codes[0]}\nnonsense` })
  await asPupil(url, headers, codes)
  await typePaper(staff, send, headers)
}

const codesOn = (html: string) => [...html.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code = '']) => code)

/** Comes with the code of a family that said no, and with one that is good. */
async function asPupil(url: string, headers: Record<string, string>, [out = '', good = '']: string[]) {
  const pupil = respondent({ url }, 'guarded', headers)
  await pupil.open()
  await pupil.open('notice')
  for (const code of ['', 'nonsense', out, good]) await pupil.send('/s/guarded/code', { code })
  await pupil.open('choices')
  await pupil.open('later')
  await pupil.send('/s/guarded/no', {})
  await pupil.open('no')
}

/** Two people type the same sheet from paper, and not the same. */
async function typePaper(
  staff: Staff,
  send: (role: Role, path: string, fields: Record<string, string>) => Promise<string>,
  headers: Record<string, string>,
) {
  const entry = '/office/surveys/guarded/entry'
  const sheet = String(900 + Number(headers['X-Forwarded-For']?.split('.').at(-1)))
  for (const [role, ride] of [
    ['office', '1'],
    ['admin', '2'],
  ] as const) {
    const form = hidden((await staff[role].open(entry).set(headers)).text)
    await send(role, entry, { ...form, _sheet: 'x', ride: 'zzz' })
    await send(role, entry, { ...form, _sheet: sheet, ride })
  }
}
