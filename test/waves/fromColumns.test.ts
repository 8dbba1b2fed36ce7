import { describe, expect, test } from 'vitest'
import { columnsOf } from '../../src/response/earlier/columns.ts'
import { fromColumns } from '../../src/response/earlier/fromColumns.ts'
import { readHead } from '../../src/response/earlier/head.ts'
import { foundScales } from '../../src/response/earlier/rated.ts'
import { recognise } from '../../src/response/earlier/recognise.ts'
import { scaleOf } from '../../src/response/earlier/scales.ts'

const wording = {
  lang: 'en',
  title: 'Earlier',
  section: 'Questions',
  statements: 'Statements',
  point: (place: number) => `Point ${place + 1}`,
  other: 'Other',
  who: { group: 'Group', school: 'School', grade: 'Grade', home: 'Home language' },
}
function made(headings: string[], rows: string[][]) {
  const table = readHead([headings, ...rows])
  const columns = columnsOf(table)
  const kinds = recognise(columns, table.body).map(({ kind }) => kind)
  const scales = foundScales(columns.filter(({ at }) => kinds[at] === 'rating'))
  const found = fromColumns({ columns, body: table.body, kinds, scales }, wording)
  const { sections } = found.definition as { sections: { questions: Record<string, unknown>[] }[] }
  return { ...found, table, kinds, scales, questions: sections[0]?.questions ?? [] }
}
const kindsOf = (headings: string[], rows: string[][]) => made(headings, rows).kinds

describe('a scale is known by its words', () => {
  test.each([
    ['agree5', ['Strongly agree', 'Neutral', 'Disagree']],
    ['agree4', ['Strongly Agree', 'Disagree']],
    ['agree5', ['5 - Strongly agree', '3 - Neither agree nor disagree']],
    ['agree4', ['Muy de acuerdo', 'En desacuerdo']],
    ['often5', ['Almost never', 'Once in a while', 'Sometimes', 'Frequently', 'Almost always']],
    ['much5', ['Not at all excited', 'Quite excited']],
    [
      'much5',
      [
        'Do not belong at all',
        'Belong a little bit',
        'Belong somewhat',
        'Belong quite a bit',
        'Completely belong',
      ],
    ],
    ['satisfied5', ['Very satisfied', 'Somewhat dissatisfied', 'N/A']],
    ['satisfied5', ['Muy satisfecha', 'Insatisfecha', 'Satisfecha']],
    ['likely5', ['Muy probable', 'Improbable']],
    ['good4', ['Poor', 'Excellent', 'Fair', 'Good']],
    ['very5', ['Very favorably', 'Somewhat unfavorably', 'Unfamiliar (N/A)']],
  ])('%s: %s', (code, values) => {
    expect(scaleOf(values)?.code).toBe(code)
  })
  test('and other words are on none', () => {
    expect(scaleOf(['Red', 'Blue'])).toBeUndefined()
    expect(scaleOf(['Bus', 'Disabled'])).toBeUndefined()
    expect(scaleOf(['Agree'])).toBeUndefined()
  })
})

test('Google Forms: rows of a grid are one question, several answers stand in one cell, names stay out', () => {
  const headings = [
    'Timestamp',
    'Your name',
    'How much? [I feel safe]',
    'How much? [I am glad]',
    'What do you use?',
  ]
  const rows = Array.from({ length: 12 }, (_, at) => [
    '5/1/2018 9:00',
    `Person ${at}`,
    at % 2 ? 'Agree' : 'Strongly disagree',
    at % 3 ? 'Strongly agree' : 'Disagree',
    at % 2 ? 'Bus;Walk' : at % 3 ? 'Bus' : 'Car',
  ])
  const { questions, columns } = made(headings, rows)
  expect(questions).toMatchObject([
    {
      kind: 'grid',
      title: { en: 'How much?' },
      items: [{ label: { en: 'I feel safe' } }, { label: { en: 'I am glad' } }],
      scale: [
        { code: 'p1', label: { en: 'Strongly disagree' } },
        { code: 'p2', label: { en: 'Disagree' } },
        { code: 'p3', label: { en: 'Agree' }, favorable: true },
        { code: 'p4', label: { en: 'Strongly agree' }, favorable: true },
      ],
    },
    {
      kind: 'multiple',
      options: [{ label: { en: 'Bus' } }, { label: { en: 'Walk' } }, { label: { en: 'Car' } }],
    },
  ])
  expect(columns.map(({ to }) => to)).toEqual(['@date', '', 'q3.i1', 'q3.i2', 'q5'])
})

test('LimeSurvey: answers in codes with numbers, and who people are', () => {
  const headings = ['id', 'submitdate', 'startlanguage', 'school', 'Q1[SQ001]', 'Q1[SQ002]']
  const rows = Array.from({ length: 10 }, (_, at) => [
    String(at),
    '2018-05-01 10:00:00',
    'en',
    at % 2 ? 'North' : 'South',
    String((at % 5) + 1),
    String(((at + 2) % 5) + 1),
  ])
  const { questions, columns } = made(headings, rows)
  expect(kindsOf(headings, rows)).toEqual(['skip', 'date', 'language', 'school', 'rating', 'rating'])
  expect(questions).toMatchObject([
    { kind: 'profile', attribute: 'school' },
    { kind: 'grid', title: { en: 'Q1' } },
  ])
  expect(columns[4]?.values).toMatchObject({ '1': 'p1', '5': 'p5' })
})

test('statements on one scale in other words are questions of their own', () => {
  const rows = Array.from({ length: 10 }, (_, at) => [
    at % 2 ? 'Quite safe' : 'Not at all safe',
    at % 2 ? 'Quite glad' : 'Not at all glad',
  ])
  expect(made(['Safe?', 'Glad?'], rows).questions).toHaveLength(2)
})

test('a statement about a school, a grade or a group is no school, grade or group', () => {
  const rows = Array.from({ length: 12 }, (_, at) => [
    at % 2 ? 'Yes' : 'No',
    at % 2 ? 'Agree' : 'Strongly disagree',
    at % 2 ? 'North' : 'South',
    at % 3 ? 'Often' : 'Never',
  ])
  expect(kindsOf(['Is your school clean?', 'School is fun', 'School', 'Group work helps me'], rows)).toEqual([
    'choice',
    'rating',
    'school',
    'rating',
  ])
})

test('numbers of a scale are known with a point and a nought, too', () => {
  const rows = Array.from({ length: 12 }, (_, at) => [`${(at % 5) + 1}.0`, String((at % 5) + 1)])
  const { questions, columns } = made(['Rate [a]', 'Rate [b]'], rows)
  expect(questions).toMatchObject([{ kind: 'grid', scale: { length: 5 } }])
  expect(columns.map(({ values }) => Object.values(values).sort())).toEqual([
    ['p1', 'p2', 'p3', 'p4', 'p5'],
    ['p1', 'p2', 'p3', 'p4', 'p5'],
  ])
})
