import { parse } from 'csv-parse/sync'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { launch } from '../browser.ts'
import { demo, openSite, type Site, wordsOf } from '../site.ts'
import { openPhone, signIn } from './phone.ts'

const slug = 'stakeholder-2021'

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 })

let site: Site
let browser: Browser
beforeAll(async () => {
  ;[site, browser] = await Promise.all([openSite(demo), launch()])
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

type Counted = { code: string; n: number | null }
type Told = {
  responses: number
  groups: Counted[]
  questions: { code: string; n: number; options?: Counted[] }[]
}

/** What leadership reads: the numbers of the summary, and the comments that stand under an option. */
async function openReport() {
  const { context, page } = await signIn(browser, site, 'leader')
  return {
    page,
    numbers: async () => (await (await context.request.get(`/reports/${slug}/data.json`)).json()) as Told,
    /** The pages of comments under an option on which these words stand. */
    async said(goal: string, words: string) {
      const list = `/reports/${slug}/comments?question=goal_why&about=${goal}`
      const found: string[] = []
      for (let from = 0; ; from += 20) {
        const address = `${list}&from=${from}`
        const html = await (await context.request.get(address)).text()
        if (wordsOf(html).includes(words)) found.push(address)
        if (!html.includes(`from=${from + 20}`)) return found
      }
    },
    close: () => context.close(),
  }
}
const rowsOf = (csv: string) => parse(csv, { columns: true, bom: true }) as Record<string, string>[]
const exported = async () => rowsOf(await site.heard('responses', 'export', slug))

const parents = [
  {
    language: 'es',
    goal: 'G2',
    words: 'Mi hija necesita más tiempo para las matemáticas, ¿verdad?',
  },
  { language: 'ar', goal: 'G3', words: 'ابنتي تحتاج إلى وقت أطول للقراءة، أليس كذلك؟' },
]

describe.each(parents)(
  'a parent with an old phone, without JavaScript, in $language',
  ({ language, goal, words }) => {
    test('answers the survey, and exactly that response stands in the summary and in the export', async () => {
      const report = await openReport()
      const before = await report.numbers()
      const rowsBefore = await exported()
      expect(await report.said(goal, words)).toEqual([])

      const phone = await openPhone(browser, site, { script: false, language })
      await phone.open(`/s/${slug}`)
      expect(await phone.page.locator('html').getAttribute('lang')).toBe(language)
      await phone.start()
      await phone.choose('group', 'family')
      await phone.next()
      expect(phone.at()).toBe(`/s/${slug}/your_school`)
      const school = await phone.page.locator('input[name="school"]').nth(2).getAttribute('value')
      await phone.choose('school', school ?? '')
      await phone.choose('home_language', language)
      // Only students are asked for their grade.
      expect(await phone.page.locator('[name="grade"]').count()).toBe(0)
      await phone.next()
      await phone.choose('goal', goal)
      await phone.write('goal_why', words)
      await phone.next()
      await phone.choose('strategy_p1', 'transitions')
      await phone.choose('strategy_p4', 'facilities')
      await phone.next()
      for (const [index, code] of ['P2', 'P4', 'P1', 'P3'].entries())
        await phone.choose(`priorities.${code}`, String(index + 1))
      await phone.next()
      await phone.write('needs_family', `${words} 2`)
      await phone.next()
      expect(phone.at()).toBe(`/s/${slug}/review`)
      expect(await phone.page.getByText(words, { exact: true }).count()).toBe(1)
      await phone.next()
      expect(phone.at()).toBe(`/s/${slug}/thanks`)
      await phone.close()

      // The report of an open survey takes new answers several at a time, so that nobody can watch one come in.
      expect((await report.numbers()).responses).toBe(before.responses)
      const survey = await site.stores.surveys.find(slug)
      await site.stores.surveys.setState(survey?.id ?? 0, 'closed')
      const after = await report.numbers()
      expect(after.responses).toBe(before.responses + 1)
      const of = (told: Told, code: string) => told.questions.find((question) => question.code === code)
      const option = (told: Told, question: string, code: string) =>
        of(told, question)?.options?.find((known) => known.code === code)?.n ?? Number.NaN
      const group = (told: Told) => told.groups.find(({ code }) => code === 'family')?.n ?? Number.NaN
      expect(group(after)).toBe(group(before) + 1)
      for (const [question, code] of [
        ['goal', goal],
        ['strategy_p1', 'transitions'],
        ['strategy_p4', 'facilities'],
      ] as const)
        expect([question, option(after, question, code)]).toEqual([
          question,
          option(before, question, code) + 1,
        ])
      for (const [code, more] of [
        ['priorities', 1],
        ['goal_why', 1],
        ['needs_family', 1],
        ['strategy_p2', 0],
      ] as const)
        expect([code, of(after, code)?.n]).toEqual([code, (of(before, code)?.n ?? Number.NaN) + more])

      await report.page.goto(`/reports/${slug}`)
      const said = new Intl.NumberFormat('en').format(after.responses)
      expect(await report.page.locator('.report-meta').first().textContent()).toContain(said)
      const [pageOfWords = '', ...more] = await report.said(goal, words)
      expect(more).toEqual([])
      await report.page.goto(pageOfWords)
      expect(await report.page.getByText(words, { exact: true }).count()).toBe(1)
      await report.close()

      await site.stores.surveys.setState(survey?.id ?? 0, 'open')
      const rows = await exported()
      expect(rows).toHaveLength(rowsBefore.length + 1)
      const mine = rows.filter((row) => row.goal_why === words)
      expect(mine).toHaveLength(1)
      expect(mine[0]).toMatchObject({
        language,
        channel: 'web',
        group: 'family',
        school,
        home_language: language,
        grade: '',
        goal,
        strategy_p1: 'transitions',
        strategy_p2: '',
        strategy_p4: 'facilities',
        'priorities.P2': '1',
        'priorities.P4': '2',
        'priorities.P1': '3',
        'priorities.P3': '4',
        needs_family: `${words} 2`,
        needs_student: '',
      })
      // The start order was shuffled for this person, and is recorded.
      expect(mine[0]?.['priorities.shown']?.split(' ').sort()).toEqual(['P1', 'P2', 'P3', 'P4'])

      const office = await signIn(browser, site, 'office')
      const download = await office.context.request.get(`/office/surveys/${slug}/export.csv`)
      expect(rowsOf(await download.text())).toEqual(rows)
      await office.context.close()

      await expect(site.heard('check')).resolves.toBeTruthy()
    })
  },
)
