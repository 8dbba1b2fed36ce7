import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { launch } from '../browser.ts'
import { demo, openSite, type Site } from '../site.ts'
import { axe, rulesIn, withAxe } from './inspect.ts'
import { openPhone, type Phone, signIn } from './phone.ts'

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

let site: Site
let browser: Browser
beforeAll(async () => {
  const content = openSite(async (stores) => {
    await demo(stores)
  })
  ;[site, browser] = await Promise.all([content, launch()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** By how many pixels the page is wider than the screen, and what sticks out. */
const sticksOut = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect()
        return right > clientWidth + 1 || left < -1
      })
      .map((element) => element.outerHTML.slice(0, 120))
      .concat(`${scrollWidth - clientWidth} px`)
  })

async function isSound(phone: Phone, state: string) {
  expect([state, await axe(phone.page)]).toEqual([state, []])
  expect([state, await sticksOut(phone.page)]).toEqual([state, []])
}

test('an empty review is open to all', async () => {
  const phone = await openPhone(browser, site, { script: true, width: 320 })
  await phone.open('/s/climate-2021')
  await phone.start()
  await phone.skipToReview()
  await isSound(phone, 'review, empty')
  await phone.close()
})

test.each(['en', 'ar', 'vi'])('the real surveys fit on a narrow phone in %s', async (language) => {
  const phone = await openPhone(browser, site, { script: true, language, width: 320 })
  for (const [slug, group] of [
    ['stakeholder-2021', 'student'],
    ['climate-2021', 'principal'],
  ] as const) {
    await phone.open(`/s/${slug}?lang=${language}`)
    await phone.start()
    await phone.choose('group', group)
    for (;;) {
      expect([phone.at(), await sticksOut(phone.page)]).toEqual([phone.at(), []])
      if (phone.at().endsWith('/review')) break
      await phone.next()
    }
  }
  await phone.close()
})

describe.each([
  ['everybody', undefined, ['/', '/plans', '/plans/hartford-2021-2024', '/sign-in', '/nowhere']],
  [
    'leaders',
    'leader',
    [
      '/reports',
      '/reports/stakeholder-2021',
      '/reports/climate-2021',
      '/reports/stakeholder-2021/comments?question=goal_why&about=G2',
    ],
  ],
  [
    'the office',
    'admin',
    [
      '/office',
      '/office/people',
      '/office/people/id-leader-example-org',
      '/office/audit',
      '/account',
      '/office/translate',
      '/office/translate/surveys/climate-2021/ar?state=machine',
    ],
  ],
] as const)('the pages of %s', (_who, role, paths) => {
  test.each(['en', 'ar'])('are open to all in %s', async (language) => {
    const { context, page } = role
      ? await signIn(browser, site, role)
      : await openPhone(browser, site, { script: true, language })
    await withAxe(context)
    for (const path of paths) {
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
      expect([path, await axe(page, rulesIn(language))]).toEqual([path, []])
    }
    await context.close()
  })
})
