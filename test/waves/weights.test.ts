import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { District } from '../../src/district/district.ts'
import type { Enrolment } from '../../src/district/enrolment.ts'
import { composeReport } from '../../src/report/report.ts'
import { everyone } from '../../src/report/slice.ts'
import { type ReportSource, readSource } from '../../src/report/source.ts'
import type { Row } from '../../src/report/tally.ts'
import { inSteps, weightedFigures } from '../../src/report/weights/figures.ts'
import { representation } from '../../src/report/weights/representation.ts'
import { coarse, weigh } from '../../src/report/weights/weights.ts'
import { district as plainDistrict, questionnaire } from '../report/fixture.ts'

const district: District = {
  ...plainDistrict,
  schools: [
    { code: 'north', label: { en: 'North' }, level: 'elementary' },
    { code: 'south', label: { en: 'South' }, level: 'high' },
    { code: 'east', label: { en: 'East' }, level: 'high' },
  ],
}
const row = { level: '', zone: '', group: '', grade: '', language: '' }
const enrolment: Enrolment = {
  asOf: '2020-10-01',
  source: 'A count',
  rows: [
    { ...row, school: 'north', level: 'elementary', group: 'student', n: 300 },
    { ...row, school: 'south', level: 'high', group: 'student', n: 500 },
    { ...row, school: 'east', level: 'high', group: 'student', n: 200 },
  ],
}

/** `yes` of `n` people of a school and group feel safe. */
type Said = { school: string; group: string; n: number; yes: number }
function sourceOf(said: readonly Said[], more: readonly Row[] = []): ReportSource {
  const rows = said.flatMap(({ school, group, n, yes }): Row[] =>
    [
      { question: '', cell: '', n },
      { question: 'climate', cell: '', n },
      { question: 'climate', cell: 'safe=yes', n: yes },
      { question: 'climate', cell: 'safe=no', n: n - yes },
    ].map((one) => ({ ...one, school, group })),
  )
  return readSource({
    survey: { slug: 'a', version: 1, minimumGroup: 10, sample: true },
    questionnaire: questionnaire as never,
    plan: undefined,
    district,
    rows: [...rows, ...more],
    comments: [],
  })
}
const figuresOf = (source: ReportSource, table: Enrolment | undefined) =>
  weightedFigures(composeReport(source, everyone), source, weigh(source, table))
const safe = (source: ReportSource, table: Enrolment | undefined = enrolment) =>
  figuresOf(source, table).find(({ item }) => item === 'safe')

