import type { Express } from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Door, mayEnter, roles } from '../../src/district/people.ts'
import { reservedSections } from '../../src/questionnaire/check.ts'
import { doorOf } from '../../src/web/guard.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

/**
 * Who may come to which place: a door of district/people.ts, or 'open' to everybody. A new route needs a row here,
 * written by somebody who thought about it.
 */
const table: Record<string, Door | 'open'> = {
  'GET /': 'open',
  'GET /healthz': 'open',
  'GET /metrics': 'open',
  'GET /readyz': 'open',
  'GET /mail/stop/:token': 'open',
  'POST /mail/stop/:token': 'open',
  'GET /plans': 'open',
  'GET /plans/:id': 'open',
  'GET /heard/:slug': 'open',
  'GET /s/:slug': 'open',
  'GET /s/:slug/:section': 'open',
  'GET /s/:slug/code': 'open',
  'GET /s/:slug/kiosk': 'open',
  'GET /s/:slug/later': 'open',
  'GET /s/:slug/no': 'open',
  'GET /s/:slug/notice': 'open',
  'GET /s/:slug/resume': 'open',
  'GET /s/:slug/review': 'open',
  'GET /s/:slug/send': 'open',
  'GET /s/:slug/thanks': 'open',
  'GET /s/:slug/withdraw': 'open',
  'POST /s/:slug/withdraw': 'open',
  'POST /s/:slug/:section': 'open',
  'POST /s/:slug/code': 'open',
  'POST /s/:slug/later': 'open',
  'POST /s/:slug/no': 'open',
  'POST /s/:slug/resume': 'open',
  'POST /s/:slug/send': 'open',
  'GET /setup/:token': 'open',
  'GET /forgot': 'open',
  'GET /reset/:link': 'open',
  'GET /sign-in': 'open',
  'GET /sign-in/openid': 'open',
  'GET /sign-in/openid/back': 'open',
  'GET /welcome/:link': 'open',
  'POST /setup/:token': 'open',
  'POST /forgot': 'open',
  'POST /reset/:link': 'open',
  'POST /sign-in': 'open',
  'POST /sign-out': 'open',
  'POST /welcome/:link': 'open',
  'GET /ask/:id': 'open',
  'POST /ask/:id': 'open',
  'GET /office/conversations': 'office',
  'GET /office/conversations/log.csv': 'office',
  'GET /office/conversations/new': 'office',
  'POST /office/conversations/new': 'office',
  'POST /office/conversations/file/check': 'office',
  'POST /office/conversations/file/keep': 'office',
  'GET /office/conversations/:id': 'office',
  'POST /office/conversations/:id': 'office',
  'POST /office/conversations/:id/remove': 'office',
  'GET /office/conversations/:id/notes': 'comments',
  'POST /office/conversations/:id/notes': 'office',
  'GET /office/conversations/:id/questions': 'office',
  'POST /office/conversations/:id/notes/:note/themes': 'comments',
  'POST /office/conversations/:id/notes/:note/decide': 'office',
  'GET /office/help': 'safety',
  'GET /office/help/words': 'safety',
  'GET /office/help/:id': 'safety',
  'POST /office/help/:id': 'safety',
  'GET /office/help-lines': 'office',
  'POST /office/help-lines': 'office',
  'POST /office/people/:id/safety': 'people',
  'GET /account': 'account',
  'POST /account/password': 'account',
  'POST /account/sessions': 'account',
  'GET /account/sure': 'account',
  'POST /account/sure': 'account',
  'GET /office/everything': 'people',
  'POST /office/everything': 'people',
  'GET /office': 'office',
  'GET /office/build': 'office',
  'GET /office/build/bank': 'office',
  'GET /office/build/:slug/bank': 'office',
  'GET /office/build/:slug/discard': 'office',
  'POST /office/build/:slug/discard': 'office',
  'POST /office/build/:slug/bring-back': 'office',
  'POST /office/build/bank': 'office',
  'POST /office/build/:slug/bank': 'office',
  'GET /office/coverage': 'office',
  'GET /office/coverage.csv': 'office',
  'GET /office/build/new': 'office',
  'POST /office/build/new': 'office',
  'POST /office/build/file': 'office',
  'POST /office/build/read': 'office',
  'GET /office/build/:slug': 'office',
  'GET /office/build/:slug/check': 'office',
  'GET /office/build/:slug/frame': 'office',
  'GET /office/build/:slug/frame/:page': 'office',
  'GET /office/build/:slug/history': 'office',
  'GET /office/build/:slug/preview': 'office',
  'GET /office/build/:slug/q/:code': 'office',
  'GET /office/build/:slug/questionnaire.json': 'office',
  'GET /office/build/:slug/questionnaire.xlsx': 'office',
  'GET /office/build/:slug/section/:code': 'office',
  'GET /office/build/:slug/settings': 'office',
  'POST /office/build/:slug/add': 'office',
  'POST /office/build/:slug/add-section': 'office',
  'POST /office/build/:slug/do': 'office',
  'POST /office/build/:slug/frame/:page': 'office',
  'POST /office/build/:slug/publish': 'office',
  'POST /office/build/:slug/q/:code': 'office',
  'POST /office/build/:slug/q/:code/show': 'office',
  'POST /office/build/:slug/restore': 'office',
  'POST /office/build/:slug/section/:code': 'office',
  'POST /office/build/:slug/settings': 'office',
  'POST /office/build/:slug/take-up': 'office',
  'POST /office/build/:slug/undo': 'office',
  'GET /office/enrolment': 'office',
  'GET /office/enrolment/table.csv': 'office',
  'POST /office/enrolment/check': 'office',
  'POST /office/enrolment/keep': 'office',
  'POST /office/enrolment/remove': 'office',
  'GET /office/languages': 'office',
  'GET /office/series': 'office',
  'GET /office/series/:id': 'office',
  'GET /office/series/import': 'office',
  'POST /office/series/import': 'office',
  'POST /office/series/import/drop': 'office',
  'POST /office/series/import/columns': 'office',
  'POST /office/series/import/take': 'office',
  'POST /office/series': 'office',
  'POST /office/series/:id/name': 'office',
  'POST /office/series/:id/remove': 'office',
  'POST /office/series/:id/same': 'office',
  'POST /office/series/:id/take': 'office',
  'POST /office/series/:id/unsay': 'office',
  'POST /office/series/:id/wave': 'office',
  'GET /office/surveys/:slug': 'office',
  'GET /office/surveys/:slug/codebook.csv': 'office',
  'GET /office/surveys/:slug/commitments': 'office',
  'GET /office/surveys/:slug/commitments/:id': 'office',
  'GET /office/surveys/:slug/commitments/new': 'office',
  'POST /office/surveys/:slug/commitments': 'office',
  'POST /office/surveys/:slug/commitments/:id': 'office',
  'POST /office/surveys/:slug/commitments/:id/remove': 'office',
  'GET /office/surveys/:slug/heard': 'office',
  'GET /office/surveys/:slug/heard/preview': 'office',
  'POST /office/surveys/:slug/heard/hide': 'office',
  'POST /office/surveys/:slug/heard/publish': 'office',
  'GET /office/surveys/:slug/quotes': 'comments',
  'POST /office/surveys/:slug/quotes': 'comments',
  'POST /office/surveys/:slug/quotes/:id/approve': 'office',
  'POST /office/surveys/:slug/quotes/:id/translate': 'comments',
  'POST /office/surveys/:slug/quotes/:id/withdraw': 'comments',
  'POST /office/surveys/:slug/quotes/:id/words': 'comments',
  'POST /office/help/words': 'safety',
  'GET /office/mask-words': 'office',
  'POST /office/mask-words': 'office',
  'GET /reports/:slug/commitments': 'reports',
  'GET /reports/:slug/themes': 'reports',
  'GET /reports/:slug/themes/:code': 'reports',
  'GET /office/surveys/:slug/entry': 'office',
  'GET /office/surveys/:slug/entry/compare': 'office',
  'GET /office/surveys/:slug/export.csv': 'office',
  'GET /office/surveys/:slug/kit': 'office',
  'GET /office/surveys/:slug/kit/flyer': 'office',
  'GET /office/surveys/:slug/kit/links.csv': 'office',
  'GET /office/surveys/:slug/kit/links.xlsx': 'office',
  'GET /office/surveys/:slug/kit/qr.png': 'office',
  'GET /office/surveys/:slug/kit/qr.svg': 'office',
  'GET /office/surveys/:slug/links': 'office',
  'GET /office/surveys/:slug/mail': 'office',
  'GET /office/surveys/:slug/mail/list': 'office',
  'GET /office/surveys/:slug/paper': 'office',
  'GET /office/surveys/:slug/watch': 'office',
  'GET /office/surveys/:slug/watch.csv': 'office',
  'POST /office/surveys/:slug/close': 'office',
  'POST /office/surveys/:slug/dates': 'office',
  'POST /office/surveys/:slug/entry': 'office',
  'POST /office/surveys/:slug/entry/compare': 'office',
  'POST /office/surveys/:slug/entry/take-back': 'office',
  'POST /office/surveys/:slug/fielding': 'office',
  'POST /office/surveys/:slug/life': 'office',
  'POST /office/surveys/:slug/mail/:mailing/again': 'office',
  'POST /office/surveys/:slug/mail/:mailing/stop': 'office',
  'POST /office/surveys/:slug/mail/delete': 'office',
  'POST /office/surveys/:slug/mail/follow': 'office',
  'POST /office/surveys/:slug/mail/list': 'office',
  'POST /office/surveys/:slug/mail/list/drop': 'office',
  'POST /office/surveys/:slug/mail/list/take': 'office',
  'POST /office/surveys/:slug/mail/merge': 'office',
  'POST /office/surveys/:slug/mail/send': 'office',
  'POST /office/surveys/:slug/mail/try': 'office',
  'POST /office/surveys/:slug/open': 'office',
  'POST /office/surveys/:slug/opt-out': 'office',
  'POST /office/surveys/:slug/sheets': 'office',
  'POST /office/surveys/:slug/sheets/:sheet/void': 'office',
  'GET /office/audit': 'audit',
  'GET /office/audit.csv': 'audit',
  'GET /office/comments': 'comments',
  'GET /office/codebook': 'comments',
  'GET /office/codebook.csv': 'comments',
  'GET /office/codebook/new': 'office',
  'GET /office/codebook/:code': 'comments',
  'POST /office/codebook/file': 'office',
  'POST /office/codebook/take': 'office',
  'POST /office/codebook/restore': 'office',
  'POST /office/codebook/new': 'office',
  'POST /office/codebook/:code': 'office',
  'POST /office/codebook/:code/merge': 'office',
  'POST /office/codebook/:code/split': 'office',
  'POST /office/codebook/:code/remove': 'office',
  'GET /office/surveys/:slug/comments': 'comments',
  'GET /office/surveys/:slug/comments/alike': 'comments',
  'GET /office/surveys/:slug/comments/agreement': 'comments',
  'GET /office/surveys/:slug/comments/learning': 'comments',
  'POST /office/surveys/:slug/comments': 'comments',
  'POST /office/surveys/:slug/comments/undo': 'comments',
  'POST /office/surveys/:slug/comments/alike': 'comments',
  'POST /office/surveys/:slug/comments/agreement': 'comments',
  'POST /office/surveys/:slug/comments/settle': 'comments',
  'POST /office/surveys/:slug/comments/learning': 'comments',
  'GET /office/surveys/:slug/comments/import': 'office',
  'POST /office/surveys/:slug/comments/accept': 'office',
  'POST /office/surveys/:slug/comments/withdraw': 'office',
  'POST /office/surveys/:slug/comments/import': 'office',
  'GET /office/translate': 'translate',
  'GET /office/translate/surveys/:slug/:tag': 'translate',
  'GET /office/translate/surveys/:slug/:tag/file/:format': 'translate',
  'GET /office/translate/interface/:tag': 'translate',
  'GET /office/translate/interface/:tag/file/:format': 'translate',
  'POST /office/translate/languages': 'office',
  'POST /office/translate/languages/:tag': 'office',
  'POST /office/translate/surveys/:slug/:tag': 'translate',
  'POST /office/translate/surveys/:slug/:tag/file': 'translate',
  'POST /office/translate/surveys/:slug/:tag/take': 'translate',
  'POST /office/translate/interface/:tag': 'translate',
  'POST /office/translate/interface/:tag/file': 'translate',
  'POST /office/translate/interface/:tag/take': 'translate',
  'GET /office/people': 'people',
  'GET /office/people/:id': 'people',
  'GET /office/people/:id/remove': 'people',
  'POST /office/people': 'people',
  'POST /office/people/:id/link': 'people',
  'POST /office/people/:id/remove': 'people',
  'POST /office/people/:id/sessions': 'people',
  'POST /office/people/:id/role': 'people',
  'GET /reports/plan/:plan': 'reports',
  'GET /reports/plan/:plan/:code': 'reports',
  'GET /reports/plan/:plan/:code/chart.svg': 'reports',
  'GET /reports/plan/:plan/:code/waves.csv': 'reports',
  'GET /reports/plan/:plan/data.json': 'reports',
  'GET /reports/plan/:plan/indicators.csv': 'reports',
  'GET /reports/:slug/board': 'reports',
  'GET /reports/:slug/charts/:question.csv': 'reports',
  'GET /reports/:slug/charts/:question.svg': 'reports',
  'GET /reports/:slug/equity': 'reports',
  'GET /reports/:slug/q/:question/:item': 'reports',
  'GET /reports': 'reports',
  'GET /reports/:slug': 'reports',
  'GET /reports/:slug/comments': 'reports',
  'GET /reports/:slug/cross': 'reports',
  'GET /reports/:slug/cross.json': 'reports',
  'GET /reports/:slug/data.json': 'reports',
  'GET /reports/:slug/weights': 'reports',
  'GET /reports/:slug/weights.json': 'reports',
  'GET /reports/series/:id': 'reports',
  'GET /reports/series/:id/data.json': 'reports',
}

