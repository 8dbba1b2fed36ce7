import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { bytesIn, columnsIn, tablesIn } from '../engine.ts'
import { openSite, respondent, rows, type Site, sampleDistrict } from '../site.ts'
import { childrens, coded, sheetOf } from './sheets.ts'

let site: Site
let survey: Survey
let codes: string[]
const people = 12
beforeAll(async () => {
  site = await openSite(sampleDistrict)
  survey = await coded(site, 'told', { ...childrens, protectedAreas: undefined })
  codes = (await sheetOf(site, survey, people + 8)).codes
  for (let n = 0; n < people; n++) {
    const someone = respondent(site, 'told')
    await someone.send('/s/told/code', { code: codes[n] ?? '' })
    await someone.answer({ feel: n % 2 ? 'well' : 'unwell' })
    await someone.answer({ why: `my words ${n}` })
    // The last two have not sent yet: what they typed lies in drafts.
    if (n < people - 2) await someone.submit()
  }
})
afterAll(() => site.close())

/** Every table of the file as it is, not as the code believes that it is. */
function everything(): Record<string, Record<string, unknown>[]> {
  return Object.fromEntries(
    tablesIn(site.dataDir).map((table) => [table, rows(site, `select * from "${table}"`)]),
  )
}

/**
 * Whom a survey was sent to by e-mail may keep the hash of their own code, where the office chose that, and a letter
 * while nobody knows whether it arrived (docs/sending.md): by default neither does, and neither leads to a response.
 * A receipt's code for taking answers back is another code, made at random and given to nobody else
 * (docs/privacy.md); the values are looked at below all the same.
 */
const mayHoldOne = ['resume_code', 'contact', 'letter', 'withdrawal']

test('no value of an access code stands in any other table, and no other table has a column for one', () => {
  const all = everything()
  const own = all.access_code ?? []
  expect(own).toHaveLength(people + 8)
  expect(own.filter(({ state }) => state === 'used')).toHaveLength(people - 2)
  const hashes = own.map(({ code_hash }) => String(code_hash))
  for (const [table, found] of Object.entries(all)) {
    if (table === 'access_code') continue
    const text = JSON.stringify(found)
    for (const hash of hashes) expect([table, text.includes(hash)]).toEqual([table, false])
    for (const column of columnsIn(site.dataDir, table))
      if (!mayHoldOne.includes(table)) expect([table, column]).not.toEqual([table, 'code_hash'])
  }
})

test('a code has no time, no number and no order in which it was used', async () => {
  expect(columnsIn(site.dataDir, 'access_code')).toEqual([
    'code_hash',
    'survey',
    'state',
    'school',
    'grp',
    'sheet',
  ])
  expect(() => rows(site, 'select rowid from access_code')).toThrow(/no such column|does not exist/)
  // On PostgreSQL every hour; see test/postgres/anonymity.
  await site.stores.life.mix()
  const used = (everything().access_code ?? []).filter(({ state }) => state === 'used')
  const hashes = used.map(({ code_hash }) => String(code_hash))
  expect(hashes).toEqual(hashes.toSorted())
})

test('what one table says of a used code is said of every other used code alike', () => {
  const used = (everything().access_code ?? []).filter(({ state }) => state === 'used')
  // But for its hash, a used code cannot be told from another of its sheet: so nothing of it can lead to one response.
  expect(new Set(used.map(({ code_hash, ...rest }) => JSON.stringify(rest))).size).toBe(1)
})

test('the drafts of those who have not sent yet name no code either', () => {
  const { draft = [] } = everything()
  expect(draft).toHaveLength(2)
  const { access_code = [] } = everything()
  const kept = JSON.stringify(draft)
  for (const { code_hash } of access_code) expect(kept).not.toContain(String(code_hash))
})

test('no code itself is anywhere on the disk', () => {
  const bytes = bytesIn(site.dataDir)
  for (const code of codes)
    for (const form of [code, code.replaceAll('-', '')]) expect(bytes.includes(form)).toBe(false)
})

test('who said no is a number and nothing else', async () => {
  const someone = respondent(site, 'told')
  await someone.send('/s/told/code', { code: codes[people] ?? '' })
  await someone.answer({ feel: 'unwell' })
  const before = everything()
  await someone.send('/s/told/no', {})
  const after = everything()
  expect(after.refusal).toEqual([{ survey: survey.id, n: 1 }])
  expect(after.access_code).toEqual(before.access_code)
  expect(after.draft).toHaveLength((before.draft ?? []).length - 1)
  expect(after.spent).toEqual(before.spent)
})
