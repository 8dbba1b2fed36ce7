import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { districtSchema } from '../../src/district/district.ts'
import { type EnrolmentRow, marginsBy, populationOf, tableOf, within } from '../../src/district/enrolment.ts'
import {
  changeBetween,
  type EnrolmentNote,
  readAsOf,
  readEnrolment,
  writeEnrolment,
} from '../../src/district/enrolmentFile.ts'
import { readTable } from '../../src/files/table.ts'
import { writeWorkbook } from '../../src/files/workbook.ts'

const district = districtSchema.parse(JSON.parse(await readFile('templates/sample-district.json', 'utf8')))
const bytes = (text: string) => new TextEncoder().encode(text)
const tableFrom = async (text: string) => {
  const read = await readTable(bytes(text))
  if ('fault' in read) throw new Error(read.fault.key)
  return read.rows
}
const read = async (text: string, group?: string) => readEnrolment(await tableFrom(text), district, group)
const told = (notes: EnrolmentNote[]) => notes.map(({ row, code }) => `${row} ${code}`)
const row = (given: Partial<EnrolmentRow>): EnrolmentRow => ({
  school: '',
  level: '',
  zone: '',
  group: '',
  grade: '',
  language: '',
  n: 0,
  ...given,
})
const dated = { asOf: '2020-10-01', source: 'a count' }

test('columns come in any order and under their usual names; schools and grades by code or name', async () => {
  const { rows, faults } = await read(
    'Enrollment,Grade Level,School Name,Home Language,Notes\n"1,204",03,Escuela de ejemplo A (PreK-5),SPANISH,x\n12,Grade 4,school_b,,\n7,4th,Total,es,',
    'student',
  )
  expect(faults).toEqual([])
  expect(
    rows.map(({ school, level, group, grade, language, n }) => [school, level, group, grade, language, n]),
  ).toEqual([
    ['school_a', 'elementary', 'student', 'grade_3', 'es', 1204],
    ['school_b', 'elementary', 'student', 'grade_4', '', 12],
    ['', '', 'student', 'grade_4', 'es', 7],
  ])
})

test('each fault is told with its row, and columns that are not used are named', async () => {
  const { faults, notices } = await read(
    [
      'school,level,group,grade,n,remark',
      'Nowhere High,,,,5,',
      'school_a,high,,,5,',
      'school_a,,king,,5,',
      'school_a,,,99,5,',
      'school_b,,,,-3,',
      'school_c,,,,many,',
      'school_d,,,,<10,',
      'school_e,,,,1.5,',
      'school_f,,,,20,',
      '"Sample School F (PreK-8)",,,,21,',
      'school_g,,,,99999999999,',
      'school_h,,,,99999999999999999999,',
    ].join('\n'),
  )
  expect(told(faults)).toEqual([
    '2 unknown',
    '3 other',
    '4 unknown',
    '5 unknown',
    '6 negative',
    '7 notNumber',
    '8 held',
    '9 notNumber',
    '11 duplicate',
    '12 over',
    '13 over',
  ])
  expect(faults[8]?.values.first).toBe(10)
  expect(told(notices)).toEqual(['1 passedOver'])
})

test('parts that add up to more than their total contradict it; less is only told', async () => {
  const over = await read('school,grade,n\nschool_a,,10\nschool_a,3,6\nschool_a,4,5')
  expect(over.faults).toMatchObject([{ row: 2, code: 'partsOver', values: { parts: 11, total: 10 } }])
  const under = await read('school,grade,n\nschool_a,,10\nschool_a,3,6')
  expect(under.faults).toEqual([])
  expect(told(under.notices)).toContain('2 partsUnder')
  expect((await read('school,n\n,5\nschool_a,3\nschool_b,3')).faults).toMatchObject([
    { row: 2, code: 'partsOver' },
  ])
})