/**
 * Forms of the respondents' pages inside the builder's preview: they have no token, and sending one writes nothing.
 */
const formless = new Set(['POST /office/build/:slug/frame/:page'])

/** A sign-in of the district that is away, so that its routes are there. */
const openid = {
  OIDC_ISSUER: 'http://127.0.0.1:1',
  OIDC_CLIENT_ID: 'heard',
  OIDC_CLIENT_SECRET: 'a sample secret',
}

type Layer = {
  rawPath?: unknown
  handle: unknown
  route?: { path: unknown; stack: { method?: string; handle: unknown }[] }
}
type Route = { method: string; path: string; doors: Door[] }

const pathsOf = (path: unknown): string[] =>
  [path].flat().map((one) => (one === '/' ? '' : String(one ?? '')))

/** Every route of the site, with the doors that a request meets on its way there. */
function routesOf(stack: Layer[], prefix = '', guards: { path: string; door: Door }[] = []): Route[] {
  const passed = [...guards]
  return stack.flatMap((layer): Route[] => {
    const { route, handle } = layer
    if (route) {
      const methods = [...new Set(route.stack.map(({ method }) => method ?? 'all'))]
      return pathsOf(route.path).flatMap((path) =>
        methods.map((method) => {
          const whole = `${prefix}${path}` || '/'
          const own = route.stack
            .filter((one) => one.method === method)
            .flatMap((one) => doorOf(one.handle) ?? [])
          const before = passed.filter((guard) => whole.startsWith(guard.path)).map(({ door }) => door)
          return { method: method.toUpperCase(), path: whole, doors: [...before, ...own] }
        }),
      )
    }
    const door = doorOf(handle)
    if (door) for (const path of pathsOf(layer.rawPath)) passed.push({ path: prefix + path, door })
    const inner = typeof handle === 'function' && 'stack' in handle ? (handle.stack as Layer[]) : []
    return pathsOf(layer.rawPath).flatMap((path) => routesOf(inner, prefix + path, passed))
  })
}

