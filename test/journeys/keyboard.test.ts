import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launch } from '../browser.ts'
import { openSite, type Site, stored } from '../site.ts'
import { layout } from './inspect.ts'
import { leaving } from './phone.ts'
import { everyState } from './states.ts'

let site: Site
let browser: Browser
beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite((stores) => everyState(stores, ['en', 'ar'])), launch()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** What is wrong with the focus now: it is nowhere, its ring is not seen, or something else lies over it. */
const focusFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!at || at === document.body) return []
    const name = `${at.tagName.toLowerCase()}#${at.id || (at.textContent ?? '').trim().slice(0, 30)}`
    const ringed = [at, at.closest('.option, .point')].some((element) => {
      if (!element) return false
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
    })
    const box = at.getBoundingClientRect()
    const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, 40) / 2]
    const inside = x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight
    const over = document.elementFromPoint(x, y)
    const label = at.closest('label')
    const free = over !== null && (at.contains(over) || over.contains(at) || label?.contains(over) === true)
    return [
      ...(ringed ? [] : [`${name} has no ring`]),
      ...(inside ? [] : [`${name} is out of sight`]),
      ...(inside && !free ? [`${name} is under ${over?.tagName}`] : []),
    ]
  })

/** Somebody who has a keyboard and nothing else. */
async function typist(lang: string, script: boolean) {
  const context = await browser.newContext({
    baseURL: site.url,
    locale: lang,
    javaScriptEnabled: script,
    // A desk of 1280 by 1024 at 400 %.
    viewport: { width: 320, height: 256 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const faults: string[] = []
  const press = (key: string) => page.keyboard.press(key)
  /** Tabs until the focus is on what the selector says. */
  async function tabTo(selector: string) {
    for (let steps = 0; steps < 150; steps++) {
      await press('Tab')
      faults.push(...(await focusFaults(page)))
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return
    }
    throw new Error(`${selector} is not reached by Tab on ${page.url()}`)
  }
  /** Presses Enter on a link or button, and waits for the next page. */
  async function follow(selector: string) {
    await tabTo(selector)
    await leaving(page, () => press('Enter'))
  }
  return { context, page, faults, press, tabTo, follow, at: () => new URL(page.url()).pathname }
}

const next = 'main button.primary'

describe.each([
  ['en', true],
  ['en', false],
  ['ar', true],
] as const)('with the keyboard alone, in %s, with scripts: %s', (lang, script) => {
  test('the whole survey is answered, its errors too; the focus is always seen', async () => {
    const before = (await stored(site, { id: 1 })).length
    const { context, page, faults, press, tabTo, follow, at } = await typist(lang, script)
    await page.goto('/s/now')
    await press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
    await press('Enter')
    await follow('main a.primary')

    expect(at()).toBe('/s/now/choices')
    await tabTo('[name="ride_why"]')
    await page.keyboard.type('Because')
    await follow(next)
    // The needed question is left out: the summary has the focus, its link leads to the question.
    expect(await page.locator('#problems[role="alert"]').count()).toBe(1)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('problems')
    await tabTo('#problems a')
    await press('Enter')
    expect(await page.evaluate(() => location.hash)).toBe('#ride')
    if (!(await page.evaluate(() => document.activeElement?.id === 'ride'))) await tabTo('[name="ride"]')
    await press('Space')
    await press('ArrowDown')
    expect(await page.locator('[name="ride"]:checked').getAttribute('value')).toBe('walk')
    await tabTo('[name="news"]')
    await press('Space')
    await follow(next)

    expect(at()).toBe('/s/now/ratings')
    await tabTo('[name="climate.safe"]')
    await press('Space')
    await tabTo('[name="rate"]')
    await press('Space')
    for (let step = 0; step < 3; step++) await press('ArrowDown')
    await tabTo('[name="children"]')
    await page.keyboard.type('2')
    await follow(next)

    expect(at()).toBe('/s/now/order')
    await tabTo('select')
    await page.keyboard.type('1')
    await tabTo('[name="group"]')
    await press('Space')
    await tabTo('[name="word"]')
    await page.keyboard.type('end')
    // Enter in a field of one line sends the page, as everywhere.
    await leaving(page, () => press('Enter'))
    expect(at()).toBe('/s/now/review')
    await follow(next)
    expect(at()).toBe('/s/now/thanks')
    await context.close()

    expect([...new Set(faults)]).toEqual([])
    const all = await stored(site, { id: 1 })
    expect(all.length).toBe(before + 1)
    expect(all.at(-1)?.answers).toMatchObject({
      ride: 'walk',
      news: ['text'],
      climate: { safe: 'no' },
      rate: 3,
      children: 2,
      first: { order: [expect.any(String)] },
    })
  }, 120_000)
})

test('nothing moves for those who asked for less motion', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en' })
  const page = await context.newPage()
  for (const path of ['', '/choices']) {
    await page.goto(`${site.url}/s/now${path}`)
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')]
          .map((element) => getComputedStyle(element))
          .filter(
            ({ transitionDuration, animationName, scrollBehavior }) =>
              transitionDuration.split(', ').some((time) => Number.parseFloat(time) > 0) ||
              animationName !== 'none' ||
              scrollBehavior === 'smooth',
          ).length,
    )
    expect(moving).toBe(0)
  }
  await context.close()
})

test('words can be spaced wider without being cut off', async () => {
  const context = await browser.newContext({
    bypassCSP: true,
    viewport: { width: 320, height: 640 },
    locale: 'en',
  })
  const page = await context.newPage()
  for (const path of ['', '/choices']) {
    await page.goto(`${site.url}/s/now${path}`)
    // WCAG 1.4.12
    await page.addStyleTag({
      content:
        '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
    })
    expect(await layout(page)).toEqual([])
  }
  await context.close()
})
