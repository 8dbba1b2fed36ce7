import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { direction } from '../../src/language/tags.ts'
import { launch } from '../browser.ts'
import { openSite, type Site } from '../site.ts'
import { axe, layout, show } from './inspect.ts'
import { everyState, languages, statesFor } from './states.ts'

/**
 * Every page that somebody who answers can have before them. The layout is checked in every language; all of axe's
 * rules in English and in Arabic, or with HEARD_AXE=all (`npm run test:axe`, some minutes) in every language.
 */
const all = process.env.HEARD_AXE === 'all'
const none: string[] = []
/** What can differ when only the looks do. */
const ofLooks = ['color-contrast', 'link-in-text-block']

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

type Looks = Parameters<Browser['newContext']>[0]

async function openPage(lang: string, looks: Looks = {}): Promise<Page> {
  const context = await browser.newContext({ locale: lang, viewport: { width: 320, height: 640 }, ...looks })
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  // An address of the site, so that styles and scripts load.
  await page.goto(`${site.url}/healthz`)
  return page
}

/** Goes through every state; what axe and the layout have against it, with the name of the state. */
async function faultsIn(lang: string, rules: string[] | undefined, looks: Looks = {}) {
  const page = await openPage(lang, looks)
  const faults: string[] = []
  const names: string[] = []
  for await (const { name, html } of statesFor(site, lang)) {
    if (!html.includes(`<html lang="${lang}" dir="${direction(lang)}">`))
      faults.push(`${name}: not in ${lang}`)
    await show(page, html)
    const found = [...(rules === none ? [] : await axe(page, rules)), ...(await layout(page))]
    if (rules !== none) checked++
    faults.push(...found.map((fault) => `${name}: ${fault}`))
    names.push(name)
  }
  await page.context().close()
  return { faults, names }
}

describe('everyone can answer', () => {
  test.each(languages)(
    'in %s, on a phone of 320 px, in every state of every page',
    async (lang) => {
      const rules = all || lang === 'en' || lang === 'ar' ? undefined : none
      const { faults, names } = await faultsIn(lang, rules)
      expect(faults).toEqual([])
      expect(names.length).toBeGreaterThanOrEqual(40)
      expect(new Set(names).size).toBe(names.length)
    },
    600_000,
  )

  test.each([
    ['en', 'in the dark', { colorScheme: 'dark' }],
    ['ar', 'in the dark', { colorScheme: 'dark' }],
    ['en', 'in forced colours', { forcedColors: 'active' }],
    ['ar', 'in forced colours', { forcedColors: 'active' }],
    ['en', 'on a desk', { viewport: { width: 1280, height: 900 } }],
    ['ar', 'on a desk', { viewport: { width: 1280, height: 900 } }],
  ] as const)(
    'in %s, %s',
    async (lang, _, looks) => {
      // A wide window has the colours of a narrow one, Arabic those of English, and forced colours are the system's.
      const quick = 'colorScheme' in looks && lang === 'en' ? ofLooks : none
      expect((await faultsIn(lang, all ? undefined : quick, looks)).faults).toEqual([])
    },
    600_000,
  )
})
