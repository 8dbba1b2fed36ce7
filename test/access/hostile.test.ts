import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../../src/response/settle.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, sampleDistrict } from '../site.ts'
import { add, type House, openHouse, visitor } from '../web/house.ts'

/** What somebody tries who has an account, or none, and means to see or do more than that account may. */

let house: House
let school: string
let other: string
const people: Record<string, ReturnType<typeof visitor>> = {}
const ids: Record<string, string> = {}
beforeAll(async () => {
  house = await openHouse({ TRUST_PROXY: '1' })
  const { stores } = house
  await sampleDistrict(stores)
  const [first, second] = (await stores.settings.district()).schools
  ;[school, other] = [first?.code ?? '', second?.code ?? '']
  for (const slug of ['here', 'there']) {
    const { id, questionnaire } = await field(stores, { slug, definition: everyKind })
    for (let n = 0; n < 12; n++)
      await stores.responses.submit(
        id,
        `${slug}-${n}`,
        settle(
          questionnaire,
          { ride: 'bus', ride_why: { words: `said in ${slug}`, language: 'en' } },
          { version: 1, language: 'en', channel: 'web', hour: 0 },
        ),
      )
  }
  for (const role of ['admin', 'office', 'translator', 'coder', 'school-leader', 'leader'] as const) {
    ids[role] = await add(stores, role)
    await stores.people.setRole(ids[role] ?? '', role, { schools: [school], languages: ['es'] })
    const person = visitor(house.app, { 'Accept-Language': 'en' })
    await person.signIn(`${role}@example.org`)
    people[role] = person
  }
})
afterAll(() => house.close())

const as = (role: string) => people[role] ?? visitor(house.app)
/** Sends a form with this person's own, genuine token. */
const send = (role: string, path: string, fields: Record<string, string> = {}) =>
  as(role).fill('/account', fields, path)

test('what belongs to one survey is not reached through the address of another', async () => {
  const { stores } = house
  const here = await stores.surveys.find('here')
  const [comment] = await stores.comments.list(here?.id ?? 0, { after: 0, limit: 1 })
  const hand = { by: 'x', at: 1 }
  await stores.quotes.add({
    ...{
      survey: here?.id ?? 0,
      comment: comment?.id ?? 0,
      theme: null,
      words: 'said in here',
      language: 'en',
    },
    ...{ translations: {}, edits: [], group: '', state: 'proposed', ...hand },
  })
  const [quote] = await stores.quotes.list(here?.id ?? 0)
  for (const did of ['approve', 'words', 'translate', 'withdraw']) {
    const answer = await send('office', `/office/surveys/there/quotes/${quote?.id}/${did}`, {
      tag: 'es',
      words: 'x',
    })
    expect([did, answer.status]).toEqual([did, 404])
  }
  expect((await as('office').open(`/office/surveys/there/quotes?comment=${comment?.id}`)).status).toBe(404)
  const promised = await stores.commitments.add(
    here?.id ?? 0,
    {
      ...{ about: { kind: 'group', code: 'family' }, words: { en: 'More buses' }, owner: { en: 'Office' } },
      ...{ status: 'planned', on: null, element: null },
    } as never,
    'x',
    1,
  )
  expect((await as('office').open(`/office/surveys/there/commitments/${promised}`)).status).toBe(404)
  for (const did of ['', '/remove'])
    expect((await send('office', `/office/surveys/there/commitments/${promised}${did}`)).status).toBe(404)
  const mailing = await stores.mailings.add(here?.id ?? 0, 'invitation', 4e12)
  await send('office', `/office/surveys/there/mail/${mailing}/stop`)
  const [kept] = await stores.mailings.list(here?.id ?? 0)
  expect(kept?.state).toBe('waiting')
})

test('a school leader reads of their own school, however the address is bent', async () => {
  const leader = as('school-leader')
  const pages = [
    '',
    '/board',
    '/equity',
    '/data.json',
    '/comments?question=ride_why',
    '/charts/ride.csv',
    '/charts/ride.svg',
  ]
  for (const page of pages) {
    const joint = page.includes('?') ? '&' : '?'
    for (const asked of [
      `school=${other}`,
      `school=${school}&school=${other}`,
      `school[]=${other}`,
      `school=${other}%00`,
      `school=${other.toUpperCase()}`,
      `group=family&school=${other}`,
    ]) {
      const { status, text } = await leader.open(`/reports/here${page}${joint}${asked}`)
      expect([page, asked, status < 500]).toEqual([page, asked, true])
      expect(text ?? '').not.toContain('said in here')
      if (asked === `school=${other}`) expect([page, status]).toEqual([page, 403])
    }
  }
  // Without a school it is their own, and of the whole district no comment.
  for (const page of ['', '/comments?question=ride_why', '/comments?question=ride_why&school='])
    expect((await leader.open(`/reports/here${page}`)).text).not.toContain('said in here')
  // The words are there for who may read them.
  expect((await as('leader').open('/reports/here')).text).toContain('said in here')
})

