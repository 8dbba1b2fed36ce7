import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { told } from '../engine.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, openSite, respondent, rows, type Site, sampleDistrict, stored, wordsOf } from '../site.ts'

let site: Site
let survey: Survey
let turn = 0
beforeAll(async () => {
  site = await openSite(sampleDistrict)
})
afterAll(() => site.close())
beforeEach(async () => {
  survey = await field(site.stores, { slug: `tablet-${++turn}`, definition: everyKind })
  await site.stores.surveys.setFielding(survey.id, { ...survey.fielding, kiosk: true })
})

const drafts = () => rows(site, 'select * from draft where survey = ?', survey.id)
async function tablet() {
  const it = respondent(site, survey.slug)
  await it.open('kiosk')
  return it
}
const refresh = (html: string) =>
  /<noscript><meta http-equiv="refresh" content="([^"]+)"><\/noscript>/.exec(html)?.[1]

describe('a shared tablet', () => {
  test('begins at the start, says that it forgets, and its responses say that they came from one', async () => {
    const it = await tablet()
    expect(it.seen().path).toBe(`/s/${survey.slug}`)
    expect(wordsOf(it.seen().html)).toContain('Many people use this device')
    await it.start()
    for (const fields of [{ ride: 'bus' }, {}, {}]) await it.answer(fields)
    const receipt = await it.submit()
    expect(wordsOf(receipt.html)).toContain('back to the start by itself in 20 seconds')
    expect(refresh(receipt.html)).toBe(`20;url=/s/${survey.slug}/kiosk`)
    expect(receipt.html).not.toContain('class="copy"')
    expect(await stored(site, survey)).toMatchObject([{ channel: 'kiosk' }])
  })

  test('keeps nothing for later: no button, no code, no page that takes one, nothing on the device', async () => {
    const it = await tablet()
    expect(it.seen().html).not.toContain('/resume')
    const page = await it.start()
    expect(page.html).not.toContain('value="later"')
    expect(page.html).not.toContain('data-keep')
    expect(page.html).toContain('autocomplete="off">')
    expect((await it.open('later')).status).toBe(404)
    expect((await it.open('resume')).status).toBe(404)
    await it.open('choices')
    // A form that asks for it all the same only goes on.
    expect((await it.answer({ go: 'later', ride: 'bus' })).path).toBe(`/s/${survey.slug}/ratings`)
    expect(rows(site, 'select * from resume_code where survey = ?', survey.id)).toEqual([])
  })

  test('a page with questions that is left alone goes back by itself, also without a script', async () => {
    const it = await tablet()
    const { html } = await it.start()
    expect(refresh(html)).toBe(`600;url=/s/${survey.slug}/kiosk`)
    expect(html).toMatch(/id="idle"[^>]*data-after="100" data-warn="20"/)
    expect(html).toContain('kiosk.js')
    await it.answer({ ride: 'bus' })
    for (const page of ['ratings', 'nowhere'])
      expect([page, refresh((await it.open(page)).html)]).toEqual([page, `600;url=/s/${survey.slug}/kiosk`])
  })

  test('going back to the start takes the last person away, here and on the server', async () => {
    const it = await tablet()
    await it.open('?lang=es')
    await it.start()
    await it.answer({ ride: 'bus', ride_why: 'private' })
    expect(drafts()).toHaveLength(1)
    const answer = await it.agent.get(`/s/${survey.slug}/kiosk`).set(it.told).redirects(0)
    expect(answer.headers['clear-site-data']).toBe('"cache"')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(drafts()).toEqual([])
    const start = await it.open()
    expect(start.html).toContain('<html lang="en"')
    expect(start.html).not.toContain('Go on where you stopped')
    expect((await it.open('ratings')).path).toBe(`/s/${survey.slug}/choices`)
    expect(it.seen().html).not.toMatch(/private| checked/)
  })

  test('"start again" there is the same way', async () => {
    const it = await tablet()
    await it.start()
    await it.answer({ ride: 'bus' })
    expect((await it.open('?again')).path).toBe(`/s/${survey.slug}`)
    expect(drafts()).toEqual([])
  })

  test('no page of it is kept by the browser', async () => {
    const it = await tablet()
    await it.start()
    for (const page of ['', '/choices'])
      expect((await it.agent.get(`/s/${survey.slug}${page}`).set(it.told)).headers['cache-control']).toBe(
        'no-store',
      )
  })

  test('a start page that nobody touched stays; one whose language was changed goes back', async () => {
    const it = await tablet()
    expect(refresh(it.seen().html)).toBeUndefined()
    expect(refresh((await it.open('?lang=es')).html)).toBeDefined()
  })

  test('can be made an ordinary browser again', async () => {
    const it = await tablet()
    await it.open('kiosk?off')
    expect((await it.start()).html).toContain('value="later"')
  })
})

describe('where it is not meant to be', () => {
  test('a survey that allows none has no such address, and a browser that was one is one no more', async () => {
    const it = await tablet()
    await site.stores.surveys.setFielding(survey.id, { ...survey.fielding, kiosk: false })
    await told(site.dataDir)
    expect((await it.open('kiosk')).status).toBe(404)
    await it.open()
    expect((await it.start()).html).toContain('value="later"')
  })

  test('a link to it does not take away what a parent began at home', async () => {
    const parent = respondent(site, survey.slug)
    await parent.start()
    await parent.answer({ ride: 'bus' })
    await parent.open('kiosk')
    expect(drafts()).toHaveLength(1)
  })

  test('it is a tablet for this survey alone', async () => {
    const it = await tablet()
    const other = await field(site.stores, { slug: `beside-${turn}`, definition: everyKind })
    await site.stores.surveys.setFielding(other.id, { ...other.fielding, kiosk: true })
    const page = await it.agent.get(`/s/${other.slug}/choices`).set(it.told)
    expect(page.text).toContain('value="later"')
  })
})
