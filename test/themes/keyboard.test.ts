import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launch } from '../browser.ts'
import { goodPassword } from '../web/house.ts'
import { openThemes, survey } from './house.ts'

let site: Awaited<ReturnType<typeof openThemes>>
let browser: Browser
beforeAll(async () => {
  ;[site, browser] = await Promise.all([openThemes(), launch()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

test('a coder reads and codes by keyboard alone, and typing is never taken for a key', async () => {
  const made = await survey(site, 'keys', [
    { words: 'We need a tutor' },
    { words: 'Thank you' },
    { words: 'More art' },
  ])
  const page = await browser.newPage({ baseURL: site.url, locale: 'en' })
  page.setDefaultTimeout(20_000)
  const desk = '/office/surveys/keys/comments'
  await page.goto(`/sign-in?next=${desk}`)
  await page.fill('input[name=email]', 'coder@example.org')
  await page.fill('input[name=password]', goodPassword)
  await page.keyboard.press('Enter')
  const words = page.locator('.comment-words')
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const shows = async (text: string) => {
    await expect.poll(() => words.textContent(), { timeout: 20_000 }).toBe(text)
    // Keys do nothing before the page's script is there.
    await page.waitForLoadState('load')
  }
  const given = async () => (await site.stores.codings.list(made.id)).map(({ theme }) => theme).sort()
  await shows('We need a tutor')

  // A theme is ticked, unticked and ticked; another with it; Enter saves and goes on.
  await press('1', '1', '3', '4')
  expect(await page.locator('.desk-theme input:checked').count()).toBe(2)
  await press('Enter')
  await shows('Thank you')
  expect(await given()).toEqual(['enrichment', 'tutoring'])

  // Nothing fits; then back by u, and the comment stands there again.
  await press('n')
  await shows('More art')
  await press('u')
  await shows('Thank you')

  // In a field keys are letters, and Enter there is a new line.
  await press('g')
  await page.keyboard.type('n3u/?')
  await press('Enter')
  expect(await page.inputValue('#gloss')).toBe('n3u/?\n')
  expect(await page.locator('.desk-theme input:checked').count()).toBe(0)
  // Escape leads out of it, to where keys act.
  await press('Escape', '3')
  expect(await page.locator('.desk-theme input:checked').count()).toBe(1)
  await press('3')

  // Switched off they do nothing, and stay off on the next page.
  await page.locator('[data-help]').focus()
  await press('?')
  await page.locator('#use-keys').focus()
  await press('Space', '4')
  expect(await page.locator('.desk-theme input:checked').count()).toBe(0)
  await page.reload()
  expect(await page.locator('#use-keys').isChecked()).toBe(false)
  await page.locator('[data-help]').focus()
  await press('Enter')
  await page.locator('#use-keys').focus()
  await press('Space')

  // Search is a key away.
  await press('/')
  await page.keyboard.type('art')
  await press('Enter')
  await shows('More art')
  await press('s')
  await page.close()
})
