import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Questionnaire } from '../../src/questionnaire/definition.ts'
import { readWall } from '../../src/response/earlier/dates.ts'
import { earlierReader, guessMapping } from '../../src/response/earlier/read.ts'
import {
  guessTarget,
  guessValue,
  partsOf,
  type Target,
  targetsOf,
} from '../../src/response/earlier/targets.ts'
import { settle } from '../../src/response/settle.ts'

const text = (en: string, es?: string) => (es ? { en, es } : { en })
const questionnaire = {
  source: 'en',
  languages: ['en', 'es'],
  title: text('Last year'),
  sections: [
    {
      code: 'all',
      title: text('All'),
      questions: [
        {
          code: 'ride',
          kind: 'single',
          title: text('How do you get to school?', '¿Cómo llega a la escuela?'),
          options: [
            { code: 'bus', label: text('By bus', 'En autobús') },
            { code: 'foot', label: text('On foot', 'A pie') },
          ],
        },
        {
          code: 'news',
          kind: 'multiple',
          title: text('How do you get news?'),
          options: [
            { code: 'text', label: text('Text message') },
            { code: 'mail', label: text('E-mail, or letter') },
          ],
        },
        {
          code: 'climate',
          kind: 'grid',
          notApplicable: true,
          title: text('How much do you agree?'),
          items: [
            { code: 'SQ001', label: text('I feel safe', 'Me siento seguro') },
            { code: 'SQ002', label: text('I feel heard') },
          ],
          scale: [
            { code: 'no', value: 1, label: text('Disagree', 'En desacuerdo') },
            { code: 'yes', value: 2, label: text('Agree', 'De acuerdo'), favorable: true },
          ],
        },
        {
          code: 'rate',
          kind: 'scale',
          title: text('Rate your school'),
          min: 0,
          max: 10,
          low: text('Low'),
          high: text('High'),
        },
        { code: 'why', kind: 'text', title: text('Anything else?') },
      ],
    },
  ],
} as unknown as Questionnaire

const to = { momentOf: (wall: string) => Date.parse(`${wall}Z`), hour: Date.parse('2020-05-01T12:00Z') }

function read(table: string[][]) {
  const [headings = [], ...rows] = table
  const mapping = guessMapping(headings, rows, questionnaire)
  const { read: result, take } = earlierReader(rows, mapping, questionnaire, to)
  take(rows, 2)
  return { mapping, ...result }
}

describe('earlier results are read', () => {
  test('as Google Forms writes them: times first, rows of grids in brackets, several picks in one cell', () => {
    const { settled, problems, mapping } = read([
      [
        'Timestamp',
        'How do you get to school?',
        'How do you get news?',
        'How much do you agree? [I feel safe]',
        'How much do you agree? [I feel heard]',
        'Rate your school',
        'Email Address',
      ],
      [
        '5/12/2020 15:14:05',
        'By bus',
        'Text message, E-mail, or letter',
        'Agree',
        'Not applicable',
        '7',
        'a@b.c',
      ],
      ['2020/05/13 9:01:44 AM EST', 'A pie', '', 'En desacuerdo', '', '', ''],
    ])
    expect(problems).toEqual([])
    expect(mapping.columns.at(-1)?.to).toBe('')
    expect(settled.map(({ answers }) => answers)).toEqual([
      { ride: 'bus', news: ['text', 'mail'], climate: { SQ001: 'yes', SQ002: 'na' }, rate: 7 },
      { ride: 'foot', climate: { SQ001: 'no' } },
    ])
    expect(settled.map(({ hour }) => new Date(hour).toISOString().slice(0, 13))).toEqual([
      '2020-05-12T15',
      '2020-05-13T09',
    ])
    expect(settled.every(({ channel }) => channel === 'import')).toBe(true)
    expect(JSON.stringify(settled)).not.toContain('a@b.c')
  })

  test('as LimeSurvey writes them: codes, with the language of each and a column for each option', () => {
    const { settled } = read([
      ['id', 'submitdate', 'startlanguage', 'ride', 'news[text]', 'news[mail]', 'climate[SQ001]', 'why'],
      ['1', '2020-05-12 15:14:05', 'es', 'bus', 'Y', 'N', 'yes', 'más libros'],
      ['2', '', 'en', 'foot', '', '', '', ''],
    ])
    expect(settled[0]).toMatchObject({
      language: 'es',
      answers: { ride: 'bus', news: ['text'], climate: { SQ001: 'yes' } },
      comments: [{ words: 'más libros', language: 'es' }],
    })
    expect(settled[1]).toMatchObject({ hour: to.hour, answers: { ride: 'foot' } })
  })

  test('wide, with the words of the items as headings and numbers before the words', () => {
    const { settled } = read([
      ['I feel safe', 'I feel heard'],
      ['2 - Agree', '1 - Disagree'],
    ])
    expect(settled[0]?.answers).toEqual({ climate: { SQ001: 'yes', SQ002: 'no' } })
  })

  test('and what cannot be used is told by row, what stands for nothing by column', () => {
    const { settled, problems, leftOut } = read([
      ['Timestamp', 'How do you get to school?', 'I feel safe'],
      ['5/12/2020', 'By rocket', 'Agree'],
      ['never', 'By bus', ''],
      ['', '', ''],
      ['5/12/2020', 'By rocket', ''],
    ])
    expect(settled).toHaveLength(1)
    expect(problems).toEqual([
      { row: 3, code: 'date', value: 'never' },
      { row: 5, code: 'nothing', value: '' },
    ])
    expect(leftOut.get(1)).toBe(2)
  })
})

