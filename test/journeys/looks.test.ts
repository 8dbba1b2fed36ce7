import axe, { type AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { launch } from '../browser.ts'
import { everyKind } from '../respond/surveys.ts'
import { demo, field, openSite, type Site } from '../site.ts'
import { openPhone, type Phone, signIn } from './phone.ts'

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

let site: Site
let browser: Browser
beforeAll(async () => {
  const content = openSite(async (stores) => {
    await demo(stores)
    await field(stores, { slug: 'here', definition: everyKind })
    await field(stores, { slug: 'over', definition: everyKind, closesAt: Date.parse('2021-06-01T03:30:00Z') })
    await field(stores, { slug: 'soon', definition: everyKind, opensAt: Date.parse('2150-01-05T13:00:00Z') })
  })
  ;[site, browser] = await Promise.all([content, launch()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** What axe finds wrong with a page, each with the first element that it is about. */
async function violations(page: Page): Promise<string[]> {
  // The page's own rules let no script in; this goes in beside them.
  await page.evaluate(axe.source)
  const found = await page.evaluate(
    () => (window as unknown as { axe: typeof axe }).axe.run() as Promise<AxeResults>,
  )
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}) ${nodes[0]?.html}`)
}

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
  expect([state, await violations(phone.page)]).toEqual([state, []])
  expect([state, await sticksOut(phone.page)]).toEqual([state, []])
}

describe.each(['en', 'es', 'ar'])('in %s, on a narrow phone', (language) => {
  test('every state of every page is open to all, and nothing sticks out', async () => {
    const phone = await openPhone(browser, site, { script: true, language, width: 320 })
    await phone.open('/s/here?lang=fr')
    await isSound(phone, 'start, language not offered')
    await phone.start()
    await isSound(phone, 'choices, fresh')
    await phone.write('ride_why', 'words')
    await phone.next()
    await isSound(phone, 'choices, with problems')
    expect(await phone.page.evaluate(() => document.activeElement?.id)).toBe('problems')
    await phone.choose('ride', 'bus')
    await phone.choose('news', 'mail')
    await phone.page.locator('details.switch summary').click()
    await isSound(phone, 'choices, filled, languages open')
    await phone.next()
    await isSound(phone, 'ratings, fresh')
    await phone.choose('climate.safe', 'yes')
    await phone.choose('rate', '7')
    await phone.write('children', 'many')
    await phone.next()
    await isSound(phone, 'ratings, with problems')
    await phone.write('children', '2')
    await phone.next()
    await isSound(phone, 'order, fresh')
    await phone.choose('first.b', '1')
    await phone.choose('group', 'family')
    await isSound(phone, 'order, filled')
    await phone.next()
    await isSound(phone, 'review')
    await phone.next()
    await isSound(phone, 'receipt')
    await phone.open('/s/here')
    await isSound(phone, 'start, sent before')
    for (const slug of ['over', 'soon', 'nowhere']) {
      await phone.open(`/s/${slug}`)
      await isSound(phone, slug)
    }
    await phone.close()
  })
})

test('an empty review is open to all', async () => {
  const phone = await openPhone(browser, site, { script: true, width: 320 })
  await phone.open('/s/climate-2021')
  await phone.start()
  await phone.skipToReview()
  await isSound(phone, 'review, empty')
  await phone.close()
})

test.each(['en', 'es', 'pt-BR', 'ar', 'ht', 'vi'])(
  'the real surveys fit on a narrow phone in %s',
  async (language) => {
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
  },
)

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
  ['the office', 'admin', ['/office', '/office/people']],
] as const)('the pages of %s', (_who, role, paths) => {
  test.each(['en', 'ar'])('are open to all in %s', async (language) => {
    const { context, page } = role
      ? await signIn(browser, site, role)
      : await openPhone(browser, site, { script: true, language })
    for (const path of paths) {
      await page.goto(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
      expect([path, await violations(page)]).toEqual([path, []])
    }
    await context.close()
  })
})