test('a file that is no table is refused in words of its own', async () => {
  expect(told(readEnrolment([], district).faults)).toEqual(['0 noRows'])
  expect(await readTable(bytes(''))).toMatchObject({ fault: { key: 'exchange.isEmpty' } })
  expect(told((await read('school,grade\nschool_a,3')).faults)).toEqual(['0 noHeader'])
  expect(told((await read('school,n,School\nschool_a,3,x')).faults)).toEqual(['1 twice'])
  expect(told((await read('school,n\nschool_a,0')).faults)).toEqual(['0 nothing'])
  expect(await readTable(new Uint8Array([0x89, 0x50, 0x4e, 0x47]))).toMatchObject({
    fault: { key: 'watching.table.isImage' },
  })
  expect(await readTable(bytes('%PDF-1.4'))).toMatchObject({ fault: { key: 'watching.table.notTable' } })
  expect(await readTable(new Uint8Array(11 * 2 ** 20))).toMatchObject({ fault: { key: 'exchange.fileSize' } })
  expect(await readTable(bytes('school,n\n"school_a,3\nschool_b,4'))).toMatchObject({
    fault: { key: 'kit.list.fault.quotes' },
  })
})

test('what spreadsheet programs save is read: Windows-1252, UTF-16, semicolons, workbooks', async () => {
  const latin = Uint8Array.from(
    [...'school;n\nSample School A (PreK-5);3\nPadre, madre, ni\xf1o;4'].map((c) => c.charCodeAt(0)),
  )
  expect(await readTable(latin)).toMatchObject({
    rows: [
      ['school', 'n'],
      ['Sample School A (PreK-5)', '3'],
      ['Padre, madre, niño', '4'],
    ],
    notices: [{ key: 'watching.table.windows' }],
  })
  const wide = new Uint8Array(Buffer.from('\ufeffschool\tn\nschool_a\t3', 'utf16le'))
  expect(await readTable(wide)).toMatchObject({
    rows: [
      ['school', 'n'],
      ['school_a', '3'],
    ],
  })
  const book = await readTable(
    writeWorkbook([
      {
        name: 'a',
        rows: [
          ['school', 'n'],
          ['school_a', '3'],
        ],
      },
    ]),
  )
  expect(book).toMatchObject({
    rows: [
      ['school', 'n'],
      ['school_a', '3'],
    ],
  })
})

const anyRow = fc.record({
  school: fc.constantFrom(...district.schools.map(({ code }) => code)),
  group: fc.constantFrom('student', 'teacher'),
  grade: fc.constantFrom('grade_3', 'grade_4', 'grade_5'),
  language: fc.constantFrom('en', 'es', 'other'),
  n: fc.nat(500),
})
const whole = fc.uniqueArray(anyRow, {
  minLength: 1,
  maxLength: 30,
  selector: ({ n: _, ...key }) => JSON.stringify(key),
})

test('a table that is written and read again is the same', async () => {
  fc.assert(
    fc.property(whole, (some) => {
      fc.pre(some.some(({ n }) => n > 0))
      const first = readEnrolment(writeEnrolment(some.map(row)), district)
      expect(first.faults).toEqual([])
      expect(readEnrolment(writeEnrolment(first.rows), district).rows).toEqual(first.rows)
      expect(changeBetween(first.rows, first.rows)).toEqual({
        added: 0,
        removed: 0,
        changed: 0,
        same: some.length,
      })
    }),
    { numRuns: 40 },
  )
})

test('a population is the sum of its parts, and a total beside them is not counted twice', async () => {
  fc.assert(
    fc.property(whole, (some) => {
      const rows = readEnrolment(writeEnrolment(some.map(row)), district).rows
      const sum = (part: EnrolmentRow[]) => part.reduce((all, { n }) => all + n, 0)
      const total = row({ n: sum(rows) })
      for (const table of [rows, [...rows, total]]) {
        expect(populationOf({ ...dated, rows: table }, {})?.n).toBe(sum(rows))
        for (const dimension of ['school', 'level', 'zone', 'group', 'grade', 'language'] as const)
          for (const { code, n } of marginsBy({ rows: table }, dimension))
            expect(n).toBe(sum(rows.filter((one) => one[dimension] === code)))
      }
      expect(populationOf({ ...dated, rows }, { school: 'school_z' })).toBeUndefined()
    }),
    { numRuns: 40 },
  )
})

