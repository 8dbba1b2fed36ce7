import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { launch } from '../browser.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, openSite, rows, type Site, sampleDistrict, stored } from '../site.ts'
import { openPhone, type Phone } from './phone.ts'

let site: Site
let browser: Browser
let survey: Survey
let turn = 0
beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(sampleDistrict), launch()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})
beforeEach(async () => {
  survey = await field(site.stores, { slug: `shared-${++turn}`, definition: everyKind })
  await site.stores.surveys.setFielding(survey.id, { ...survey.fielding, kiosk: true })
})

const secret = 'nobody else may read this'
async function tablet(script: boolean): Promise<Phone> {
  const it = await openPhone(browser, site, { script })
  await it.open(`/s/${survey.slug}/kiosk`)
  await it.start()
  return it
}
const start = () => `/s/${survey.slug}`
/** Presses the browser's own back button as often as there is anywhere to go, and reads every page on the way. */
async function everythingBehind(it: Phone): Promise<string> {
  const seen: string[] = []
  for (let n = 0; n < 8; n++) {
    if ((await it.page.goBack()) === null && it.page.url() === 'about:blank') break
    seen.push(
      await it.page.content(),
      ...(await it.page.locator('input:not([type="hidden"]), textarea, select').evaluateAll((fields) =>
        fields.map((one) => {
          const { name, value, checked } = one as HTMLInputElement
          return `${name}=${value}${checked ? ' is chosen' : ''}`
        }),
      )),
    )
  }
  return seen.join('\n')
}

describe.each([true, false])('a shared tablet, with JavaScript: %s', (script) => {
  test('after sending, the next person finds a start page, and nothing of the last one by going back', async () => {
    const it = await tablet(script)
    await it.choose('ride', 'walk')
    await it.write('ride_why', secret)
    await it.skipToReview()
    await it.next()
    await it.page.waitForURL('**/thanks')
    await it.page.locator('main a.primary').click()
    expect(it.at()).toBe(start())
    expect(await stored(site, survey)).toMatchObject([{ channel: 'kiosk', answers: { ride: 'walk' } }])
    // The next one begins on the very page on which the words were typed.
    await it.start()
    expect(await it.page.locator('[name="ride_why"]').inputValue()).toBe('')
    const behind = await everythingBehind(it)
    expect(behind).not.toContain(secret)
    expect(behind).not.toContain('walk is chosen')
    expect(await it.page.context().cookies()).not.toContainEqual(expect.objectContaining({ name: 'lang' }))
    await it.close()
  })

  test('somebody who leaves in the middle leaves nothing behind either', async () => {
    const it = await tablet(script)
    await it.choose('ride', 'walk')
    await it.next()
    await it.page.waitForURL('**/ratings')
    await it.write('children', '7')
    await it.page.goBack()
    await it.write('ride_why', secret)
    await it.page.goForward()
    await it.open(`/s/${survey.slug}/kiosk`)
    expect(rows(site, 'select * from draft where survey = ?', survey.id)).toEqual([])
    await it.start()
    const behind = await everythingBehind(it)
    expect(behind).not.toMatch(new RegExp(`${secret}|children=7|walk is chosen`))
    await it.close()
  })
})

describe('a page that is left alone', () => {
  test('asks, stays when somebody is still there, and goes back when nobody is', async () => {
    const it = await openPhone(browser, site, { script: true })
    await it.page.clock.install()
    await it.open(`/s/${survey.slug}/kiosk`)
    await it.start()
    await it.choose('ride', 'bus')
    await it.write('ride_why', secret)
    const asked = it.page.getByRole('alertdialog', { name: 'Are you still there?' })
    await it.page.clock.runFor(95_000)
    expect(await asked.isVisible()).toBe(false)
    await it.page.clock.runFor(10_000)
    expect(await asked.isVisible()).toBe(true)
    expect(await asked.textContent()).toContain('20 seconds')
    const here = it.page.getByRole('button', { name: 'I am still here' })
    expect(await here.evaluate((button) => button === document.activeElement)).toBe(true)
    await here.press('Enter')
    expect(await asked.isVisible()).toBe(false)
    // Back where they were, with all that was typed.
    expect(await it.page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('ride_why')
    expect(await it.page.locator('[name="ride_why"]').inputValue()).toBe(secret)
    await it.page.clock.runFor(125_000)
    await it.page.waitForURL(`**${start()}`)
    expect(await it.page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0)
    await it.start()
    expect(await everythingBehind(it)).not.toContain(secret)
    await it.close()
  })

  test('the receipt says that it goes, and goes after twenty seconds', async () => {
    const it = await openPhone(browser, site, { script: true })
    await it.page.clock.install()
    await it.open(`/s/${survey.slug}/kiosk`)
    await it.start()
    await it.choose('ride', 'bus')
    await it.skipToReview()
    await it.next()
    await it.page.waitForURL('**/thanks')
    expect(await it.page.locator('main').textContent()).toContain('by itself in 20 seconds')
    await it.page.clock.runFor(21_000)
    await it.page.waitForURL(`**${start()}`)
    await it.close()
  })
})
