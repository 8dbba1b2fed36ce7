import { afterAll, beforeAll, expect, test } from 'vitest'
import { bytesIn, columnsIn, tablesIn } from '../engine.ts'
import { field, openSite, respondent, rows, type Site, sampleDistrict } from '../site.ts'
import { everyKind } from './surveys.ts'

const agent = 'A-Very-Old-Phone/0.1'
const address = '203.0.113.77'
const referrer = 'https://mail.example/inbox/parent'

let site: Site
let cookies: string[]
let token: string
beforeAll(async () => {
  site = await openSite(async (stores) => {
    await sampleDistrict(stores)
    await field(stores, { slug: 'private', definition: everyKind })
  })
  const someone = respondent(site, 'private', {
    'User-Agent': agent,
    'X-Forwarded-For': address,
    Referer: referrer,
  })
  await someone.start()
  token = someone.token()
  for (const fields of [{ ride: 'bus', ride_why: 'my words' }, {}, { group: 'family' }])
    await someone.answer(fields)
  cookies = [(await someone.agent.get('/s/private/choices')).headers['set-cookie'] ?? []].flat()
  await someone.open('review')
  await someone.submit()
})
afterAll(() => site.close())

const everything = () =>
  Object.fromEntries(tablesIn(site.dataDir).map((table) => [table, rows(site, `select * from "${table}"`)]))

test('neither the address nor the browser nor where they came from is anywhere on the disk', () => {
  const bytes = bytesIn(site.dataDir)
  for (const trace of [agent, address, 'mail.example', '127.0.0.1', token])
    expect([trace, bytes.includes(trace)]).toEqual([trace, false])
})

test('no time of a response is closer than the hour', () => {
  const { response = [], draft = [] } = everything()
  expect(response).toHaveLength(1)
  expect(draft).toEqual([])
  for (const row of response) expect(Number(row.hour) % 3_600_000).toBe(0)
  const recent = Date.now() - 86_400_000
  for (const [table, found] of Object.entries(everything()))
    for (const row of table === 'version' || table === 'session' ? [] : found)
      for (const [column, value] of Object.entries(row))
        if (typeof value === 'number' && value > recent)
          expect([table, column, value % 3_600_000]).toEqual([table, column, 0])
})

test('who took part and what was said share no key', () => {
  const { spent = [] } = everything()
  expect(spent).toHaveLength(1)
  expect(Object.keys(spent[0] ?? {}).sort()).toEqual(['survey', 'token_hash'])
  const columns = columnsIn(site.dataDir, 'response')
  const ofStaff = ['entered_by', 'checked_by']
  expect(columns.filter((name) => !ofStaff.includes(name))).toEqual([
    'id',
    'survey',
    'version',
    'language',
    'channel',
    'hour',
    'grp',
    'school',
  ])
  // Who typed a response from paper; nobody did here.
  const { response = [] } = everything()
  for (const name of ofStaff) expect(response[0]?.[name]).toBeNull()
})

test('a respondent gets two cookies, for the draft and the language, and no session', async () => {
  expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['draft'])
  expect(cookies[0]).toMatch(/HttpOnly/)
  expect(cookies[0]).toMatch(/SameSite=Lax/)
  expect(cookies[0]).toMatch(/Path=\/s\/private/)
  const first = await fetch(`${site.url}/s/private`)
  expect(first.headers.getSetCookie()).toEqual([])
  const chosen = await fetch(`${site.url}/s/private?lang=es`)
  expect(chosen.headers.getSetCookie().map((cookie) => cookie.split('=')[0])).toEqual(['lang'])
  expect(rows(site, 'select * from session')).toEqual([])
})
