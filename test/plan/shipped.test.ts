import { describe, expect, test } from 'vitest'
import { elements, findElement } from '../../src/plan/elements.ts'
import { shippedCrosswalk, shippedPlan, shippedPlans } from './shipped.ts'

const codes = (id: string, kind: string) =>
  elements(shippedPlan(id))
    .filter((element) => element.kind === kind)
    .map(({ code }) => code)

describe('the 2018-2022 plan', () => {
  const id = 'hartford-2018-2022'
  const plan = shippedPlan(id)

  test('has the four priorities, seven numbered strategies and eight overview labels as printed', () => {
    expect(codes(id, 'priority')).toEqual(['TL', 'FCP', 'OE', 'SCC'])
    expect(codes(id, 'strategy')).toEqual(['TL1', 'FCP2', 'FCP3', 'OE4', 'OE5', 'OE6', 'SCC7'])
    expect(plan.labels.filter(({ kind }) => kind === 'overview')).toHaveLength(8)
    expect(plan.labels.every(({ strategy }) => strategy === null)).toBe(true)
  })

  test('has 28 actions, 29 indicators and six goals', () => {
    expect(codes(id, 'action')).toHaveLength(28)
    expect(codes(id, 'indicator')).toHaveLength(29)
    expect(codes(id, 'goal')).toEqual(['G1', 'G2', 'G3', 'G4', 'G5', 'G6'])
  })

  test('nine indicators and goal 6 are matters of perception', () => {
    const asked = elements(plan).filter(({ perception }) => perception)
    expect(asked.map(({ code }) => code)).toEqual(
      'FCP3.b FCP3.c FCP3.d FCP3.e OE4.a OE5.a OE5.c OE6.c SCC7.d G6'.split(' '),
    )
    const indicators = plan.priorities.flatMap((one) => one.strategies.flatMap((s) => s.indicators))
    expect(indicators.filter((one) => one.selfReport).map(({ code }) => code)).toEqual(['OE5.a', 'OE5.c'])
    expect(indicators.filter((one) => one.perception && one.direction !== 'increase')).toEqual([])
    expect(
      indicators.filter((one) => one.perception && one.statistic === 'count').map(({ code }) => code),
    ).toEqual(['FCP3.b', 'FCP3.e'])
  })

  test('goals carry a number only where one is printed', () => {
    expect(plan.goals.map(({ comparison, target, unit }) => [comparison, target, unit])).toEqual([
      ['increase-by', 22, 'unclear'],
      ['increase-by', 9, 'unclear'],
      [null, null, null],
      [null, null, null],
      ['decrease-by', 7, 'unclear'],
      [null, null, null],
    ])
  })

  test('both printed forms of every objective are kept', () => {
    for (const { statement } of plan.priorities) {
      expect(statement.kind).toBe('objective')
      expect(statement.text.wordings).toHaveLength(2)
    }
  })

  test('a code whose words the documents misprint keeps its own words', () => {
    expect(findElement(plan, 'TL1.iii')?.text.en).toMatch(/English learners/)
    expect(findElement(plan, 'TL1.v')?.text.en).toMatch(/curriculum resources/)
    expect(findElement(plan, 'OE7.b')).toBeUndefined()
  })

  test('the major actions of 2018-19 are known, and every priority has its champions', () => {
    expect(plan.schoolYears[0]?.majorActions.flatMap((action) => action.elements)).toEqual([
      'TL1.iv',
      'OE5.i',
      'OE5.iii',
    ])
    expect(plan.priorities.map(({ champions }) => champions?.roles.length)).toEqual([4, 2, 9, 3])
  })
})

describe('the 2021-2024 plan', () => {
  const id = 'hartford-2021-2024'
  const plan = shippedPlan(id)

  test('has four priorities with three, two, two and four strategies', () => {
    expect(plan.priorities.map(({ code, strategies }) => [code, strategies.length])).toEqual([
      ['P1', 3],
      ['P2', 2],
      ['P3', 2],
      ['P4', 4],
    ])
    expect(codes(id, 'strategy')[4]).toBe('P2.S2')
  })

  test('works without indicators: example actions take their place', () => {
    expect(codes(id, 'indicator')).toEqual([])
    const strategies = plan.priorities.flatMap((one) => one.strategies)
    for (const { actions, exampleExperiences } of strategies) {
      expect(actions.length).toBeGreaterThan(0)
      expect(actions.every(({ example }) => example)).toBe(true)
      expect(exampleExperiences.length).toBeGreaterThan(0)
    }
  })

  test('goals have the printed thresholds', () => {
    expect(
      plan.goals.map(({ comparison, target, unit, byYear }) => [comparison, target, unit, byYear]),
    ).toEqual([
      ['at-least', 48, 'percent', 2024],
      ['at-least', 27, 'percent', 2024],
      ['at-least', 83, 'percent', 2024],
      ['at-most', 12, 'percent', 2024],
    ])
  })

  test('wordings that differ between the summary and the deck are kept, with the choice', () => {
    const several = plan.priorities
      .flatMap((one) => one.strategies)
      .filter(({ text }) => text.wordings.length > 1)
    expect(several.map(({ code }) => code)).toEqual(['P1.S1', 'P1.S2', 'P2.S1', 'P2.S2', 'P4.S4'])
    expect(plan.mission?.wordings.map(({ words }) => words.includes('supports'))).toEqual([false, true])
  })

  test('six chart labels stand against four strategies of the last priority; two have none', () => {
    const labels = plan.labels.filter(({ priority }) => priority === 'P4')
    expect(labels.map(({ strategy }) => strategy)).toEqual(['P4.S1', 'P4.S2', null, 'P4.S3', null, 'P4.S4'])
  })

  test('investment areas carry their printed amounts', () => {
    expect(plan.investments.map(({ code, amount }) => [code, amount])).toEqual([
      ['MW1', 15],
      ['MW2', 10],
      ['MW3', 7],
      ['MW4', 5],
      ['EIG', 0.5],
    ])
  })
})

test('every wording of both plans names its document and lines', () => {
  for (const plan of shippedPlans()) {
    const documents = plan.sources.map(({ document }) => document)
    const cited = [...JSON.stringify(plan).matchAll(/"document":"([^"]+)","lines":"([^"]+)"/g)]
    expect(cited.length).toBeGreaterThan(100)
    expect(cited.every(([, document]) => documents.includes(document ?? ''))).toBe(true)
  }
})

test('the crosswalk is marked as ours and never matches by number', () => {
  const crosswalk = shippedCrosswalk()
  expect(crosswalk.madeBy).toBe('us')
  const priorities = crosswalk.rows.filter(({ from }) => /^[A-Z]+$/.test(from.code))
  expect(priorities.map(({ from, to }) => [from.code, to.code])).toEqual([
    ['TL', 'P1'],
    ['FCP', 'P3'],
    ['OE', 'P4'],
    ['SCC', 'P2'],
  ])
})
