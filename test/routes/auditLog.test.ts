import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { add, type House, openHouse, visitor } from '../web/house.ts'

let house: House
let admin: ReturnType<typeof visitor>
beforeAll(async () => {
  house = await openHouse()
  await add(house.stores, 'admin')
  for (let at = 1; at <= 60; at++)
    await house.stores.audit.add({
      at: at * 60_000,
      person: 'gone',
      who: 'ben@example.org',
      did: 'exported',
      about: 'spring',
      detail: `=n${at}`,
    })
  await house.stores.audit.add({ at: 1, person: null, who: 'command-line', did: 'opened', about: 'autumn' })
  admin = visitor(house.app, { 'Accept-Language': 'en' })
  await admin.signIn('admin@example.org')
})
afterAll(() => house.close())

const rows = (html: string) => (html.match(/<th scope="row">/g) ?? []).length

describe('what staff did', () => {
  it('is read fifty a page, newest first, also of who is gone', async () => {
    const first = (await admin.open('/office/audit')).text
    expect(rows(first)).toBe(50)
    expect(first.indexOf('Signed in')).toBeGreaterThan(0)
    expect(first).toContain('Command line')
    const older = /href="([^"]+)">Older/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const rest = (await admin.open(older)).text
    expect(rows(rest)).toBe(12)
    expect(rest).toContain('=n1<')
    expect(rest).not.toContain('Older')
  })

  it('is found by what, by survey and by person', async () => {
    expect(rows((await admin.open('/office/audit?did=opened')).text)).toBe(1)
    expect(rows((await admin.open('/office/audit?about=autumn')).text)).toBe(1)
    expect(rows((await admin.open('/office/audit?who=admin%40example.org&did=signed-in')).text)).toBe(1)
    expect((await admin.open('/office/audit?about=none')).text).toContain('Nothing fits')
    expect((await admin.open('/office/audit?did[]=x&before=x&who=a&who=b')).status).toBe(200)
  })

  it('is a file, safe for a spreadsheet, and taking it is written down', async () => {
    const { text } = await admin.open('/office/audit.csv?about=spring')
    const lines = text.trim().split('\n')
    expect(lines).toHaveLength(61)
    expect(lines[1]).toContain("ben@example.org,exported,spring,'=n60")
    expect((await house.stores.audit.list({ limit: 1 }))[0]).toMatchObject({
      who: 'admin@example.org',
      did: 'downloaded',
      detail: 'audit',
    })
  })
})
