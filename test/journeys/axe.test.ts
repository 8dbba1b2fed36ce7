import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { direction } from '../../src/language/tags.ts'
import { launch } from '../browser.ts'
import { openSite, type Site } from '../site.ts'
import { axe, layout, ofLooks, rulesIn, show } from './inspect.ts'
import { everyState, languages, statesFor } from './states.ts'

/**
 * Every page that somebody who answers can have before them. The layout is checked in every language, in English and
 * Arabic in every look; all of axe's rules in English, those that are not about looks in Arabic, or with HEARD_AXE=all
 * (`npm run test:axe`, some minutes) in every language and look.
 */
const all = process.env.HEARD_AXE === 'all'

let site: Site
let browser: Browser
let checked = 0
beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(everyState), launch()])
})
afterAll(async () => {
  console.log(`axe: ${checked} page states checked`)
  await browser?.close()
  await site?.close()
})

/** A wide window has the colours of a narrow one, and forced colours are the system's. */
const looks = [
  { name: 'in the dark', media: { colorScheme: 'dark' }, rules: ofLooks },
  { name: 'in forced colours', media: { forcedColors: 'active' }, rules: [] },
  { name: 'on a desk', size: { width: 1280, height: 900 }, rules: [] },
] as const

async function openPage(lang: string): Promise<Page> {
  // Colours that slide into one another would be measured half-way.
  const context = await browser.newContext({ locale: lang, viewport: phone, reducedMotion: 'reduce' })
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  // An address of the site, so that styles and scripts load.
  await page.goto(`${site.url}/healthz`)
  return page
}

const phone = { width: 320, height: 640 }

/** What axe and the layout have against the page that is shown, in every look if it is wanted in `looked`. */
async function faultsOf(page: Page, lang: string, looked: boolean): Promise<string[]> {
  const faults = [...(await axe(page, rulesIn(lang))), ...(await layout(page))]
  if (rulesIn(lang) !== 'none') checked++
  if (!looked) return faults
  for (const look of looks) {
    if ('media' in look) await page.emulateMedia(look.media)
    else await page.setViewportSize(look.size)
    const rules = all ? 'all' : lang === 'en' && look.rules.length > 0 ? look.rules : 'none'
    const found = [...(await axe(page, rules)), ...(await layout(page))]
    faults.push(...found.map((fault) => `${look.name}: ${fault}`))
    if (rules !== 'none') checked++
    await page.emulateMedia({ colorScheme: null, forcedColors: null })
  }
  await page.setViewportSize(phone)
  return faults
}

test.each(languages)(
  'everyone can answer in %s, on a phone of 320 px, in every state of every page',
  {
    timeout: 600_000,
  },
  async (lang) => {
    const page = await openPage(lang)
    const faults: string[] = []
    const names: string[] = []
    for await (const { name, html } of statesFor(site, lang)) {
      if (!html.includes(`<html lang="${lang}" dir="${direction(lang)}">`))
        faults.push(`${name}: not in ${lang}`)
      await show(page, html)
      const found = await faultsOf(page, lang, lang === 'en' || lang === 'ar')
      faults.push(...found.map((fault) => `${name}: ${fault}`))
      names.push(name)
    }
    await page.context().close()
    expect(faults).toEqual([])
    expect(names.length).toBeGreaterThanOrEqual(40)
    expect(new Set(names).size).toBe(names.length)
  },
)
