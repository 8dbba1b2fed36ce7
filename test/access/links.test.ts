import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { District } from '../../src/district/district.ts'
import type { Survey } from '../../src/store/stores.ts'
import { field, openSite, respondent, rows, type Site, sampleDistrict, stored } from '../site.ts'
import { plain } from './sheets.ts'

let site: Site
let district: District
let survey: Survey
let turn = 0
beforeAll(async () => {
  site = await openSite(sampleDistrict)
  district = await site.stores.settings.district()
})
afterAll(() => site.close())
beforeEach(async () => {
  survey = await field(site.stores, { slug: `linked-${++turn}`, definition: plain })
})

const reader = () => respondent(site, survey.slug)
const code = (list: 'schools' | 'grades' | 'homeLanguages') => district[list][1]?.code ?? ''
const picked = (value: string) => new RegExp(`value="${value}"[^>]* (checked|selected)`)

test('a link fills in school, grade and language at home, to be seen and changed', async () => {
  const someone = reader()
  const query = new URLSearchParams({
    school: code('schools'),
    grade: code('grades'),
    home: code('homeLanguages'),
  })
  await someone.open(`?${query}`)
  expect(rows(site, 'select * from draft where survey = ?', survey.id)).toEqual([])
  await someone.start()
  const { html } = await someone.answer({ feel: 'well' })
  for (const list of ['schools', 'grades', 'homeLanguages'] as const) expect(html).toMatch(picked(code(list)))
  const changed = district.schools[2]?.code ?? ''
  await someone.answer({ school: changed, grade: code('grades'), home: '' })
  await someone.submit()
  const [response] = await stored(site, survey)
  expect(response?.answers).toEqual({ feel: 'well', school: changed, grade: code('grades') })
})

test('it stays through a change of language, before the start and on the first page', async () => {
  const someone = reader()
  const { html } = await someone.open(`?school=${code('schools')}`)
  expect(html).toContain(`?lang=es&amp;school=${code('schools')}"`)
  await someone.open(`?lang=es&school=${code('schools')}`)
  await someone.start()
  await someone.switchLanguage('en', { feel: 'well' })
  expect((await someone.answer({ feel: 'well' })).html).toMatch(picked(code('schools')))
})

test.each([
  'school=nowhere',
  'school=',
  'school=<b>',
  'school=__proto__',
  'color=blue',
  'feel=well',
  'school[]=1',
])('what is not offered is passed over: %s', async (query) => {
  const someone = reader()
  expect((await someone.open(`?${query}`)).html).not.toContain('nowhere')
  const first = await someone.start()
  expect(first.html).not.toContain('name="known"')
  const second = await someone.answer({ feel: 'well' })
  expect(second.html).not.toMatch(/ (checked|selected)[^>]*value="[^"]|value="[^"]+"[^>]* (checked|selected)/)
})

test('a school that a form of ours was made to carry must be offered too', async () => {
  const someone = reader()
  await someone.start()
  await someone.answer({ known: 'school=nowhere&grade=x', feel: 'well' })
  const [draft] = rows(site, 'select answers from draft where survey = ?', survey.id)
  expect(JSON.parse(String(draft?.answers))).toEqual({ feel: 'well' })
})

test('a link that is opened half-way changes no answer', async () => {
  const someone = reader()
  await someone.open(`?school=${code('schools')}`)
  await someone.start()
  await someone.answer({ feel: 'well' })
  await someone.open(`?school=${district.schools[2]?.code}`)
  expect((await someone.open('two')).html).toMatch(picked(code('schools')))
})
