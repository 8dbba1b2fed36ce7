import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newCode, writeCode } from '../../src/response/code.ts'
import type { Survey } from '../../src/store/stores.ts'
import { bytesIn, tablesIn } from '../engine.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, openSite, respondent, rows, type Site, sampleDistrict, stored, wordsOf } from '../site.ts'

const hour = 3_600_000

let site: Site
let survey: Survey
let turn = 0
beforeAll(async () => {
  site = await openSite(sampleDistrict)
})
afterAll(() => site.close())
beforeEach(async () => {
  survey = await field(site.stores, { slug: `later-${++turn}`, definition: everyKind })
})

const device = (language = 'en') => respondent(site, survey.slug, { 'Accept-Language': language })
type Device = ReturnType<typeof device>
const codeOn = (html: string): string => /<strong dir="ltr">([^<]+)<\/strong>/.exec(html)?.[1] ?? ''
const resume = (someone: Device, code: string) => someone.send(`/s/${survey.slug}/resume`, { code })

/** One page answered, the second stopped at with something typed that cannot be taken. */
async function stopped(someone = device()) {
  await someone.start()
  await someone.answer({ ride: 'bus', ride_why: 'It is far.' })
  const page = await someone.answer({ go: 'later', rate: '7', children: 'many' })
  return { someone, page, code: codeOn(page.html) }
}

describe('finishing later', () => {
  test('the page is kept as it was typed, right or wrong, and a code is shown with when it ends', async () => {
    const { page, code } = await stopped()
    expect(page.path).toBe(`/s/${survey.slug}/later`)
    expect(code).toMatch(/^[ACEFHJKMNPRTWXY3479]{3}-[ACEFHJKMNPRTWXY3479]{3}-[ACEFHJKMNPRTWXY3479]{4}$/)
    const words = wordsOf(page.html)
    expect(words).toContain(`/s/${survey.slug}/resume`)
    expect(words).toMatch(/no longer than \w+, \w+ \d+, \d{4}/)
    expect(words).toContain('nobody can find it again')
  })

  test('the code works on another device, in the language that was left, and is sent once', async () => {
    const first = device()
    await first.open('?lang=es')
    const { code } = await stopped(first)
    const other = device('ar')
    expect((await other.open()).html).toContain(`href="/s/${survey.slug}/resume"`)
    await other.open('resume')
    const page = await resume(other, ` ${code.toLowerCase().replaceAll('-', ' ')} `)
    expect(page.path).toBe(`/s/${survey.slug}/ratings`)
    expect(page.html).toContain('<html lang="es"')
    expect(page.html).toMatch(/name="rate" value="7"[^>]* checked/)
    expect(page.html).toContain('value="many"')
    await other.answer({ children: '2' })
    await other.answer({})
    expect((await other.submit()).path).toBe(`/s/${survey.slug}/thanks`)
    expect(await stored(site, survey)).toMatchObject([
      { channel: 'web', answers: { ride: 'bus', ride_why: { words: 'It is far.' }, children: 2 } },
    ])
    // The device that it was begun on finds the receipt.
    expect((await first.open('ratings')).path).toBe(`/s/${survey.slug}/thanks`)
    const late = await resume(device(), code)
    expect(late.status).toBe(422)
    expect(wordsOf(late.html)).toContain('were sent already')
    expect(rows(site, 'select * from resume_code where survey = ?', survey.id)).toEqual([])
  })

  test('from the review page, too', async () => {
    const someone = device()
    await someone.start()
    for (const fields of [{ ride: 'walk' }, {}, {}]) await someone.answer(fields)
    const code = codeOn((await someone.answer({ go: 'later' })).html)
    expect((await resume(device(), code)).path).toBe(`/s/${survey.slug}/review`)
    expect(await stored(site, survey)).toEqual([])
  })

  test('the code is shown once; the same device may make another, and both work', async () => {
    const { someone, code } = await stopped()
    const again = await someone.open('later')
    expect(again.html).not.toContain(code)
    expect(codeOn(again.html)).toBe('')
    const token = someone.token()
    const another = codeOn((await someone.send(`/s/${survey.slug}/later`, { token })).html)
    expect(another).not.toBe(code)
    for (const one of [code, another])
      expect((await resume(device(), one)).path).toBe(`/s/${survey.slug}/ratings`)
  })

  test('the code stays when the language of its page is changed', async () => {
    const { someone, page, code } = await stopped()
    const letters = code.replaceAll('-', '')
    expect(page.html).toContain(`name="letters" value="${letters}"`)
    const arabic = await someone.send(`/s/${survey.slug}/later`, {
      token: someone.token(),
      letters,
      switch: 'ar',
    })
    expect(arabic.html).toContain('<html lang="ar" dir="rtl">')
    expect(codeOn(arabic.html)).toBe(code)
    expect(rows(site, 'select * from resume_code where survey = ?', survey.id)).toHaveLength(1)
  })

  test('who is let in with an access code is let in on the other device as well, and uses it up once', async () => {
    const guarded = await field(site.stores, { slug: `guarded-${turn}`, definition: everyKind })
    await site.stores.surveys.setFielding(guarded.id, { ...guarded.fielding, access: 'codes' })
    const { hashCode } = await import('../../src/web/codeHash.ts')
    const access = newCode(new Uint8Array(64).fill(7))
    await site.stores.codes.add(guarded.id, { sheet: 1, school: '', group: '' }, [
      await hashCode('access', access),
    ])
    const first = respondent(site, guarded.slug)
    await first.send(`/s/${guarded.slug}/code`, { code: access })
    await first.answer({ ride: 'bus' })
    const code = codeOn((await first.answer({ go: 'later' })).html)
    const other = respondent(site, guarded.slug)
    expect((await other.send(`/s/${guarded.slug}/resume`, { code })).path).toBe(`/s/${guarded.slug}/ratings`)
    for (const fields of [{}, {}, {}]) await other.answer(fields)
    expect(await stored(site, guarded)).toHaveLength(1)
    expect((await site.stores.codes.counts(guarded.id)).map(({ state }) => state)).toEqual(['used'])
  })
})

