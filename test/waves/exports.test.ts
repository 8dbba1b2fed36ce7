import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { readTable } from '../../src/files/table.ts'
import type { Questionnaire } from '../../src/questionnaire/definition.ts'
import { columnsOf } from '../../src/response/earlier/columns.ts'
import { fromColumns } from '../../src/response/earlier/fromColumns.ts'
import { keysOf, readHead } from '../../src/response/earlier/head.ts'
import { listOf } from '../../src/response/earlier/lists.ts'
import { placeIn, upToTie } from '../../src/response/earlier/places.ts'
import { foundScales, saidScale } from '../../src/response/earlier/rated.ts'
import { earlierReader, guessMapping } from '../../src/response/earlier/read.ts'
import { recognise } from '../../src/response/earlier/recognise.ts'

const wording = {
  lang: 'en',
  title: 'Earlier',
  section: 'Questions',
  statements: 'Statements',
  point: (place: number) => `Point ${place + 1}`,
  other: 'Other',
  who: { group: 'Group', school: 'School', grade: 'Grade', home: 'Home language' },
}
type Question = {
  kind: string
  title: { en: string }
  options?: { label: { en: string } }[]
  items?: { label: { en: string } }[]
}

/** Made of a table as the pages make it, without saying anything. */
function made(rows: string[][]) {
  const table = readHead(rows)
  const columns = columnsOf(table)
  const kinds = recognise(columns, table.body).map(({ kind }) => kind)
  const scales = foundScales(columns.filter(({ at }) => kinds[at] === 'rating'))
  const { definition, columns: uses } = fromColumns({ columns, body: table.body, kinds, scales }, wording)
  const { sections } = definition as { sections: { questions: Question[] }[] }
  const questions = sections[0]?.questions ?? []
  const headings = table.headings.map(({ whole }) => whole)
  const before = Object.fromEntries(
    keysOf(headings).map((key, at) => [key, uses[at] ?? { to: '', values: {} }]),
  )
  const questionnaire = {
    ...definition,
    // Lists of schools and grades are the district's.
    sections: [{ ...sections[0], questions: questions.filter(({ kind }) => kind !== 'profile') }],
  } as unknown as Questionnaire
  const { read, take } = earlierReader(
    table.body,
    guessMapping(headings, table.body, questionnaire, before),
    questionnaire,
    {
      momentOf: (wall) => Date.parse(`${wall}Z`),
      hour: 0,
    },
  )
  take(table.body, table.first)
  return { table, kinds, scales, questions, read }
}
async function file(name: string) {
  const table = await readTable(await readFile(new URL(`exports/${name}.csv`, import.meta.url)))
  return made('rows' in table ? table.rows : [])
}
const outline = (questions: Question[]) =>
  questions.map(({ kind, title, options, items }) =>
    [kind, title.en, ...(options ?? items ?? []).map(({ label }) => label.en)].join(' | '),
  )

describe('a file as it comes is understood without a word:', () => {
  test.each([
    [
      'google-forms',
      [
        'profile | School',
        'grid | Do you agree? | I feel safe | I am heard',
        'multiple | How do you get news from school? | Text message | E-mail, or letter | School website',
        'text | Please explain',
        'single | What helps most? | Music | Sports | Tutoring | Other',
        'text | Please explain',
        'multiple | When can you come? [Monday] | Morning | Evening',
        'single | When can you come? [Friday] | Morning | Evening',
      ],
      { q3: { i1: 'p4', i2: 'p2' }, q5: ['o1'], q7: 'o1', q9: ['o2'], q10: 'o2' },
    ],
    [
      'limesurvey',
      [
        'multiple | How do you get to school? | Bus | On foot | Helicopter | Other',
        'grid | Do you agree? | I feel safe | I am heard',
        'ranking | What matters most? | Arts | Sports | Reading',
        'text | Anything else?',
      ],
      { q6: ['o2'], q10: { i1: 'p4', i2: 'p2' }, q12: { order: ['o2', 'o3', 'o1'] } },
    ],
    [
      'limesurvey-codes',
      ['multiple | Q1 | SQ001 | SQ002', 'grid | Q2 | SQ001 | SQ002', 'ranking | Q3 | a1 | a2'],
      { q5: ['o1', 'o2'], q7: { i1: 'p2', i2: 'p4' }, q9: { order: ['o2', 'o1'] } },
    ],
    [
      'qualtrics',
      [
        'profile | School',
        'multiple | How do you get to school? (check all) | Bus | On foot | Car',
        'grid | Do you agree? | I feel safe | I am heard - by staff',
        'multiple | What helps? | Tutoring | Music | Other',
        'text | What helps? [Other - Text]',
        'ranking | Rank these | Arts | Sports | Reading',
      ],
      { q13: ['o2'], q14: { i1: 'p4', i2: 'p4' }, q16: ['o2'], q20: { order: ['o2', 'o3', 'o1'] } },
    ],
    [
      'surveymonkey',
      [
        'profile | Grade',
        'multiple | How do you get to school? Please select all that apply. | Bus | On foot | Other',
        'grid | Do you agree? | I feel safe | I am heard',
        'ranking | Please rank these. | Arts | Sports | Reading',
        'text | Anything else?',
      ],
      { q11: ['o1', 'o2'], q14: { i1: 'p4', i2: 'p2' }, q16: { order: ['o3', 'o1', 'o2'] } },
    ],
    [
      'microsoft-forms',
      [
        'multiple | How do you get to school? | Bus | On foot | Car',
        'ranking | Put these in order | Arts | Sports | Reading',
        'single | How safe do you feel? | Not safe at all now | A bit safe now | Quite OK now',
      ],
      { q6: ['o2'], q7: { order: ['o2', 'o3', 'o1'] }, q8: 'o2' },
    ],
  ])('%s', async (name, questions, second) => {
    const found = await file(name)
    expect(outline(found.questions)).toEqual(questions)
    expect(found.read.problems).toEqual([])
    expect([...found.read.leftOut]).toEqual([])
    expect(found.read.settled).toHaveLength(24)
    expect(found.read.settled[1]?.answers).toMatchObject(second)
    expect(JSON.stringify(found.questions)).not.toMatch(/@|192\.0\.2|My own idea|my own way|R_2sample/)
  })

  test('and what was only sent to try a form of Qualtrics is left out and counted', async () => {
    const { table } = await file('qualtrics')
    expect(table).toMatchObject({ first: 4, tests: 1 })
    expect(table.body[0]).toEqual([])
  })

  test('a skipped or tied place ends a ballot there', async () => {
    const { read } = await file('limesurvey')
    expect(read.settled[0]?.answers.q12).toEqual({ order: ['o1', 'o2'] })
    expect([...upToTie(new Map(Object.entries({ a: 1, b: 2, c: 2, d: 4 })))]).toEqual([['a', 1]])
  })
})

