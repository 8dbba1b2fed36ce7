import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Role } from '../../../src/district/people.ts'
import { everydayFielding } from '../../../src/questionnaire/fielding.ts'
import { everyKind } from '../../respond/surveys.ts'
import { fillBuilder } from '../../rules/builderPages.ts'
import { fillMail } from '../../rules/mailPages.ts'
import { fillTranslations } from '../../rules/translatePages.ts'
import { field, sampleDistrict } from '../../site.ts'
import { add, goodPassword, openHouse } from '../../web/house.ts'
import { type Answer, type Line, openLine } from './line.ts'

/** Who asks: a stranger, a family with a draft, and three of the staff. */
export const actors = ['stranger', 'family', 'office', 'admin', 'translator'] as const
export type Actor = (typeof actors)[number]

/** A form as it stands on a page: where it goes and what it holds; of choices and buttons every value. */
export type Form = { actor: Actor; action: string; file: boolean; fields: [name: string, value: string][] }

/** The real site behind a real port, with content, with people who are signed in, and with every form they can see. */
export type Place = Awaited<ReturnType<typeof openPlace>>

const staff: Partial<Record<Actor, Role>> = { office: 'office', admin: 'admin', translator: 'translator' }
const email = (role: Role) => `${role}@example.org`
/** Pages that are looked at for forms by one actor. */
const mostPages = 90