test('what was said of a column before stands for it the next time', () => {
  const rows = [['Rocket']]
  const said = { 'your way': { to: 'ride', values: { rocket: 'foot' } } }
  expect(guessMapping(['Your way'], rows, questionnaire).columns).toEqual([{ to: '', values: {} }])
  expect(guessMapping(['Your way'], rows, questionnaire, said).columns).toEqual([
    { to: 'ride', values: { rocket: 'foot' } },
  ])
})

test('day and month are told apart by the dates that only one order can read', () => {
  expect(readWall('31/12/2020 7:05 PM', 'dmy')).toBe('2020-12-31T19:00')
  expect(readWall('12/31/2020 12:05 am', 'mdy')).toBe('2020-12-31T00:00')
  expect(readWall('5/1/19 10:03:00', 'mdy')).toBe('2019-05-01T10:00')
  expect(readWall('1.5.19', 'dmy')).toBe('2019-05-01T12:00')
  expect(readWall('5/1/9', 'mdy')).toBeUndefined()
  expect(readWall('2019-05-019', 'mdy')).toBeUndefined()
  expect(readWall('31/12/2020', 'mdy')).toBeUndefined()
  expect(readWall('2020-02-30', 'mdy')).toBeUndefined()
  expect(readWall('', 'mdy')).toBeUndefined()
})

test('every heading that we write ourselves is known, whatever stands beside it', () => {
  const targets = targetsOf(questionnaire)
  for (const { to: own } of targets) expect(guessTarget(own, targets)).toBe(own)
})

test('whatever file comes, reading does not fail, and what is kept is what a form would take', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      'By bus',
      'Agree',
      '7',
      'Text message, E-mail, or letter',
      '5/12/2020',
      '=1+1',
      'constructor',
    ),
    fc.string({ maxLength: 12 }),
  )
  const heading = fc.oneof(
    fc.constantFrom(
      'Timestamp',
      'ride',
      'climate[SQ001]',
      'I feel heard',
      'Rate your school',
      '__proto__',
      '',
    ),
    fc.string({ maxLength: 12 }),
  )
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) =>
      fc.tuple(
        fc.array(heading, { minLength: width, maxLength: width }),
        fc.array(fc.array(cell, { minLength: 0, maxLength: width }), { maxLength: 6 }),
      ),
    )
  fc.assert(
    fc.property(table, ([headings, rows]) => {
      for (const { answers, version, language, channel, hour } of read([headings, ...rows]).settled)
        expect(settle(questionnaire, answers, { version, language, channel, hour }).answers).toEqual(answers)
      const news = targetsOf(questionnaire).find(({ to: name }) => name === 'news')
      if (news) for (const row of rows) for (const one of row) partsOf(one, news, false)
    }),
    { numRuns: 150 },
  )
})

test.each([
  ['3', 'grade_3'],
  ['03', 'grade_3'],
  ['3rd', 'grade_3'],
  ['3rd Grade', 'grade_3'],
  ['Grado 3', 'grade_3'],
  ['3º', 'grade_3'],
  ['K', 'K'],
  ['Kinder', 'K'],
  ['PreK', 'PK'],
  ['12', 'grade_12'],
  ['13', ''],
  ['3 of them', ''],
])('a grade that another program writes as %s is %s', (said, code) => {
  const choice = (one: string, en: string) => ({ code: one, label: { en } })
  const grades = Array.from({ length: 12 }, (_, at) => choice(`grade_${at + 1}`, `Grade ${at + 1}`))
  const choices = [choice('PK', 'Pre-kindergarten'), choice('K', 'Kindergarten'), ...grades]
  const target: Target = {
    ...{ to: 'grade', how: 'one', question: 'grade', title: { en: 'Grade' } },
    ...{ part: undefined, choices, attribute: 'grade' },
  }
  expect(guessValue(said, target)).toBe(code)
})
