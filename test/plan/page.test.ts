import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ejs from 'ejs'
import i18next from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { elements } from '../../src/plan/elements.ts'
import { planIndex, planPage } from '../../src/plan/page.ts'
import { markOf } from '../../src/web/markup.ts'
import { shippedCrosswalk, shippedPlan, shippedPlans } from './shipped.ts'

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url))
const plans = shippedPlans()
const crosswalk = shippedCrosswalk()
const reading = (tag = 'en') => ({ tag, plans, crosswalk })
const missing: string[] = []

beforeAll(async () => {
  const words = JSON.parse(readFileSync(path('locales/en.json'), 'utf8'))
  await i18next.init({
    lng: 'en',
    resources: { en: { translation: words } },
    interpolation: { escapeValue: false },
    saveMissing: true,
    missingKeyHandler: (_tags: readonly string[], _space: string, key: string) => missing.push(key),
  })
})

/** The template alone: the head and foot belong to other tests. */
function render(view: string, page: unknown): string {
  const file = path(`views/plans/${view}.ejs`)
  const includer = (original: string, parsed: string) =>
    original.startsWith('../parts/') ? { template: ' ' } : { filename: parsed }
  const locals = { page, t: i18next.t, lang: 'en', dir: 'ltr', mark: markOf('en') }
  return ejs.render(readFileSync(file, 'utf8'), locals, { filename: file, includer, async: false })
}

describe('the page of a plan', () => {
  test.each(['hartford-2018-2022', 'hartford-2021-2024'])('%s shows every element, in sound HTML', (id) => {
    const plan = shippedPlan(id)
    const html = render('show', planPage(plan, reading()))
    for (const { code } of elements(plan)) expect(html).toContain(`id="${code}"`)
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, one]) => one)
    expect(ids).toHaveLength(new Set(ids).size)
    for (const [, anchor] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(anchor)
    expect(html.match(/<h1/g)).toHaveLength(1)
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
    for (const [at, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[at - 1] ?? 0) + 1)
    expect(html).not.toMatch(/undefined|\[object|<script|style=|NaN/)
    expect(html.match(/<table/g)?.length).toBe(html.match(/<caption/g)?.length)
    for (const tag of ['details', 'section', 'table', 'ul', 'div', 'span', 'li', 'tr', 'td'])
      expect([tag, html.split(`<${tag}`).length]).toEqual([tag, html.split(`</${tag}>`).length])
    expect(missing).toEqual([])
  })

  test('a goal without a printed number has no target set', () => {
    const { goals } = planPage(shippedPlan('hartford-2018-2022'), reading())
    expect(goals.map(({ target }) => target?.amount ?? null)).toEqual(['22%', '9%', null, null, '7%', null])
    expect(render('show', planPage(shippedPlan('hartford-2018-2022'), reading()))).toContain('No target set')
  })

  test('plan words stay English and left to right for an Arabic reader', () => {
    const page = planPage(shippedPlan('hartford-2021-2024'), reading('ar'))
    expect(page.vision).toMatchObject({ lang: 'en', dir: 'ltr', translated: false })
  })

  test('a translation is shown as one, with the printed words beside it', () => {
    const plan = shippedPlan('hartford-2021-2024')
    if (plan.vision) plan.vision.translations = { es: 'Una visión' }
    const { vision } = planPage(plan, reading('es'))
    expect(vision).toMatchObject({ words: 'Una visión', lang: 'es', translated: true })
    expect(vision?.others.map(({ words }) => words)).toEqual(plan.vision?.wordings.map(({ words }) => words))
    expect(render('show', planPage(plan, reading('es')))).toContain(
      '<span lang="es" dir="ltr">Una visión</span>',
    )
  })

  test('the crosswalk is said to be ours; without one the page does without', () => {
    expect(render('show', planPage(shippedPlan('hartford-2021-2024'), reading()))).toContain('Made by us')
    const page = planPage(shippedPlan('hartford-2021-2024'), { ...reading(), crosswalk: null })
    expect(page.crosswalk).toBeNull()
    expect(render('show', page)).not.toContain('Made by us')
  })
})

test('the list of plans puts the newest first', () => {
  const page = planIndex(plans, 'en', 'Strategic plans')
  expect(page.plans.map(({ href }) => href)).toEqual([
    '/plans/hartford-2021-2024',
    '/plans/hartford-2018-2022',
  ])
  expect(render('index', page)).toContain('href="/plans/hartford-2018-2022"')
  expect(render('index', planIndex([], 'en', 'Strategic plans'))).toContain('No plan')
})