test('a printed total goes before parts, and what the table does not say is not guessed', async () => {
  const rows = [
    row({ group: 'student', n: 100 }),
    row({ group: 'student', school: 'school_a', level: 'elementary', n: 40 }),
  ]
  expect(populationOf({ ...dated, rows }, { group: 'student' })).toEqual({ n: 100, ...dated })
  expect(populationOf({ ...dated, rows }, { group: 'student', level: 'elementary' })?.n).toBe(40)
  expect(populationOf({ ...dated, rows }, { group: 'family' })).toBeUndefined()
  expect(populationOf({ ...dated, rows }, { grade: 'grade_3' })).toBeUndefined()
})

test('a report stands on the table of its time', async () => {
  const tables = [{ asOf: '2019-10-01' }, { asOf: '2021-10-01' }, { asOf: '2020-10-01' }]
  expect(tableOf(tables, '2021-05-01')).toEqual({ asOf: '2020-10-01' })
  expect(tableOf(tables, '2021-10-01')).toEqual({ asOf: '2021-10-01' })
  expect(tableOf(tables, '2010-01-01')).toEqual({ asOf: '2021-10-01' })
  expect(tableOf(tables)).toEqual({ asOf: '2021-10-01' })
  expect(tableOf([])).toBeUndefined()
  for (const wrong of ['2021-02-30', '2021-1-1', 'soon', '2022-01-01'])
    expect(readAsOf(wrong, '2021-12-31')).toBeUndefined()
  expect(readAsOf('2020-02-29', '2021-12-31')).toBe('2020-02-29')
})

test('the sample table has the printed totals and no fault', async () => {
  const table = await readTable(await readFile('templates/sample-enrolment.csv'))
  if ('fault' in table) throw new Error(table.fault.key)
  const { rows, faults, notices } = readEnrolment(table.rows, district)
  expect([faults, notices]).toEqual([[], []])
  const enrolment = { ...dated, rows }
  expect(populationOf(enrolment, { group: 'student' })?.n).toBe(20_874)
  expect(populationOf(enrolment, { group: 'teacher' })?.n).toBe(1_568)
  expect(marginsBy(enrolment, 'school', { group: 'student' })).toHaveLength(12)
})

test('a survey of some grades and schools counts only those who are asked, and guesses nothing', async () => {
  const rows = [
    row({ group: 'student', n: 100 }),
    row({ group: 'student', school: 'school_a', level: 'elementary', grade: 'grade_3', n: 30 }),
    row({ group: 'student', school: 'school_a', level: 'elementary', grade: 'grade_4', n: 40 }),
    row({ group: 'student', language: 'es', n: 20 }),
    row({ group: 'teacher', n: 9 }),
    row({ group: 'teacher', school: 'school_a', level: 'elementary', n: 4 }),
  ]
  const third = within({ ...dated, rows }, { grade: ['grade_3'] })
  expect(populationOf(third, { group: 'student' })?.n).toBe(30)
  expect(populationOf(third, { group: 'student', language: 'es' })).toBeUndefined()
  expect(populationOf(third, { group: 'teacher' })?.n).toBe(9)
  const here = within({ ...dated, rows }, { school: ['school_a'] })
  expect(populationOf(here, { group: 'student' })?.n).toBe(70)
  expect(populationOf(here, { group: 'teacher' })?.n).toBe(4)
  expect(
    populationOf(within({ ...dated, rows: rows.slice(0, 1) }, { grade: ['grade_3'] }), {}),
  ).toBeUndefined()
})
