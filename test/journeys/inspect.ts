import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BrowserContext, Page } from 'playwright-core'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** Shows a page as the site sent it, with its styles and scripts, at the address where `page` is. */
export async function show(page: Page, html: string): Promise<void> {
  await page.setContent(html, { waitUntil: 'load' })
}

type Violation = { id: string; help: string; nodes: { target: string[]; any: { message: string }[] }[] }
type Axe = { run: (on: Document, options: object) => Promise<{ violations: Violation[] }> }

/** Every page of this context brings axe, not what is framed in it: half a megabyte that is sent once, not each time. */
export const withAxe = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript({ content: `if (window === top) { ${axeSource} }` })

/** Rules for what can differ when only the looks do. */
export const ofLooks = ['color-contrast', 'link-in-text-block']

/**
 * By which rules axe looks at a page that it has seen in English before. Colours are those of English; in Arabic all
 * else is looked at again, since it goes the other way; in other languages nothing, unless HEARD_AXE=all.
 */
export const rulesIn = (lang: string): 'all' | 'but of looks' | 'none' =>
  lang === 'en' || process.env.HEARD_AXE === 'all' ? 'all' : lang === 'ar' ? 'but of looks' : 'none'

/**
 * What axe finds against WCAG 2.0 to 2.2 A and AA and its rules for landmarks and headings: rule, element, reason.
 */
export async function axe(
  page: Page,
  rules: ReturnType<typeof rulesIn> | readonly string[] = 'all',
): Promise<string[]> {
  if (rules === 'none') return []
  // A page that is shown in place of another keeps it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource)
  return page.evaluate(
    async ({ runOnly, more }) => {
      const { axe } = window as unknown as { axe: Axe }
      const { violations } = await axe.run(document, {
        runOnly,
        rules: more,
        resultTypes: ['violations'],
      })
      return violations.flatMap(({ id, help, nodes }) =>
        nodes.map(({ target, any }) => `${id}: ${target.join(' ')} (${any[0]?.message ?? help})`),
      )
    },
    typeof rules !== 'string'
      ? { runOnly: { type: 'rule', values: [...rules] }, more: {} }
      : { runOnly: { type: 'tag', values: tags }, more: moreOf(rules) },
  )
}

const moreOf = (rules: 'all' | 'but of looks') => ({
  'target-size': { enabled: true },
  ...(rules === 'all' ? {} : Object.fromEntries(ofLooks.map((rule) => [rule, { enabled: false }]))),
})

/**
 * What is wrong with a page as it is laid out now: sideways scrolling, words that are cut off, targets under 24 px,
 * a heading or a landmark too many or too few, an id that stands twice.
 */
export function layout(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ''}${element.className ? `.${String(element.className).replaceAll(' ', '.')}` : ''} "${(element.textContent ?? '').trim().slice(0, 40)}"`
    const root = document.documentElement
    /** What is there for screen readers alone is clipped to nothing, and so is all that is in it. */
    const clipped = (element: Element): boolean =>
      getComputedStyle(element).clipPath === 'inset(50%)' ||
      (element.parentElement !== null && clipped(element.parentElement))
    const shown = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true }) && !clipped(element)
    if (root.scrollWidth > root.clientWidth)
      faults.push(`scrolls sideways: ${root.scrollWidth} px in ${root.clientWidth} px`)
    for (const element of document.body.querySelectorAll('*')) {
      if (!shown(element)) continue
      const style = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      const scrolls = element.closest('[role="region"][tabindex="0"], [role="group"][tabindex="0"], .scroll')
      if (box.width > 0 && !scrolls && (box.right > root.clientWidth + 1 || box.left < -1))
        faults.push(`reaches out of the page: ${name(element)}`)
      const hides = /hidden|clip/.test(style.overflowX + style.overflowY)
      const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim())
      const chart =
        element instanceof SVGElement ? element.ownerSVGElement?.getBoundingClientRect() : undefined
      // What an element of a chart scrolls is told in the measures of the drawing, not of the page.
      if (chart) {
        if (words && (box.right > chart.right + 1 || box.left < chart.left - 1))
          faults.push(`reaches out of its chart: ${name(element)}`)
      } else if ((hides || words) && style.display !== 'inline' && !scrolls) {
        const wide = element.scrollWidth > element.clientWidth + 1
        const tall = hides && element.scrollHeight > element.clientHeight + 1
        if ((wide || tall) && element.textContent?.trim() && element.tagName !== 'SELECT')
          faults.push(`cuts its words off: ${name(element)}`)
      }
    }
    for (const target of document.querySelectorAll(
      'a[href], button, input:not([type="hidden"]), select, textarea, summary',
    )) {
      if (!shown(target)) continue
      // The label of a choice belongs to what can be pressed; a link in a line of words is excepted by the criterion.
      const box = (target.closest('label') ?? target).getBoundingClientRect()
      const inline = target.tagName === 'A' && getComputedStyle(target).display === 'inline'
      if ((box.width < 24 || box.height < 24) && !inline)
        faults.push(
          `is a target of ${Math.round(box.width)} by ${Math.round(box.height)} px: ${name(target)}`,
        )
    }
    for (const [selector, wanted] of [
      ['h1', 1],
      ['main', 1],
    ] as const) {
      const count = document.querySelectorAll(selector).length
      if (count !== wanted) faults.push(`has ${count} ${selector}`)
    }
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) < at)))
      faults.push(`has the id ${id} twice`)
    return faults
  })
}
