import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seeded } from '../../src/demo/chance.ts'
import { readPlans, readTemplates } from '../../src/demo/files.ts'
import { loadDemo } from '../../src/demo/load.ts'
import { pseudo, pseudoLocale } from '../../src/language/pseudo.ts'
import { readLocales } from '../../src/locales.ts'
import { launch } from '../browser.ts'
import { add, type House, openHouse } from '../web/house.ts'
import { layout, show } from './inspect.ts'
import { signIn } from './phone.ts'
import { everyState, statesFor } from './states.ts'

/** Two languages that nobody speaks: one from left to right, one from right to left. */
const madeUp = ['en-XA', 'ar-XB']

let house: House
let server: Server
let browser: Browser
let site: { url: string }
beforeAll(async () => {
  const { en = { _about: { name: '' } } } = readLocales('locales')
  const locales = Object.fromEntries(madeUp.map((tag) => [tag, pseudoLocale(tag, en)]))
  house = await openHouse({}, { en, ...locales })
  const templates = withMadeUp(await readTemplates())
  await loadDemo(house.stores, {
    plans: await readPlans(),
    templates,
    now: Date.now(),
    random: seeded(7),
  })
  await everyState(house.stores, ['en', ...madeUp], templates.district)
  for (const role of ['admin', 'leader'] as const) await add(house.stores, role)
  server = house.app.listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  site = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  server?.closeAllConnections()
  server?.close()
  await house?.close()
})

/** Every text of the demo in the made-up languages too. */
function withMadeUp<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withMadeUp) as T
  if (typeof value !== 'object' || value === null) return value
  if ('en' in value && typeof value.en === 'string') {
    const words = pseudo(value.en)
    return { ...value, ...Object.fromEntries(madeUp.map((tag) => [tag, words])) }
  }
  const inner = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withMadeUp(one)]))
  const { languages } = inner
  if (Array.isArray(languages)) inner.languages = [...languages, ...madeUp]
  return inner as T
}

/** What languages call themselves: a person who looks for one in a list looks for that. */
const ownNames = Object.keys(readLocales('locales')).flatMap((tag) =>
  [tag, new Intl.Locale(tag).language].map(
    (one) => new Intl.DisplayNames([one], { type: 'language' }).of(one) ?? one,
  ),
)

/**
 * Words on the page that came through no wording: without brackets, in an element that says to be in the language of
 * the page. Numbers, times, codes (P1.S2), addresses and what a respondent wrote are no wordings.
 */
function hardCoded(page: Page): Promise<string[]> {
  return page.evaluate((own) => {
    const faults: string[] = []
    const outside = (words: string) => {
      let left = words.replace(
        /\b[A-Z]{1,3}\d*(\.[A-Za-z]\d*)*\b|\(\w+ · \d+ · [\w-]+\)|\([a-z0-9-]+\)|\S+@\S+|sha256:\w+|Heard [\d.]+|^\s*Sample data: .*/g,
        '',
      )
      for (const name of engine) left = left.replaceAll(name, '')
      for (let before = ''; before !== left; ) {
        before = left
        left = left.replace(/⟦[^⟦⟧]*⟧/g, '')
      }
      return /\p{L}/u.test(left)
    }
    const lang = document.documentElement.lang
    // Names of languages come from the engine, which knows no made-up one to say them in.
    const names = new Intl.DisplayNames([lang.slice(0, 2)], { type: 'language' })
    const engine = [
      'en-XA',
      'ar-XB',
      'en',
      'es',
      'pt-BR',
      'ar',
      'ht',
      'vi',
      'zh-Hans',
      'sq',
      'so',
      'sw',
      'my',
      'ne',
    ]
      .map((tag) => names.of(tag) ?? tag)
      .concat(own)
      .sort((a, b) => b.length - a.length)
    const ours = (element: Element) =>
      element.closest('[lang]')?.getAttribute('lang') === lang &&
      !element.closest(
        'script, noscript, style, time, code, strong[dir="ltr"], bdi, textarea, svg, dd[dir="auto"]',
      )
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.textContent ?? ''
      if (node.parentElement && ours(node.parentElement) && outside(words))
        faults.push(`says "${words.trim()}"`)
    }
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-label'])
      for (const element of document.querySelectorAll(`[${name}]`)) {
        const words = element.getAttribute(name) ?? ''
        if (ours(element) && outside(words)) faults.push(`has the ${name} "${words}"`)
      }
    return faults
  }, ownNames)
}

const narrow = { width: 320, height: 640 }
const wide = { width: 1280, height: 900 }

async function faultsOf(page: Page, name: string): Promise<string[]> {
  const faults = await hardCoded(page)
  for (const size of [narrow, wide]) {
    await page.setViewportSize(size)
    faults.push(...(await layout(page)).map((fault) => `at ${size.width} px ${fault}`))
  }
  return faults.map((fault) => `${name} ${fault}`)
}

describe.each(madeUp)('in %s, where every wording is longer by two fifths', (lang) => {
  test('what respondents see is worded in their language and cut off nowhere', async () => {
    const context = await browser.newContext({ locale: lang })
    const page = await context.newPage()
    await page.goto(`${site.url}/healthz`)
    const faults: string[] = []
    for await (const { name, html } of statesFor(site, lang)) {
      expect(html).toContain(`<html lang="${lang}"`)
      await show(page, html)
      faults.push(...(await faultsOf(page, name)))
    }
    await context.close()
    expect([...new Set(faults)]).toEqual([])
  }, 120_000)

  test('and so is what everyone else sees: every page that a link leads to', async () => {
    const { context, page } = await signIn(browser, site, 'admin')
    await page.goto(`${site.url}/?lang=${lang}`)
    const faults: string[] = []
    const seen: string[] = []
    const waiting = ['/', '/office', '/reports', '/plans', '/sign-in', '/nowhere']
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      seen.push(path)
      await page.setViewportSize(wide)
      const answer = await page.goto(site.url + path)
      if (!answer?.headers()['content-type']?.includes('text/html')) continue
      faults.push(...(await faultsOf(page, path)))
      const found = await page
        .locator('a[href^="/"]')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')?.replace(/#.*/, '') ?? ''))
      for (const next of found)
        if (
          !/[?&]lang=|\.(csv|json|svg|xlsx)|\/file\/|\/qr|^\/s\/|[?&]from=|again/.test(next) &&
          ![...seen, ...waiting].map(shape).includes(shape(next))
        )
          waiting.push(next)
    }
    await context.close()
    console.log(`${lang}: ${seen.join(' ')}`)
    expect([...new Set(faults)]).toEqual([])
    expect(seen.length).toBeGreaterThan(9)
  }, 180_000)
})

/** Addresses of the same kind of page: one survey, person, plan or question is as good as another. */
const shape = (path: string): string =>
  path
    .replace(/\?.*/, '?')
    .replace(
      /^(\/(?:office\/)?(?:reports\/plan|reports\/series|reports|translate\/surveys|translate|surveys|plans|people|paper|build|codebook|conversations|help|series))\/(?!new|bank|file|read|plan|series|surveys|import|words)[^/?]+/,
      '$1/:one',
    )
    .replace(
      /^(\/reports\/(?:plan\/)?:one(?:\/q|\/themes)?)\/(?!q\/|board|equity|cross|weights|themes|comments|commitments)[^?]+/,
      '$1/:part',
    )
    .replace(/^(\/office\/translate\/(?::one|surveys\/:one|interface))\/.*/, '$1/:part')
    .replace(/^(\/office\/(?:build|translate|surveys|conversations)\/:one(?:\/[a-z-]+)?)\/[^?]+/, '$1/:part')