const stackOf = (app: Express) => (app.router as unknown as { stack: Layer[] }).stack

let house: House
let routes: Route[]
beforeAll(async () => {
  house = await openHouse({ ...openid, TRUST_PROXY: '1' })
  routes = routesOf(stackOf(house.app))
  for (const role of roles) await add(house.stores, role)
})
afterAll(() => house.close())

const rowOf = ({ method, path }: Route) => `${method} ${path}`

test('every route stands in the table, and every row is a route', () => {
  expect(routes.map(rowOf).filter((row) => !(row in table))).toEqual([])
  const there = new Set(routes.map(rowOf))
  expect(Object.keys(table).filter((row) => !there.has(row))).toEqual([])
})

test('every route has the door that the table says, and no other', () => {
  const wrong = routes.filter(
    (route) => route.doors.join() !== (table[rowOf(route)] ?? 'open').replace('open', ''),
  )
  expect(wrong).toEqual([])
})

test('no section of a survey can be called as one of its other pages is', () => {
  const own = routes.flatMap(({ path }) => /^\/s\/:slug\/([a-z]+)$/.exec(path)?.[1] ?? [])
  expect([...new Set(own)].filter((name) => !reservedSections.includes(name))).toEqual([])
})

/** An address of a route; its names name nothing that there is, so that nothing is changed. */
const addressOf = (path: string) => path.replace(/\{[^}]*\}/g, '').replace(/:\w+/g, 'nobody')

