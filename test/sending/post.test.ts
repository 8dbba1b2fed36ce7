import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readCode } from '../../src/response/code.ts'
import { openStores } from '../../src/store/open.ts'
import type { Stores, Survey } from '../../src/store/stores.ts'
import { hashCode } from '../../src/web/codeHash.ts'
import { place } from '../engine.ts'
import { rows, sampleDistrict } from '../site.ts'
import { openMailServer } from './mailServer.ts'
import { address, list, openSurvey, plan, postOffice } from './office.ts'

const minute = 60_000
const start = Date.parse('2027-05-03T11:00:00Z')

let dataDir: string
let stores: Stores
let server: Awaited<ReturnType<typeof openMailServer>>
let office: ReturnType<typeof postOffice>
let now: number
/** Lets the clock run for so many milliseconds, and then the post do what is due. */
const later = (time: number) => {
  now += time
  return office.post.tick(now)
}
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'heard-post-'))
  stores = await openStores(await place(dataDir))
  await sampleDistrict(stores)
  server = await openMailServer()
  office = postOffice(stores, server.url)
  now = start
  await later(0)
})
afterEach(async () => {
  await office.close()
  await server.close()
  await stores.close()
  await rm(dataDir, { recursive: true })
})

const counts = async (survey: Survey) => {
  const [{ sent, waiting, refused, unsure, stopped, answered, state } = { state: 'none' }] =
    await stores.mailings.list(survey.id)
  return { sent, waiting, refused, unsure, stopped, answered, state }
}
const none = { sent: 0, waiting: 0, refused: 0, unsure: 0, stopped: 0, answered: 0, state: 'done' }

