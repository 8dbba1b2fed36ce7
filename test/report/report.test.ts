import { describe, expect, it } from 'vitest'
import { leading } from '../../src/report/finding.ts'
import { reportJson } from '../../src/report/json.ts'
import { hundred, reportOf } from './fixture.ts'

type Json = { responses: number | null; questions: ({ code: string } & Record<string, unknown>)[] } & Record<
  string,
  unknown
>
const json = (...input: Parameters<typeof reportOf>) => reportJson(reportOf(...input)) as Json
const question = (report: Json, code: string) => report.questions.find((one) => one.code === code)

describe('the report as JSON', () => {
  const report = json(hundred)

  it('has the contract’s shapes', () => {
    expect(report).toMatchObject({ survey: 'sample', version: 1, responses: 100 })
    expect(question(report, 'goal')).toMatchObject({
      kind: 'single',
      n: 100,
      options: [
        { code: 'attendance', n: 58, share: 0.58 },
        { code: 'reading', n: 35, share: 0.35 },
        { code: 'math', n: 7, share: 0.07 },
      ],
    })
    expect(question(report, 'order')).toMatchObject({
      kind: 'ranking',
      n: 58,
      options: [
        { code: 'a', first: 25, firstShare: 25 / 58, meanRank: 1, borda: 25 * 2 + 33 * 0.5 },
        { code: 'b', first: 33, firstShare: 33 / 58, meanRank: (25 * 2 + 33) / 58, borda: 25 + 33 * 2 },
        { code: 'c', first: 0, firstShare: 0, meanRank: null, borda: 33 * 0.5 },
      ],
      pairwise: { a: { b: 25, c: 25 }, b: { a: 33, c: 58 }, c: { a: 0, b: 0 } },
      condorcet: 'b',
      irv: { winner: 'b', rounds: [{ a: 25, b: 33, c: 0 }] },
    })
    expect(question(report, 'climate')).toMatchObject({
      n: 75,
      items: [
        { code: 'safe', n: 75, favorable: 35, share: 35 / 75, counts: { no: 33, so: 7, yes: 35 } },
        { code: 'left', n: 42, notApplicable: 33, favorable: 35, share: 35 / 42 },
      ],
    })
    expect(question(report, 'recommend')).toMatchObject({
      items: [{ code: 'recommend', favorable: 35, mean: 9 }],
    })
    expect(question(report, 'years')).toMatchObject({ n: 35, mean: 4, median: 4 })
  })

  it('is the same, byte for byte, for the same answers in another order', () => {
    expect(JSON.stringify(json(hundred.toReversed()))).toBe(JSON.stringify(report))
  })

  it('shows groups that are large enough and hides the others with null', () => {
    expect(report.groups).toEqual([
      { code: 'family', n: 60, share: 0.6 },
      { code: 'student', n: null, share: null, suppressed: true },
      { code: 'staff', n: null, share: null, suppressed: true },
      { code: 'partner', n: null, share: null, suppressed: true },
    ])
    expect(report.groupsNotShown).toEqual({ n: 40, share: 0.4 })
    expect(question(report, 'goal')?.groups).toMatchObject([
      { group: 'family', n: 60 },
      { group: 'student', n: null, suppressed: true },
      {},
      {},
    ])
  })

  it('hides an item that few answered in a group', () => {
    const few = json([
      ...hundred,
      { answers: { group: 'family', school: 'north', climate: { safe: 'yes' } }, times: 12 },
    ])
    expect(question(few, 'climate')).toMatchObject({ n: 87 })
  })

  it('tells grades for everyone together only, and hides those of few people', () => {
    expect(question(report, 'grade')).toMatchObject({ options: [{ n: 25 }, { n: 35 }, { n: 33 }] })
    expect(question(json(hundred, { group: 'family' }), 'grade')).toBeUndefined()
    const small = json(
      [
        ...hundred,
        { answers: { group: 'family', grade: 'g1' }, times: 3 },
        { answers: { grade: 'g2' }, times: 2 },
      ].map((one, index) => (index === 3 ? { ...one, times: 8 } : one)),
    )
    expect(question(small, 'grade')).toMatchObject({
      options: [{ n: null }, { n: 37 }, { n: null, suppressed: true }],
    })
  })
})

describe('a filter', () => {
  it('shows one group', () => {
    const report = json(hundred, { group: 'family' })
    expect(report.responses).toBe(60)
    expect(question(report, 'goal')).toMatchObject({ n: 60, options: [{ n: 25 }, { n: 35 }, { n: 0 }] })
  })

  it.each([
    { group: 'staff' },
    { group: 'student' },
    { group: 'staff', school: 'south' },
    { group: 'partner' },
  ])('shows nothing of people who are too few, or would give them away: %o', (filter) => {
    const report = json(hundred, filter)
    expect(report).toMatchObject({ responses: null, suppressed: true, groups: [] })
    for (const one of report.questions) expect(one).toMatchObject({ n: null, suppressed: true })
    expect(JSON.stringify(report.questions)).not.toMatch(/"(n|first|share|favorable|mean|meanRank)":\d/)
  })
})

describe('comments', () => {
  it('are counted under the option that their writer chose, and hidden where few chose it', () => {
    expect(question(json(hundred), 'goal')?.comments).toEqual([
      { question: 'why', about: 'attendance', n: 25 },
      { question: 'why', about: 'reading', n: 0 },
      { question: 'why', about: 'math', n: null, suppressed: true },
    ])
  })
})

