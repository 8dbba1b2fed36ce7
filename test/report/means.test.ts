import { describe, expect, it } from 'vitest'
import { wordings } from '../../src/language/wording.ts'
import { readLocales } from '../../src/locales.ts'
import { type Questionnaire, questions } from '../../src/questionnaire/definition.ts'
import { questionChart, questionRows } from '../../src/report/chartFile.ts'
import { lookable } from '../../src/report/cross/cross.ts'
import { itemPage } from '../../src/report/itemPage.ts'
import { reportJson } from '../../src/report/json.ts'
import { manifestOf } from '../../src/report/manifest.ts'
import { groupsOf, numbersOf } from '../../src/report/means.ts'
import { readerOf } from '../../src/report/reader.ts'
import { ratingRows, toneKey } from '../../src/report/rows.ts'
import { sayFinding } from '../../src/report/say.ts'
import { linesOf } from '../../src/report/waves/waves.ts'
import { type Given, questionnaire, reportOf, sourceOf } from './fixture.ts'

/** The same survey, of which no scale says what is favorable. */
const open = structuredClone(questionnaire) as Questionnaire
for (const question of questions(open) as { favorableFrom?: number; scale?: { favorable?: boolean }[] }[]) {
  delete question.favorableFrom
  for (const point of question.scale ?? []) delete point.favorable
}
const given: Given[] = [
  { answers: { group: 'family', climate: { safe: 'yes', left: 'no' }, recommend: 8 }, times: 60 },
  { answers: { group: 'student', climate: { safe: 'no', left: 'no' }, recommend: 5 }, times: 60 },
]
const report = reportOf(given, {}, open)
const t = wordings(readLocales('locales')).t('en')
const reader = readerOf('en', (key, values) => t(key, values ?? {}), 'en')
const of = (code: string) => {
  const one = report.sections.flatMap((section) => section.questions).find((q) => q.question.code === code)
  if (one?.result?.measure !== 'points') throw new Error(code)
  return { one, result: one.result }
}

describe('answers whose intervals overlap that of the first', () => {
  const said = (shares: [string, number][]) => {
    const times = shares.map(([goal, n]): Given => ({ answers: { group: 'family', goal }, times: n }))
    const one = reportOf(times)
      .sections.flatMap((section) => section.questions)
      .find((each) => each.question.code === 'goal')
    return one?.finding ? sayFinding(one, one.finding, reader) : ''
  }

  it('may be as common, which does not say that their shares are alike', () => {
    const goals: [string, number][] = [
      ['reading', 24],
      ['math', 15],
      ['attendance', 2],
    ]
    expect(said(goals)).toBe('reading has the largest share, 59% (24); math may be as common: 37% (15)')
  })

  it('and of two with as many neither is first', () => {
    const goals: [string, number][] = [
      ['reading', 20],
      ['math', 20],
    ]
    expect(said([...goals, ['attendance', 1]])).toBe(
      'reading and math may be as common as each other: 49% (20) and 49% (20)',
    )
  })
})

describe('a scale that does not say which points are favorable', () => {
  const { one, result } = of('recommend')

  it('has no percent favorable and nothing of it suppressed in the JSON', () => {
    const json = reportJson(report) as { questions: { code: string; items?: object[] }[]; equity: object[] }
    const [item] = json.questions.find(({ code }) => code === 'recommend')?.items ?? []
    expect(item).toMatchObject({ n: 120, favorable: null, share: null, low: null, high: null, mean: 6.5 })
    expect(item).not.toHaveProperty('suppressed')
    expect(json.questions.find(({ code }) => code === 'climate')).toMatchObject({
      scale: { favorable: null, share: null, low: null, high: null, people: 120 },
    })
    expect(json.equity).toEqual([])
  })

  it('is headed by its mean, with the points under it', () => {
    expect(one.finding && sayFinding(one, one.finding, reader)).toBe(
      'Mean score 6.5, on a scale from 0 to 10',
    )
    const rows = ratingRows(one, result, reader, 'q')
    expect(rows[0]).toMatchObject({ number: 'mean 6.5', svg: '' })
    expect(rows.map(({ label }) => label.words)).toContain('10 Very likely')
    expect(rows.find(({ label }) => label.words === '8')?.number).toBe('50% (60)')
    expect(toneKey(one, reader)).toEqual([])
  })

  it('has tables of means, of everyone and by group', () => {
    const table = numbersOf(one, reader)
    expect(table?.head.map(({ words }) => words).slice(0, 3)).toEqual(['Statement', 'Mean score', 'Answered'])
    expect(table?.rows[0]?.cells.slice(0, 2)).toEqual(['6.5', '120'])
    expect(groupsOf(one, new Map(), reader, false)?.rows[0]?.cells).toEqual(['8.0', '5.0'])
  })

  it('leaves the columns of favorable answers empty in its file, and its picture says why', () => {
    const [head = [], row = []] = questionRows(one, reader)
    expect(Object.fromEntries(head.map((name, at) => [name, row[at]]))).toMatchObject({
      ...{ n: '120', favorable: '', share: '', low: '', high: '', mean: '6.5', 8: '60' },
    })
    expect(questionChart(report, one, reader, '')).toMatch(/does not say which/)
  })

  it('has a page without groups or gaps, which says so plainly', () => {
    const manifest = manifestOf(
      [],
      { surveys: [], filter: { school: null, group: null }, minimumGroup: 10 },
      { hash: () => '', software: '0' },
    )
    const asked = { question: 'recommend', item: 'recommend' }
    const page = itemPage(report, sourceOf(given, open), asked, reader, { asOf: '', manifest })
    expect(page).toMatchObject({ few: false, lists: [], beside: [] })
    expect(page?.facts).toContain(
      'This scale does not say which of its points are favorable, so no percent favorable is told.',
    )
    expect(page?.table?.head.map(({ words }) => words)).not.toContain('Favorable')
  })

  it('is not set side by side by what is favorable, and has no line over time', () => {
    expect(lookable(sourceOf(given, open)).map(({ code }) => code)).toEqual(['goal', 'order'])
    const wave = (survey: number) => ({
      ...{ survey, slug: `w${survey}`, label: {}, day: '2021-05-28', report, versions: [open] },
    })
    expect(linesOf([wave(1), wave(2)]).map(({ asked }) => asked)).not.toContain('recommend')
  })

  it('of several statements is headed by the mean of all, and each has its own', () => {
    const grid = of('climate')
    // "I feel left out" is turned round: 1 of 3 counts as 3.
    expect(grid.one.finding).toEqual({ rule: 'mean', mean: 2.5 })
    expect(ratingRows(grid.one, grid.result, reader, 'q').map(({ number, hint }) => [number, hint])).toEqual([
      ['mean 2.0', null],
      ['mean 1.0', 'Disagreeing is the favorable answer'],
    ])
  })
})
