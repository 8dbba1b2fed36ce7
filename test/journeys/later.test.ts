import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Survey } from '../../src/store/stores.ts'
import { launch, launchOn } from '../browser.ts'
import { everyKind } from '../respond/surveys.ts'
import { field, openSite, type Site, sampleDistrict, stored } from '../site.ts'
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
  survey = await field(site.stores, { slug: `pause-${++turn}`, definition: everyKind })
})

async function begin(script: boolean): Promise<Phone> {
  const phone = await openPhone(browser, site, { script })
  await phone.open(`/s/${survey.slug}`)
  await phone.start()
  return phone
}
const value = (phone: Phone, name: string) => phone.page.locator(`[name="${name}"]`).inputValue()
const isChosen = (phone: Phone, name: string, code: string) =>
  phone.page.locator(`[name="${name}"][value="${code}"]`).isChecked()
const kept = (phone: Phone) =>
  phone.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('heard ')))
const status = (phone: Phone) => phone.page.locator('.sending').textContent()
const answers = async () => (await stored(site, survey)).map((response) => response.answers)

describe.each([true, false])('with JavaScript: %s', (script) => {
  test('stopped on one phone, finished on another', async () => {
    const first = await begin(script)
    await first.choose('ride', 'bus')
    await first.next()
    await first.write('children', 'three')
    await first.page.locator('button[value="later"]').click()
    await first.page.waitForURL('**/later')
    const code = (await first.page.locator('.later-code strong').textContent()) ?? ''
    await first.switchLanguage('es')
    expect(await first.page.locator('.later-code strong').textContent()).toBe(code)
    await first.page.reload()
    expect(await first.page.locator('.later-code').count()).toBe(0)
    await first.close()

    const second = await openPhone(browser, site, { script })
    await second.open(`/s/${survey.slug}`)
    await second.page.locator(`a[href$="/resume"]`).click()
    await second.write('code', code.toLowerCase())
    await second.next()
    await second.page.waitForURL('**/ratings')
    expect(await value(second, 'children')).toBe('three')
    await second.write('children', '3')
    await second.skipToReview()
    await second.next()
    await second.page.waitForURL('**/thanks')
    expect(await answers()).toEqual([{ ride: 'bus', children: 3 }])
    await second.close()
  })

  test('the browser’s own back and forward lose no page: what was passed is saved, what was typed stays', async () => {
    const phone = await begin(script)
    await phone.choose('ride', 'walk')
    await phone.write('ride_why', 'It is near')
    await phone.next()
    await phone.page.waitForURL('**/ratings')
    await phone.choose('rate', '8')
    await phone.choose('climate.safe', 'yes')
    await phone.page.goBack()
    expect(phone.at()).toBe(`/s/${survey.slug}/choices`)
    expect(await isChosen(phone, 'ride', 'walk')).toBe(true)
    expect(await value(phone, 'ride_why')).toBe('It is near')
    await phone.page.goForward()
    expect(phone.at()).toBe(`/s/${survey.slug}/ratings`)
    expect(await isChosen(phone, 'rate', '8')).toBe(true)
    expect(await isChosen(phone, 'climate.safe', 'yes')).toBe(true)
    await phone.skipToReview()
    await phone.page.waitForURL('**/review')
    await phone.page.goBack()
    await phone.page.waitForLoadState('load')
    await phone.page.goBack()
    await phone.page.waitForURL('**/ratings')
    expect(await isChosen(phone, 'rate', '8')).toBe(true)
    await phone.skipToReview()
    await phone.next()
    await phone.page.waitForURL('**/thanks')
    expect(await answers()).toEqual([
      { ride: 'walk', ride_why: { words: 'It is near', language: 'en' }, climate: { safe: 'yes' }, rate: 8 },
    ])
    await phone.close()
  })
})