export async function openPlace(patience: number) {
  const house = await openHouse({ TRUST_PROXY: '1', METRICS_TOKEN: 'a-token-of-this-test' })
  const { stores } = house
  await sampleDistrict(stores)
  await field(stores, { slug: 'here', definition: everyKind })
  await field(stores, { slug: 'over', definition: everyKind, state: 'closed' })
  await field(stores, {
    slug: 'tablet',
    definition: everyKind,
    fielding: { ...everydayFielding, kiosk: true },
  })
  await field(stores, {
    slug: 'guarded',
    definition: everyKind,
    fielding: { ...everydayFielding, access: 'codes', doubleEntry: true },
  })
  await fillBuilder(stores)
  await fillTranslations(stores)
  await fillMail(stores)
  const server = createServer(house.app)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const jars = new Map<Actor, Map<string, string>>(actors.map((actor) => [actor, new Map()]))
  const tokens = new Map<Actor, string>()
  const jarOf = (actor: Actor) => jars.get(actor) ?? new Map<string, string>()
  const cookie = (actor: Actor) => [...jarOf(actor)].map(([name, value]) => `${name}=${value}`).join('; ')
  let asked = 0
  const own = openLine(port, Math.max(patience, 20_000))

  function take(actor: Actor, answer: Answer): void {
    for (const [name, value] of answer.headers) {
      const [, key, held] = (name === 'set-cookie' && /^([^=;]+)=([^;]*)/.exec(value)) || []
      if (key !== undefined && held !== undefined) jarOf(actor).set(key, held)
    }
  }

  async function ask(actor: Actor, method: string, path: string, form?: Record<string, string>) {
    const body = form ? new URLSearchParams(form).toString() : ''
    const head = [
      `${method} ${path} HTTP/1.1`,
      'Host: heard.example',
      // Each time from elsewhere, so that the limits are for what is tried.
      `X-Forwarded-For: 172.16.${(asked >> 8) & 255}.${asked++ & 255}`,
      'Accept: text/html',
      'Accept-Language: en',
      `Cookie: ${cookie(actor)}`,
      ...(form
        ? ['Content-Type: application/x-www-form-urlencoded', `Content-Length: ${Buffer.byteLength(body)}`]
        : []),
    ]
    const answer = await own.ask(Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`))
    if (answer === 'hang') throw new Error(`${method} ${path} was not answered`)
    take(actor, answer)
    return answer
  }

  /** Brings an actor back who was signed out: the account is there, has its role, and is signed in. One at a time. */
  async function arrive(actor: Actor): Promise<void> {
    const came = arriving.then(() => comeBack(actor))
    arriving = came.catch(() => {})
    await came
  }
  let arriving: Promise<void> = Promise.resolve()

  async function comeBack(actor: Actor, again = false): Promise<void> {
    const role = staff[actor]
    if (!role || (await ask(actor, 'GET', '/account')).status === 200) return
    const found = await stores.people.find(email(role))
    if (found)
      await stores.people.setRole(found.id, role, {
        schools: [],
        languages: role === 'translator' ? ['es'] : [],
      })
    else await add(stores, role)
    jarOf(actor).clear()
    const token = tokenOn((await ask(actor, 'GET', '/sign-in')).body)
    const signed = await ask(actor, 'POST', '/sign-in', {
      _csrf: token,
      email: email(role),
      password: goodPassword,
    })
    // Another line may have taken the account away just now.
    if (signed.status !== 303 && !again) return comeBack(actor, true)
    if (signed.status !== 303) throw new Error(`${actor} cannot sign in: ${signed.status}`)
    tokens.set(actor, tokenOn((await ask(actor, 'GET', '/account')).body))
  }

  // What stands on every page, such as signing out, is one form like any other.
  const forms = new Map<string, Form>()
  const paths = new Set<string>()
  async function explore(actor: Actor, starts: string[]): Promise<void> {
    const ahead = [...starts]
    const seen = new Set<string>()
    for (let path = ahead.shift(); path !== undefined && seen.size < mostPages; path = ahead.shift()) {
      const plain = path.replace(/[?#].*$/, '')
      if (seen.has(plain) || /\.(csv|xlsx|png|svg|css|js)$/.test(plain)) continue
      seen.add(plain)
      paths.add(path)
      const { body, headers } = await ask(actor, 'GET', path)
      const to = headers.find(([name]) => name === 'location')?.[1]
      if (to?.startsWith('/')) ahead.push(to)
      for (const form of formsOn(body, actor, path)) {
        const known = JSON.stringify([actor, form.action, form.fields.map(([name]) => name)])
        if (!forms.has(known)) forms.set(known, form)
      }
      for (const [, href = ''] of body.matchAll(/<a [^>]*href="(\/[^"]*)"/g))
        ahead.push(href.replaceAll('&amp;', '&'))
    }
  }

  for (const actor of actors) await arrive(actor)
  await explore('family', [
    '/s/here',
    '/s/here/choices',
    '/s/tablet',
    '/s/guarded',
    '/s/over',
    '/plans',
    '/s/here/resume',
  ])
  await explore('stranger', ['/', '/sign-in', '/forgot'])
  await explore('office', [
    '/office',
    '/office/surveys/here',
    '/office/surveys/guarded',
    '/office/build/gallery',
    '/office/build',
    '/reports/here',
    '/office/enrolment',
  ])
  await explore('admin', ['/office/people', '/office/audit', '/account'])
  await explore('translator', ['/office/translate'])

  return {
    ...house,
    port,
    forms: [...forms.values()],
    paths: [...paths],
    cookie,
    take,
    arrive,
    token: (actor: Actor) => tokens.get(actor) ?? '',
    line: (): Line => openLine(port, patience),
    async close() {
      own.hangUp()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
      await house.close()
    },
  }
}

const tokenOn = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''

const read = (value: string): string =>
  value
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(
      /&(amp|lt|gt|quot);/g,
      (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[String(name)] ?? '',
    )

function formsOn(html: string, actor: Actor, at: string): Form[] {
  return html
    .split('<form ')
    .slice(1)
    .flatMap((part): Form[] => {
      const [head = '', inner = ''] = [part.slice(0, part.indexOf('>')), part.split('</form>')[0]]
      if (!/method="post"/i.test(head)) return []
      const action = read(/action="([^"]*)"/.exec(head)?.[1] ?? at.replace(/[?#].*$/, ''))
      const fields: Form['fields'] = []
      for (const [tag] of inner.matchAll(/<(input|button|textarea|select) [^>]*>/g)) {
        const name = / name="([^"]*)"/.exec(tag)?.[1]
        if (name) fields.push([read(name), read(/ value="([^"]*)"/.exec(tag)?.[1] ?? '')])
      }
      return [{ actor, action, file: head.includes('multipart'), fields }]
    })
}
