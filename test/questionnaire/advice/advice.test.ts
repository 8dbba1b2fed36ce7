import { describe, expect, it } from 'vitest'
import { advise } from '../../../src/questionnaire/advice/advise.ts'
import { estimatedMinutes } from '../../../src/questionnaire/advice/fit.ts'
import {
  fernandezHuerta,
  fleschKincaid,
  gradeOfEase,
  spanishSyllables,
} from '../../../src/questionnaire/advice/reading.ts'
import type { Condition, Questionnaire } from '../../../src/questionnaire/definition.ts'

const say = (en: string) => ({ en })
const choice = (code: string, title: string, more: object = {}) => ({
  code,
  kind: 'single',
  title: say(title),
  options: [
    { code: 'a', label: say('First') },
    { code: 'b', label: say('Second') },
  ],
  ...more,
})
const asking = (questions: object[], more: object = {}): Questionnaire =>
  ({
    source: 'en',
    languages: ['en'],
    title: say('Our schools'),
    plan: 'plan',
    sections: [{ code: 'one', title: say('One'), cites: ['P1'], questions }],
    ...more,
  }) as Questionnaire

const planCodes = new Set(['P1'])
const codesOf = (questionnaire: Questionnaire) => advise(questionnaire, { planCodes }).map(({ code }) => code)

describe('a writer is told before publishing', () => {
  it('nothing about a plain, short, sound survey', () => {
    expect(advise(asking([choice('goal', 'Which goal matters most?')]), { planCodes })).toEqual([])
  })

  it('which texts a language lacks, each with its place, as an error', () => {
    const found = advise(asking([choice('goal', 'Which goal?')], { languages: ['en', 'es'] }), { planCodes })
    expect(found.every(({ level, place }) => level === 'error' && place.language === 'es')).toBe(true)
    expect(found.map(({ place }) => [place.question, place.path])).toEqual([
      [undefined, 'title'],
      [undefined, 'title'],
      ['goal', 'title'],
      ['goal', 'options.a.label'],
      ['goal', 'options.b.label'],
    ])
  })

  it.each([
    ['doubleBarrelled', 'My school is safe and welcoming.'],
    ['leading', "Don't you agree that tutoring helps?"],
  ])('%s', (code, title) => {
    expect(codesOf(asking([choice('q', title)]))).toContain(code)
  })

  it('not that a fixed phrase is two questions', () => {
    expect(codesOf(asking([choice('q', 'How good is teaching and learning?')]))).toEqual([])
  })

  it('that a scale leans to one side', () => {
    const scale = (favorable: number, of: number) =>
      Array.from({ length: of }, (_, value) => ({
        code: `p${value}`,
        value,
        label: say(`Point ${value}`),
        favorable: value >= of - favorable,
      }))
    const grid = (points: object[]) =>
      asking([
        {
          code: 'g',
          kind: 'grid',
          title: say('Agree?'),
          items: [{ code: 'i', label: say('I like school.') }],
          scale: points,
        },
      ])
    expect(codesOf(grid(scale(2, 5)))).toEqual([])
    expect(codesOf(grid(scale(2, 4)))).toEqual([])
    expect(codesOf(grid(scale(3, 5)))).toEqual(['unbalanced'])
    expect(codesOf(grid(scale(3, 4)))).toEqual(['unbalanced'])
  })

  it.each([
    [['10-20', '20-30'], true],
    [['10-19', '20-29'], false],
    [['Under 5', '5 to 10', '10 or more'], true],
    [['Under 5', '5 to 9', '10 or more'], false],
    [['Yes', 'No', 'yes.'], true],
  ])('whether the options %j overlap: %s', (labels, overlap) => {
    const options = labels.map((label, index) => ({ code: `o${index}`, label: say(label) }))
    expect(codesOf(asking([choice('q', 'How many?', { options })])).includes('overlapping')).toBe(overlap)
  })

  it('words of a protected area in a survey that students answer, unless the area is declared', () => {
    const question = choice('q', 'How often do you feel depressed?')
    expect(codesOf(asking([question]))).toContain('protectedArea')
    expect(codesOf(asking([question], { audience: ['teacher'] }))).toEqual([])
    expect(codesOf(asking([question], { protectedAreas: ['mental'] }))).toEqual([])
  })

  it('that it names no plan, and which questions measure nothing of it', () => {
    expect(advise(asking([choice('q', 'Which?')]), {}).map(({ code }) => code)).toEqual(['noPlan'])
    const apart = { sections: [{ code: 's', title: say('S'), questions: [choice('q', 'Which?')] }] }
    expect(codesOf(asking([], apart))).toEqual(['noPlanLink'])
  })

  it('that it is longer than families have time for', () => {
    const many = Array.from({ length: 90 }, (_, at) =>
      choice(`q${at}`, `Which of these two is number ${at} for you?`),
    )
    expect(estimatedMinutes(asking(many))).toBeGreaterThan(12)
    expect(codesOf(asking(many))).toEqual(['tooLong'])
  })
})