describe('without a connection', () => {
  test('what is typed waits on the phone, says so, and goes on by itself when the connection is back', async () => {
    const phone = await begin(true)
    await phone.choose('ride', 'bus')
    await phone.write('ride_why', 'Far away')
    await phone.context.setOffline(true)
    await phone.next()
    await phone.page.locator('.sending:has-text("Not sent yet: no connection")').waitFor()
    expect(await phone.page.locator('.sending').getAttribute('role')).toBe('status')
    expect(phone.at()).toBe(`/s/${survey.slug}/choices`)
    // What is added meanwhile goes along.
    await phone.write('ride_why', 'Far away, and it rains')
    await phone.context.setOffline(false)
    await phone.page.waitForURL('**/ratings')
    await phone.context.setOffline(true)
    await phone.back()
    await phone.page.locator('.sending:has-text("Not sent yet")').waitFor()
    await phone.context.setOffline(false)
    await phone.page.waitForURL('**/choices')
    expect(await value(phone, 'ride_why')).toBe('Far away, and it rains')
    expect(await kept(phone)).toEqual([])
    await phone.skipToReview()
    await phone.context.setOffline(true)
    await phone.next()
    await phone.page.locator('.sending:has-text("Not sent yet")').waitFor()
    expect(await answers()).toEqual([])
    await phone.context.setOffline(false)
    await phone.page.waitForURL('**/thanks')
    expect(await answers()).toMatchObject([{ ride: 'bus', ride_why: { words: 'Far away, and it rains' } }])
    await phone.close()
  })

  test('an answer that got lost on its way is asked for again, and counts once', async () => {
    const phone = await begin(true)
    await phone.choose('ride', 'bus')
    await phone.skipToReview()
    let lost = 0
    await phone.page.route('**/send', async (route) => {
      if (lost++ > 0) return route.continue()
      // The server takes it; its answer does not arrive.
      await route.fetch({ maxRedirects: 0 })
      await route.abort('connectionreset')
    })
    await phone.next()
    await phone.page.waitForURL('**/thanks')
    expect(lost).toBe(2)
    expect(await answers()).toEqual([{ ride: 'bus' }])
    await phone.close()
  })

  test('a server that starts again is waited for', async () => {
    const phone = await begin(true)
    await phone.choose('ride', 'bus')
    let asked = 0
    await phone.page.route('**/choices', (route) =>
      route.request().method() === 'POST' && asked++ === 0
        ? route.fulfill({ status: 502, body: 'bad gateway' })
        : route.continue(),
    )
    await phone.next()
    await phone.page.waitForURL('**/ratings')
    expect(asked).toBe(2)
    await phone.close()
  })
})

