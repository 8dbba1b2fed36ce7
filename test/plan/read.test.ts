import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Plan } from '../../src/plan/plan.ts'
import { readPlan } from '../../src/plan/read.ts'
import { shippedJson } from './shipped.ts'

const first = <T>(list: T[]): T => {
  const [one] = list
  if (one === undefined) throw new Error('the list is empty')
  return one
}

/** The problems of the 2018-2022 plan after one thing in it has been spoilt. */
function problemsAfter(spoil: (plan: Plan) => void): string[] {
  const { plan } = readPlan(shippedJson('hartford-2018-2022'))
  if (!plan) throw new Error('the shipped plan is not sound')
  const copy = structuredClone(plan)
  spoil(copy)
  return readPlan(copy).problems ?? []
}
const strategy = (plan: Plan) => first(first(plan.priorities).strategies)

describe('one spoilt thing gives one clear problem', () => {
  const table: [string, (plan: Plan) => void, string][] = [
    ['a duplicate code', (p) => (first(p.goals).code = 'G2'), 'duplicate code G2'],
    ['a code used by two kinds', (p) => (first(strategy(p).actions).code = 'TL1.a'), 'duplicate code TL1.a'],
    [
      'an orphan indicator',
      (p) => (first(strategy(p).indicators).code = 'OE9.a'),
      'orphan: indicator OE9.a does not belong to TL1, where it stands',
    ],
    [
      'a longer number is no child',
      (p) => (first(strategy(p).indicators).code = 'TL10.a'),
      'orphan: indicator TL10.a does not belong to TL1, where it stands',
    ],
    [
      'a goal under an unknown priority',
      (p) => (first(p.goals).priority = 'XX'),
      'goal G1 cites priority XX, which the plan does not have',
    ],
    [
      'a goal under a strategy',
      (p) => (first(p.goals).priority = 'TL1'),
      'goal G1 cites priority TL1, which the plan does not have',
    ],
    [
      'a label of an unknown strategy',
      (p) => (first(p.labels).strategy = 'TL8'),
      'labels[0] cites strategy TL8, which the plan does not have',
    ],
    [
      'a misprint read as nothing',
      (p) => (first(p.misprints).reading = 'OE8.b'),
      'misprint OE7.b cites code OE8.b, which the plan does not have',
    ],
    [
      'a misprint read as itself',
      (p) => (first(p.misprints).printed = 'OE6.b'),
      'misprint OE6.b is read as itself',
    ],
    [
      'a school year with an unknown code',
      (p) => first(p.schoolYears).planned.elements.push('OE7.b'),
      'school year 2018-2019 cites code OE7.b, which the plan does not have',
    ],
    [
      'an unknown document',
      (p) => (first(strategy(p).text.wordings).source.document = 'lost.txt'),
      'priorities[0].strategies[0].text.wordings[0] cites document lost.txt, which sources does not name',
    ],
    [
      'an empty wording',
      (p) => (first(strategy(p).text.wordings).words = ' \n'),
      'priorities[0].strategies[0].text.wordings[0].words: is empty',
    ],
    [
      'no wording',
      (p) => (strategy(p).text.wordings = []),
      'priorities[0].strategies[0].text.wordings: has no wording',
    ],
    [
      'lines that are no lines',
      (p) => (first(strategy(p).text.wordings).source.lines = 'somewhere'),
      'priorities[0].strategies[0].text.wordings[0].source.lines: is not a list of lines such as "12-14, 20"',
    ],
    [
      'a shown wording that is not there',
      (p) => (strategy(p).text.shown = 1),
      'priorities[0].strategies[0].text: shown is 1, but there are 1 wordings',
    ],
    [
      'a choice without a reason',
      (p) => delete first(p.goals).text.why,
      'goals[0].text: has several wordings, so "why" must say why one is shown',
    ],
    [
      'a translation into the printed language',
      (p) => (strategy(p).text.translations = { en: 'Anything' }),
      'priorities[0].strategies[0].text: translations holds en, the language of the documents',
    ],
    [
      'a name that is not printed',
      (p) => (first(p.priorities).name = { en: 'Instruction' }),
      'priority TL: its name in en is not the first of its aliases',
    ],
    [
      'a target without a comparison',
      (p) => (first(p.goals).comparison = null),
      'goal G1: comparison, target and unit stand together or not at all',
    ],
    [
      'perception of nobody',
      (p) => (first(p.goals).perception = true),
      'G1: is a matter of perception, but does not say whom to ask',
    ],
    [
      'years that run backwards',
      (p) => (p.years.to = 2010),
      'years: the plan ends in 2010, before it begins',
    ],
  ]
  test.each(table)('%s', (_name, spoil, problem) => {
    expect(problemsAfter(spoil)).toEqual([problem])
  })

  test('a name shared by two priorities', () => {
    const problems = problemsAfter((plan) => {
      const [teaching, family] = plan.priorities
      if (teaching && family)
        family.aliases.push({ ...first(teaching.aliases), words: 'teaching & LEARNING' })
    })
    expect(problems).toEqual(['priority FCP: "teaching & LEARNING" is also a name of priority TL'])
  })
})

test('a misspelt key is named with its place', () => {
  const json = shippedJson('hartford-2021-2024') as Record<string, unknown>
  expect(readPlan({ ...json, prioritys: [] }).problems?.join()).toMatch(/prioritys/)
})

test('every problem is reported, not only the first', () => {
  const problems = problemsAfter((plan) => {
    first(plan.goals).code = 'G2'
    first(plan.goals).priority = 'XX'
  })
  expect(problems).toHaveLength(2)
})

test('no JSON whatever makes the reader throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const { plan, problems } = readPlan(json)
      expect(plan === undefined).toBe(problems !== undefined && problems.length > 0)
    }),
  )
})

test('reading what was read changes nothing', () => {
  const { plan } = readPlan(shippedJson('hartford-2021-2024'))
  expect(readPlan(JSON.parse(JSON.stringify(plan))).plan).toEqual(plan)
})
