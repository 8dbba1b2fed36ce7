import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wordings } from '../../src/language/wording.ts'
import { readLocales } from '../../src/locales.ts'
import type { Letter, Mail } from '../../src/mail.ts'
import { noticeDue, openLookout } from '../../src/safety/lookout.ts'
import type { Stores } from '../../src/store/stores.ts'
import { field, wordsOf } from '../site.ts'
import { HOUR, settled } from '../store/fixture.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

const definition = {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'Sample survey', es: 'Encuesta de muestra' },
  sections: [
    {
      code: 'all',
      title: { en: 'All', es: 'Todo' },
      questions: [{ code: 'why', kind: 'text', title: { en: 'Why?', es: '¿Por qué?' } }],
    },
  ],
}
const start = 500_000 * HOUR

let house: House
let survey: number
let sent: Letter[] = []
let mailDown = false
const mail: Mail = {
  send: async (letter) => {
    if (mailDown) return { outcome: 'down', reason: 'ECONNREFUSED' }
    sent.push(letter)
    return { outcome: 'sent', reason: '' }
  },
  close: () => {},
}
const messages = wordings(readLocales('locales'))
const lookout = (stores: Stores) =>
  openLookout({ stores, messages, mail, log: { warn: (facts) => house.log.push(facts) } }, 'http://127.0.0.1')
let tokens = 0
const say = (words: string, language = 'en') =>
  house.stores.responses.submit(
    survey,
    `token-${tokens++}`,
    settled({ answers: {}, comments: [{ question: 'why', about: null, words, language }] }),
  )

beforeAll(async () => {
  house = await openHouse({}, 'locales', { mail })
  survey = (await field(house.stores, { slug: 'sample', definition })).id
  for (const role of ['admin', 'office', 'leader'] as const) await add(house.stores, role)
})
afterAll(() => house.close())

describe('a comment that may speak of danger', () => {
  test('is found after it was sent, told by e-mail without a word of it, and read by who is named alone', async () => {
    const { stores, app } = house
    await say('The bus is late.')
    await say('Ya no quiero vivir', 'es')
    await say('The homework is killing me')
    const watch = lookout(stores)
    await watch.tick(start + 1234)
    // Nobody is named yet: nothing is lost, and nobody is told.
    expect(sent).toEqual([])
    const flags = await stores.flags.list()
    expect(flags.map(({ level, kind, state }) => ({ level, kind, state }))).toEqual([
      { level: 'urgent', kind: 'self-harm', state: 'new' },
      { level: 'second', kind: 'self-harm', state: 'new' },
    ])
    expect(flags.every(({ at }) => at % HOUR === 0)).toBe(true)

    const admin = visitor(app, { 'Accept-Language': 'en' })
    await admin.signIn('admin@example.org')
    expect((await admin.open('/office/help')).status).toBe(403)
    expect((await admin.open('/office/people')).text).toContain('Nobody may read the help queue yet')
    const leader = '/office/people/id-leader-example-org'
    await admin.fill(leader, { named: 'yes' }, `${leader}/safety`)

    await watch.tick(start + 2 * 60_000)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.to).toBe('leader@example.org')
    expect(JSON.stringify(sent[0])).not.toMatch(/vivir|sample survey|self-harm|north|homework/i)
    expect(sent[0]?.text).toContain('http://127.0.0.1/office/help')
    await watch.tick(start + 4 * 60_000)
    expect(sent).toHaveLength(1)

    const named = visitor(app, { 'Accept-Language': 'en' })
    await named.signIn('leader@example.org')
    const list = await named.open('/office/help')
    expect(list.status).toBe(200)
    expect(list.text).not.toContain('vivir')
    expect(list.text.indexOf('Look at once')).toBeLessThan(list.text.indexOf('Look second'))
    const [urgent] = flags
    const page = `/office/help/${urgent?.id}`
    const shown = wordsOf((await named.open(page)).text)
    expect(shown).toContain('Ya no quiero vivir')
    expect(shown).toContain('The software does not know who wrote this.')

    expect((await named.fill(page, { from: 'new', to: 'closed', note: '' })).status).toBe(422)
    await named.fill(page, { from: 'new', to: 'seen', note: '' })
    await named.fill(page, { from: 'seen', to: 'acted', note: 'Told the counselor' })
    // Somebody who still has the page from before.
    expect((await named.fill(page, { from: 'seen', to: 'closed', note: 'late' })).status).toBe(409)
    await named.fill(page, { from: 'acted', to: 'closed', note: 'Done' })
    expect(wordsOf((await named.open(page)).text)).toContain('Told the counselor')
    const did = await stores.audit.list({ limit: 50, about: 'sample' })
    expect(did.filter((line) => line.did === 'helped').map(({ detail }) => detail)).toEqual([
      `${urgent?.id} acted>closed`,
      `${urgent?.id} seen>acted`,
      `${urgent?.id} new>seen`,
    ])
    expect(did.some((line) => line.did === 'looked-at-help')).toBe(true)

    await admin.fill(leader, { named: 'no' }, `${leader}/safety`)
    expect((await named.open(page)).status).toBe(403)
    await admin.fill(leader, { named: 'yes' }, `${leader}/safety`)
    await watch.stop()
  })

  test('is found at the next start when the first look broke off, and when the mail server was down', async () => {
    const { stores } = house
    const before = (await stores.flags.list()).length
    sent = []
    await say('A boy said he will bring a gun to school')
    const broken = lookout({
      ...stores,
      comments: { ...stores.comments, screened: () => Promise.reject(new Error('the power is gone')) },
    })
    await broken.tick(start + HOUR)
    await broken.stop()
    mailDown = true
    const next = lookout(stores)
    await next.tick(start + HOUR + 1000)
    expect(await stores.flags.list()).toHaveLength(before + 1)
    expect(await stores.comments.unscreened(10)).toEqual([])
    mailDown = false
    sent = []
    await next.tick(start + HOUR + 62_000)
    await next.tick(start + HOUR + 124_000)
    expect(sent).toHaveLength(1)
    await next.stop()
  })
})

