import type { District } from './district.ts'
import { type Dimension, dimensions, type EnrolmentRow, splitOf } from './enrolment.ts'

/** Something to tell about a row of a file (as a spreadsheet numbers it; 0: of the whole file); words: `watching.note.<code>`. */
export type EnrolmentNote = {
  row: number
  code:
    | 'noRows'
    | 'noHeader'
    | 'twice'
    | 'tooMany'
    | 'unknown'
    | 'notNumber'
    | 'negative'
    | 'held'
    | 'duplicate'
    | 'other'
    | 'over'
    | 'partsOver'
    | 'partsUnder'
    | 'passedOver'
    | 'schoolsMissing'
    | 'nothing'
  values: Record<string, string | number>
}

/** `faults`: nothing may be kept while there is one. `notices`: what a person should know before keeping it. */
export type ReadEnrolment = { rows: EnrolmentRow[]; faults: EnrolmentNote[]; notices: EnrolmentNote[] }

/** A table of every school by grade by group by language of a large district is smaller. */
export const mostRows = 20_000
/** The header may stand below a title. */
const headerWithin = 10
/** More people than any district has. */
const mostPeople = 10_000_000

const names: Record<Dimension | 'n', string[]> = {
  school: ['school', 'schoolname', 'schoolcode', 'building', 'site', 'campus', 'escuela'],
  level: ['level', 'schoollevel', 'nivel'],
  zone: ['zone', 'region', 'area', 'neighborhood', 'zona'],
  group: ['group', 'stakeholdergroup', 'role', 'who', 'grupo'],
  grade: ['grade', 'gradelevel', 'gradename', 'grado'],
  language: ['language', 'homelanguage', 'nativelanguage', 'languageathome', 'primarylanguage', 'idioma'],
  n: [
    'n',
    'number',
    'count',
    'enrollment',
    'enrolment',
    'enrolled',
    'headcount',
    'total',
    'students',
    'numero',
  ],
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** Cells that mean: all of them. */
const all = new Set(['', 'all', 'total', 'totals', 'district', 'districtwide', 'todos', 'todas'])

/**
 * Reads a table of enrolment: rows of text, the header among the first of them, its columns in any order and under
 * their usual names. Schools, groups, grades and languages are named by the district's codes or by their names in any
 * language. `group`: whom the figures count where no column says it.
 */
export function readEnrolment(
  table: readonly (readonly string[])[],
  district: District,
  group = '',
): ReadEnrolment {
  const faults: EnrolmentNote[] = []
  const notices: EnrolmentNote[] = []
  const none = { rows: [], faults, notices }
  const fault = (row: number, code: EnrolmentNote['code'], values: EnrolmentNote['values'] = {}) =>
    faults.push({ row, code, values })
  const head = table.findIndex(
    (row, at) => at < headerWithin && row.some((cell) => names.n.includes(plain(cell))),
  )
  const header = table[head]
  if (!header) {
    fault(0, table.some((row) => row.some((cell) => cell.trim())) ? 'noHeader' : 'noRows')
    return none
  }
  if (table.length - head > mostRows) {
    fault(0, 'tooMany', { most: mostRows })
    return none
  }
  const columns = new Map<Dimension | 'n', number>()
  const passedOver: string[] = []
  header.forEach((cell, at) => {
    const found = (Object.keys(names) as (Dimension | 'n')[]).find((name) =>
      names[name].includes(plain(cell)),
    )
    if (!found) {
      if (cell.trim()) passedOver.push(cell.trim())
    } else if (columns.has(found)) fault(head + 1, 'twice', { column: cell.trim() })
    else columns.set(found, at)
  })
  if (faults.length > 0) return none
  if (passedOver.length > 0)
    notices.push({
      row: head + 1,
      code: 'passedOver',
      values: { columns: passedOver.slice(0, 20).join(', ') },
    })

  const find = finders(district)
  const schools = new Map(district.schools.map((school) => [school.code, school]))
  const seen = new Map<string, number>()
  const rows: EnrolmentRow[] = []
  table.slice(head + 1).forEach((cells, index) => {
    const number = head + 2 + index
    const cell = (name: Dimension | 'n') => (cells[columns.get(name) ?? -1] ?? '').trim()
    if (cells.every((one) => one.trim() === '')) return
    const before = faults.length
    const row: EnrolmentRow = { school: '', level: '', zone: '', group: '', grade: '', language: '', n: 0 }
    for (const dimension of dimensions) {
      const typed = cell(dimension)
      if (all.has(plain(typed))) continue
      const code = find(dimension, typed)
      if (code === undefined) fault(number, 'unknown', { column: dimension, cell: typed.slice(0, 100) })
      else row[dimension] = code
    }
    row.group ||= group
    const school = schools.get(row.school)
    for (const place of ['level', 'zone'] as const) {
      if (!school) continue
      if (row[place] && school[place] && row[place] !== school[place])
        fault(number, 'other', { column: place, cell: cell(place), school: cell('school') })
      row[place] = school[place] ?? row[place]
    }
    const read = countIn(cell('n'))
    if (typeof read === 'number') row.n = read
    else fault(number, read, { cell: cell('n').slice(0, 100), most: mostPeople })
    if (faults.length > before) return
    const key = dimensions.map((dimension) => row[dimension]).join('\0')
    const first = seen.get(key)
    if (first !== undefined) fault(number, 'duplicate', { first })
    else {
      seen.set(key, number)
      rows.push(row)
    }
  })
  if (faults.length > 0) return { rows, faults, notices }
  if (rows.every(({ n }) => n === 0)) fault(0, rows.length === 0 ? 'noRows' : 'nothing')
  const told = contradictions(rows, seen)
  faults.push(...told.filter(({ code }) => code === 'partsOver'))
  notices.push(...told.filter(({ code }) => code !== 'partsOver'))
  const named = new Set(rows.map(({ school }) => school))
  const missing = district.schools.filter(({ code }) => !named.has(code))
  if (missing.length > 0 && missing.length < district.schools.length)
    notices.push({
      row: 0,
      code: 'schoolsMissing',
      values: { schools: missing.map(({ code }) => code).join(', '), count: missing.length },
    })
  return { rows, faults, notices }
}

/** A count as people write it: 1204, "1,204", "1 204", "1204.0". Else what is wrong with it. */
function countIn(typed: string): number | 'notNumber' | 'negative' | 'held' | 'over' {
  // Published tables hold back small groups: "<10", "*", "n<6". A guess would make every rate wrong.
  if (/^(n?\s*[<≤]\s*\d+|\*+|s|ds|supp?r?\.?)$/i.test(typed)) return 'held'
  const digits = typed.replace(/(?<=\d)[,.\u00a0\u202f' ](?=\d{3}(\D|$))/g, '').replace(/[.,]0+$/, '')
  if (/^[-−]\s*\d+$/.test(digits)) return 'negative'
  if (!/^\d+$/.test(digits)) return 'notNumber'
  return Number(digits) > mostPeople ? 'over' : Number(digits)
}

type Find = (dimension: Dimension, typed: string) => string | undefined

function finders(district: District): Find {
  const index = (list: { code: string; label: Record<string, string> }[]) => {
    const found = new Map<string, string | undefined>()
    for (const { code, label } of list)
      for (const words of Object.values(label)) {
        const key = plain(words)
        // A name that two share names neither.
        found.set(key, found.has(key) && found.get(key) !== code ? undefined : code)
      }
    for (const { code } of list) found.set(plain(code), code)
    return found
  }
  const bare = (of: 'level' | 'zone') =>
    new Map(
      district.schools.flatMap((school) => (school[of] ? [[plain(school[of]), school[of]] as const] : [])),
    )
  const known: Record<Dimension, Map<string, string | undefined>> = {
    school: index(district.schools),
    group: index(district.groups),
    grade: gradesIn(district, index(district.grades)),
    language: index(district.homeLanguages),
    level: bare('level'),
    zone: bare('zone'),
  }
  return (dimension, typed) => {
    const key = plain(typed)
    return known[dimension].get(key) ?? (dimension === 'grade' ? known.grade.get(gradeKey(key)) : undefined)
  }
}

/** "3", "03", "3rd", "Grade 3", "gr 3" and "grade_3" are one grade. */
const gradeKey = (key: string): string =>
  /^(?:grade|gr|g)?0*(\d{1,2})(?:st|nd|rd|th)?(?:grade|gr)?$/.exec(key)?.[1] ?? key

function gradesIn({ grades }: District, found: Map<string, string | undefined>): typeof found {
  for (const { code } of grades) {
    const key = gradeKey(plain(code))
    if (!found.has(key)) found.set(key, code)
  }
  return found
}

/**
 * Totals that disagree with their parts: parts that add up to more than their total, and (as a notice) to less, which
 * can be people of whom the part is not known.
 */
function contradictions(rows: readonly EnrolmentRow[], places: ReadonlyMap<string, number>): EnrolmentNote[] {
  const keyOf = (row: EnrolmentRow) => dimensions.map((dimension) => row[dimension]).join('\0')
  const totals = new Map(rows.map((row) => [keyOf(row), row]))
  const parts = new Map<string, { total: EnrolmentRow; by: Dimension; n: number }>()
  for (const row of rows)
    for (const by of splitOf(row)) {
      const without = { ...row, [by]: '', ...(by === 'school' ? { level: '', zone: '' } : {}) }
      const total = totals.get(keyOf(without))
      if (!total) continue
      const key = `${keyOf(without)}\0${by}`
      const known = parts.get(key)
      if (known) known.n += row.n
      else parts.set(key, { total, by, n: row.n })
    }
  return [...parts.values()].flatMap(({ total, by, n }): EnrolmentNote[] =>
    n === total.n
      ? []
      : [
          {
            row: places.get(keyOf(total)) ?? 0,
            code: n > total.n ? 'partsOver' : 'partsUnder',
            values: { column: by, parts: n, total: total.n },
          },
        ],
  )
}

/** What a table would change of the one before it. */
export type EnrolmentChange = { added: number; removed: number; changed: number; same: number }

export function changeBetween(
  before: readonly EnrolmentRow[],
  after: readonly EnrolmentRow[],
): EnrolmentChange {
  const keyOf = (row: EnrolmentRow) => dimensions.map((dimension) => row[dimension]).join('\0')
  const old = new Map(before.map((row) => [keyOf(row), row.n]))
  const change = { added: 0, removed: 0, changed: 0, same: 0 }
  for (const row of after) {
    const was = old.get(keyOf(row))
    change[was === undefined ? 'added' : was === row.n ? 'same' : 'changed'] += 1
    old.delete(keyOf(row))
  }
  return { ...change, removed: old.size }
}

/** A day of the calendar, "2020-10-01", not after `today`. */
export function readAsOf(typed: string, today: string): string | undefined {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(typed)) return undefined
  const time = Date.parse(`${typed}T00:00Z`)
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(typed)) return undefined
  return typed <= today ? typed : undefined
}

/** The table as rows of text, as it is read again. */
export const writeEnrolment = (rows: readonly EnrolmentRow[]): string[][] => [
  [...dimensions, 'n'],
  ...rows.map((row) => [...dimensions.map((dimension) => row[dimension]), String(row.n)]),
]
