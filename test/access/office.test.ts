import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { field, hidden, openSite, respondent, rows, type Site, sampleDistrict, wordsOf } from '../site.ts'
import { childrens, coded, plain, sheetOf } from './sheets.ts'
import { staff } from './staff.ts'

let site: Site
let survey: Survey
let office: Awaited<ReturnType<typeof staff>>
let page: string
let turn = 0
beforeAll(async () => {
  site = await openSite(sampleDistrict)
  office = await staff(site)
})
afterAll(() => site.close())
beforeEach(async () => {
  survey = await coded(site, `run-${++turn}`)
  page = `/office/surveys/${survey.slug}`
})

const press = (action: string, fields = {}) => office.press(page, `${page}/${action}`, fields)
const now = async () => {
  const found = await site.stores.surveys.find(survey.slug)
  if (!found) throw new Error('it is gone')
  return found
}

describe('the page of one survey', () => {
  test('is reached from the list, and only by the office', async () => {
    expect((await office.open('/office')).text).toContain(`href="${page}"`)
    const { status, text } = await office.open(page)
    expect(status).toBe(200)
    expect(text.match(/<h1/g)).toHaveLength(1)
    expect(text).not.toMatch(/ style=|<style|<script(?! src)/)
    const leader = await staff(site, 'leader')
    for (const path of [page, `${page}/links`]) expect((await leader.open(path)).status).toBe(403)
    expect((await office.open('/office/surveys/nowhere')).status).toBe(404)
  })

  test.each(['dates', 'fielding', 'sheets', 'sheets/1/void', 'opt-out', 'open', 'close'])(
    'a forged form changes nothing: %s',
    async (action) => {
      const answer = await office.send(`${page}/${action}`, { access: 'open', nobody: 'yes', opens: '' })
      expect(answer.status).toBe(403)
      expect(await now()).toMatchObject({ state: 'open', fielding: survey.fielding })
    },
  )

  test('counts those who said no', async () => {
    const asked = await field(site.stores, {
      slug: `no-${turn}`,
      definition: { ...plain, assent: childrens.assent },
    })
    await site.stores.refusals.add(asked.id)
    expect(wordsOf((await office.open(`/office/surveys/${asked.slug}`)).text)).toContain(
      'do not want to take part: 1',
    )
  })

  test('names each text that a language lacks', async () => {
    const definition = structuredClone(plain) as typeof plain
    Reflect.deleteProperty(definition.sections[0]?.questions[0]?.title ?? {}, 'es')
    Reflect.deleteProperty(definition.title, 'es')
    const lacking = await field(site.stores, { slug: `lacking-${turn}`, definition })
    const text = wordsOf((await office.open(`/office/surveys/${lacking.slug}`)).text)
    expect(text).toMatch(/English : nothing is missing/)
    expect(text).toMatch(/español : 2 texts are missing title How are you\?/)
    expect(text).toContain('one / feel / title How do you feel?')
  })
})

describe('dates', () => {
  test('are read and shown by the clock of the district', async () => {
    const answer = await press('dates', { opens: '2150-01-05T08:00', closes: '2150-07-05T17:30' })
    expect(answer.status).toBe(303)
    const { opensAt, closesAt } = await now()
    // New York is five hours behind in winter and four in summer.
    expect([opensAt, closesAt]).toEqual([
      Date.parse('2150-01-05T13:00:00Z'),
      Date.parse('2150-07-05T21:30:00Z'),
    ])
    const { text } = await office.open(page)
    expect(text).toContain('value="2150-01-05T08:00"')
    expect(text).toContain('America/New_York')
  })

  test('an empty box takes the limit away', async () => {
    await site.stores.surveys.setDates(survey.id, 1, 2)
    await press('dates', { opens: '', closes: '' })
    expect(await now()).toMatchObject({ opensAt: null, closesAt: null })
  })

  test.each([
    ['no date', { opens: 'soon', closes: '' }],
    ['a day that the year lacks', { opens: '2150-02-30T08:00', closes: '' }],
    ['an hour that the clocks jump over', { opens: '2026-03-08T02:30', closes: '' }],
    ['an end before the beginning', { opens: '2150-01-05T08:00', closes: '2150-01-05T08:00' }],
  ])('%s is refused, what was typed stays, and nothing changes', async (_what, typed) => {
    const { status, text } = await press('dates', typed)
    expect(status).toBe(422)
    expect(text).toContain('aria-invalid="true"')
    expect(text).toContain(`value="${typed.opens}"`)
    expect(await now()).toMatchObject({ opensAt: null, closesAt: null })
  })

  test('a survey can be opened for its first day to come', async () => {
    await site.stores.surveys.setState(survey.id, 'draft')
    await press('dates', { opens: '2150-01-05T08:00', closes: '' })
    await press('open', { by: 'dates', from: 'survey' })
    expect(await now()).toMatchObject({ state: 'open', opensAt: Date.parse('2150-01-05T13:00:00Z') })
    expect(wordsOf((await respondent(site, survey.slug).open()).html)).toMatch(
      /opens on Monday, January 5, 2150/,
    )
  })
})

describe('how it is answered', () => {
  test('is saved as chosen', async () => {
    await press('fielding', { access: 'open', kiosk: 'yes', doubleEntry: 'yes' })
    expect((await now()).fielding).toEqual({
      access: 'open',
      kiosk: true,
      doubleEntry: true,
      optOutListed: false,
    })
    await press('fielding', { access: 'codes' })
    expect((await now()).fielding).toMatchObject({ access: 'codes', kiosk: false, doubleEntry: false })
    expect((await press('fielding', { access: 'anyone' })).status).toBe(400)
  })
})

