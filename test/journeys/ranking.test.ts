import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { launch } from '../browser.ts'
import { field, openSite, type Site, sampleDistrict, stored } from '../site.ts'
import { openPhone, type Phone } from './phone.ts'

const options = ['Apples', 'Bread', 'Cheese', 'Dates'].map((en) => ({
  code: en.toLowerCase(),
  label: { en, ar: `${en} (ar)` },
}))

/** A ranking of all, and one of the best two, whose start order is shuffled. */
const definition = {
  source: 'en',
  languages: ['en', 'ar'],
  title: { en: 'Sample', ar: 'عينة' },
  sections: [
    {
      code: 'all',
      title: { en: 'All', ar: 'الكل' },
      questions: [
        { code: 'food', kind: 'ranking', title: { en: 'In what order?', ar: 'بأي ترتيب؟' }, options },
      ],
    },
    {
      code: 'best',
      title: { en: 'Best', ar: 'الأفضل' },
      questions: [
        {
          code: 'best',
          kind: 'ranking',
          top: 2,
          shuffle: true,
          title: { en: 'Which two?', ar: 'أي اثنين؟' },
          options,
        },
        { code: 'more', kind: 'text', title: { en: 'More?', ar: 'المزيد؟' } },
      ],
    },
  ],
}

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

let site: Site
let browser: Browser
let survey: Survey
let phone: Phone
let turn = 0
beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(sampleDistrict), launch()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})
beforeEach(async () => {
  survey = await field(site.stores, { slug: `rank-${++turn}`, definition })
  phone = await openPhone(browser, site, { script: true })
  await phone.open(`/s/${survey.slug}/all`)
})
afterEach(() => phone.close())

const names = (page: Page) => page.locator('.rankable label').allTextContents()
const heard = (page: Page) => page.locator('[aria-live]').textContent()
const button = (name: string) => phone.page.getByRole('button', { name, exact: true })

/** Sends what is there, and gives back what was stored. */
async function send() {
  await phone.skipToReview()
  await phone.next()
  expect(phone.at()).toBe(`/s/${survey.slug}/thanks`)
  const [response] = await stored(site, survey)
  return response?.answers
}

/** A comment on the second page, so that a response without any ranking can be sent. */
async function sendWithComment() {
  await phone.next()
  await phone.write('more', 'words')
  return send()
}

describe('the order of things, on a phone with JavaScript', () => {
  test('by the buttons, one move at a time', async () => {
    await button('Move up: Cheese').click()
    expect(await names(phone.page)).toEqual(['Apples', 'Cheese', 'Bread', 'Dates'])
    expect(await heard(phone.page)).toBe('Cheese is now number 2 of 4')
    await button('Move down: Apples').click()
    expect(await send()).toEqual({ food: { order: ['cheese', 'apples', 'bread', 'dates'] } })
  })

  test('by keyboard alone, and the focus stays with what was moved', async () => {
    const { keyboard } = phone.page
    const focused = () => phone.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')
    // Tab by tab, as somebody does who cannot use a pointer.
    for (let presses = 0; (await focused()) !== 'Move up: Cheese'; presses++) {
      expect(presses).toBeLessThan(40)
      await keyboard.press('Tab')
    }
    await keyboard.press('Enter')
    expect(await focused()).toBe('Move up: Cheese')
    await keyboard.press('Space')
    // It is first now and cannot go up: the focus is not lost to the top of the page.
    expect(await focused()).toBe('Move down: Cheese')
    expect(await names(phone.page)).toEqual(['Cheese', 'Apples', 'Bread', 'Dates'])
    expect(await heard(phone.page)).toBe('Cheese is now number 1 of 4')
    expect(await send()).toEqual({ food: { order: ['cheese', 'apples', 'bread', 'dates'] } })
  })

  test('by the numbers, which the list then follows', async () => {
    await phone.page.getByLabel('Dates', { exact: true }).selectOption('1')
    await phone.page.getByLabel('Bread', { exact: true }).selectOption('2')
    expect(await names(phone.page)).toEqual(['Dates', 'Bread', 'Apples', 'Cheese'])
    expect(await send()).toEqual({ food: { order: ['dates', 'bread'] } })
  })

  test('by dragging with a pointer, down and up again', async () => {
    await drag('Apples', 'Cheese')
    expect(await names(phone.page)).toEqual(['Bread', 'Cheese', 'Apples', 'Dates'])
    expect(await heard(phone.page)).toBe('Apples is now number 3 of 4')
    await drag('Dates', 'Bread')
    expect(await send()).toEqual({ food: { order: ['dates', 'bread', 'cheese', 'apples'] } })
  })

  test('a finger that touches the handle and lets go changes nothing', async () => {
    await phone.page.locator('.rankable .handle').nth(2).click()
    expect(await sendWithComment()).toEqual({ more: { words: 'words', language: 'en' } })
  })

  test('left as it was it is no answer', async () => {
    expect(await sendWithComment()).toEqual({ more: { words: 'words', language: 'en' } })
  })

  test('"This order is right" makes the order that is shown the answer', async () => {
    await button('This order is right').click()
    expect(await heard(phone.page)).toBe('The order as shown is your answer')
    // The button is gone, and the focus did not go with it.
    expect(await phone.page.evaluate(() => document.activeElement?.textContent)).toBe('Clear the order')
    expect(await send()).toEqual({ food: { order: ['apples', 'bread', 'cheese', 'dates'] } })
  })

  test('an order that was cleared is no answer again', async () => {
    await button('Move down: Apples').click()
    await button('Clear the order').click()
    expect(await names(phone.page)).toEqual(['Apples', 'Bread', 'Cheese', 'Dates'])
    expect(await sendWithComment()).toEqual({ more: { words: 'words', language: 'en' } })
  })

  test('of the best two, only the first two are kept, with the order in which they were shown', async () => {
    await phone.next()
    const shown = (await names(phone.page)).map((name) => name.toLowerCase())
    await button('This order is right').click()
    expect(await send()).toEqual({ best: { order: shown.slice(0, 2), shown } })
  })

  test('it stands as it was left when somebody comes back, and when they change the language', async () => {
    await button('Move up: Dates').click()
    await phone.switchLanguage('ar')
    expect(await names(phone.page)).toEqual(['Apples (ar)', 'Bread (ar)', 'Dates (ar)', 'Cheese (ar)'])
    await phone.next()
    await phone.back()
    expect(await names(phone.page)).toEqual(['Apples (ar)', 'Bread (ar)', 'Dates (ar)', 'Cheese (ar)'])
    expect(await send()).toEqual({ food: { order: ['apples', 'bread', 'dates', 'cheese'] } })
  })
})

async function drag(name: string, over: string) {
  const { page } = phone
  const row = (text: string) => page.locator('.rankable', { hasText: text })
  const from = await row(name).locator('.handle').boundingBox()
  const to = await row(over).boundingBox()
  if (!from || !to) throw new Error('the rows are not on the screen')
  const downwards = to.y > from.y
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(from.x + from.width / 2, downwards ? to.y + to.height - 4 : to.y + 4, { steps: 12 })
  await page.mouse.up()
}