test('two header rows of old, and a header alone', () => {
  const rows = [
    ['V1', 'V8', 'V9', 'Q1'],
    ['ResponseID', 'StartDate', 'EndDate', 'Are you well?'],
    ['R_2YPOQ602ER1jkf1', '2017-07-18 08:28:09', '2017-07-18 08:28:48', 'Yes'],
  ]
  expect(readHead(rows)).toMatchObject({ first: 3, body: [rows[2]] })
  expect(readHead(rows).headings.map(({ whole }) => whole)).toEqual([
    'ResponseID',
    'StartDate',
    'EndDate',
    'Are you well?',
  ])
  expect(
    readHead([
      ['StartDate', 'EndDate', 'Q1'],
      ['2017-07-18', '2017-07-18', 'Yes'],
    ]).first,
  ).toBe(2)
  expect(readHead([]).headings).toEqual([])
})

test('a comma is inside of an option where it never parts anything else', () => {
  const cells = [
    'Reading, writing and math, Sports',
    'Sports, Music (band, choir)',
    'Reading, writing and math',
    'Sports',
  ]
  expect(
    listOf([...cells, ...cells])
      ?.parts.map(({ value }) => value)
      .sort(),
  ).toEqual(['Music (band, choir)', 'Reading, writing and math', 'Sports'])
})

test.each([
  ['1', 1],
  ['2nd choice', 2],
  ['Ranking 3', 3],
  ['First', 1],
  ['Second choice', 2],
  ['First aid course', undefined],
  ['SQ001', undefined],
  ['0', undefined],
])('the place that %s tells is %s', (said, place) => expect(placeIn(said)).toBe(place))

describe('a scale', () => {
  const rows = (...said: string[][]) => said.map((row) => row.map((cell) => cell))
  test('is the same in all rows of a question, whichever points were used', () => {
    const { scales } = made([
      ['Q [a]', 'Q [b]', 'Q [c]'],
      ...rows(
        ['Agree', 'Neutral', 'Disagree'],
        ['Agree', 'Agree', 'Strongly agree'],
        ['Agree', 'Neutral', 'Agree'],
      ),
    ])
    expect(scales).toHaveLength(1)
    expect(scales[0]).toMatchObject({ columns: [0, 1, 2], ordered: true })
    expect(scales[0]?.points).toHaveLength(5)
  })
  test('has the favorable points, the order and the words that are no answer as the office says', () => {
    const { scales } = made([
      ['Q [a]', 'Q [b]'],
      ...rows(['A1', 'A3'], ['A2', 'A1'], ['A9', 'A2'], ['A1', 'A9']),
    ])
    const [scale] = scales
    if (!scale) throw new Error('no scale')
    const said = saidScale(scale, {
      a1: { is: 'favorable', place: 3 },
      a2: { is: 'favorable', place: 2 },
      a3: { is: 'other', place: 1 },
      a9: { is: 'na', place: 4 },
    })
    expect(said.na).toEqual(['A9'])
    expect(said.points.map(({ label, value, favorable }) => [label, value, favorable])).toEqual([
      ['A3', 1, false],
      ['A2', 2, true],
      ['A1', 3, true],
    ])
  })
})