describe('typed and not sent', () => {
  test('is there again after a reload, the order of a ranking too, and newer answers of the server win', async () => {
    const phone = await begin(true)
    await phone.choose('ride', 'walk')
    await phone.write('ride_why', 'words <b>not</b> sent')
    await phone.page.reload()
    expect(await value(phone, 'ride_why')).toBe('words <b>not</b> sent')
    expect(await isChosen(phone, 'ride', 'walk')).toBe(true)
    expect(await status(phone)).toContain('What you typed here before is back')
    // Another tab saves the same page.
    const tab = await phone.context.newPage()
    await tab.goto(`/s/${survey.slug}/choices`)
    await tab.locator('[name="ride_why"]').fill('newer')
    await tab.locator('main button.primary').click()
    await tab.waitForURL('**/ratings')
    await phone.page.reload()
    expect(await value(phone, 'ride_why')).toBe('newer')
    await phone.next()
    await phone.next()
    await phone.page.waitForURL('**/order')
    await phone.page.getByRole('button', { name: 'Move up: Bread' }).click()
    await phone.page.reload()
    expect(await value(phone, 'first.b')).toBe('1')
    expect(await phone.page.locator('.rankable label').allTextContents()).toEqual([
      'Bread',
      'Apples',
      'Cheese',
    ])
    await phone.close()
  })

  test('is there again after the browser was killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'heard-phone-'))
    try {
      const before = await launchOn(folder)
      const page = before.pages()[0] ?? (await before.newPage())
      await page.goto(`${site.url}/s/${survey.slug}`)
      await page.locator('main a.primary').click()
      await page.locator('[name="ride_why"]').fill('typed before the crash')
      // Time for the browser to write it down; a phone that dies within the second may lose the last words.
      await page.waitForTimeout(1500)
      await page.goto('chrome://crash').catch(() => {})
      await before.close()

      const after = await launchOn(folder)
      const again = await after.newPage()
      await again.goto(`${site.url}/s/${survey.slug}/choices`)
      expect(await again.locator('[name="ride_why"]').inputValue()).toBe('typed before the crash')
      await after.close()
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  test('is gone for the next person on the same phone, and after sending', async () => {
    const phone = await begin(true)
    await phone.choose('ride', 'bus')
    await phone.next()
    await phone.page.waitForURL('**/ratings')
    await phone.write('children', '4')
    expect(await kept(phone)).toHaveLength(1)
    await phone.open(`/s/${survey.slug}`)
    await phone.page.locator('a[href$="?again"]').click()
    expect(await kept(phone)).toEqual([])
    await phone.start()
    expect(await isChosen(phone, 'ride', 'bus')).toBe(false)
    await phone.write('ride_why', 'secret')
    // The cookie is lost: another draft, and not its words.
    await phone.context.clearCookies()
    await phone.page.reload()
    expect(await value(phone, 'ride_why')).toBe('')
    expect(await kept(phone)).toEqual([])
    await phone.close()
  })

  /** As pasting does: typing so much would keep the browser busy for minutes, and so would laying it out. */
  const paste = (phone: Phone, letters: number, shown: boolean) =>
    phone.page.locator('[name="ride_why"]').evaluate(
      (field: HTMLTextAreaElement, { times, hide }) => {
        field.hidden = hide
        field.value = 'nine words that are pasted, line after line 123456'.repeat(times)
        field.dispatchEvent(new Event('input', { bubbles: true }))
      },
      { times: letters / 50, hide: !shown },
    )

  test('far too long a comment is pasted: told by how much, kept whole, and mended', async () => {
    const phone = await begin(true)
    await phone.choose('ride', 'bus')
    await paste(phone, 100_000, true)
    await phone.next()
    expect(await phone.page.locator('#problems').textContent()).toMatch(/98,?000/)
    expect((await value(phone, 'ride_why')).length).toBe(100_000)
    await phone.write('ride_why', 'shorter')
    await phone.next()
    await phone.page.waitForURL('**/ratings')
    await phone.close()
  })

  test('more than a form or the phone’s storage may hold is pasted: a page says so', async () => {
    const phone = await begin(true)
    await phone.choose('ride', 'bus')
    await paste(phone, 6_000_000, false)
    await phone.next()
    await phone.page.locator('h1:has-text("too much")').waitFor()
    await phone.close()
  })

  test('a phone that gives no storage is answered on as before', async () => {
    const phone = await openPhone(browser, site, { script: true })
    await phone.context.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('denied', 'SecurityError')
          },
        })
    })
    await phone.open(`/s/${survey.slug}/choices`)
    await phone.choose('ride', 'bus')
    await phone.skipToReview()
    await phone.next()
    await phone.page.waitForURL('**/thanks')
    expect(await answers()).toEqual([{ ride: 'bus' }])
    await phone.close()
  })
})

describe('the copy on the receipt', () => {
  test('shows what was sent, can be printed, and is gone when the page is left', async () => {
    const phone = await begin(true)
    await phone.choose('ride', 'bus')
    await phone.write('ride_why', 'for <me>')
    await phone.skipToReview()
    await phone.next()
    await phone.page.waitForURL('**/thanks')
    const copy = phone.page.locator('section.copy')
    expect(await copy.isVisible()).toBe(true)
    expect(await copy.textContent()).toContain('for <me>')
    expect(await copy.locator('a').count()).toBe(0)
    expect(await copy.getByRole('button', { name: 'Print this page' }).isVisible()).toBe(true)
    await phone.page.emulateMedia({ media: 'print' })
    expect(await phone.page.getByText('for <me>').isVisible()).toBe(true)
    expect(await phone.page.getByRole('button', { name: 'Print this page' }).isVisible()).toBe(false)
    await phone.page.emulateMedia({ media: null })
    await phone.page.locator('.choose-language a[lang="es"]').click()
    expect(await copy.textContent()).toContain('for <me>')
    await phone.open(`/s/${survey.slug}`)
    await phone.open(`/s/${survey.slug}/thanks`)
    expect(await copy.isVisible()).toBe(false)
    expect(await phone.page.evaluate(() => sessionStorage.length + localStorage.length)).toBe(0)
    await phone.close()
  })
})