describe('a code that leads nowhere', () => {
  test.each([
    ['a slip of the finger', 'ACE-F7H-J9KO', 'This is not a whole code'],
    ['nothing', '', 'This is not a whole code'],
    ['one letter wrong', 'ACE-F7H-J9KA', 'This is not a whole code'],
    ['a code that nobody got', writeCode(newCode(new Uint8Array(64).fill(3))), 'We do not know this code'],
    ['much too much', 'A'.repeat(9000), 'This is not a whole code'],
  ])('%s: says so, keeps what was typed, and leads to the field', async (_what, typed, words) => {
    const someone = device()
    const { status, html } = await resume(someone, typed)
    expect(status).toBe(422)
    expect(wordsOf(html)).toContain(words)
    expect(html).toContain(`value="${typed.slice(0, 40)}"`)
    expect(html).toMatch(/aria-describedby="code-help code-problem"/)
    expect((await someone.open('ratings')).path).toBe(`/s/${survey.slug}/choices`)
  })

  test('one of another survey opens nothing here', async () => {
    const { code } = await stopped()
    const elsewhere = await field(site.stores, { slug: `elsewhere-${turn}`, definition: everyKind })
    const { status, html } = await respondent(site, elsewhere.slug).send(`/s/${elsewhere.slug}/resume`, {
      code,
    })
    expect(status).toBe(422)
    expect(wordsOf(html)).toContain('We do not know this code')
  })

  test('one whose answers were cleared away says that they are gone', async () => {
    const { code, someone } = await stopped()
    const { hashOf } = await import('../../src/routes/respond/visit.ts')
    await someone.open('ratings')
    await site.stores.drafts.remove(hashOf(someone.token(), survey.id))
    expect(wordsOf((await resume(device(), code)).html)).toContain('nobody used it for 30 days')
  })

  test('codes are cleared with drafts as old', async () => {
    await stopped()
    const count = () => rows(site, 'select * from resume_code where survey = ?', survey.id).length
    await site.stores.drafts.clear(Date.now() - hour)
    expect(count()).toBe(1)
    await site.stores.drafts.clear(Date.now() + 3 * hour)
    expect(count()).toBe(0)
  })

  test('a survey that is closed says when, and takes no code', async () => {
    const { code } = await stopped()
    await site.stores.surveys.setDates(survey.id, null, Date.parse('2021-06-01T12:00:00Z'))
    const there = await resume(device(), code)
    expect(there.path).toBe(`/s/${survey.slug}`)
    expect(wordsOf(there.html)).toContain('This survey closed on Tuesday, June 1, 2021')
    expect((await device().open('resume')).path).toBe(`/s/${survey.slug}`)
  })

  test('the survey closes before thirty days: the code says so', async () => {
    await site.stores.surveys.setDates(survey.id, null, Date.now() + 3 * 24 * hour)
    const { page } = await stopped()
    const day = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeZone: 'America/New_York' })
    expect(wordsOf(page.html)).toContain(day.format(Date.now() + 3 * 24 * hour))
  })
})