describe('links', () => {
  test('there is one for everyone and one for each school and group, each with its QR code', async () => {
    const { schools } = await site.stores.settings.district()
    const { text } = await office.open(`${page}/links`)
    for (const { code } of schools) expect(text).toContain(`/s/${survey.slug}?school=${code}"`)
    expect(text.match(/<svg class="qr"/g)).toHaveLength(schools.length + 1)
    expect(text).not.toMatch(/ style=/)
  })
})

describe('sheets of codes', () => {
  const form = async () => hidden((await office.open(page)).text).sheet ?? ''
  const make = async (fields = {}) =>
    press('sheets', { sheet: await form(), school: '', group: '', number: '12', ...fields })
  const codesOn = (text: string) =>
    [...text.matchAll(/<code>([A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{4})<\/code>/g)].map(([, code = '']) => code)

  test('a sheet is shown once, with a card for each code in the languages of the survey', async () => {
    const school = (await site.stores.settings.district()).schools[0]
    const { status, text, headers } = await make({ school: school?.code })
    expect([status, headers['cache-control']]).toEqual([200, 'no-store'])
    const codes = codesOn(text)
    expect(new Set(codes).size).toBe(12)
    expect(text.match(/<svg class="qr"/g)).toHaveLength(12)
    expect(text).toContain(`/s/${survey.slug}`)
    expect(text).toMatch(/<ul class="card-how">\n<li lang="en" dir="ltr">[^<]+<\/li>/)
    const listed = (await office.open(page)).text
    for (const code of codes) expect(listed).not.toContain(code)
    expect(wordsOf(listed)).toMatch(/Sheet 1 .* 12 0 0 0 Take back/)
    const opened = await respondent(site, survey.slug).send(`/s/${survey.slug}/code`, {
      code: codes[0] ?? '',
    })
    expect(opened.path).toContain('/one')
  })

  test('sending the form again makes no second sheet', async () => {
    const sheet = await form()
    expect((await make({ sheet })).status).toBe(200)
    const again = await make({ sheet })
    expect(again.status).toBe(409)
    expect(wordsOf(again.text)).toContain('This sheet was made already')
    expect(rows(site, 'select distinct sheet from access_code where survey = ?', survey.id)).toHaveLength(1)
  })

  test.each(['0', '501', '', '-1', '1e2', 'ten'])('%j is no number of codes', async (number) => {
    const { status, text } = await make({ number })
    expect(status).toBe(422)
    expect(wordsOf(text)).toContain('Type a number from 1 to 500.')
    expect(rows(site, 'select * from access_code where survey = ?', survey.id)).toEqual([])
  })

  test('a school that is not on the list is refused', async () => {
    expect((await make({ school: 'nowhere' })).status).toBe(422)
  })

  test('a sheet that is taken back keeps what was used', async () => {
    const codes = codesOn((await make({ number: '2' })).text)
    const someone = respondent(site, survey.slug)
    await someone.send(`/s/${survey.slug}/code`, { code: codes[0] ?? '' })
    await someone.answer({ feel: 'well' })
    await someone.answer({})
    await someone.submit()
    await press('sheets/1/void')
    const states = rows(site, 'select state from access_code where survey = ? order by state', survey.id)
    expect(states.map(({ state }) => state)).toEqual(['used', 'void'])
  })

  test('five hundred are made in one go', async () => {
    const { status, text } = await make({ number: '500' })
    expect(status).toBe(200)
    expect(new Set(codesOn(text)).size).toBe(500)
  })
})

describe('families who opted out', () => {
  test('their codes are out, and the list is on record', async () => {
    const { codes } = await sheetOf(site, survey, 3)
    const { status, text } = await press('opt-out', { codes: `${codes[0]}\r\n ${codes[1]?.toLowerCase()} ,` })
    expect(status).toBe(200)
    expect(wordsOf(text)).toContain('2 codes are opted out.')
    expect((await now()).fielding.optOutListed).toBe(true)
    // Pasted again it is the same list.
    expect(wordsOf((await press('opt-out', { codes: codes[0] })).text)).toContain('1 code is opted out.')
  })

  test('lines that are no codes come back to be mended, and the list is not yet whole', async () => {
    const { codes } = await sheetOf(site, survey, 1)
    const { status, text } = await press('opt-out', { codes: `${codes[0]}\nMaria <b>` })
    expect(status).toBe(422)
    expect(wordsOf(text)).toMatch(/1 code is opted out\. 1 line is no code of this survey/)
    expect(text).toContain('>Maria &lt;b&gt;</textarea>')
    expect((await now()).fielding.optOutListed).toBe(false)
  })

  test('a code of another survey is left alone', async () => {
    const other = await coded(site, `else-${turn}`)
    const { codes } = await sheetOf(site, other, 1)
    expect((await press('opt-out', { codes: codes[0] })).status).toBe(422)
    expect(rows(site, 'select state from access_code where survey = ?', other.id)).toEqual([
      { state: 'unused' },
    ])
  })

  test('that nobody opted out can be said', async () => {
    await press('opt-out', { nobody: 'yes' })
    expect((await now()).fielding.optOutListed).toBe(true)
  })

  test('an empty list says nothing', async () => {
    expect((await press('opt-out', { codes: ' \n , ' })).status).toBe(422)
    expect((await now()).fielding.optOutListed).toBe(false)
  })
})
