import { beforeAll, describe, expect, it } from 'vitest'
import { readPlans, readTemplates } from '../../src/demo/files.ts'
import { type District, districtSchema } from '../../src/district/district.ts'
import type { Text } from '../../src/language/text.ts'
import type { Plan } from '../../src/plan/plan.ts'
import type { Questionnaire } from '../../src/questionnaire/definition.ts'
import { publish } from '../../src/questionnaire/publish.ts'
import { addFigures, changeBetween, figured, indicatorOf, targetOf } from '../../src/report/plan/indicator.ts'
import { type IndicatorDefinitions, readIndicators } from '../../src/report/plan/indicatorDefinition.ts'
import { progressOf } from '../../src/report/plan/progress.ts'
import type { SameQuestion } from '../../src/report/plan/sameAsked.ts'
import { tellerOf } from '../../src/report/plan/say.ts'
import { readerOf } from '../../src/report/reader.ts'
import { type ReportSource, readSource } from '../../src/report/source.ts'
import type { Row } from '../../src/report/tally.ts'
import { settle } from '../../src/response/settle.ts'
import { readMeasures } from '../../src/templates.ts'

type Answers = Record<string, unknown>
let plans: Plan[]
let district: District
let definitions: IndicatorDefinitions
let climate: Questionnaire

beforeAll(async () => {
  plans = await readPlans()
  definitions = readMeasures('plans/indicators').get('hartford-2018-2022') as IndicatorDefinitions
  const templates = await readTemplates()
  district = districtSchema.parse(templates.district)
  climate = publish(templates.surveys['climate-2021'], district).questionnaire as Questionnaire
})

function source(
  given: { answers: Answers; times: number }[],
  { slug = 'sample', questionnaire = climate }: { slug?: string; questionnaire?: Questionnaire } = {},
): ReportSource {
  const rows = given.flatMap(({ answers, times }): Row[] => {
    const { cells, group, school } = settle(questionnaire, answers, {
      version: 1,
      language: 'en',
      channel: 'web',
      hour: 0,
    })
    return cells.map((cell) => ({ ...cell, group, school, n: times }))
  })
  const survey = { slug, version: 1, minimumGroup: 10, sample: true }
  return readSource({ survey, questionnaire, plan: plans[0], district, rows, comments: [] })
}
const of = (code: string, from: ReportSource) => {
  const definition = definitions.indicators.find((one) => one.code === code)
  if (!definition) throw new Error(code)
  return indicatorOf(definition, from)
}
const student = (safe: string, valued: string, respected?: string) => ({
  group: 'student',
  student_climate: { safe, valued, ...(respected && { respected }) },
})
const staff = (safe: string, valued: string, respected: string, group = 'teacher') => ({
  group,
  staff_climate: { safe, valued, respected, resources: 'agree' },
})

describe('an indicator whose sentence asks several things at once', () => {
  it('counts those who say yes to all, of those who answered all; students and staff apart, then together', () => {
    const found = of(
      'SCC7.d',
      source([
        { answers: student('agree', 'agree', 'strongly_agree'), times: 30 },
        { answers: student('agree', 'disagree', 'agree'), times: 10 },
        { answers: student('agree', 'agree'), times: 5 },
        { answers: student('agree', 'na', 'agree'), times: 5 },
        { answers: staff('agree', 'agree', 'agree'), times: 12 },
        { answers: staff('disagree', 'agree', 'agree', 'central'), times: 8 },
      ]),
    )
    const [students, adults] = found.populations
    expect(students).toMatchObject({ code: 'students', n: 40, count: 30, share: 0.75, suppressed: false })
    expect(students?.parts.map(({ code, n, count }) => [code, n, count])).toEqual([
      ['safe', 50, 50],
      ['valued', 45, 35],
      ['respected', 45, 45],
    ])
    expect(adults).toMatchObject({ code: 'staff', n: 20, count: 12, share: 0.6 })
    expect(found.together).toMatchObject({ n: 60, count: 42, share: 0.7 })
  })

  it('for goal 6 asks students alone, and of safe and valued only', () => {
    const found = of('G6', source([{ answers: student('agree', 'agree'), times: 20 }]))
    expect(found.populations).toHaveLength(1)
    expect(found.populations[0]).toMatchObject({ n: 20, count: 20 })
    expect(found.together).toBeNull()
  })
})

describe('an indicator that is a count', () => {
  it('has its base beside it', () => {
    const found = of(
      'FCP3.b',
      source([
        { answers: { group: 'family', family_offerings: { offerings: 'satisfactory' } }, times: 15 },
        { answers: { group: 'family', family_offerings: { offerings: 'poor' } }, times: 5 },
      ]),
    )
    expect(found).toMatchObject({ statistic: 'count', unit: 'families' })
    expect(found.populations[0]).toMatchObject({ n: 20, count: 15 })
  })
})

describe('what may not be shown', () => {
  it('is not shown, nor what it is part of', () => {
    const found = of(
      'SCC7.d',
      source([
        { answers: student('agree', 'agree', 'agree'), times: 40 },
        { answers: staff('agree', 'agree', 'agree'), times: 6 },
      ]),
    )
    expect(found.populations[1]).toMatchObject({ n: null, count: null, share: null, suppressed: true })
    expect(found.together).toBeNull()
  })

  it('roles of one question are shown only where each of them may be', () => {
    const answers = (group: string) => ({
      group,
      data_use: { data_instruction: 'daily', data_services: 'never' },
    })
    const found = of(
      'OE5.a',
      source([
        { answers: answers('teacher'), times: 40 },
        { answers: answers('principal'), times: 4 },
        { answers: answers('assistant_principal'), times: 14 },
      ]),
    )
    expect(found.populations[0]?.suppressed).toBe(true)
    expect(found.together).toBeNull()
  })
})