describe('no answers', () => {
  it('gives a report with nothing in it', () => {
    expect(json([])).toMatchObject({ responses: null, suppressed: true })
    expect(() => json([{ answers: {} }])).not.toThrow()
  })
  it('passes over counts of questions that are no longer asked', () => {
    expect(json(hundred).questions.map(({ code }) => code)).not.toContain('gone')
  })
})

describe('a headline', () => {
  const figure = (code: string, count: number, n: number) => ({ code, count, share: count / n })
  it('says that an option leads only when its interval stands clear', () => {
    expect(
      leading([figure('a', 400, 1000), figure('b', 300, 1000), figure('c', 300, 1000)], 1000),
    ).toMatchObject({ rule: 'lead', first: { code: 'a' } })
    expect(leading([figure('a', 40, 100), figure('b', 36, 100), figure('c', 5, 100)], 100)).toMatchObject({
      rule: 'close',
      options: [{ code: 'a' }, { code: 'b' }],
    })
    expect(leading([figure('a', 700, 1000), figure('b', 300, 1000)], 1000)).toMatchObject({
      rule: 'majority',
    })
    expect(leading([figure('a', 34, 100), figure('b', 33, 100), figure('c', 33, 100)], 100)).toEqual({
      rule: 'even',
    })
    expect(leading([figure('a', 0, 1)], 0)).toEqual({ rule: 'nobody' })
  })
  it('names five that are close, and of more that none stands out', () => {
    const close = (many: number) =>
      leading(
        [...Array.from({ length: many }, (_, at) => figure(`o${at}`, 30, 200)), figure('last', 1, 200)],
        200,
      )
    expect(close(5)).toMatchObject({ rule: 'close', options: { length: 5 } })
    expect(close(6)).toEqual({ rule: 'even' })
  })
})

describe('beside the shares', () => {
  const report = json(hundred)

  it('a ranking has its first two places, head-to-head order and whether the ways of counting agree', () => {
    expect(question(report, 'order')).toMatchObject({
      options: [
        { code: 'a', top2: 25, top2Share: 25 / 58 },
        { code: 'b', top2: 58, top2Share: 1 },
        { code: 'c', top2: 0 },
      ],
      schulze: [['b'], ['a'], ['c']],
      runoff: { counting: [58], ties: [] },
      agreement: { verdict: 'agree', option: 'b', condorcet: 'b', reasons: [] },
    })
  })

  it('a statement has those who left it out, of those who came to it, and statements their alpha', () => {
    expect(question(report, 'climate')).toMatchObject({
      n: 75,
      asked: 100,
      items: [
        { code: 'safe', nonResponse: { asked: 100, missing: 25, share: 0.25 } },
        { code: 'left', nonResponse: { asked: 100, missing: 25, share: 0.25 } },
      ],
      alpha: { items: 2, n: 42, cautions: expect.arrayContaining(['few']) },
      scale: { items: 2, answers: 117, favorable: 70 },
    })
  })

  it('the widest gap between shown groups is told for each statement, and none where only one is shown', () => {
    expect(report.equity).toEqual([])
    const answers = (group: string, safe: string) => ({ group, school: 'north', climate: { safe } })
    const two = json([
      { answers: answers('family', 'yes'), times: 40 },
      { answers: answers('family', 'no'), times: 10 },
      { answers: answers('student', 'yes'), times: 20 },
      { answers: answers('student', 'no'), times: 30 },
    ])
    expect(two.equity).toMatchObject([
      { question: 'climate', item: 'safe', above: 'family', below: 'student', beyondChance: true },
    ])
  })

  it('one answer, everyone the same, and nothing that applies give plain values', () => {
    const same = { group: 'family', climate: { safe: 'yes', left: 'yes' }, order: { order: ['a', 'b', 'c'] } }
    const none = { group: 'family', climate: { safe: 'na', left: 'na' } }
    for (const given of [
      [{ answers: same }],
      [{ answers: same, times: 30 }],
      [{ answers: none, times: 30 }],
      [],
    ]) {
      expect(JSON.stringify(reportOf(given), (_, one) => (Number.isNaN(one) ? 'NaN' : one))).not.toContain(
        'NaN',
      )
    }
    expect(question(json([{ answers: same, times: 30 }]), 'climate')).toMatchObject({
      alpha: { value: null, why: 'same' },
    })
  })
})

describe('a small group that said nearly all the same', () => {
  const given = [
    { answers: { group: 'family', climate: { safe: 'yes' } }, times: 30 },
    { answers: { group: 'student', climate: { safe: 'no' } }, times: 50 },
    { answers: { group: 'student', climate: { safe: 'yes' } }, times: 50 },
  ]
  it('is told by a bound, on every filter, and never exactly; everyone together is told exactly', () => {
    const bounded = {
      code: 'safe',
      n: null,
      share: null,
      counts: null,
      suppressed: true,
      bound: { over: 0.9, n: 30 },
    }
    expect(question(json(given, { group: 'family' }), 'climate')).toMatchObject({ items: [bounded, {}] })
    expect(question(json(given), 'climate')).toMatchObject({
      items: [{ share: 80 / 130 }, {}],
      groups: [{ group: 'family', items: [bounded, {}] }, {}, {}, {}],
    })
    expect(json(given).equity).toEqual([])
  })
})