describe('weights', () => {
  test('bring each school to its share of enrollment, by hand: 0.3 × 80 % + 0.5 × 50 % + 0.2 × 20 % = 53 %', () => {
    const source = sourceOf([
      { school: 'north', group: 'student', n: 300, yes: 240 },
      { school: 'south', group: 'student', n: 100, yes: 50 },
      { school: 'east', group: 'student', n: 100, yes: 20 },
    ])
    const weighting = weigh(source, enrolment)
    expect(weighting).toMatchObject({ why: null, dimensions: ['school'], groups: false, like: [] })
    expect(weighting.why === null && weighting.weightOf('south', 'student')).toBeCloseTo(2.5, 6)
    expect(safe(source)).toMatchObject({ n: 500, share: 0.62, weighted: { share: 0.53 } })
  })

  test('fall back to levels where a school is too small, and say why', () => {
    const weighting = weigh(
      sourceOf([
        { school: 'north', group: 'student', n: 60, yes: 30 },
        { school: 'south', group: 'student', n: 60, yes: 30 },
        { school: 'east', group: 'student', n: 4, yes: 1 },
      ]),
      enrolment,
    )
    expect(weighting).toMatchObject({
      why: null,
      dimensions: ['level'],
      refused: [{ dimensions: ['school'], why: 'few', category: 'student|east' }],
    })
  })

  test('hold families against students, and leave a group of which nothing is known as it is', () => {
    const weighting = weigh(
      sourceOf([
        { school: 'north', group: 'family', n: 60, yes: 30 },
        { school: 'south', group: 'family', n: 20, yes: 10 },
        { school: 'east', group: 'family', n: 20, yes: 10 },
        { school: 'north', group: 'partner', n: 20, yes: 10 },
      ]),
      enrolment,
    )
    expect(weighting).toMatchObject({ why: null, like: ['family'], asTheyAre: ['partner'] })
    if (weighting.why !== null) return
    expect(weighting.weightOf('north', 'partner')).toBeCloseTo(1, 6)
    expect(weighting.weightOf('north', 'family')).toBeCloseTo(0.5, 6)
  })

  test('are none without a table, without anybody, or where the table says nothing of them', () => {
    const source = sourceOf([{ school: 'north', group: 'partner', n: 60, yes: 30 }])
    expect(weigh(source, undefined).why).toBe('noTable')
    expect(weigh(sourceOf([]), enrolment).why).toBe('nobody')
    expect(weigh(source, enrolment).why).toBe('nothing')
    expect(figuresOf(source, undefined)).toEqual([])
  })

  test('are refused in a sentence where nobody of a level answered', () => {
    const weighting = weigh(sourceOf([{ school: 'north', group: 'student', n: 60, yes: 30 }]), enrolment)
    expect(weighting.why).toBe('refused')
    expect(weighting.refused.map(({ why }) => why)).toEqual(['few', 'few'])
  })

  test('are not told where they would part two hidden groups', () => {
    // Partners are hidden, and staff with them: their sum is known. A weighted sum would tell them apart.
    const source = sourceOf([
      { school: '', group: 'family', n: 80, yes: 31 },
      { school: '', group: 'staff', n: 12, yes: 6 },
      { school: '', group: 'partner', n: 5, yes: 2 },
    ])
    const table: Enrolment = {
      ...enrolment,
      rows: ['family', 'staff', 'partner'].map((group, at) => ({
        ...row,
        school: '',
        group,
        n: 100 * (at + 1),
      })),
    }
    const weighting = weigh(
      sourceOf([
        { school: '', group: 'family', n: 80, yes: 40 },
        { school: '', group: 'staff', n: 20, yes: 10 },
      ]),
      table,
    )
    expect(weighting).toMatchObject({ why: null, groups: true, dimensions: [] })
    expect(weightedFigures(composeReport(source, everyone), source, weighting)).toMatchObject([
      { item: 'safe', weighted: null },
    ])
  })

  test('of few people are told in steps of two people at least, where anybody is hidden', () => {
    expect([30, 60, 120, 240].map((n) => inSteps(0.494, n))).toEqual([0.5, 0.5, 0.5, 0.49])
    expect([inSteps(0.33, 15), inSteps(0.37, 45), inSteps(0.33, 100)]).toEqual([0.3, 0.35, 0.34])
  })
})

test('who was heard hides a level in which a school is hidden', () => {
  const source = sourceOf([
    { school: 'north', group: 'student', n: 60, yes: 30 },
    { school: 'south', group: 'student', n: 60, yes: 30 },
    { school: 'east', group: 'student', n: 4, yes: 1 },
  ])
  const levels = representation(composeReport(source, everyone), source, enrolment).find(
    ({ dimension }) => dimension === 'level',
  )
  expect(levels?.rows.find(({ code }) => code === 'high')).toMatchObject({
    n: null,
    share: null,
    enrolled: 700,
  })
})

test('who was heard holds levels against students, though the table counts teachers by school, too', () => {
  const source = sourceOf([
    { school: 'north', group: 'student', n: 40, yes: 30 },
    { school: 'south', group: 'student', n: 40, yes: 30 },
    { school: 'east', group: 'student', n: 20, yes: 10 },
    { school: '', group: 'partner', n: 100, yes: 10 },
  ])
  const teachers = { ...row, school: 'north', level: 'elementary', group: 'teacher', n: 90 }
  const bySchoolAndGrade = enrolment.rows.flatMap((one) => [
    { ...one, grade: 'grade_3', n: one.n - 100 },
    { ...one, grade: 'grade_4', n: 100 },
  ])
  const levels = representation(composeReport(source, everyone), source, {
    ...enrolment,
    rows: [teachers, { ...teachers, school: 'south', level: 'high', n: 10 }, ...bySchoolAndGrade],
  }).find(({ dimension }) => dimension === 'level')
  // Of those who said a school: those of no school are in no level.
  expect(levels?.rows).toMatchObject([
    { code: 'elementary', n: 40, share: 0.4, enrolled: 300, of: 0.3 },
    { code: 'high', n: 60, share: 0.6, enrolled: 700, of: 0.7 },
  ])
})

test('who was heard says nothing of groups that were not asked', () => {
  const source = sourceOf([{ school: 'north', group: 'student', n: 40, yes: 30 }])
  const table = {
    ...enrolment,
    rows: [...enrolment.rows, { ...row, school: 'north', group: 'driver', n: 9 }],
  }
  const [groups] = representation(composeReport(source, everyone), source, table)
  expect(groups?.rows.map(({ code }) => code)).not.toContain('driver')
})

