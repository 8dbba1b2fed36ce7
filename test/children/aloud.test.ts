import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch } from '../browser.ts'
import { leaving } from '../journeys/phone.ts'
import { field, openSite, type Site, sampleDistrict } from '../site.ts'
import { forChildren, forEveryone } from './survey.ts'
import { withVoices } from './voices.ts'

let site: Site
let browser: Browser
beforeAll(async () => {
  const content = openSite(async (stores) => {
    await sampleDistrict(stores)
    await field(stores, { slug: 'kids', definition: { ...forChildren, assent: { en: 'You may say no.' } } })
    await field(stores, { slug: 'all', definition: forEveryone })
  })
  ;[site, browser] = await Promise.all([content, launch()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

type Voice = { lang: string; localService: boolean }
const english: Voice = { lang: 'en-US', localService: true }
const mexican: Voice = { lang: 'es_MX', localService: true }

async function listen(voices: Voice[], path: string, { late = false, language = 'en' } = {}) {
  const context = await browser.newContext({ baseURL: site.url, locale: language })
  await withVoices(context, voices, { late })
  const page = await context.newPage()
  await page.goto(path)
  return page
}
const said = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as { heard: { text: string; lang: string }[] }).heard.map(({ text, lang }) => [
      lang,
      text,
    ]),
  )
const call = (page: Page, what: 'finish' | 'arrive' | 'cancelled') =>
  page.evaluate((what) => (window as unknown as Record<string, () => unknown>)[what]?.(), what)
const button = (page: Page) => page.getByRole('button', { name: 'Read it to me' })
const stop = (page: Page) => page.getByRole('button', { name: 'Stop', exact: true })
const first = '/s/kids/days.climate.safe?part=yes'

describe('the button that reads a page to a child', () => {
  test('says what is asked and what can be chosen, in the order of the page, and stops at the end', async () => {
    const page = await listen([mexican, english], first)
    await button(page).click()
    expect(await said(page)).toEqual(
      [
        'At school',
        'Read each line.',
        'How true is this?',
        'I feel safe.',
        'No',
        'Some',
        'Yes',
        'Not about me',
      ].map((words) => ['en-US', words]),
    )
    expect(await button(page).getAttribute('aria-pressed')).toBe('true')
    await call(page, 'finish')
    expect(await button(page).getAttribute('aria-pressed')).toBe('false')
    expect(await stop(page).isVisible()).toBe(false)
    await page.context().close()
  })

  test('is worked by keyboard alone: start, stop, and the focus is never lost', async () => {
    const page = await listen([english], first)
    await button(page).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    expect(await stop(page).evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    expect(await said(page)).toEqual([])
    expect(await button(page).evaluate((element) => element === document.activeElement)).toBe(true)
    // The same button stops what it began.
    await page.keyboard.press('Enter')
    expect((await said(page)).length).toBeGreaterThan(0)
    await page.keyboard.press('Enter')
    expect(await said(page)).toEqual([])
    expect(page.url()).toContain(first)
    await page.context().close()
  })

  test('says the start page with what a child is told, and both answers', async () => {
    const page = await listen([english], '/s/kids')
    await button(page).click()
    const words = (await said(page)).map(([, text]) => text)
    expect(words).toContain('Your school')
    expect(words).toContain('You may say no.')
    expect(words.slice(words.indexOf('Yes, I want to')).slice(0, 2)).toEqual([
      'Yes, I want to',
      'No, I do not want to',
    ])
    await page.context().close()
  })

  test('says nothing of what was written or chosen', async () => {
    const page = await listen([english], first)
    const next = () => leaving(page, () => page.locator('main button.primary').click())
    await page.locator('label:has([value="yes"])').click()
    for (let turn = 0; turn < 5; turn++) await next()
    await page.locator('[name="who"]').fill('My secret aunt')
    await button(page).click()
    expect(JSON.stringify(await said(page))).toContain('Who helps you?')
    expect(JSON.stringify(await said(page))).not.toContain('secret')
    await next()
    await next()
    expect(page.url()).toContain('/review')
    await button(page).click()
    expect(JSON.stringify(await said(page))).toContain('Look at your answers')
    expect(JSON.stringify(await said(page))).not.toContain('secret')
    await page.context().close()
  })

  test('speaks the language of the page, with a voice of any country', async () => {
    const page = await listen([english, mexican], `${first}&lang=es`, { language: 'es' })
    await page.locator('[data-aloud="read"]').click()
    expect((await said(page))[3]).toEqual(['es_MX', 'Me siento a salvo.'])
    await page.context().close()
  })

  test('comes when the voices come', async () => {
    const page = await listen([english], first, { late: true })
    expect(await button(page).isVisible()).toBe(false)
    await call(page, 'arrive')
    expect(await button(page).isVisible()).toBe(true)
    await page.context().close()
  })

  test.each([
    ['there is no voice at all', []],
    ['no voice speaks the language', [mexican]],
    ['a voice would send the words to a server', [{ lang: 'en-US', localService: false }]],
  ])('is not there when %s', async (_why, voices) => {
    const page = await listen(voices, first)
    expect(await page.locator('.aloud').isVisible()).toBe(false)
    await page.context().close()
  })

  test('is not on the pages of other surveys, nor is its script', async () => {
    const page = await listen([english], '/s/all/days')
    expect(await page.locator('.aloud').count()).toBe(0)
    expect(await page.content()).not.toContain('aloud')
    await page.context().close()
  })
})
