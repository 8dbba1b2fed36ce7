import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Questionnaire } from '../../src/questionnaire/definition.ts'
import { composeReport } from '../../src/report/report.ts'
import { everyone } from '../../src/report/slice.ts'
import { readSource } from '../../src/report/source.ts'
import { lineUp } from '../../src/report/waves/meaning.ts'
import { linesOf, type SameAs, type WaveReport } from '../../src/report/waves/waves.ts'
import { settle } from '../../src/response/settle.ts'
import { district } from '../report/fixture.ts'

const en = (words: string) => ({ en: words })
const asked = (label = 'I feel safe', points = ['No', 'So-so', 'Yes'], code = 'safe') =>
  ({
    source: 'en',
    languages: ['en'],
    title: en('A wave'),
    sections: [
      {
        code: 'all',
        title: en('All'),
        questions: [
          {
            code: 'climate',
            kind: 'grid',
            title: en('How much do you agree?'),
            items: [{ code, label: en(label) }],
            scale: points.map((words, at) => ({
              code: `p${at}`,
              value: at + 1,
              label: en(words),
              ...(at === points.length - 1 && { favorable: true }),
            })),
          },
        ],
      },
    ],
  }) as unknown as Questionnaire

type Said = [yes: number, no: number]

function wave(survey: number, questionnaire: Questionnaire, [yes, no]: Said): WaveReport {
  const counts = new Map<string, number>()
  const [first] = (questionnaire.sections[0]?.questions[0]?.items ?? []) as { code: string }[]
  const item = first?.code ?? ''
  const circumstances = { version: 1, language: 'en', channel: 'web', hour: 0 } as const
  for (const [point, times] of [
    ['p2', yes],
    ['p0', no],
  ] as const)
    for (const { question, cell } of settle(questionnaire, { climate: { [item]: point } }, circumstances)
      .cells)
      counts.set(`${question}\0${cell}`, (counts.get(`${question}\0${cell}`) ?? 0) + times)
  const rows = [...counts].map(([key, n]) => {
    const [question = '', cell = ''] = key.split('\0')
    return { question, cell, school: '', group: '', n }
  })
  const source = readSource({
    survey: { slug: `wave-${survey}`, version: 1, minimumGroup: 10, sample: true },
    questionnaire,
    plan: undefined,
    district,
    rows,
    comments: [],
  })
  return {
    survey,
    slug: `wave-${survey}`,
    label: en(String(survey)),
    day: `202${survey}-05-01`,
    report: composeReport(source, everyone),
    versions: [questionnaire],
  }
}

test('the same item is one line, with its change and what chance alone could do', () => {
  const [line] = linesOf([wave(1, asked(), [30, 70]), wave(2, asked(), [60, 40])])
  expect(line?.points.map(({ share }) => share)).toEqual([0.3, 0.6])
  // Newcombe 1998, method 10, worked out by hand for 60/100 less 30/100.
  expect(line?.changes).toMatchObject([{ from: 0, to: 1, test: 'score', count: 30, beyondChance: true }])
  expect(line?.changes[0]?.difference).toBeCloseTo(0.3, 10)
  expect(line?.changes[0]?.low).toBeCloseTo(0.1634, 3)
  expect(line?.changes[0]?.high).toBeCloseTo(0.4215, 3)
})

test.each([
  ['words', asked('I feel very safe')],
  ['answers', asked('I feel safe', ['No', 'Hardly', 'Yes'])],
])('a change of the %s breaks the line, and no change is worked out over it', (reason, changed) => {
  const [line] = linesOf([wave(1, asked(), [30, 70]), wave(2, changed, [60, 40]), wave(3, changed, [70, 30])])
  expect(line?.points.map(({ broken }) => broken)).toEqual([null, [reason], null])
  expect(line?.changes.map(({ from, to }) => [from, to])).toEqual([[1, 2]])
  expect(line?.overall).toBeNull()
})

test('spaces and the shape of quotation marks are no other wording', () => {
  const [line] = linesOf([
    wave(1, asked("It's  safe"), [30, 70]),
    wave(2, asked('It\u2019s safe '), [60, 40]),
  ])
  expect(line?.points[1]?.broken).toBeNull()
})

test('the office can say that two codes and wordings are the same, and the reason stands at the point', () => {
  const said: SameAs = {
    before: 1,
    after: 2,
    askedBefore: 'climate.safe',
    askedAfter: 'climate.secure',
    reason: 'A plainer word',
  }
  const waves = [wave(1, asked(), [30, 70]), wave(2, asked('I feel secure', undefined, 'secure'), [60, 40])]
  expect(linesOf(waves)).toHaveLength(2)
  const lines = linesOf(waves, [said])
  expect(lines).toHaveLength(1)
  expect(lines[0]?.points[1]).toMatchObject({ broken: null, same: 'A plainer word' })
  expect(lines[0]?.changes).toHaveLength(1)
})

test('a wave of too few people is hidden, and the line goes on to the next one', () => {
  const [line] = linesOf([wave(1, asked(), [30, 70]), wave(2, asked(), [4, 5]), wave(3, asked(), [50, 50])])
  expect(line?.points[1]).toMatchObject({ n: null, share: null, suppressed: true })
  expect(line?.changes.map(({ from, to }) => [from, to])).toEqual([[0, 2]])
})

test('nobody, one person, everyone alike: no number that is none', () => {
  const [line] = linesOf([wave(1, asked(), [0, 0]), wave(2, asked(), [50, 0]), wave(3, asked(), [50, 0])])
  expect(line?.changes).toMatchObject([{ from: 1, to: 2, difference: 0, p: 1, beyondChance: false }])
})

test('over random waves: shares lie within their intervals, changes are differences, a break is never crossed', () => {
  const counts = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))
  const waves = fc.array(fc.tuple(counts, fc.boolean()), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(waves, (drawn) => {
      const all = drawn.map(([said, other], at) => wave(at, asked(other ? 'Other' : 'Same'), said))
      for (const line of linesOf(all)) {
        for (const { n, share, low, high } of line.points)
          if (share !== null) {
            expect(n).toBeGreaterThanOrEqual(10)
            expect(low).toBeLessThanOrEqual(share)
            expect(high).toBeGreaterThanOrEqual(share)
          }
        for (const { from, to, difference, p, holm } of line.changes) {
          const [a, b] = [line.points[from]?.share ?? Number.NaN, line.points[to]?.share ?? Number.NaN]
          expect(difference).toBeCloseTo(b - a, 10)
          expect(holm).toBeGreaterThanOrEqual(p)
          expect(drawn.slice(from, to + 1).every(([, other]) => other === drawn[from]?.[1])).toBe(true)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('other options to choose from are no other rule for what is favorable', () => {
  const asking = (...codes: string[]) =>
    ({
      source: 'en',
      languages: ['en'],
      title: en('A survey'),
      sections: [
        {
          code: 'all',
          title: en('All'),
          questions: [
            {
              code: 'goal',
              kind: 'single',
              title: en('Which goal?'),
              options: codes.map((one) => ({ code: one, label: en(one) })),
            },
          ],
        },
      ],
    }) as unknown as Questionnaire
  const { broken } = lineUp(asking('arts', 'math'), asking('math', 'sports'))
  expect(broken.map(({ asked, breaks }) => [asked, breaks])).toEqual([['goal', ['answers']]])
})