test('who was heard tells the share of a grade among those who said one', () => {
  const grades = [
    { question: 'grade', cell: '', school: 'north', group: 'student', n: 80 },
    { question: 'grade', cell: 'g1', school: 'north', group: 'student', n: 20 },
    { question: 'grade', cell: 'g2', school: 'north', group: 'student', n: 60 },
  ]
  const said = [
    { school: 'north', group: 'student', n: 100, yes: 60 },
    { school: '', group: 'partner', n: 100, yes: 50 },
  ]
  const source = sourceOf(said, grades)
  const rows = ['g1', 'g2'].map((grade, at) => ({
    ...row,
    school: 'north',
    level: 'elementary',
    group: 'student',
    grade,
    n: 300 - 200 * at,
  }))
  const heard = representation(composeReport(source, everyone), source, { ...enrolment, rows })
  expect(heard.find(({ dimension }) => dimension === 'grade')?.rows.slice(0, 2)).toMatchObject([
    { code: 'g1', n: 20, share: 0.25, enrolled: 300, of: 0.75 },
    { code: 'g2', n: 60, share: 0.75, enrolled: 100, of: 0.25 },
  ])
})

test('over random surveys: shares are met, weights stay within their limits, a weighted share is a share', () => {
  const people = fc.record({
    n: fc.integer({ min: 0, max: 90 }),
    part: fc.float({ min: 0, max: 1, noNaN: true }),
  })
  const places = ['north', 'south', 'east', '']
  const groups = ['student', 'family', 'partner']
  fc.assert(
    fc.property(fc.array(people, { minLength: 12, maxLength: 12 }), (drawn) => {
      const said = drawn.map(({ n, part }, at) => ({
        school: places[at % 4] ?? '',
        group: groups[Math.floor(at / 4)] ?? '',
        n,
        yes: Math.round(n * part),
      }))
      const source = sourceOf(said.filter(({ n }) => n > 0))
      const weighting = weigh(source, enrolment)
      if (weighting.why === null) {
        const weighed = said.map((one) => ({ ...one, w: one.n * weighting.weightOf(one.school, one.group) }))
        const sum = (list: typeof weighed) => list.reduce((all, { w }) => all + w, 0)
        const placed = weighed.filter(({ group, school }) => group === 'student' && school !== '')
        if (weighting.dimensions.includes('school') && sum(placed) > 0)
          expect(sum(placed.filter(({ school }) => school === 'south')) / sum(placed)).toBeCloseTo(0.5, 3)
        expect(weighting.raked.least).toBeGreaterThanOrEqual(0.2 - 1e-9)
        expect(weighting.raked.most).toBeLessThanOrEqual(5 + 1e-9)
        expect(weighting.raked.designEffect).toBeGreaterThanOrEqual(1 - 1e-9)
      }
      for (const { weighted } of figuresOf(source, enrolment))
        if (weighted) {
          expect(weighted.low).toBeLessThanOrEqual(weighted.share)
          expect(weighted.high).toBeGreaterThanOrEqual(weighted.share)
          expect(weighted.share).toBeCloseTo(Math.round(weighted.share * 100) / 100, 12)
        }
    }),
    { numRuns: 60 },
  )
})

test('how many people answers count like is told alike for two hidden people of the largest weight more or fewer', () => {
  const people = fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 2, max: 50 }))
  let told = 0
  fc.assert(
    fc.property(fc.array(people, { minLength: 2, maxLength: 6 }), (drawn) => {
      const sum = (of: (weight: number) => number) =>
        drawn.reduce((all, [n, tenths]) => all + n * of(tenths / 10), 0)
      const [n, base, squares] = [sum(() => 1), sum((weight) => weight), sum((weight) => weight ** 2)]
      const hidden = [(drawn[0]?.[1] ?? 0) / 10]
      const found = coarse(base ** 2 / squares, { n, base, hidden })
      expect(coarse(base ** 2 / squares, { n, base, hidden: [] })).toBe(base ** 2 / squares)
      if (found === null) return
      told += 1
      const step = [10, 20, 50, 100, 200, 500, 1000].findLast((one) => (2 * found) % one === 0) ?? 1
      const room = 2 * (hidden[0] ?? 0) ** 2
      for (const all of [squares - room, squares, squares + room])
        if (found < n && all >= base ** 2 / n)
          expect(Math.abs(base ** 2 / all - found)).toBeLessThanOrEqual(step / 2)
    }),
    { numRuns: 200 },
  )
  expect(told).toBeGreaterThan(150)
})
