import { describe, expect, it } from 'vitest'
import type { Questionnaire } from '../../src/questionnaire/definition.ts'
import { groupsAsked } from '../../src/questionnaire/groupsAsked.ts'
import type { CoveredSurvey } from '../../src/report/coverage/asks.ts'
import { type Coverage, coverage } from '../../src/report/coverage/coverage.ts'
import { bank, district, parts, plans, templates } from './bank.ts'

const groups = district.groups.map(({ code }) => code)
const template = (name: string, change: (one: Questionnaire) => void = () => {}): CoveredSurvey => {
  const found = templates.find((one) => one.name === name)
  if (!found) throw new Error(`no template ${name}`)
  const questionnaire = structuredClone(found.questionnaire)
  change(questionnaire)
  return { key: name, slug: name, work: false, questionnaire }
}
const of = (id: string, surveys: CoveredSurvey[], year?: string): Coverage => {
  const plan = plans.find((one) => one.id === id)
  if (!plan) throw new Error(`no plan ${id}`)
  return coverage({ plan, parts: parts.find((one) => one.plan === id), bank, surveys, groups, year })
}
const row = (found: Coverage, code: string) => {
  const one = found.priorities.flatMap(({ rows }) => rows).find((row) => row.code === code)
  if (!one) throw new Error(`no row ${code}`)
  return one
}
const earlier = 'hartford-2018-2022'
/** Takes the items of a bank code out of a survey. */
const without =
  (...codes: string[]) =>
  (questionnaire: Questionnaire) => {
    for (const { questions } of questionnaire.sections)
      for (const question of questions)
        if (Array.isArray(question.items))
          question.items = question.items.filter(({ bank }) => !codes.includes(bank))
  }

