import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyDistrict } from '../../src/district/district.ts'
import { add, goodPassword, type House, openHouse, visitor } from '../web/house.ts'

let house: House
let admin: ReturnType<typeof visitor>
beforeEach(async () => {
  house = await openHouse()
  await add(house.stores, 'admin')
  admin = visitor(house.app)
  await admin.signIn('admin@example.org')
})
afterEach(async () => {
  vi.useRealTimers()
  await house.close()
})

const invite = (email: string, role: string) => admin.fill('/office/people', { email, role })
const linkIn = (text: string) =>
  new URL(/<code>(http[^<]+)<\/code>/.exec(text)?.[1] ?? 'http://none/').pathname
const chosen = { password: goodPassword, again: goodPassword }
const idOf = async (email: string) => (await house.stores.people.find(email))?.id ?? ''

describe('adding a person', () => {
  it('gives a link, once, by which they choose a password and are in with their role', async () => {
    const added = await invite('New@Example.org', 'leader')
    expect(added.status).toBe(200)
    const link = linkIn(added.text)
    expect((await admin.open('/office/people')).text).not.toContain(link)
    const person = visitor(house.app)
    expect((await person.open(link)).text).toContain('new@example.org')
    const answer = await person.fill(link, chosen)
    expect([answer.status, answer.headers.location]).toEqual([303, '/reports'])
    expect((await person.open('/office')).status).toBe(403)
    expect((await visitor(house.app).open(link)).status).toBe(404)
    expect((await visitor(house.app).signIn('new@example.org')).status).toBe(303)
  })

  it('lets one through when the link is used twice at once', async () => {
    const link = linkIn((await invite('new@example.org', 'office')).text)
    const [one, two] = [visitor(house.app), visitor(house.app)]
    const tokens = [await one.token(link), await two.token(link)]
    const answers = await Promise.all([
      one.send(link, { ...chosen, _csrf: tokens[0] ?? '' }),
      two.send(link, { ...chosen, _csrf: tokens[1] ?? '' }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404])
  })

  it('says what is wrong with a forged role, a broken e-mail, and somebody who is here already', async () => {
    const cases: [string, string, string, string][] = [
      ['a forged role', 'new@example.org', 'owner', 'Choose a role.'],
      ['no role', 'new@example.org', '', 'Choose a role.'],
      ['a broken e-mail', 'new@', 'office', 'Type a whole e-mail address'],
      ['here already', 'ADMIN@example.org', 'office', 'This person is here already'],
    ]
    for (const [name, email, role, words] of cases) {
      const answer = await invite(email, role)
      expect(answer.status, name).toBe(422)
      expect(answer.text, name).toContain(words)
    }
    expect(await house.stores.people.count()).toBe(1)
  })

  it('ends the link after seven days, after a newer one, and with the person', async () => {
    const first = linkIn((await invite('new@example.org', 'office')).text)
    const id = await idOf('new@example.org')
    const second = linkIn((await admin.fill('/office/people', {}, `/office/people/${id}/link`)).text)
    expect((await visitor(house.app).open(first)).status).toBe(404)
    expect((await visitor(house.app).open(second)).status).toBe(200)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 7 * 86_400_000 + 1 })
    expect((await visitor(house.app).open(second)).status).toBe(404)
    vi.useRealTimers()
    // Sessions that were old by the clock a week on are being cleared; a write comes after that.
    await house.stores.settings.set('any', null)
    await admin.signIn('admin@example.org')
    await admin.fill(`/office/people/${id}/remove`, {})
    expect((await visitor(house.app).open(second)).status).toBe(404)
  })

  it('writes what was typed as words, not as markup', async () => {
    const answer = await invite('"><script>alert(1)</script>@x', 'office')
    expect(answer.text).not.toContain('<script>alert')
  })
})

describe('changing and removing a person', () => {
  it('changes a role, and refuses one that does not exist', async () => {
    const id = await add(house.stores, 'leader')
    const changed = await admin.fill('/office/people', { role: 'office' }, `/office/people/${id}/role`)
    expect(changed.headers.location).toBe(`/office/people/${id}?done=role`)
    expect((await admin.fill('/office/people', { role: 'owner' }, `/office/people/${id}/role`)).status).toBe(
      400,
    )
    expect((await house.stores.people.findById(id))?.role).toBe('office')
  })

  it('asks once more before it removes, and signs the removed person out', async () => {
    const id = await add(house.stores, 'office')
    const person = visitor(house.app)
    await person.signIn('office@example.org')
    expect((await admin.open(`/office/people/${id}/remove`)).text).toContain('office@example.org')
    expect((await person.open('/office')).status).toBe(200)
    await admin.fill(`/office/people/${id}/remove`, {})
    expect((await person.open('/office')).status).toBe(303)
    expect((await admin.open(`/office/people/${id}/remove`)).status).toBe(404)
  })

  it('never lets an admin change or remove themselves, so that one is always left', async () => {
    const id = await idOf('admin@example.org')
    const changed = await admin.fill('/office/people', { role: 'leader' }, `/office/people/${id}/role`)
    const removed = await admin.fill('/office/people', {}, `/office/people/${id}/remove`)
    expect([changed.status, removed.status]).toEqual([409, 409])
    expect((await admin.open('/office/people')).status).toBe(200)
  })

  it('ends other sessions of a person who chooses a new password, and the old password', async () => {
    const id = await add(house.stores, 'office')
    const before = visitor(house.app)
    await before.signIn('office@example.org')
    const link = linkIn((await admin.fill('/office/people', {}, `/office/people/${id}/link`)).text)
    const fresh = { password: 'a quite different one', again: 'a quite different one' }
    const person = visitor(house.app)
    await person.fill(link, fresh)
    expect((await person.open('/office')).status).toBe(200)
    expect((await before.open('/office')).status).toBe(303)
    expect((await visitor(house.app).signIn('office@example.org')).status).toBe(422)
    expect((await visitor(house.app).signIn('office@example.org', fresh.password)).status).toBe(303)
  })
})