test('a translator gets no answer, no comment and no language of somebody else', async () => {
  const translator = as('translator')
  for (const path of [
    '/office/surveys/here/export.csv',
    '/office/surveys/here/quotes',
    '/office/surveys/here/comments',
    '/office/everything',
    '/office/conversations',
    '/reports/here',
    '/office/build/here/questionnaire.xlsx',
    '/office/help',
    '/office/audit.csv',
  ])
    expect([path, (await translator.open(path)).status]).toEqual([path, 403])
  for (const desk of ['/office/translate/interface/ar', '/office/translate/surveys/here/ar']) {
    expect((await translator.open(desk)).status).toBe(403)
    expect((await translator.open(`${desk}/file/xliff-2.0`)).status).toBe(403)
    for (const did of ['', '/take'])
      expect((await send('translator', `${desk}${did}`, { 'words.0': 'x' })).status).toBeGreaterThanOrEqual(
        400,
      )
  }
})

test('a coder and a leader do not read the queue of danger, and cannot name themselves for it', async () => {
  for (const role of ['coder', 'leader', 'office', 'admin']) {
    expect((await as(role).open('/office/help')).status).toBe(403)
    if (role === 'admin') continue
    expect((await send(role, `/office/people/${ids[role]}/safety`, { named: 'yes' })).status).toBe(403)
    expect((await send(role, `/office/people/${ids[role]}/role`, { role: 'admin' })).status).toBe(403)
  }
  // An admin may not change what they are themselves; naming is written down.
  expect((await send('admin', `/office/people/${ids.admin}/role`, { role: 'office' })).status).toBe(409)
})

test('no address leads out of the folders that are served', async () => {
  for (const path of [
    '/assets/x/..%2f..%2fpackage.json',
    '/assets/../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/s/..%2f..%2fetc%2fpasswd',
    '/plans/..%2f..%2fpackage.json',
    '/office/surveys/here/kit/..%2f..%2f..%2fpackage.json',
    '/reports/plan/..%2fpackage.json/data.json',
    '/office/build/..%2f..%2fpackage/questionnaire.json',
  ]) {
    const { status, text } = await as('admin').open(path)
    expect([path, status >= 400 && status < 500]).toEqual([path, true])
    expect(text).not.toContain('better-sqlite3')
  }
})

test('no header is made from an address, and no answer names another host', async () => {
  const bent = '%0d%0aX-Evil:%201'
  for (const path of [
    `/sign-in?next=/${bent}`,
    `/reports/plan/hartford-2021-2024/${bent}/waves.csv`,
    `/office/surveys/here/kit/links.csv?school=${bent}`,
    `/s/here?lang=${bent}`,
    `/account/sure?next=/x${bent}`,
  ]) {
    const { status, headers } = await as('admin').open(path)
    expect([path, status < 500, headers['x-evil']]).toEqual([path, true, undefined])
  }
  const away = visitor(house.app, { 'X-Forwarded-Host': 'evil.example', 'Accept-Language': 'en' })
  expect((await away.open('/office')).headers.location).toBe('/sign-in?next=%2Foffice')
})

test('cells that spreadsheets would run are guarded in every file that staff download', async () => {
  const { stores } = house
  await stores.audit.add({ at: 1, person: null, who: '=cmd', did: 'invited', about: '+1', detail: '@x' })
  const files = ['/office/audit.csv', '/office/surveys/here/export.csv', '/office/surveys/here/watch.csv']
  for (const path of files) {
    const { status, text } = await as('admin').open(path)
    expect([path, status]).toEqual([path, 200])
    expect(text).not.toMatch(/(^|,|\n)"?[=+@]/)
  }
})

describe('whoever is out', () => {
  test('stays out with the page that was open, the session that was kept and the form that was filled', async () => {
    const { stores } = house
    const id = await add(stores, 'leader', 'goes@example.org')
    const leaves = visitor(house.app)
    await leaves.signIn('goes@example.org')
    const token = await leaves.token('/account')
    await stores.people.remove(id)
    expect((await leaves.open('/reports/here')).status).toBe(303)
    expect((await leaves.send('/account/sessions', { _csrf: token, session: 'others' })).status).toBe(403)
    // Somebody with the same e-mail later is somebody else.
    await add(stores, 'admin', 'goes@example.org')
    expect((await leaves.open('/office/people')).status).toBe(303)
  })

  test('loses at the next click what a role no longer brings', async () => {
    const id = await add(house.stores, 'admin', 'was@example.org')
    const was = visitor(house.app)
    await was.signIn('was@example.org')
    expect((await was.open('/office/people')).status).toBe(200)
    await house.stores.people.setRole(id, 'translator')
    expect((await was.open('/office/people')).status).toBe(403)
    expect(
      (await was.fill('/account', { email: 'x@example.org', role: 'admin' }, '/office/people')).status,
    ).toBe(403)
  })
})