type Answer = { status: number; text: string; headers: Record<string, string> }

/** What came of it: let in (whatever there is or is not), sent to sign in, or refused. */
function outcome({ status, text, headers }: Answer): string {
  const goes = headers.location ?? ''
  if (status === 303 && goes.startsWith('/sign-in?next=')) return 'sign in'
  if (status === 403) return text.includes('not for your role') ? 'wrong role' : 'no form token'
  if (status === 401) return 'sign in'
  if (status === 502 && text.includes('The sign-in of your district did not work')) return 'in'
  return status < 500 ? 'in' : `fault ${status}`
}

const places = Object.entries(table).map(([row, door]) => {
  const [method = '', path = ''] = row.split(' ')
  return { row, door, method, address: addressOf(path) }
})
const guarded = places.filter(({ door }) => door !== 'open')

describe('somebody who is not signed in', () => {
  test.each(guarded.filter(({ method }) => method === 'GET'))(
    'is sent to sign in from $row',
    async ({ address }) => {
      const stranger = visitor(house.app, { 'Accept-Language': 'en' })
      expect(outcome(await stranger.open(address))).toBe('sign in')
      const program = visitor(house.app, { Accept: 'application/json' })
      expect((await program.open(address)).status).toBe(401)
    },
  )

  test.each(guarded.filter(({ method }) => method === 'POST'))(
    'cannot send anything to $row',
    async ({ row, address }) => {
      // Each from elsewhere: so many first visits from one address are too many.
      const from = `10.0.${address.length}.${places.findIndex((place) => place.row === row) % 256}`
      const stranger = visitor(house.app, { 'Accept-Language': 'en', 'X-Forwarded-For': from })
      const bare = await stranger.send(address, {})
      if (formless.has(row)) expect(bare.headers.location).toBe('/sign-in')
      else expect(outcome(bare)).toBe('no form token')
      // Even with a form of the sign-in page, whose token is genuine.
      const token = await stranger.token('/sign-in')
      const answer = await stranger.send(address, { _csrf: token })
      expect(answer.headers.location).toBe('/sign-in')
    },
  )

  test.each(places.filter(({ door, method }) => door === 'open' && method === 'GET'))(
    'may open $row',
    async ({ address }) => {
      expect(outcome(await visitor(house.app, { 'Accept-Language': 'en' }).open(address))).toBe('in')
    },
  )
})

describe.each(roles)('a person whose role is %s', (role) => {
  let person: ReturnType<typeof visitor>
  let token: string
  beforeAll(async () => {
    person = visitor(house.app, { 'Accept-Language': 'en' })
    await person.signIn(`${role}@example.org`)
    token = await person.token('/account')
    expect(token).not.toBe('')
  })

  test.each(guarded)('at $row', async ({ row, door, method, address }) => {
    const may = door !== 'open' && mayEnter(role, door) ? 'in' : 'wrong role'
    if (method === 'GET') {
      expect(outcome(await person.open(address))).toBe(may)
      return
    }
    for (const forged of formless.has(row) ? [] : [{}, { _csrf: 'x'.repeat(64) }])
      expect(outcome(await person.send(address, forged))).toBe('no form token')
    expect(outcome(await person.send(address, { _csrf: token }))).toBe(may)
  })
})