test('a notice comes at once for what is urgent, in one letter for what comes together, and daily while something waits', () => {
  const urgent = { id: 5, level: 'urgent' } as const
  const second = { id: 6, level: 'second' } as const
  const day = 24 * HOUR
  expect(noticeDue([], { upTo: 0, at: 0 }, start)).toBe(false)
  expect(noticeDue([urgent], { upTo: 4, at: start }, start + 60_000)).toBe(false)
  expect(noticeDue([urgent], { upTo: 4, at: start }, start + 11 * 60_000)).toBe(true)
  expect(noticeDue([urgent, second], { upTo: 5, at: start }, start + HOUR)).toBe(false)
  expect(noticeDue([second], { upTo: 5, at: start }, start + day)).toBe(true)
})

describe('who answers', () => {
  test('reads on each page with room for words, and at the end, whom to call; the district may say it in its own words', async () => {
    const { app, stores } = house
    const family = visitor(app, { 'Accept-Language': 'en' })
    const page = await family.open('/s/sample/all')
    expect(wordsOf(page.text)).toContain(
      'Nobody reads these answers around the clock. If someone is in danger now, call 911.',
    )
    const office = visitor(app, { 'Accept-Language': 'en' })
    await office.signIn('office@example.org')
    const lines = '/office/help-lines'
    expect((await office.fill(lines, { 'line-en': 'x'.repeat(401) })).status).toBe(422)
    await office.fill(lines, { 'line-en': 'Call 555-0100.', 'line-es': 'Llame al 555-0100.' })
    expect((await stores.settings.district()).helpLines).toEqual({
      en: 'Call 555-0100.',
      es: 'Llame al 555-0100.',
    })
    expect(wordsOf((await family.open('/s/sample/all')).text)).toContain('Call 555-0100.')
    const spanish = await visitor(app).open('/s/sample/all?lang=es')
    expect(wordsOf(spanish.text)).toContain('Llame al 555-0100.')
    await office.fill(lines, {})
    expect((await stores.settings.district()).helpLines).toBeUndefined()
  })
})
