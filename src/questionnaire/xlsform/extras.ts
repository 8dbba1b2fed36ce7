import type { Text } from '../../language/text.ts'
import type { Line } from './table.ts'
import { isNo, isYes } from './tree.ts'

/**
 * Columns of our own, which other programs pass over: what XLSForm has no place for. Their headings begin with
 * `heard::`. Readers give undefined for an empty cell and for one that cannot be read; `wrong` lists the latter.
 */
export function extrasOf(line: Line, wrong: (column: string, value: string) => void) {
  // Headings are compared in small letters.
  const heading = (name: string) => `heard::${name.toLowerCase()}`
  const cell = (name: string) => line.cell(heading(name))
  const read = <T>(name: string, how: (value: string) => T | undefined): T | undefined => {
    const value = cell(name)
    if (value === '') return undefined
    const found = how(value)
    if (found === undefined) wrong(heading(name), value)
    return found
  }
  return {
    cell,
    text: (name: string) => line.text(heading(name)),
    flag: (name: string) => read(name, (value) => (isYes(value) ? true : isNo(value) ? false : undefined)),
    number: (name: string) =>
      read(name, (value) => (Number.isFinite(Number(value)) ? Number(value) : undefined)),
    codes: (name: string) => read(name, readCodes),
    json: (name: string) => read(name, parsed),
    /** Fields that have no column of their own, as they stood in the definition. */
    more: (): Record<string, unknown> => read('more', record) ?? {},
    wrong,
  }
}
export type Extras = ReturnType<typeof extrasOf>

function record(value: string): Record<string, unknown> | undefined {
  const found = parsed(value)
  return typeof found === 'object' && found !== null && !Array.isArray(found)
    ? (found as Record<string, unknown>)
    : undefined
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

/** Codes with spaces between; a JSON list when a code has a space in it. */
function readCodes(value: string): string[] | undefined {
  if (!value.startsWith('[')) return value.split(/[\s,]+/).filter(Boolean)
  const list = parsed(value)
  return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : undefined
}

export const writeCodes = (codes: readonly string[]): string =>
  codes.length > 0 && codes.every((code) => /^[^\s,[]+$/.test(code)) ? codes.join(' ') : JSON.stringify(codes)

export const writeFlag = (flag: boolean | undefined): string =>
  flag === undefined ? '' : flag ? 'yes' : 'no'

/** The fields that are there, without those that are undefined. */
export const present = <T extends Record<string, unknown>>(
  fields: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

/** Values as cells of our own columns; what is undefined has none. */
export const extraCells = (
  values: Record<string, string | number | boolean | readonly string[] | Text | undefined>,
): Record<string, string | Text> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[`heard::${name}`, asCell(value)] as const],
    ),
  )

function asCell(value: string | number | boolean | readonly string[] | Text): string | Text {
  if (typeof value === 'boolean') return writeFlag(value)
  if (Array.isArray(value)) return writeCodes(value)
  return typeof value === 'object' ? (value as Text) : String(value)
}

/**
 * The fields of a record that have no column, as one cell: what later versions add to a question is not lost either.
 */
export function moreCell(fields: object, known: readonly string[]): Record<string, string> {
  const more = Object.entries(fields).filter(([name, value]) => value !== undefined && !known.includes(name))
  return more.length > 0 ? { 'heard::more': JSON.stringify(Object.fromEntries(more)) } : {}
}
