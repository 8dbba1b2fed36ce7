import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { fromRows, toRows } from '../language/exchange/rows.ts'
import { type Bundle, mostUnits, type ReturnedBundle, Unusable } from '../language/exchange/unit.ts'
import { readXliff, writeXliff12, writeXliff20 } from '../language/exchange/xliff.ts'
import { isTag } from '../language/tags.ts'
import { guardCell, unguardCell } from '../response/formula.ts'
import { recognise } from './recognise.ts'
import { readWorkbook, writeWorkbook } from './workbook.ts'
import { megabytes } from './zip.ts'

/** Files for translators, out and in: XLIFF 1.2 and 2.0 for agencies, CSV and .xlsx for everybody else. */

export const formats = {
  'xliff-1.2': { ending: 'xlf', type: 'application/xliff+xml' },
  'xliff-2.0': { ending: 'xlf', type: 'application/xliff+xml' },
  csv: { ending: 'csv', type: 'text/csv; charset=utf-8' },
  xlsx: { ending: 'xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
} as const
export type Format = keyof typeof formats
export const isFormat = (name: string): name is Format => Object.hasOwn(formats, name)

/** The largest file that is taken, bytes. */
export const largestTranslation = 8 * 2 ** 20

/** The file; the same texts give the same bytes. */
export function writeTranslationFile(bundle: Bundle, format: Format): Uint8Array {
  const utf8 = (text: string) => new TextEncoder().encode(text)
  switch (format) {
    case 'xliff-1.2':
      return utf8(writeXliff12(bundle))
    case 'xliff-2.0':
      return utf8(writeXliff20(bundle))
    case 'csv':
      // The mark at the start tells spreadsheets that it is UTF-8.
      return utf8(
        stringify(
          toRows(bundle).map((row) => row.map(guardCell)),
          { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ },
        ),
      )
    case 'xlsx':
      return writeWorkbook([{ name: 'translation', rows: toRows(bundle) }])
  }
}

/** What came back, and what to know of it: `notices` pick the wordings `translate.notice.<code>`. */
export type ReadTranslation = { bundle: ReturnedBundle; notices: string[] }

/**
 * Reads a file of any of these formats, told apart by what is in it and not by its name. Throws Unusable with the
 * reason in a code.
 */
export function readTranslationFile(bytes: Uint8Array): ReadTranslation {
  if (bytes.length > largestTranslation)
    throw new Unusable('tooLarge', { limit: megabytes(largestTranslation) })
  // What begins with the mark of UTF-8 is text, whatever odd characters are in it.
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const kind = recognise(bytes)
  switch (marked && kind === 'isUnknown' ? 'isText' : kind) {
    case 'zip':
      return readSheets(bytes)
    case 'isMarkup':
      return { bundle: readXliff(inUnicode(bytes)), notices: [] }
    case 'isText': {
      const { text, guessed } = inWords(bytes)
      // UTF-16 has its mark at the start, so what is in it is only known now.
      if (text.trimStart().startsWith('<')) return { bundle: readXliff(text), notices: [] }
      return readCsv(text, guessed)
    }
    case 'isEmpty':
      throw new Unusable('empty')
    default:
      throw new Unusable('notKnown')
  }
}

function readSheets(bytes: Uint8Array): ReadTranslation {
  const read = readWorkbook(bytes)
  if ('fault' in read) throw new Unusable(bookFaults[read.fault.code] ?? 'damaged')
  const sheet = read.sheets.find(({ rows }) => rows.some((row) => row.some((cell) => cell.trim() !== '')))
  if (!sheet) throw new Unusable('empty')
  const formula = read.notices.some(({ code }) => code === 'formula')
  return { bundle: fromRows(sheet.rows), notices: formula ? ['formula'] : [] }
}

const bookFaults: Record<string, string> = {
  encrypted: 'encrypted',
  zipSize: 'bomb',
  zipEntries: 'bomb',
  tooManyElements: 'bomb',
  tooManyCells: 'bomb',
  tooManyRows: 'bomb',
  tooManyColumns: 'bomb',
  cellTooLong: 'bomb',
  xmlDoctype: 'doctype',
  isOds: 'notKnown',
  isXlsb: 'notKnown',
  isOffice: 'notKnown',
  isZip: 'notKnown',
}

function decode(bytes: Uint8Array, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const wide = (bytes: Uint8Array): string | undefined =>
  bytes[0] === 0xff && bytes[1] === 0xfe
    ? decode(bytes, 'utf-16le')
    : bytes[0] === 0xfe && bytes[1] === 0xff
      ? decode(bytes, 'utf-16be')
      : undefined

/** XML says its encoding itself; all that are written today are Unicode. */
function inUnicode(bytes: Uint8Array): string {
  const text = wide(bytes) ?? decode(bytes, 'utf-8')
  if (text === undefined) throw new Unusable('notUnicode')
  return text
}

/** Text that is no UTF-8 was saved by an older spreadsheet program in Windows-1252 ("CSV (comma delimited)"). */
function inWords(bytes: Uint8Array): { text: string; guessed: boolean } {
  const text = wide(bytes) ?? decode(bytes, 'utf-8')
  return text === undefined
    ? { text: new TextDecoder('windows-1252').decode(bytes), guessed: true }
    : { text, guessed: false }
}

function readCsv(text: string, guessed: boolean): ReadTranslation {
  const head = text.slice(0, text.search(/[\r\n]|$/))
  const delimiter = [',', ';', '\t'].sort((a, b) => head.split(b).length - head.split(a).length)[0] ?? ','
  let rows: string[][]
  try {
    rows = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      // One more than is taken, so that it is known to be too many.
      to: mostUnits + 2,
      max_record_size: 200_000,
    })
  } catch {
    throw new Unusable('badCsv')
  }
  const bundle = fromRows(rows.map((row) => row.map(unguardCell)))
  if (guessed && !bundle.to.every(isWestern)) throw new Unusable('lostLetters')
  return { bundle, notices: guessed ? ['windows'] : [] }
}

/** Languages whose letters Windows-1252 holds; in others every letter was lost when the file was saved. */
const western = /^(en|es|pt|fr|de|it|nl|sq|so|sw|ht|da|sv|nb|nn|no|fi|is|ca|eu|gl|ga|af|id|ms|tl|fil)$/
const isWestern = (tag: string): boolean => isTag(tag) && western.test(new Intl.Locale(tag).language)
