import { type Code, type Note, note } from '../questionnaire/xlsform/notes.ts'
import { attribute, child, children, type Element, textOf, unmask } from './xml.ts'
import { megabytes, Unreadable } from './zip.ts'

type Book = { strings: string[]; isDate: (style: number) => boolean; since1904: boolean }
type Limits = { rows: number; columns: number; cells: number; cellText: number; allText: number }

/** The cells of one sheet as rows of text. `spent` counts cells and letters over all sheets of the workbook. */
export function readCells(
  sheet: Element,
  name: string,
  book: Book,
  limits: Limits,
  spent: { cells: number; text: number },
): { rows: string[][]; notices: Note[] } {
  const rows: string[][] = []
  const notices: Note[] = []
  const formulas: number[] = []
  const tell = (code: Code, row: number, cell: string) =>
    notices.push(note(code, { sheet: name, row }, { cell }))
  let last = -1
  for (const row of children(child(sheet, 'sheetData'), 'row')) {
    const number = attribute(row, 'r')
    const at = number === '' ? last + 1 : Number(number) - 1
    if (!Number.isInteger(at) || at < 0) throw new Unreadable('xmlDamaged', { part: name })
    last = at
    let column = -1
    for (const cell of children(row, 'c')) {
      const reference = attribute(cell, 'r')
      column = reference === '' ? column + 1 : columnOf(reference)
      const words = cellText(cell, book)
      const where = `${columnName(Math.max(0, column))}${at + 1}`
      if ('f' in cell) {
        formulas.push(at + 1)
        if (words === '') tell('formulaEmpty', at + 1, where)
      }
      if (attribute(cell, 't') === 'e') tell('cellError', at + 1, where)
      if (words.trim() === '') continue
      if (at >= limits.rows) throw new Unreadable('tooManyRows', { sheet: name, limit: limits.rows })
      if (column < 0 || column >= limits.columns)
        throw new Unreadable('tooManyColumns', { sheet: name, limit: limits.columns })
      spent.cells += 1
      if (spent.cells > limits.cells) throw new Unreadable('tooManyCells', { limit: limits.cells })
      // Many cells can show one long string: small in the file, large to work with.
      spent.text += words.length
      if (words.length > limits.cellText)
        throw new Unreadable('cellTooLong', { cell: `${name} ${where}`, limit: limits.cellText })
      if (spent.text > limits.allText) throw new Unreadable('zipSize', { limit: megabytes(limits.allText) })
      while (rows.length <= at) rows.push([])
      const line = rows[at] ?? []
      while (line.length < column) line.push('')
      line[column] = words
    }
  }
  for (const at of new Set(formulas)) notices.push(note('formula', { sheet: name, row: at }))
  for (const merged of children(child(sheet, 'mergeCells'), 'mergeCell')) {
    const cell = attribute(merged, 'ref')
    tell('merged', Number(/\d+/.exec(cell)?.[0] ?? 0), cell)
  }
  return { rows, notices }
}

function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,4}/i.exec(reference)?.[0].toUpperCase() ?? ''
  let index = 0
  for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64
  return index - 1
}

function cellText(cell: Element, book: Book): string {
  const value = textOf(child(cell, 'v'))
  switch (attribute(cell, 't')) {
    case 's':
      return book.strings[Number(value)] ?? ''
    case 'inlineStr':
      return richText(child(cell, 'is'))
    case 'b':
      return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : ''
    case 'str':
      return unmask(value)
    case 'e':
      return ''
    case 'd':
      return value
    default:
      return numberText(value, attribute(cell, 's'), book)
  }
}

/** Numbers as a person would write them; whole ones without a point, dates as 2021-05-01 or with 13:30 after it. */
function numberText(value: string, style: string, { isDate, since1904 }: Book): string {
  if (value.trim() === '') return ''
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  // Fifteen digits, as spreadsheet programs show: 0.1 + 0.2 is 0.3.
  if (!isDate(Number(style || 0))) return String(Number(number.toPrecision(15)))
  // Days since 1899-12-30 (or 1904-01-01): the wrong leap day of 1900 is before any date that matters here.
  const day = number + (since1904 ? 1462 : 0)
  const time = Math.round((day - 25569) * 86400) * 1000
  if (Math.abs(time) > 8e15) return value
  const iso = new Date(time).toISOString()
  if (day < 1) return iso.slice(11, 19)
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ')
}

/** The words of a shared or inline string: plain, or runs of formatted text; how it is pronounced is passed over. */
export function richText(string: Element): string {
  const texts = [...children(string, 't'), ...children(string, 'r').flatMap((run) => children(run, 't'))]
  return unmask(texts.map(textOf).join(''))
}

/** "A", "Z", "AA" for 0, 25, 26. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}