describe('how far a role reaches', () => {
  const north = { code: 'north', label: { en: 'North <School>' } }
  const south = { code: 'south', label: { en: 'South School' } }

  it('is ticked on the page of the person, and counts for the role that it is for alone', async () => {
    await house.stores.settings.setDistrict({ ...emptyDistrict, schools: [north, south] })
    const id = await add(house.stores, 'leader')
    const page = `/office/people/${id}`
    expect((await admin.open(page)).text).toContain('North &lt;School&gt;')
    const tick = async (fields: Record<string, string | string[]>) => {
      await admin.fill(page, fields as Record<string, string>, `${page}/role`)
      return (await house.stores.people.findById(id))?.scope
    }
    expect(await tick({ role: 'school-leader', schools: ['north', 'nowhere'], languages: 'so' })).toEqual({
      schools: ['north'],
      languages: [],
    })
    expect((await admin.open('/office/people')).text).toContain('School leader · 1 school')
    expect(await tick({ role: 'translator', schools: 'north', languages: ['so', 'es', 'xx'] })).toEqual({
      schools: [],
      languages: ['es', 'so'],
    })
    expect(await tick({ role: 'office', schools: 'north', languages: 'so' })).toEqual({
      schools: [],
      languages: [],
    })
    const [last] = await house.stores.audit.list({ limit: 1, did: 'role-changed' })
    expect(last).toMatchObject({ who: 'admin@example.org', about: 'leader@example.org' })
    expect(
      (await house.stores.audit.list({ limit: 9, did: 'role-changed' })).map((one) => one.detail),
    ).toEqual(['translator>office', 'school-leader>translator es so', 'leader>school-leader north'])
  })

  it('is asked for when somebody is invited whose role needs it', async () => {
    const page = (await invite('new@example.org', 'translator')).text
    const place = /href="(\/office\/people\/[^"]+)">Now tick/.exec(page)?.[1] ?? ''
    expect((await admin.open(place)).text).toContain('new@example.org')
    expect((await invite('other@example.org', 'office')).text).not.toContain('Now tick')
  })
})

describe('an admin', () => {
  it('ends all sessions of a person, and not their own this way', async () => {
    const id = await add(house.stores, 'office')
    const person = visitor(house.app)
    await person.signIn('office@example.org')
    expect((await admin.open(`/office/people/${id}`)).text).toContain('<time')
    await admin.fill(`/office/people/${id}`, {}, `/office/people/${id}/sessions`)
    expect((await person.open('/office')).status).toBe(303)
    expect((await admin.open(`/office/people/${id}`)).text).toContain('They are not signed in anywhere')
    const mine = `/office/people/${await idOf('admin@example.org')}/sessions`
    expect((await admin.fill('/office/people', {}, mine)).status).toBe(409)
  })
})

describe('the doors', () => {
  it('open for the right role alone', async () => {
    await add(house.stores, 'office')
    await add(house.stores, 'leader')
    const people = {
      admin,
      office: visitor(house.app),
      leader: visitor(house.app),
      nobody: visitor(house.app),
    }
    await people.office.signIn('office@example.org')
    await people.leader.signIn('leader@example.org')
    const table = [
      ['/office', { admin: 200, office: 200, leader: 403, nobody: 303 }],
      ['/reports', { admin: 200, office: 200, leader: 200, nobody: 303 }],
      ['/office/people', { admin: 200, office: 403, leader: 403, nobody: 303 }],
      ['/office/people/x/remove', { admin: 404, office: 403, leader: 403, nobody: 303 }],
    ] as const
    for (const [path, expected] of table) {
      for (const [who, status] of Object.entries(expected)) {
        const answer = await people[who as keyof typeof people].open(path)
        expect(answer.status, `${who} at ${path}`).toBe(status)
        if (status !== 404) expect(answer.headers['cache-control'], `${who} at ${path}`).toBe('no-store')
      }
    }
    const posts = [
      '/office/people',
      '/office/people/x/role',
      '/office/people/x/link',
      '/office/people/x/remove',
    ]
    for (const path of posts) {
      const refused = await people.office.fill('/office', { email: 'new@example.org', role: 'admin' }, path)
      expect(refused.status, path).toBe(403)
    }
    for (const path of ['/office/surveys/x/open', '/office/surveys/x/close']) {
      expect((await people.leader.fill('/reports', {}, path)).status, path).toBe(403)
    }
  })

  it('tell a program that asks for JSON with a status, not with a page', async () => {
    const nobody = visitor(house.app, { Accept: 'application/json' })
    const answer = await nobody.open('/office')
    expect([answer.status, answer.body.error]).toEqual([401, 'Please sign in'])
  })
})