describe('nothing to show', () => {
  it('is plain: nobody asked, nobody answered, nothing applies', () => {
    expect(of('SCC7.d', source([])).populations[0]).toMatchObject({
      asked: false,
      n: 0,
      share: null,
      low: null,
    })
    const none = of('SCC7.d', source([{ answers: student('na', 'na', 'na'), times: 20 }]))
    expect(JSON.stringify(none)).not.toMatch(/NaN|Infinity/)
    expect(none.populations[0]).toMatchObject({ n: 0, share: null })
  })

  it('no target is made up where the plan prints none', () => {
    const [plan] = plans
    expect(plan && targetOf(plan, 'SCC7.d')).toBeNull()
    expect(plan && targetOf(plan, 'G6')).toBeNull()
  })
})

describe('from wave to wave', () => {
  it('the change has an interval and a p, and a count its difference in people', () => {
    const change = changeBetween(figured(48, 80), figured(56, 70))
    expect(change?.difference).toBeCloseTo(0.2, 12)
    expect(change?.low).toBeCloseTo(0.0524, 4)
    expect(change?.count).toBe(8)
    expect(changeBetween(figured(0, 0), figured(1, 2))).toBeNull()
    expect(addFigures([figured(1, 2), figured(3, 4)])).toMatchObject({ n: 6, count: 4 })
  })
})

describe('a statement that is worded otherwise', () => {
  const answers = (times: number) => [
    { answers: student('agree', 'agree'), times },
    { answers: student('disagree', 'agree'), times: 60 },
  ]
  const reworded = (): Questionnaire => {
    const copy = structuredClone(climate)
    const grid = copy.sections
      .flatMap(({ questions }) => questions as { code: string; items?: { code: string; label: Text }[] }[])
      .find(({ code }) => code === 'student_climate')
    const safe = grid?.items?.find(({ code }) => code === 'safe')
    if (safe) safe.label = { ...safe.label, en: 'At school nothing frightens me.' }
    return copy
  }
  const waves = (...asked: [string, number, Questionnaire][]) =>
    asked.map(([slug, times, questionnaire], at) => ({
      key: slug,
      at,
      sources: [source(answers(times), { slug, questionnaire })],
    }))
  const line = (same: SameQuestion[], ...asked: [string, number, Questionnaire][]) => {
    const definition = definitions.indicators.find(({ code }) => code === 'G6')
    if (!definition) throw new Error('no goal 6')
    return progressOf('hartford-2018-2022', definition, waves(...asked), null, same).lines[0]
  }
  const said: SameQuestion = {
    before: 'first',
    after: 'second',
    askedBefore: 'student_climate.safe',
    askedAfter: 'student_climate.safe',
    reason: 'Tried on both',
  }

  it('breaks the line of its indicator, unless the office says that it is the same', () => {
    const apart = line([], ['first', 60, climate], ['second', 90, reworded()])
    expect(apart).toMatchObject({ broken: ['second'], change: null, same: [] })
    const joined = line([said], ['first', 60, climate], ['second', 90, reworded()])
    expect(joined).toMatchObject({ broken: [], same: [{ wave: 'second', reason: 'Tried on both' }] })
    expect(joined?.change?.difference).toBeCloseTo(0.1, 9)
  })

  it('joins what came after in the new words to what came before the old ones', () => {
    const found = line([said], ['first', 60, climate], ['second', 90, reworded()], ['third', 140, reworded()])
    expect(found).toMatchObject({ broken: [], sinceFirst: { from: 'first', to: 'third' } })
    expect(found?.sinceFirst?.difference).toBeCloseTo(0.2, 9)
  })
})

describe('the definitions', () => {
  it('name all perception indicators of the plan that people are asked about, and goal 6', () => {
    expect(definitions.indicators.map(({ code }) => code)).toEqual([
      'FCP3.b',
      'FCP3.c',
      'FCP3.d',
      'FCP3.e',
      'OE4.a',
      'OE5.a',
      'OE5.c',
      'OE6.c',
      'SCC7.d',
      'G6',
    ])
    expect(definitions.madeBy).toBe('us')
  })

  it('every part has an item in the climate survey, in one question for each population', () => {
    for (const { parts } of definitions.indicators)
      for (const { banks } of parts)
        expect(JSON.stringify(climate)).toMatch(new RegExp(`"bank":"(${banks.join('|')})"`))
  })

  it('are refused with every fault named', () => {
    const bad = structuredClone(definitions)
    const [first] = bad.indicators
    if (first) Object.assign(first, { code: 'ZZ9.z', rule: 'all' })
    expect(readIndicators(bad, plans).problems).toEqual([
      'indicators[0]: hartford-2018-2022 has no ZZ9.z',
      'indicators[0]: the rule "one" is for a single part, the others for several',
    ])
    expect(readIndicators({ ...definitions, plan: 'gone' }, plans).problems).toEqual([
      'plan: gone is not there',
    ])
  })
})

it('a wave is named by its month, and by its day where two began in one month', () => {
  const [first, second, third] = ['2020-05-03', '2020-05-20', '2021-05-04'].map((day) =>
    Date.parse(`${day}T12:00Z`),
  ) as [number, number, number]
  const { month } = tellerOf(
    readerOf('en', (key) => key, 'en'),
    { timeZone: 'UTC' } as District,
    [first, second, third].map((at) => ({ at })),
  )
  expect([first, second, third].map(month)).toEqual(['May 3, 2020', 'May 20, 2020', 'May 2021'])
})
