import type { Text } from '../../language/text.ts'
import { type Note, note } from './notes.ts'

/** A sheet as plain rows: `rows[0]` is row 1. */
export type Sheet = { name: string; rows: string[][] }

/** A heading as it stands, the column that it means, and the language it names; '' when it names none. */
export type Column = { at: number; header: string; name: string; language: string }

/** One row under the headings. `row` as spreadsheets number it. */
export type Line = {
  row: number
  /** The trimmed words of a column without a language, or of any language when none stands without. */
  cell: (column: string) => string
  /** The words by language tag; blank cells are left out. */
  text: (column: string) => Text | undefined
  /** The heading of a column as it stands in the file. */
  header: (column: string) => string
  /** Every cell with something in it. */
  filled: () => { column: Column; words: string }[]
}

export type Table = { sheet: string; columns: Column[]; lines: Line[]; notes: Note[]; faults: Note[] }

/** Columns that have other names too: old spellings that pyxform still reads. */
const aliases: Record<string, string> = {
  caption: 'label',
  relevance: 'relevant',
  calculate: 'calculation',
  value: 'name',
  tag: 'name',
  command: 'type',
  constraining_message: 'constraint_message',
  constraintmsg: 'constraint_message',
  requiredmsg: 'required_message',
  readonly: 'read_only',
  image: 'media::image',
  audio: 'media::audio',
  video: 'media::video',
  'big-image': 'media::big-image',
  'bind::relevant': 'relevant',
  'bind::required': 'required',
  'bind::constraint': 'constraint',
  'bind::type': 'type',
  'bind::calculate': 'calculation',
  'bind::readonly': 'read_only',
  'bind::jr:constraintmsg': 'constraint_message',
  'bind::jr:requiredmsg': 'required_message',
  'body::appearance': 'appearance',
  'control::appearance': 'appearance',
  id_string: 'form_id',
  title: 'form_title',
  set_form_title: 'form_title',
  set_form_id: 'form_id',
}
const translated =
  /^(label|hint|guidance_hint|constraint_message|required_message|media::[\w-]+|heard::[\w-]+)$/

/** Reads a heading; `single`: whether a lone colon parts a column from its language, as it did once. */
function readHeader(header: string, single: boolean): { name: string; language: string } {
  const parts = header.split(single ? /\s*::?\s*/ : /\s*::\s*/)
  const word = (part: string | undefined) => (part ?? '').toLowerCase().replace(/\s+/g, '_')
  const known = (name: string) => aliases[name] ?? name
  const [first, second, third] = parts
  const one = known(word(first))
  if (second === undefined) return { name: one, language: '' }
  if (translated.test(one) && !one.startsWith('heard::'))
    return { name: one, language: parts.slice(1).join(' ') }
  const two = known(`${word(first)}::${word(second)}`)
  if (third !== undefined && translated.test(two)) return { name: two, language: third }
  return { name: third === undefined ? two : `${two}::${word(third)}`, language: '' }
}

/** The headings of a sheet, and what is wrong with them. */
export function readColumns(sheet: Sheet): { columns: Column[]; faults: Note[]; notes: Note[] } {
  const headings = (sheet.rows[0] ?? []).map((cell) => cell.replace(/[\s\u00A0]+/g, ' ').trim())
  const single = !headings.some((header) => header.includes('::'))
  const columns = headings.flatMap((header, at) =>
    header === '' ? [] : [{ at, header, ...readHeader(header, single) }],
  )
  const nameless = new Set(
    sheet.rows
      .slice(1)
      .flatMap((row) =>
        row.flatMap((cell, at) => (cell.trim() !== '' && (headings[at] ?? '') === '' ? [at] : [])),
      ),
  )
  const seen = new Map<string, Column>()
  const faults = columns.flatMap((column) => {
    const key = `${column.name} ${column.language.toLowerCase()}`
    const first = seen.get(key)
    if (!first) seen.set(key, column)
    return first ? [duplicate(sheet.name, first, column)] : []
  })
  const notes = [...nameless].map((at) =>
    note('noHeader', { sheet: sheet.name, row: 1, column: letters(at) }),
  )
  return { columns, faults, notes }
}

const letters = (at: number): string =>
  at < 26 ? String.fromCharCode(65 + at) : letters(Math.floor(at / 26) - 1) + letters(at % 26)

const duplicate = (sheet: string, first: Column, second: Column): Note =>
  note(
    'duplicateColumn',
    { sheet, row: 1, column: second.header },
    {
      column: first.name,
      first: first.header,
      at: letters(first.at),
      second: second.header,
      again: letters(second.at),
    },
  )

/** Rows that can be read when the languages of the columns are known. */
export function readTable(sheet: Sheet, columns: Column[], tagOf: (language: string) => string): Table {
  const notes: Note[] = []
  const faults: Note[] = []
  const byName = new Map<string, Column[]>()
  for (const column of columns) byName.set(column.name, [...(byName.get(column.name) ?? []), column])
  for (const same of byName.values()) {
    const seen = new Map<string, Column>()
    for (const column of same.filter(({ name }) => translated.test(name))) {
      const tag = tagOf(column.language)
      const first = seen.get(tag)
      if (!first) seen.set(tag, column)
      else if (/^media/.test(column.name)) continue
      else if (first.language === '' || column.language === '')
        notes.push(
          note(
            'columnAgain',
            { sheet: sheet.name, row: 1, column: column.header },
            { column: column.name, first: first.header, second: column.header },
          ),
        )
      else faults.push(duplicate(sheet.name, first, column))
    }
  }
  const lines = sheet.rows.slice(1).flatMap((cells, index): Line[] => {
    if (cells.every((cell) => cell.trim() === '')) return []
    const at = (column: Column) => (cells[column.at] ?? '').replaceAll('\u00A0', ' ').trim()
    return [
      {
        row: index + 2,
        cell: (name) => {
          const same = byName.get(name) ?? []
          const plain = same.find(({ language }) => language === '')
          return (plain && at(plain)) || same.map(at).find(Boolean) || ''
        },
        text: (name) => {
          const words = (byName.get(name) ?? []).flatMap((column) => {
            const said = at(column)
            return said ? [[tagOf(column.language), said] as const] : []
          })
          return words.length > 0 ? Object.fromEntries(words) : undefined
        },
        header: (name) => byName.get(name)?.[0]?.header ?? name,
        filled: () => columns.map((column) => ({ column, words: at(column) })).filter(({ words }) => words),
      },
    ]
  })
  return { sheet: sheet.name, columns, lines, notes, faults }
}

/** A note for each column that `known` has no use for and that holds something. */
export function unknownColumns(table: Table, known: (name: string) => boolean): Note[] {
  const filled = new Set(table.lines.flatMap((line) => line.filled().map(({ column }) => column)))
  return table.columns
    .filter((column) => !known(column.name) && filled.has(column))
    .map(({ header }) =>
      note('columnUnknown', { sheet: table.sheet, row: 1, column: header }, { column: header }),
    )
}