describe('an invitation', () => {
  test('reaches each person in their language, with the way to stop it', async () => {
    const survey = await openSurvey(stores, 'open', { closesAt: Date.parse('2027-05-14T21:00:00Z') })
    await list(stores, survey.id, ['a@example.org'])
    await list(stores, survey.id, ['b@example.org'], 'ar')
    await plan(stores, survey.id, 'invitation')
    await later(minute)
    expect(await counts(survey)).toEqual({ ...none, sent: 2 })
    const [english, arabic] = server.got
    expect(english?.headers.get('subject')).toContain('Your voice')
    expect(english?.headers.get('from')).toContain('surveys@example.org')
    expect(english?.text).toContain(`${address}/s/open?lang=en`)
    expect(english?.text).toContain('Friday, May 14, 2027 at 5:00 PM')
    expect(english?.html).toContain('dir="ltr"')
    expect(english?.html).toContain(`href="${address}/s/open?lang=en"`)
    expect(english?.headers.get('list-unsubscribe')).toMatch(
      /^<https:\/\/surveys\.example\.org\/mail\/stop\//,
    )
    expect(english?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    expect(arabic?.headers.get('subject')).toContain('صوتك')
    expect(arabic?.text).toContain('/s/open?lang=ar')
  })

  test('goes to nobody twice, and a later one only to those who came onto the list since', async () => {
    const survey = await openSurvey(stores, 'open')
    await list(stores, survey.id, ['a@example.org'])
    await plan(stores, survey.id, 'invitation')
    await later(minute)
    await list(stores, survey.id, ['a@example.org', 'b@example.org'])
    await plan(stores, survey.id, 'invitation')
    await later(minute)
    await later(minute)
    expect(server.got.map(({ to }) => to)).toEqual(['a@example.org', 'b@example.org'])
  })

  test('waits for its time, and for the survey to open', async () => {
    const survey = await openSurvey(stores, 'open', { opensAt: start + 60 * minute })
    await list(stores, survey.id, ['a@example.org'])
    await plan(stores, survey.id, 'invitation', start + 10 * minute)
    await later(20 * minute)
    expect(server.got).toEqual([])
    expect((await counts(survey)).state).toBe('waiting')
    await later(40 * minute)
    expect(server.got).toHaveLength(1)
  })

  test('goes out no faster than the pace', async () => {
    await office.close()
    office = postOffice(stores, server.url, 60)
    await later(0)
    const survey = await openSurvey(stores, 'open')
    await list(stores, survey.id, ['a@example.org', 'b@example.org', 'c@example.org', 'd@example.org'])
    await plan(stores, survey.id, 'invitation')
    await later(1000)
    const first = server.got.length
    expect(first).toBeLessThanOrEqual(2)
    await later(1000)
    expect(server.got.length).toBe(first + 1)
  })
})

describe('a mail server', () => {
  test('that puts a letter off gets it again later; one that refuses it does not', async () => {
    const survey = await openSurvey(stores, 'open')
    await list(stores, survey.id, ['busy@example.org', 'gone@example.org', 'good@example.org'])
    await plan(stores, survey.id, 'invitation')
    await later(minute)
    expect(await counts(survey)).toMatchObject({ sent: 1, refused: 1, waiting: 1, state: 'sending' })
    await later(minute)
    expect(server.got).toHaveLength(1)
    await later(5 * minute)
    expect(await counts(survey)).toEqual({ ...none, sent: 2, refused: 1 })
    expect(server.got.map(({ to }) => to)).toEqual(['good@example.org', 'busy@example.org'])
    const [mailing] = await stores.mailings.list(survey.id)
    expect(await stores.mailings.failed(mailing?.id ?? 0, 10)).toEqual([
      { email: 'gone@example.org', state: 'refused', reason: '550' },
    ])
  })

  test('that always puts it off is not asked for ever', async () => {
    const survey = await openSurvey(stores, 'open')
    await list(stores, survey.id, ['full@example.org'])
    await plan(stores, survey.id, 'invitation')
    for (let hours = 0; hours < 60; hours++) await later(60 * minute)
    expect(await counts(survey)).toEqual({ ...none, refused: 1 })
  })

  test('that is down gets every letter once it is back, each once', async () => {
    const survey = await openSurvey(stores, 'open')
    await list(stores, survey.id, ['a@example.org', 'b@example.org'])
    await plan(stores, survey.id, 'invitation')
    await server.close()
    await later(minute)
    const [down] = await stores.mailings.list(survey.id)
    expect(down).toMatchObject({ trouble: expect.stringMatching(/^E/), waiting: 2, unsure: 0, sent: 0 })
    expect(down?.retryAt).toBeGreaterThan(now)
    server = await openMailServer(server.port)
    await later(2 * minute)
    expect(server.got.map(({ to }) => to)).toEqual(['a@example.org', 'b@example.org'])
    expect((await stores.mailings.list(survey.id))[0]).toMatchObject({ trouble: '', state: 'done', sent: 2 })
  })

  test('that breaks off in the middle of a letter is not sent it again by itself', async () => {
    const survey = await openSurvey(stores, 'codes')
    await list(stores, survey.id, ['dropped@example.org', 'b@example.org'])
    await plan(stores, survey.id, 'invitation')
    await later(minute)
    await later(10 * minute)
    expect(server.got.map(({ to }) => to)).toEqual(['dropped@example.org', 'b@example.org'])
    expect(await counts(survey)).toEqual({ ...none, sent: 1, unsure: 1 })
    // Its code stays good, for the letter may have arrived.
    expect(await stores.codes.counts(survey.id)).toMatchObject([{ sheet: 0, state: 'unused', n: 2 }])
  })
})

test('after a crash the rest goes out, and the letter that was in hand only when the office says so', async () => {
  const survey = await openSurvey(stores, 'codes')
  await list(stores, survey.id, ['a@example.org', 'b@example.org', 'c@example.org'])
  const id = await plan(stores, survey.id, 'invitation')
  const [mailing] = await stores.mailings.due(now)
  if (!mailing) throw new Error('nothing is due')
  await stores.mailings.begin(mailing, true)
  const due = await stores.mailings.next(id, now)
  const lost = await hashCode('access', 'LOST')
  // Here the process that had it in hand is killed.
  expect(await stores.mailings.take({ ...mailing, state: 'sending' }, due?.contact ?? 0, lost)).toBe('taken')
  await office.close()
  office = postOffice(stores, server.url)
  await later(minute)
  await later(minute)
  expect(server.got.map(({ to }) => to)).toEqual(['b@example.org', 'c@example.org'])
  expect(await counts(survey)).toEqual({ ...none, sent: 2, unsure: 1 })
  await stores.mailings.again(survey.id, id)
  await later(minute)
  expect(server.got.map(({ to }) => to)).toEqual(['b@example.org', 'c@example.org', 'a@example.org'])
  expect((await stores.codes.find(lost))?.state).toBe('void')
})

describe('access codes in letters', () => {
  const codeIn = (text: string) => readCode(/code=([\w-]+)/.exec(text)?.[1] ?? '') ?? ''

  test('work once, and nothing is kept that joins an address to a code', async () => {
    const survey = await openSurvey(stores, 'codes')
    await list(stores, survey.id, ['a@example.org', 'b@example.org', 'gone@example.org'])
    await plan(stores, survey.id, 'invitation')
    await later(minute)
    const codes = server.got.map(({ text }) => codeIn(text))
    expect(new Set(codes).size).toBe(2)
    for (const code of codes)
      expect((await stores.codes.find(await hashCode('access', code)))?.state).toBe('unused')
    // That of the refused letter is gone.
    expect(await stores.codes.counts(survey.id)).toMatchObject([{ n: 2 }])
    const kept = JSON.stringify(
      ['contact', 'letter', 'mailing', 'contact_list'].map((table) =>
        rows({ dataDir }, `select * from ${table}`),
      ),
    )
    for (const code of codes) expect(kept).not.toContain(await hashCode('access', code))
  })

  test('are in no reminder by default: it goes to everyone, with thanks', async () => {
    const survey = await openSurvey(stores, 'codes')
    await list(stores, survey.id, ['a@example.org', 'b@example.org'])
    await plan(stores, survey.id, 'invitation')
    await later(minute)
    await plan(stores, survey.id, 'reminder')
    await later(minute)
    const reminders = server.got.slice(2)
    expect(reminders.map(({ to }) => to)).toEqual(['a@example.org', 'b@example.org'])
    for (const { text } of reminders) {
      expect(text).toContain('If you have already answered, thank you.')
      expect(text).not.toContain('code=')
      expect(text).toContain('first letter')
    }
  })

  test('of those who answered spare them the reminder, where the office chose that; the others get a new one', async () => {
    const survey = await openSurvey(stores, 'codes')
    await list(stores, survey.id, ['a@example.org', 'b@example.org'])
    await stores.contacts.setKeepsCodes(survey.id, true)
    await plan(stores, survey.id, 'invitation')
    await later(minute)
    const [first = '', second = ''] = await Promise.all(
      server.got.map(({ text }) => hashCode('access', codeIn(text))),
    )
    const settled = {
      version: 1,
      language: 'en',
      channel: 'web',
      hour: start,
      group: '',
      school: '',
      answers: { bus: 'yes' },
      cells: [],
      comments: [],
    } as const
    await stores.responses.submit(survey.id, 'token', structuredClone(settled) as never, first)
    await plan(stores, survey.id, 'reminder')
    await later(minute)
    expect(server.got.slice(2).map(({ to }) => to)).toEqual(['b@example.org'])
    expect(await counts(survey)).toEqual({ ...none, sent: 1, answered: 1 })
    expect((await stores.codes.find(second))?.state).toBe('void')
    const third = await hashCode('access', codeIn(server.got[2]?.text ?? ''))
    expect((await stores.codes.find(third))?.state).toBe('unused')
    await stores.contacts.setKeepsCodes(survey.id, false)
    expect(rows({ dataDir }, 'select * from contact where code_hash is not null')).toEqual([])
  })
})

describe('the list', () => {
  test('is deleted at the moment the survey closes by its date, also when the server was off then', async () => {
    const survey = await openSurvey(stores, 'open', { closesAt: start + 60 * minute })
    await list(stores, survey.id, ['a@example.org'])
    await plan(stores, survey.id, 'invitation')
    await plan(stores, survey.id, 'reminder', start + 90 * minute)
    await later(59 * minute)
    expect(await stores.contacts.count(survey.id)).toEqual({ all: 1, stopped: 0 })
    await office.close()
    office = postOffice(stores, server.url)
    await later(24 * 60 * minute)
    for (const table of ['contact', 'contact_list', 'contact_file', 'letter'])
      expect(rows({ dataDir }, `select * from ${table}`)).toEqual([])
    const [reminder, invitation] = await stores.mailings.list(survey.id)
    expect(reminder).toMatchObject({ state: 'stopped', sent: 0 })
    expect(invitation).toMatchObject({ state: 'done', sent: 1 })
    expect(server.got).toHaveLength(1)
    const [deleted] = await stores.audit.list({ limit: 1 })
    expect(deleted).toMatchObject({ did: 'list-deleted', about: 'open', detail: '1' })
  })

  test('is deleted when the survey is closed by hand', async () => {
    const survey = await openSurvey(stores, 'open')
    await list(stores, survey.id, ['a@example.org', 'b@example.org'])
    await plan(stores, survey.id, 'invitation')
    expect(await stores.surveys.setState(survey.id, 'closed')).toBe(2)
    await later(minute)
    expect(server.got).toEqual([])
    expect(await stores.contacts.surveys()).toEqual([])
  })
})

test('no address is in a log, whatever goes wrong', async () => {
  const survey = await openSurvey(stores, 'codes')
  await list(stores, survey.id, [
    'gone@example.org',
    'busy@example.org',
    'dropped@example.org',
    'last@example.org',
  ])
  await plan(stores, survey.id, 'invitation')
  await later(minute)
  await server.close()
  await later(10 * minute)
  expect(office.log.length).toBeGreaterThan(0)
  expect(office.log.join()).not.toContain('example.org')
  expect(JSON.stringify(await stores.audit.list({ limit: 100 }))).not.toContain('@')
  server = await openMailServer()
})
