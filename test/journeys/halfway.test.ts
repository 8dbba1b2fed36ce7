import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { launch } from '../browser.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, openSite, type Site, sampleDistrict, stored } from '../site.ts'
import { openPhone, type Phone } from './phone.ts'

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

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
  survey = await field(site.stores, { slug: `way-${++turn}`, definition: everyKind })
})

const lang = (phone: Phone) => phone.page.locator('html').getAttribute('lang')
const answers = async () => (await stored(site, survey)).map((response) => response.answers)

describe.each([true, false])('with JavaScript: %s', (script) => {
  async function begin(language = 'en') {
    const phone = await openPhone(browser, site, { script, language })
    await phone.open(`/s/${survey.slug}`)
    await phone.start()
    return phone
  }

  test('a language changed half-way keeps every answer, and words that were typed and not sent', async () => {
    const phone = await begin()
    await phone.choose('ride', 'walk')
    await phone.write('ride_why', 'It is near & nice')
    await phone.choose('news', 'call')
    await phone.switchLanguage('es')
    expect(await lang(phone)).toBe('es')
    expect(await phone.page.locator('[name="ride"][value="walk"]').isChecked()).toBe(true)
    expect(await phone.page.locator('[name="news"][value="call"]').isChecked()).toBe(true)
    expect(await phone.page.locator('[name="ride_why"]').inputValue()).toBe('It is near & nice')
    await phone.next()
    await phone.choose('rate', '10')
    await phone.write('children', '3')
    await phone.switchLanguage('ar')
    expect(await phone.page.locator('html').getAttribute('dir')).toBe('rtl')
    expect(await phone.page.locator('[name="children"]').inputValue()).toBe('3')
    await phone.skipToReview()
    await phone.switchLanguage('en')
    expect(phone.at()).toBe(`/s/${survey.slug}/review`)
    expect(await phone.page.getByText('It is near & nice').count()).toBe(1)
    await phone.next()
    expect(await answers()).toEqual([
      {
        ride: 'walk',
        ride_why: { words: 'It is near & nice', language: 'es' },
        news: ['call'],
        rate: 10,
        children: 3,
      },
    ])
    await phone.close()
  })

  test('on a page with problems a changed language tells them in its words and keeps what was typed', async () => {
    const phone = await begin()
    await phone.write('ride_why', 'kept')
    await phone.next()
    expect(await phone.page.locator('#problems').count()).toBe(1)
    await phone.switchLanguage('es')
    expect(await phone.page.locator('#problems').textContent()).toContain('¿De qué manera?')
    expect(await phone.page.locator('[name="ride_why"]').inputValue()).toBe('kept')
    await phone.close()
  })

  test('going back keeps what is typed on the page that is left', async () => {
    const phone = await begin()
    await phone.choose('ride', 'bus')
    await phone.next()
    await phone.write('children', 'not yet sure')
    await phone.back()
    expect(phone.at()).toBe(`/s/${survey.slug}/choices`)
    expect(await phone.page.locator('[name="ride"][value="bus"]').isChecked()).toBe(true)
    await phone.next()
    expect(await phone.page.locator('[name="children"]').inputValue()).toBe('not yet sure')
    await phone.close()
  })

  test('the problem of a field is found from the summary of problems', async () => {
    const phone = await begin()
    await phone.next()
    await phone.page.locator('#problems a').first().click()
    expect(new URL(phone.page.url()).hash).toBe('#ride')
    if (script) expect(await phone.page.evaluate(() => document.activeElement?.id)).toBe('ride')
    await phone.close()
  })

  test('with JavaScript or without, the Enter key goes on and not elsewhere', async () => {
    const phone = await begin()
    await phone.choose('ride', 'bus')
    await phone.next()
    await phone.page.locator('[name="children"]').fill('2')
    await phone.page.locator('[name="children"]').press('Enter')
    await phone.page.waitForURL(/order/)
    await phone.page.locator('[name="word"]').fill('end')
    await phone.page.locator('[name="word"]').press('Enter')
    await phone.page.waitForURL(/review/)
    await phone.close()
  })

  test('pressed twice, loaded again, gone back to and sent again: one response', async () => {
    const phone = await begin()
    await phone.choose('ride', 'bus')
    await phone.skipToReview()
    await phone.page.locator('main button.primary').dblclick()
    await phone.page.waitForURL(/thanks/)
    await phone.page.reload()
    expect(phone.at()).toBe(`/s/${survey.slug}/thanks`)
    await phone.page.goBack()
    if (phone.at().endsWith('/review')) await phone.next()
    await phone.page.waitForURL(/thanks/)
    expect(await answers()).toHaveLength(1)
    await phone.close()
  })

  test('two tabs: the second, left open, finds the receipt', async () => {
    const phone = await begin()
    await phone.choose('ride', 'bus')
    await phone.next()
    const second = await phone.context.newPage()
    await second.goto(`/s/${survey.slug}/ratings`)
    await phone.skipToReview()
    await phone.next()
    await second.locator('[name="rate"][value="1"]').check()
    await second.locator('main button.primary').click()
    await second.waitForURL(/thanks/)
    expect(await answers()).toEqual([{ ride: 'bus' }])
    await phone.close()
  })
})

test('an answer that skips questions takes their answers away', async () => {
  const { default: definition } = await import('../questionnaires/hiddenChain.ts')
  const chain = await field(site.stores, { slug: `skip-${turn}`, definition })
  const phone = await openPhone(browser, site, { script: true })
  await phone.open(`/s/${chain.slug}`)
  await phone.start()
  for (const code of ['a', 'b', 'c']) {
    await phone.choose(code, 'yes')
    await phone.next()
  }
  await phone.write('why', 'nobody reads this')
  await phone.skipToReview()
  await phone.page.locator('a[href*="/first"]').click()
  await phone.choose('a', 'no')
  await phone.skipToReview()
  expect(await phone.page.getByText('nobody reads this').count()).toBe(0)
  await phone.next()
  expect((await stored(site, chain)).map((response) => response.answers)).toEqual([{ a: 'no' }])
  await phone.close()
})

test('a page whose sending was stopped is sent again, at a press or by itself', async () => {
  const phone = await openPhone(browser, site, { script: true })
  await phone.open(`/s/${survey.slug}/choices`)
  await phone.choose('ride', 'bus')
  let sent = 0
  await phone.page.route('**/choices', (route) => (++sent === 1 ? undefined : route.continue()))
  const press = () => phone.page.locator('main button.primary').click({ noWaitAfter: true })
  await press()
  // A second press while the first is under way is one too many.
  await press()
  expect(sent).toBe(1)
  await phone.page.evaluate(() => window.stop())
  await phone.page.locator('.sending[data-state="waiting"]').waitFor()
  await press()
  await phone.page.waitForURL(/ratings/)
  expect(sent).toBe(2)
  await phone.close()
})