describe('skip logic that cannot work', () => {
  const is = (question: string, ...codes: string[]): Condition => ({ question, is: codes })
  const shown = (showIf: Condition, more: object[] = []) =>
    codesOf(
      asking([choice('x', 'Which?'), choice('y', 'Which?'), choice('z', 'Which?', { showIf }), ...more]),
    )

  it.each<[string, Condition, string[]]>([
    ['one answer that is two at once', { all: [is('x', 'a'), is('x', 'b')] }, ['contradiction']],
    [
      'answered and not answered',
      { all: [is('x', 'a'), { question: 'x', answered: false }] },
      ['contradiction'],
    ],
    ['two questions', { all: [is('x', 'a'), is('y', 'b')] }, []],
    ['one of several', { any: [{ all: [is('x', 'a'), is('x', 'b')] }, is('y', 'a')] }, []],
    ['an answer out of two lists that share one', { all: [is('x', 'a', 'b'), is('x', 'b')] }, []],
    ['what is denied', { all: [is('x', 'a'), { not: is('x', 'b') }] }, []],
  ])('%s', (_, condition, found) => {
    expect(shown(condition)).toEqual(found)
  })

  it('a question behind another that is asked only of the others', () => {
    const after = choice('w', 'Which?', { showIf: { all: [is('z', 'a'), is('x', 'b')] } })
    expect(shown(is('x', 'a'), [after])).toEqual(['unreachable'])
  })
})

describe('how hard a text is to read', () => {
  it('grades English by Flesch and Kincaid', () => {
    expect(fleschKincaid('The cat sat on the mat and it was fat.')).toBeLessThan(2)
    const hard =
      'Institutional accountability necessitates comprehensive collaborative evaluation of administrative organizational infrastructure.'
    expect(fleschKincaid(hard)).toBeGreaterThan(15)
    expect(fleschKincaid('Too short.')).toBeUndefined()
  })

  it.each([
    ['casa', 2],
    ['escuela', 3],
    ['familia', 3],
    ['país', 2],
    ['día', 2],
    ['guerra', 2],
    ['que', 1],
    ['aprendizaje', 5],
    ['maestro', 3],
    ['oír', 2],
    ['teatro', 3],
    ['y', 1],
  ])('counts the syllables of %s: %i', (word, count) => {
    expect(spanishSyllables(word)).toBe(count)
  })

  it('grades Spanish by the table of Fernandez-Huerta', () => {
    const easy = fernandezHuerta('La casa es roja. El gato come pan. Yo voy a casa.') ?? 0
    const hard =
      fernandezHuerta(
        'La institucionalización administrativa responsabiliza significativamente a las organizaciones gubernamentales correspondientes.',
      ) ?? 100
    expect(easy).toBeGreaterThan(hard)
    expect([gradeOfEase(95), gradeOfEase(72), gradeOfEase(10)]).toEqual([4, 6, 13])
  })
})
