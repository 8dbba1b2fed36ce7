import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { everydayFielding } from '../../src/questionnaire/fielding.ts'
import type { Survey } from '../../src/store/stores.ts'
import { launch } from '../browser.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, openSite, respondent, rows, type Site, sampleDistrict, stored } from '../site.ts'
import { add, goodPassword } from '../web/house.ts'
import { leaving } from './phone.ts'

/** Paper, as the office meets it: printed by a real browser, typed in with the keyboard alone. */

let site: Site
let browser: Browser
const surveys: Record<string, Survey> = {}

beforeAll(async () => {
  site = await openSite(async (stores) => {
    await sampleDistrict(stores)
    await add(stores, 'office', 'second@example.org')
    for (const slug of ['once', 'twice', 'unscripted', 'mixed'])
      surveys[slug] = await field(stores, { slug, definition: everyKind })
    const { id } = surveys.twice as Survey
    await stores.surveys.setFielding(id, { ...everydayFielding, doubleEntry: true })
  })
  browser = await launch()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

async function signedIn(email: string, script = true): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: site.url, locale: 'en', javaScriptEnabled: script })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.locator('#email').fill(email)
  await page.locator('#password').fill(goodPassword)
  await page.locator('main button.primary').click()
  await page.waitForURL('**/office')
  return { context, page }
}

const cursor = ':is(input, textarea, button):focus'

/** Opens a sheet and waits for the cursor, as a person would. */
async function typeAt(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.waitForSelector(cursor)
}

/** In the order of the form; an empty string passes a line over. */
const lines = ['2', 'It is near', '13', '2-', '7', '3', '213', '2', '4', 'More trees']
const said = {
  ride: 'walk',
  ride_why: { words: 'It is near', language: 'en' },
  news: ['text', 'call'],
  climate: { safe: 'yes' },
  rate: 7,
  children: 3,
  first: { order: ['b', 'a', 'c'] },
  word: { words: 'More trees', language: 'en' },
}

it.each([
  ['en', 'Letter'],
  ['es', 'A4'],
  ['ar', 'Letter'],
])('the form prints in %s on %s, black on white, with nothing wider than the page', async (lang, format) => {
  const { context, page } = await signedIn('office@example.org')
  await page.goto(`/office/surveys/once/paper?lang=${lang}`)
  await expect(page.locator('[data-print] button').textContent()).resolves.toBe('Print')
  const pdf = await page.pdf({ format })
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  expect(pages).toBeGreaterThan(0)
  expect(pages).toBeLessThanOrEqual(4)
  await page.emulateMedia({ media: 'print' })
  // The width that Letter and A4 leave between the margins, in CSS pixels.
  await page.setViewportSize({ width: Math.floor(((210 - 30) / 25.4) * 96), height: 900 })
  const seen = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    bar: getComputedStyle(document.querySelector('.bar') as Element).display,
    colours: [
      ...new Set(
        [...document.querySelectorAll('main.form *:not(svg, svg *)')].flatMap((part) => {
          const { color, backgroundColor } = getComputedStyle(part)
          return [color, backgroundColor]
        }),
      ),
    ].sort(),
  }))
  expect(seen).toEqual({ wide: 0, bar: 'none', colours: ['rgb(0, 0, 0)', 'rgba(0, 0, 0, 0)'] })
  await context.close()
})

it('a sheet is typed in with the keyboard alone, and the next one after it', async () => {
  const { context, page } = await signedIn('office@example.org')
  await typeAt(page, '/office/surveys/once/entry')
  for (const line of lines) {
    await page.keyboard.type(line)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.waitForURL('**done=saved**')
  expect(await page.locator('.notice').textContent()).toContain('You have typed 1 sheet')
  // Group and school are kept; the cursor stands in the first line.
  await page.waitForSelector(cursor)
  await page.keyboard.type('1')
  await page.keyboard.press('Enter')
  await page.keyboard.type('One line')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('and another')
  await leaving(page, () => page.keyboard.press('Control+Enter'))
  expect(await page.locator('.notice').textContent()).toContain('You have typed 2 sheets')
  const profile = { group: expect.any(String), school: expect.any(String) }
  expect(await stored(site, surveys.once as Survey)).toMatchObject([
    { channel: 'paper', answers: { ...said, ...profile } },
    { answers: { ride: 'bus', ride_why: { words: 'One line\nand another' }, ...profile } },
  ])
  await context.close()
})

it('a wrong line gets the cursor, and the sheet is saved when it is mended', async () => {
  const { context, page } = await signedIn('office@example.org')
  await typeAt(page, '/office/surveys/mixed/entry')
  await page.keyboard.type('2')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('9')
  await leaving(page, () => page.keyboard.press('Control+Enter'))
  await page.waitForSelector('#news:focus')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('2')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL('**done=saved**')
  expect(await stored(site, surveys.mixed as Survey)).toMatchObject([
    { answers: { ride: 'walk', news: ['mail'] } },
  ])
  await context.close()
})

it('without a script Enter never sends a half-typed sheet; Tab and the button do the work', async () => {
  const { context, page } = await signedIn('office@example.org', false)
  await typeAt(page, '/office/surveys/unscripted/entry')
  await page.locator('#ride').focus()
  await page.keyboard.type('2')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type('It is near')
  expect(page.url()).not.toContain('done')
  await page.locator('main button.primary').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL('**done=saved**')
  expect(await stored(site, surveys.unscripted as Survey)).toHaveLength(1)
  await context.close()
})

it('a sheet is typed by two people, and where they differ the second looks at the paper', async () => {
  const first = await signedIn('office@example.org')
  await typeAt(first.page, '/office/surveys/twice/entry')
  for (const line of ['7', ...lines]) {
    await first.page.keyboard.type(line)
    await first.page.keyboard.press('Enter')
  }
  await first.page.keyboard.press('Control+Enter')
  await first.page.waitForURL('**done=first**')
  expect(await stored(site, surveys.twice as Survey)).toEqual([])

  const { page } = await signedIn('second@example.org')
  await typeAt(page, '/office/surveys/twice/entry')
  for (const line of ['7', '1', ...lines.slice(1)]) {
    await page.keyboard.type(line)
    await page.keyboard.press('Enter')
  }
  await leaving(page, () => page.keyboard.press('Control+Enter'))
  expect(await page.locator('.compared').count()).toBe(1)
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL('**done=counted**')
  expect(await stored(site, surveys.twice as Survey)).toMatchObject([{ channel: 'paper', answers: said }])
  await first.context.close()
  await page.context().close()
})

it('only a typed response names who typed it; what a family sends names nobody', async () => {
  const parent = respondent(site, 'mixed')
  await parent.start()
  await parent.answer({ ride: 'bus' })
  await parent.answer()
  await parent.answer()
  await parent.submit()
  const kept = rows(site, 'select channel, entered_by, checked_by from response')
  for (const row of kept) {
    if (row.channel === 'paper') expect(row.entered_by).toMatch(/^id-/)
    else expect(row).toEqual({ channel: 'web', entered_by: null, checked_by: null })
  }
  expect(kept.filter(({ channel }) => channel === 'web')).toHaveLength(1)
  expect(rows(site, 'select * from paper_sheet')).toEqual([])
})
