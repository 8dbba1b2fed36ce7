import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import type { Site } from '../site.ts'
import { goodPassword } from '../web/house.ts'

type Settings = {
  /** Whether scripts run. */
  script: boolean
  /** What the phone is set to; the browser asks for it. */
  language?: string
  width?: number
}

/** Somebody with a phone, as they see a survey: they press, write and read. */
export type Phone = {
  context: BrowserContext
  page: Page
  open: (path: string) => Promise<void>
  /** The page that is before them, without what is after "?". */
  at: () => string
  start: () => Promise<void>
  /** Presses an answer, or picks it from a list. */
  choose: (field: string, code: string) => Promise<void>
  write: (field: string, words: string) => Promise<void>
  next: () => Promise<void>
  back: () => Promise<void>
  switchLanguage: (tag: string) => Promise<void>
  /** Goes on without answers until the review. */
  skipToReview: () => Promise<void>
  close: () => Promise<void>
}

export async function openPhone(
  browser: Browser,
  site: Pick<Site, 'url'>,
  { script, language = 'en', width = 390 }: Settings,
): Promise<Phone> {
  const context = await browser.newContext({
    baseURL: site.url,
    javaScriptEnabled: script,
    locale: language,
    viewport: { width, height: 844 },
    hasTouch: true,
  })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const at = () => new URL(page.url()).pathname
  /** Presses a button that leads on. Without a connection it does not: then the page says that it waits. */
  const press = (button: Locator) =>
    leaving(page, () => button.click(), page.locator('.sending[data-state="waiting"]').waitFor())
  const next = () => press(page.locator('main button.primary'))
  return {
    context,
    page,
    at,
    next,
    open: async (path) => {
      await page.goto(path)
    },
    start: () => leaving(page, () => page.locator('main a.primary').click()),
    async choose(field, code) {
      const named = page.locator(`[name="${field}"]`)
      if ((await named.first().evaluate(({ tagName }) => tagName)) === 'SELECT')
        await named.selectOption(code)
      else await page.locator(`label:has([name="${field}"][value="${code}"])`).click()
    },
    write: (field, words) => page.locator(`[name="${field}"]`).fill(words),
    back: () => press(page.locator('main button[value="back"]')),
    async switchLanguage(tag) {
      await page.locator('details.switch summary').click()
      await press(page.locator(`button[name="switch"][value="${tag}"]`))
    },
    async skipToReview() {
      while (!at().endsWith('/review')) await next()
    },
    close: () => context.close(),
  }
}

/**
 * Does what leads to another page, and waits until that page is loaded: only then may the next thing be pressed or
 * looked for. The load of the page that is left, which a busy machine may tell late, is not taken for it. `stays` is
 * what happens instead when the page stays.
 */
export async function leaving(
  page: Page,
  work: () => Promise<unknown>,
  stays?: Promise<void>,
): Promise<void> {
  await page.waitForLoadState('load')
  const left = page
    .waitForEvent('framenavigated', (frame) => frame === page.mainFrame())
    .then(() => page.waitForLoadState('load'))
  const outcome = stays ? Promise.race([left, stays.catch(() => left)]) : left
  // What `work` complains of is told before that nothing followed.
  outcome.catch(() => {})
  await work()
  await outcome
}

/** A browser of the staff on a desk, signed in. */
export async function signIn(browser: Browser, site: Pick<Site, 'url'>, role: 'admin' | 'office' | 'leader') {
  const context = await browser.newContext({
    baseURL: site.url,
    locale: 'en',
    viewport: { width: 1280, height: 900 },
  })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.locator('[name="email"]').fill(`${role}@example.org`)
  await page.locator('[name="password"]').fill(goodPassword)
  await leaving(page, () => page.locator('main form button').click())
  return { context, page }
}
