import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { everyKind, response } from '../export/sample.ts'
import { add, goodPassword, type House, openHouse, visitor } from '../web/house.ts'

const home = '/office/everything'
let house: House
beforeEach(async () => {
  house = await openHouse()
  const survey = await house.stores.surveys.add({ slug: 'all', questionnaire: everyKind }, 0)
  await house.stores.responses.addMany(survey.id, fc.sample(response(everyKind, 1), { numRuns: 30, seed: 5 }))
  await add(house.stores, 'admin')
})
afterEach(() => house.close())

async function admin() {
  const person = visitor(house.app)
  await person.signIn('admin@example.org')
  return person
}

/** Every session began so many minutes ago. */
async function wait(minutes: number) {
  const id = (await house.stores.people.find('admin@example.org'))?.id ?? ''
  for (const { idHash, data } of await house.stores.sessions.list(id, Date.now())) {
    const { since, sure, ...rest } = JSON.parse(data)
    const earlier = (at?: number) => (at === undefined ? undefined : at - minutes * 60_000)
    const aged = JSON.stringify({ ...rest, since: earlier(since), sure: earlier(sure) })
    await house.stores.sessions.again(idHash, aged, id, Date.now() + 1e6)
  }
}

describe('everything as one file', () => {
  it('is a zip with every survey, response and codebook, and stands in the record', async () => {
    const person = await admin()
    const token = await person.token(home)
    const got = await person
      .send(home, { _csrf: token })
      .buffer(true)
      .parse((res, done) => {
        const parts: Buffer[] = []
        res.on('data', (part: Buffer) => parts.push(part))
        res.on('end', () => done(null, Buffer.concat(parts)))
      })
    expect(got.status).toBe(200)
    expect(got.headers['content-type']).toBe('application/zip')
    expect(got.headers['content-disposition']).toMatch(/^attachment; filename="?heard-\d{4}-\d\d-\d\d\.zip/)
    expect(got.headers['cache-control']).toBe('no-store')
    const files = unzipSync(got.body)
    expect(Object.keys(files).sort()).toEqual([
      'README.txt',
      'all-answers.csv',
      'all-codebook.csv',
      'all-codings.csv',
      'all-comments.csv',
      'all-responses.csv',
      'all.json',
      'district.json',
      'plans.json',
      'record.csv',
    ])
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
    expect(text('all-codebook.csv')).toContain('column,question,title')
    expect(text('all-answers.csv').split('\n').length).toBeGreaterThan(30)
    expect(JSON.parse(text('all.json')).slug).toBe('all')
    expect(text('record.csv')).toContain('admin@example.org,exported,,everything')
    // Nothing by which somebody could come in.
    expect(
      Object.values(files)
        .map((bytes) => strFromU8(bytes))
        .join(''),
    ).not.toContain('$argon2')
  })

  it('is for admins alone', async () => {
    for (const role of ['office', 'leader', 'translator', 'coder', 'school-leader'] as const) {
      await add(house.stores, role)
      const person = visitor(house.app)
      await person.signIn(`${role}@example.org`)
      expect((await person.open(home)).status).toBe(403)
      const token = await person.token('/account')
      expect((await person.send(home, { _csrf: token })).status).toBe(403)
    }
  })
})

describe('what would do harm in other hands', () => {
  it('asks for the password again half an hour after it was typed, and goes on from there', async () => {
    const person = await admin()
    await wait(31)
    const asked = await person.fill(home, {})
    expect([asked.status, asked.headers.location]).toEqual([303, '/account/sure?next=%2Foffice%2Feverything'])
    const sure = '/account/sure?next=%2Foffice%2Feverything'
    const wrong = await person.fill(sure, { password: 'not this one', next: home }, '/account/sure')
    expect([wrong.status, wrong.text.includes('This is not your password now')]).toEqual([422, true])
    expect((await person.fill(home, {})).status).toBe(303)
    const right = await person.fill(sure, { password: goodPassword, next: home }, '/account/sure')
    expect([right.status, right.headers.location]).toEqual([303, home])
    expect((await person.fill(home, {})).status).toBe(200)
    await wait(31)
    expect((await person.fill(home, {})).status).toBe(303)
  })

  it('is changing roles, removing people, links for others, and ending sessions elsewhere', async () => {
    const id = await add(house.stores, 'office')
    const person = await admin()
    await wait(31)
    const page = `/office/people/${id}`
    for (const did of ['role', 'safety', 'link', 'sessions', 'remove']) {
      const asked = await person.fill('/account', { role: 'admin', named: 'yes' }, `${page}/${did}`)
      expect(asked.headers.location).toBe(`/account/sure?next=${encodeURIComponent(page)}`)
    }
    const ended = await person.fill('/account', { session: 'others' }, '/account/sessions')
    expect(ended.headers.location).toBe('/account/sure?next=%2Faccount')
    expect(await house.stores.people.findById(id)).toMatchObject({ role: 'office', safety: false })
  })

  it('leads nowhere else afterwards, and stops guessing', async () => {
    const person = await admin()
    const away = await person.fill(
      '/account/sure',
      { password: goodPassword, next: '//evil.example' },
      '/account/sure',
    )
    expect(away.headers.location).toBe('/account')
    const page = (await person.open('/account/sure?next=https://evil.example')).text
    expect(page).toContain('name="next" value="/account"')
    const tries = []
    for (let n = 0; n < 6; n++)
      tries.push((await person.fill('/account/sure', { password: 'guess' }, '/account/sure')).status)
    expect(tries).toEqual([422, 422, 422, 422, 422, 429])
  })
})