describe('what is kept of a code', () => {
  test('neither the code nor the token is anywhere on the disk, nor a time closer than the hour', async () => {
    const { code, someone } = await stopped()
    await someone.open('ratings')
    const [row, ...more] = rows(site, 'select * from resume_code where survey = ?', survey.id)
    expect(more).toEqual([])
    expect(Object.keys(row ?? {}).sort()).toEqual(['code_hash', 'sealed', 'survey', 'touched'])
    expect(Number(row?.touched) % hour).toBe(0)
    expect(() => rows(site, 'select rowid from resume_code')).toThrow(/no such column|does not exist/)
    const bytes = bytesIn(site.dataDir)
    for (const trace of [code, code.replaceAll('-', ''), someone.token()])
      expect(bytes.includes(trace)).toBe(false)
  })

  test('no value of its row stands anywhere else', async () => {
    const { someone } = await stopped()
    await someone.open('ratings')
    for (const fields of [{}, {}, {}]) await someone.answer(fields)
    expect(await stored(site, survey)).toHaveLength(1)
    const [row] = rows(site, 'select code_hash, sealed from resume_code where survey = ?', survey.id)
    for (const table of tablesIn(site.dataDir).filter((name) => name !== 'resume_code'))
      for (const other of rows(site, `select * from "${table}"`))
        for (const value of Object.values(other)) expect([row?.code_hash, row?.sealed]).not.toContain(value)
  })
})

test('a forged form makes no code', async () => {
  const someone = device()
  await someone.start()
  const { status } = await someone.send(`/s/${survey.slug}/choices`, { go: 'later', ride: 'bus' })
  expect(status).toBe(403)
  const token = 'Z'.repeat(22)
  expect((await someone.send(`/s/${survey.slug}/later`, { token })).path).toBe(`/s/${survey.slug}`)
  expect(rows(site, 'select * from resume_code where survey = ?', survey.id)).toEqual([])
})

test('guessing is stopped, with when to try again in the language of the reader, and answering goes on', async () => {
  const own = await openSite(sampleDistrict)
  try {
    await field(own.stores, { slug: 'guessed', definition: everyKind })
    const someone = respondent(own, 'guessed', { 'Accept-Language': 'es' })
    const guess = () => someone.send('/s/guessed/resume', { code: 'ACE-F7H-J9KM' })
    for (let n = 0; n < 60; n++) expect((await guess()).status).toBe(422)
    const { status, html } = await guess()
    expect(status).toBe(429)
    expect(html).toContain('<html lang="es"')
    expect(wordsOf(html)).toMatch(/15/)
    await someone.open()
    await someone.start()
    expect((await someone.answer({ ride: 'bus' })).path).toBe('/s/guessed/ratings')
  } finally {
    await own.close()
  }
})