describe('what the surveys cover of 2018-2022', () => {
  it('is all ten perception indicators and goals with the climate survey', () => {
    const { sums, by } = of(earlier, [template('climate')])
    expect(by).toBe('perception')
    expect(sums).toMatchObject({ half: [], none: [], twice: [] })
    expect(sums.measured).toEqual([
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
  })

  it('names the one indicator that lost its last item, and offers the item of the bank', () => {
    const found = of(earlier, [template('climate', without('climate-dashboards'))])
    expect(found.sums.none).toEqual(['OE5.c'])
    expect(found.sums.measured).toHaveLength(9)
    expect(row(found, 'OE5.c').needs[0]?.fills).toEqual(['climate-dashboards'])
  })

  it('says which half of an indicator is missing, and for whom', () => {
    const half = of(earlier, [template('climate', without('climate-central-timely', 'staff-respected'))])
    expect(half.sums.half).toEqual(['OE4.a', 'SCC7.d'])
    const open = (code: string) =>
      row(half, code)
        .needs.filter(({ missing }) => missing.length > 0)
        .map(({ part, population, fills }) => [part?.code, population, fills])
    expect(open('OE4.a')).toEqual([['timely', 'school administrators', ['climate-central-timely']]])
    expect(open('SCC7.d')).toEqual([['respected', 'staff', ['staff-respected']]])
  })

  it('counts only those who are really asked', () => {
    const found = of(earlier, [template('instructional-staff-climate')])
    expect(row(found, 'OE6.c')).toMatchObject({ standing: 'half' })
    expect(row(found, 'OE6.c').needs[0]?.missing).toEqual([
      'staff',
      'principal',
      'assistant_principal',
      'central',
    ])
    expect(row(found, 'SCC7.d').needs.map(({ population, missing }) => [population, missing.length])).toEqual(
      [
        ['students', 1],
        ['staff', 4],
        ['students', 1],
        ['staff', 4],
        ['students', 1],
        ['staff', 4],
      ],
    )
    const both = of(earlier, [template('instructional-staff-climate'), template('other-staff-climate')])
    expect(row(both, 'OE6.c').standing).toBe('measured')
    expect(both.sums.twice).toEqual([])
  })

  it('tells what the same people are asked twice, but not of children of other ages', () => {
    const twice = of(earlier, [template('climate'), template('students-6-12')]).sums.twice
    expect(twice).toEqual(['SCC7.d', 'G6'])
    expect(of(earlier, [template('students-3-5'), template('students-6-12')]).sums.twice).toEqual([])
  })

  it('does not count an item that does not say which half it measures, nor open words', () => {
    const found = of(earlier, [
      template('climate', (questionnaire) => {
        for (const { questions } of questionnaire.sections)
          for (const question of questions)
            for (const item of (question.items ?? []) as { bank?: string }[]) delete item.bank
      }),
    ])
    expect(found.sums.half).toEqual(['FCP3.c', 'FCP3.e', 'OE4.a', 'OE5.a', 'SCC7.d', 'G6'])
    expect(row(found, 'FCP3.c').unsaid).toHaveLength(2)
    const words = template('meeting-feedback', (questionnaire) => {
      for (const { questions } of questionnaire.sections) for (const one of questions) one.cites = ['OE6.c']
      questionnaire.sections = questionnaire.sections.slice(-1)
    })
    expect(row(of(earlier, [words]), 'OE6.c').standing).toBe('none')
  })

  it('calls nothing a gap that does not rest on asking, or that the school year does not take up', () => {
    const found = of(earlier, [])
    expect(row(found, 'TL1.b').standing).toBe('other')
    expect(row(of(earlier, [template('community-school')]), 'FCP2.b').standing).toBe('asked')
    expect(found.sums.none).toHaveLength(10)
    const year = of(earlier, [], '2018-2019')
    expect(row(year, 'OE5.a').standing).toBe('later')
    expect(year.sums.none).toEqual(['FCP3.c', 'FCP3.d', 'OE4.a', 'OE5.c', 'SCC7.d', 'G6'])
  })

  it('lists what a survey asks that measures nothing of the plan', () => {
    const [climate] = of(earlier, [template('climate')]).surveys
    expect(climate?.beside.map(({ question }) => question)).toEqual(['children'])
    expect(climate?.asks).toBe(28)
  })
})

describe('what the surveys cover of 2021-2024, which prints no indicators', () => {
  it('is told by strategy, actions and all', () => {
    const found = of('hartford-2021-2024', [template('experiences-2024')])
    expect(found.by).toBe('strategy')
    expect(found.sums.all).toHaveLength(11)
    expect(found.sums.none).toEqual(['P4.S2'])
    expect(row(found, 'P4.S2').needs[0]?.fills).toContain('exp-team')
    expect(found.priorities.at(-1)).toMatchObject({ code: null })
    expect(row(found, 'G1').standing).toBe('other')
  })

  it('takes of a survey of the other plan only what the bank knows: the same code is another thing', () => {
    const found = of('hartford-2021-2024', [template('climate')])
    expect(found.surveys).toEqual([])
    expect(found.others.map(({ slug }) => slug)).toEqual(['climate'])
    expect(row(found, 'P3.S1').asks.length).toBeGreaterThan(3)
    const priorities = of(earlier, [template('stakeholder-2021')])
    expect(priorities.priorities.flatMap(({ rows }) => rows).flatMap(({ asks }) => asks)).toEqual([])
  })
})

describe('the groups that a question is asked of', () => {
  it('follow the audience and the skip logic, also through other questions', () => {
    const q = (code: string, more: object = {}) => ({ code, kind: 'text', title: { en: code }, ...more })
    const asked = groupsAsked(
      {
        source: 'en',
        languages: ['en'],
        title: { en: 'T' },
        audience: ['family', 'teacher', 'student'],
        sections: [
          {
            code: 'one',
            title: { en: 'S' },
            questions: [
              { code: 'group', kind: 'profile', attribute: 'group', title: { en: 'Who' } },
              q('all'),
              q('family', { showIf: { question: 'group', is: ['family'] } }),
              q('through', { showIf: { question: 'family', answered: true } }),
              q('either', {
                showIf: {
                  any: [
                    { question: 'group', is: ['student'] },
                    { question: 'all', is: ['x'] },
                  ],
                },
              }),
              q('not', { showIf: { not: { question: 'group', is: ['family', 'board'] } } }),
              q('both', {
                showIf: {
                  all: [
                    { question: 'group', is: ['teacher'] },
                    { question: 'family', answered: false },
                  ],
                },
              }),
            ],
          },
        ],
      } as Questionnaire,
      ['student', 'family', 'teacher', 'board'],
    )
    expect([...asked].map(([code, who]) => [code, [...who].join(' ')])).toEqual([
      ['group', 'student family teacher'],
      ['all', 'student family teacher'],
      ['family', 'family'],
      ['through', 'family'],
      ['either', 'student family teacher'],
      ['not', 'student teacher'],
      ['both', 'teacher'],
    ])
  })
})
