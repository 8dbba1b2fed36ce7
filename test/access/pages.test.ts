import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { launch } from '../browser.ts'
import { axe, layout } from '../journeys/inspect.ts'
import { leaving } from '../journeys/phone.ts'
import { field, openSite, type Site, sampleDistrict } from '../site.ts'
import { goodPassword } from '../web/house.ts'
import { childrens, sheetOf } from './sheets.ts'

let site: Site
let browser: Browser
let survey: Survey
let codes: string[]
beforeAll(async () => {
  site = await openSite(sampleDistrict)
  survey = await field(site.stores, { slug: 'seen', definition: childrens })
  const fielding = { access: 'codes', kiosk: false, doubleEntry: false, optOutListed: true } as const
  await site.stores.surveys.setFielding(survey.id, fielding)
  const { schools } = await site.stores.settings.district()
  codes = (await sheetOf(site, survey, 4, { school: schools[0]?.code ?? '' })).codes
  browser = await launch()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await site.close()
})

async function onPhone(work: (page: Page) => Promise<void>, more = {}) {
  const context = await browser.newContext({
    viewport: { width: 320, height: 640 },
    locale: 'en-US',
    baseURL: site.url,
    ...more,
  })
  try {
    await work(await context.newPage())
  } finally {
    await context.close()
  }
}

/** Nothing that axe finds, and nothing that is cut off, too small to press or needs scrolling sideways. */
async function sound(page: Page) {
  expect([...(await axe(page)), ...(await layout(page))]).toEqual([])
}

describe('on a phone', () => {
  test.each([true, false])('a code is typed by keyboard alone, with scripts: %s', (javaScriptEnabled) =>
    onPhone(
      async (page) => {
        await page.goto('/s/seen')
        if (javaScriptEnabled) await sound(page)
        await page.focus('#code')
        await page.keyboard.type('ace')
        await leaving(page, () => page.keyboard.press('Enter'))
        expect(page.url()).toMatch(/\/code$/)
        expect(await page.getAttribute('#code', 'aria-describedby')).toBe('code-help code-problem')
        if (javaScriptEnabled) await sound(page)
        await page.fill('#code', (codes.pop() ?? '').toLowerCase())
        await leaving(page, () => page.keyboard.press('Enter'))
        expect(page.url()).toContain('/s/seen/one')
        expect(await page.locator('h1').count()).toBe(1)
      },
      { javaScriptEnabled },
    ),
  )

  test.each(['/s/seen/no', '/s/seen/notice', '/s/seen/notice?lang=es', '/s/seen?code=ACE'])('%s', (path) =>
    onPhone(async (page) => {
      await page.goto(path)
      await sound(page)
    }),
  )

  test('yes and no are buttons of one size', () =>
    onPhone(async (page) => {
      await page.goto('/s/seen')
      const [yes, no] = await Promise.all(
        ['.code-entry .primary', 'form.choose-part .primary'].map((one) => page.locator(one).boundingBox()),
      )
      expect(yes && [yes.width, yes.height]).toEqual(no && [no.width, no.height])
    }))
})

describe('for the office', () => {
  const home = '/office/surveys/seen'
  const signedIn = (work: (page: Page) => Promise<void>, viewport = { width: 1024, height: 800 }) =>
    onPhone(
      async (page) => {
        await page.goto('/sign-in')
        await page.fill('#email', 'office@example.org')
        await page.fill('#password', goodPassword)
        await page.click('main button')
        await page.waitForURL('**/office')
        await work(page)
      },
      { viewport },
    )

  test.each([320, 1024])('the page of a survey and its links are sound, %i wide', (width) =>
    signedIn(
      async (page) => {
        for (const path of [home, `${home}/links`]) {
          await page.goto(path)
          await sound(page)
        }
        await page.goto(home)
        await page.fill('#codes', 'nothing')
        await leaving(page, () => page.click('#opt-out form.narrow button'))
        await page.waitForSelector('#problems')
        await sound(page)
      },
      { width, height: 800 },
    ),
  )

  test('a sheet prints as cards, two beside each other and none cut in two', () =>
    signedIn(async (page) => {
      await page.goto(home)
      await page.fill('#number', '24')
      await leaving(page, () => page.click('#sheets form.narrow button'))
      await page.waitForSelector('.cards')
      await sound(page)
      await page.emulateMedia({ media: 'print' })
      expect(await page.locator('.on-screen').isVisible()).toBe(false)
      const [first, second] = await Promise.all(
        [0, 1].map((at) => page.locator('.card').nth(at).boundingBox()),
      )
      expect(first?.y).toBe(second?.y)
      const pdf = await page.pdf({ format: 'Letter', printBackground: false })
      const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
      expect(pages).toBeGreaterThanOrEqual(2)
      expect(pages).toBeLessThanOrEqual(4)
      if (process.env.HEARD_LOOK) {
        await page.pdf({ path: `${process.env.HEARD_LOOK}/sheet.pdf`, format: 'Letter' })
        await page.screenshot({ path: `${process.env.HEARD_LOOK}/sheet.png`, fullPage: true })
      }
    }))
})
