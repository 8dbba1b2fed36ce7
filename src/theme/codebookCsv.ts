import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { z } from 'zod'
import { isTag } from '../language/tags.ts'
import { guardCell, unguardCell } from '../response/formula.ts'
import { type BookFaultKey, type Codebook, codebookSchema, type Theme, themeProblems } from './codebook.ts'

/** A fault of a codebook file; rows are counted as a spreadsheet counts them, the heading being row 1. */
export type CodebookFault = { row: number; column: string; key: FaultKey; value: string }
/** What is wrong: wording keys `bookFault.<key>`. */
export type FaultKey =
  | BookFaultKey
  | ('large' | 'notCsv' | 'noColumn' | 'doubleColumn' | 'unknownColumn' | 'noTag' | 'cells' | 'tooMany')
  | ('missing' | 'empty' | 'code' | 'colour' | 'bar' | 'invalid')
export type ThemesReading =
  | { themes: Theme[]; faults?: undefined }
  | { themes?: undefined; faults: CodebookFault[] }

const parted = ' | '
const texts = ['name', 'definition', 'include', 'exclude'] as const
const lists = ['examples', 'words'] as const
const most = 2_000_000

/**
 * The themes of a codebook as CSV: a row a theme; texts in columns such as `name:es`, lists in columns such as
 * `words:es` with entries parted by |, cited elements in columns such as `cites:PLAN`. Reading it and writing it
 * again gives the same bytes.
 */
export function codebookCsv(codebook: Codebook): string {
  const { themes } = codebook
  const keys = (field: (typeof texts)[number] | (typeof lists)[number] | 'cites') =>
    [...new Set(themes.flatMap((theme) => Object.keys(theme[field])))].map((key) => `${field}:${key}`)
  const columns = [
    'code',
    'parent',
    'colour',
    'machine',
    ...[...texts, ...lists, 'cites' as const].flatMap(keys),
  ]
  const rows = themes.map((theme) => columns.map((column) => guardCell(cell(theme, column))))
  return stringify([columns, ...rows])
}

function cell(theme: Theme, column: string): string {
  const [field = '', key = ''] = parts(column)
  if (field === 'code' || field === 'colour') return theme[field]
  if (field === 'parent') return theme.parent ?? ''
  if (field === 'machine') return theme.machine.join(parted)
  const held = theme[field as (typeof texts)[number] | (typeof lists)[number] | 'cites'][key]
  return Array.isArray(held) ? held.join(parted) : (held ?? '')
}

const parts = (column: string): [string, string] => {
  const at = column.indexOf(':')
  return at < 0 ? [column, ''] : [column.slice(0, at), column.slice(at + 1)]
}

/** Themes from CSV: all of them, or every fault with its row. */
export function readCodebookCsv(csv: string): ThemesReading {
  if (csv.length > most) return { faults: [fault(1, 'large')] }
  let rows: string[][]
  try {
    rows = parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true })
  } catch {
    return { faults: [fault(1, 'notCsv')] }
  }
  const [columns = [], ...body] = rows
  const faults = headingFaults(columns)
  if (faults.length > 0) return { faults }
  const themes: Theme[] = []
  for (const [at, row] of body.entries()) {
    const read = codebookSchema.shape.themes.element.safeParse(theme(columns, row))
    if (read.success) themes.push(read.data)
    else faults.push(...read.error.issues.map((issue) => told(at + 2, issue)))
    if (row.length > columns.length) faults.push(fault(at + 2, 'cells'))
  }
  if (faults.length === 0)
    for (const { code, key, value } of themeProblems(themes)) {
      const row = themes.findLastIndex((one) => one.code === code) + 2
      faults.push(fault(row, key, key === 'doubleCode' ? 'code' : 'parent', value))
    }
  if (themes.length > 200) faults.push(fault(202, 'tooMany'))
  return faults.length > 0 ? { faults } : { themes }
}

const fault = (row: number, key: FaultKey, column = '', value = ''): CodebookFault => ({
  ...{ row, column, key, value },
})

/** How the schema's own words for a fault are called. */
const keyOf: [said: string, key: FaultKey][] = [
  ['is empty', 'empty'],
  ['has no name', 'missing'],
  ['is not a code', 'code'],
  ['is not a colour', 'colour'],
  ['holds |', 'bar'],
  ['is not a language tag', 'noTag'],
]
const told = (row: number, { path, code, message }: z.core.$ZodIssue): CodebookFault => {
  const [field = '', key] = path.map(String)
  const found = keyOf.find(([said]) => message.startsWith(said))?.[1] ?? 'invalid'
  return fault(
    row,
    code === 'invalid_type' ? 'missing' : found,
    key === undefined ? field : `${field}:${key}`,
  )
}

function headingFaults(columns: string[]): CodebookFault[] {
  const faults: CodebookFault[] = []
  const say = (key: FaultKey, column: string) => faults.push(fault(1, key, column))
  for (const needed of ['code', 'colour']) if (!columns.includes(needed)) say('noColumn', needed)
  for (const [at, column] of columns.entries()) {
    const [field, key] = parts(column)
    if (columns.indexOf(column) < at) say('doubleColumn', column)
    if (['code', 'parent', 'colour', 'machine'].includes(column)) continue
    const known = [...texts, ...lists, 'cites'].some((one) => one === field)
    if (!known || !key) say('unknownColumn', column)
    else if (field !== 'cites' && !isTag(key)) say('noTag', column)
  }
  return faults
}

function theme(columns: string[], row: string[]): unknown {
  const made: Record<string, unknown> = {}
  const entries = (value: string) =>
    value
      .split('|')
      .map((one) => one.trim())
      .filter(Boolean)
  for (const [at, column] of columns.entries()) {
    const value = unguardCell(row[at] ?? '')
    const [field, key] = parts(column)
    if (value === '') continue
    if (column === 'machine') made.machine = entries(value)
    else if (!key) made[field] = value
    else {
      made[field] ??= {}
      const held = made[field] as Record<string, unknown>
      Object.defineProperty(held, key, {
        value: texts.some((one) => one === field) ? value : entries(value),
        enumerable: true,
      })
    }
  }
  return made
}
