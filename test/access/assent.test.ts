import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { field, openSite, respondent, rows, type Site, sampleDistrict, stored, wordsOf } from '../site.ts'
import { childrens, plain } from './sheets.ts'

let site: Site
let survey: Survey
let turn = 0
beforeAll(async () => {
  site = await openSite(sampleDistrict)
})
afterAll(() => site.close())
beforeEach(async () => {
  const definition = { ...plain, assent: childrens.assent }
  survey = await field(site.stores, { slug: `asked-${++turn}`, definition })
})

const reader = (headers = {}) => respondent(site, survey.slug, headers)
const refusals = () => site.stores.refusals.count(survey.id)

test('the start tells what is asked and offers yes and no as buttons of one kind', async () => {
  const { html } = await reader().open()
  expect(wordsOf(html)).toMatch(/You may say no\. Yes, I want to take part No, I do not want to take part/)
  expect(html).toMatch(/<a class="primary"[^>]*>Yes/)
  expect(html).toMatch(/<button class="primary">No/)
  expect(wordsOf((await reader({ 'Accept-Language': 'es' }).open()).html)).toContain('Puedes decir que no.')
})

test('no is counted, answered kindly, and nothing else is kept', async () => {
  const someone = reader()
  await someone.open()
  const { path, html } = await someone.send(`/s/${survey.slug}/no`, {})
  expect(path).toBe(`/s/${survey.slug}/no`)
  expect(wordsOf(html)).toContain('That is all right')
  await someone.open('no')
  expect(await refusals()).toBe(1)
  expect(rows(site, 'select * from refusal where survey = ?', survey.id)).toEqual([
    { survey: survey.id, n: 1 },
  ])
})

test('no after a page was answered takes what was answered away', async () => {
  const someone = reader()
  await someone.start()
  await someone.answer({ feel: 'unwell' })
  await someone.send(`/s/${survey.slug}/no`, {})
  expect(rows(site, 'select * from draft where survey = ?', survey.id)).toEqual([])
  expect((await someone.start()).html).not.toContain('checked')
})

test('no after sending is too late and is not counted', async () => {
  const someone = reader()
  await someone.start()
  await someone.answer({ feel: 'well' })
  await someone.answer({})
  await someone.submit()
  expect((await someone.send(`/s/${survey.slug}/no`, {})).path).toBe(`/s/${survey.slug}/thanks`)
  expect(await refusals()).toBe(0)
  expect(await stored(site, survey)).toHaveLength(1)
})

test('no is counted once for a browser, and answered as kindly again', async () => {
  const someone = reader()
  await someone.open()
  await someone.send(`/s/${survey.slug}/no`, {})
  const { path, html } = await someone.send(`/s/${survey.slug}/no`, {})
  expect(path).toBe(`/s/${survey.slug}/no`)
  expect(wordsOf(html)).toContain('That is all right')
  expect(await refusals()).toBe(1)
})

test('many at once are all counted', async () => {
  await Promise.all(Array.from({ length: 20 }, () => reader().send(`/s/${survey.slug}/no`, {})))
  expect(await refusals()).toBe(20)
})

test('where nobody is asked, or the survey is closed, or another site sends it, nothing is counted', async () => {
  const unasked = await field(site.stores, { slug: `unasked-${turn}`, definition: plain })
  await respondent(site, unasked.slug).send(`/s/${unasked.slug}/no`, {})
  expect(await site.stores.refusals.count(unasked.id)).toBe(0)
  expect((await respondent(site, unasked.slug).open('no')).status).toBe(404)
  const crossed = await reader().send(`/s/${survey.slug}/no`, {}, { 'Sec-Fetch-Site': 'cross-site' })
  expect(crossed.status).toBe(403)
  await site.stores.surveys.setState(survey.id, 'closed')
  await reader().send(`/s/${survey.slug}/no`, {})
  expect(await refusals()).toBe(0)
})
