import { wallTime } from '../../district/clock.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { type Page, pagesOf } from '../../response/pages.ts'

/**
 * Responses by the day of the district's clock, every day from the first to the last, "2021-05-12". `hours`: epoch
 * milliseconds as text.
 */
export function daysOf(
  hours: readonly { code: string; n: number }[],
  timeZone: string,
): { day: string; n: number }[] {
  const counts = new Map<string, number>()
  for (const { code, n } of hours) {
    const day = wallTime(Number(code), timeZone).slice(0, 10)
    counts.set(day, (counts.get(day) ?? 0) + n)
  }
  const there = [...counts.keys()].sort()
  const [first] = there
  const last = there.at(-1)
  if (!first || !last) return []
  const days: { day: string; n: number }[] = []
  const oneDay = 86_400_000
  // Days of the calendar, not of the clock: none is longer or missing.
  for (let time = Date.parse(first); time <= Date.parse(last) && days.length < 10_000; time += oneDay) {
    const day = new Date(time).toISOString().slice(0, 10)
    days.push({ day, n: counts.get(day) ?? 0 })
  }
  return days
}

/** How many came to a page, how many went on from it, and how many are still there or left. */
export type Stop = { page: Page | undefined; reached: number; passed: number; left: number }

/** The pages in their order, and at the end what is shown before sending (`page` undefined). Pages of older versions that are gone are left out. */
export function courseOf(
  questionnaire: Questionnaire,
  counts: readonly { what: string; place: string; n: number }[],
): Stop[] {
  const n = (what: string, place: string) =>
    counts.reduce((sum, one) => sum + (one.what === what && one.place === place ? one.n : 0), 0)
  const pages = questionnaire.sections.flatMap((section) => pagesOf(section, questionnaire.readers))
  return [...pages, undefined].map((page) => {
    const place = page?.code ?? 'review'
    const passed = n('passed', place)
    // Counts are kept apart and each may miss some: nobody passes a page without coming to it.
    const reached = Math.max(n('reached', place), passed)
    return { page, reached, passed, left: reached - passed }
  })
}
