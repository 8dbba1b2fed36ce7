import { afterAll, beforeAll, expect, test } from 'vitest'
import { everydayFielding } from '../../src/questionnaire/fielding.ts'
import { field, openSite, respondent, rows, type Site, sampleDistrict, stored, wordsOf } from '../site.ts'
import { visitor } from '../web/house.ts'
import { everyKind } from './surveys.ts'

let site: Site
let here: Awaited<ReturnType<typeof field>>
beforeAll(async () => {
  site = await openSite(async (stores) => {
    await sampleDistrict(stores)
    here = await field(stores, {
      slug: 'here',
      definition: everyKind,
      fielding: { ...everydayFielding, withdrawal: true },
    })
    await field(stores, { slug: 'kept', definition: everyKind })
  })
})
afterAll(() => site.close())

/** Answers everything and sends; the receipt. */
async function receiptOf(slug: string) {
  const someone = respondent(site, slug)
  await someone.start()
  await someone.answer({ ride: 'bus' })
  for (let page = 0; page < 5 && !someone.seen().path.endsWith('/review'); page++) await someone.answer()
  await someone.submit()
  return someone
}
const codeOn = (html: string) =>
  /([A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{4}-[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{4})/.exec(html)?.[1]

test('somebody takes their answers back with the code of the receipt, and they are gone', async () => {
  const someone = await receiptOf('here')
  const code = codeOn(someone.seen().html) ?? ''
  expect(code).not.toBe('')
  // It is shown once, and is in no table as it is.
  expect(codeOn((await someone.open('thanks')).html)).toBeUndefined()
  expect(JSON.stringify(rows(site, 'select * from withdrawal'))).not.toContain(code.replaceAll('-', ''))
  expect(await stored(site, here)).toHaveLength(1)
  const other = respondent(site, 'here')
  expect(wordsOf((await other.send('/s/here/withdraw', { code: 'ACE' })).html)).toContain('not a whole code')
  const wrong = await other.send('/s/here/withdraw', { code: 'ACEFHJKMNH ACEFHJKMNH' })
  expect(wrong.status).toBe(422)
  const done = await other.send('/s/here/withdraw', { code: code.toLowerCase().replaceAll('-', ' ') })
  expect(wordsOf(done.html)).toContain('Your answers are deleted')
  expect(await stored(site, here)).toEqual([])
  for (const table of ['answer', 'response', 'tally', 'turnout', 'withdrawal'])
    expect([table, rows(site, `select * from ${table}`)]).toEqual([table, []])
  expect((await other.send('/s/here/withdraw', { code })).status).toBe(422)
  const [line] = await site.stores.audit.list({ limit: 1 })
  expect([line?.did, line?.about, line?.detail]).toEqual(['deleted', 'here', 'response 1'])
})

test('a survey whose owner did not switch it on shows no code and has no such page', async () => {
  const someone = await receiptOf('kept')
  expect(someone.seen().path).toBe('/s/kept/thanks')
  expect(codeOn(someone.seen().html)).toBeUndefined()
  expect((await someone.open('withdraw')).status).toBe(404)
  expect(rows(site, 'select * from withdrawal')).toEqual([])
})

test('the office says how long things are kept', async () => {
  const office = visitor(site.url as never)
  await office.signIn('office@example.org')
  const page = '/office/surveys/kept'
  const send = (fields: Record<string, string>) => office.fill(page, fields, `${page}/life`)
  const wrong = await send({ 'keep-drafts': '1', 'keep-codes': 'x', 'keep-comments': '' })
  expect([wrong.status, wrong.text.includes('whole number of days')]).toEqual([422, true])
  const right = await send({
    'keep-drafts': '0',
    'keep-codes': '',
    'keep-comments': '365',
    withdrawal: 'yes',
  })
  expect(right.headers.location).toBe(`${page}?done=life#life`)
  expect((await site.stores.surveys.find('kept'))?.fielding).toMatchObject({
    withdrawal: true,
    keep: { drafts: 0, comments: 365 },
  })
  expect(await site.heard('tidy')).toBe('')
})
