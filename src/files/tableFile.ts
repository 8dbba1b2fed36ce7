import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { recognise } from './recognise.ts'
import { limits, readWorkbook } from './workbook.ts'

/** `key` is a wording, `row` as a spreadsheet numbers it, 0 for the whole file. */
export type TableNote = { row: number; key: string; values: Record<string, string | number> }
export type ReadTable = { rows: string[][]; notices: TableNote[] } | { fault: TableNote }

/** Workbooks that are told in the words for other workbooks. */
const shared = [
  'fileSize',
  'encrypted',
  'zipDamaged',
  'xmlDamaged',
  'isOds',
  'isXlsb',
  'tooManyCells',
  'tooManyRows',
]

/**
 * The rows of a table, from a workbook (its first sheet with anything on it) or from text with commas, semicolons or
 * tabs, in UTF-8, UTF-16 or, where it is neither, Windows-1252, as spreadsheet programs save it. Never throws.
 */
export function readTable(bytes: Uint8Array): ReadTable {
  const kind = recognise(bytes)
  const fault = (key: string, values: TableNote['values'] = {}, row = 0): ReadTable => ({
    fault: { row, key, values },
  })
  if (bytes.length > limits.file) return fault('exchange.fileSize', { limit: limits.file / 2 ** 20 })
  if (kind === 'isText') return readText(bytes, fault)
  if (kind === 'isEmpty' || kind === 'isOldExcel') return fault(`exchange.${kind}`)
  if (kind !== 'zip') return fault(kind === 'isImage' ? 'watching.table.isImage' : 'watching.table.notTable')
  const book = readWorkbook(bytes)
  if ('fault' in book) {
    const { code, values } = book.fault
    return shared.includes(code) ? fault(`exchange.${code}`, values) : fault('watching.table.notTable')
  }
  const filled = book.sheets.filter(({ rows }) => rows.some((row) => row.some((cell) => cell.trim())))
  const [sheet] = filled
  if (!sheet) return fault('exchange.isEmpty')
  const notices = book.notices
    .filter((note) => note.sheet === sheet.name)
    .map(({ row, code, values }) => ({ row, key: `exchange.${code}`, values: values ?? {} }))
  if (filled.length > 1)
    notices.unshift({ row: 0, key: 'watching.table.firstSheet', values: { sheet: sheet.name } })
  return { rows: sheet.rows, notices }
}

function readText(
  bytes: Uint8Array,
  fault: (key: string, values?: TableNote['values'], row?: number) => ReadTable,
): ReadTable {
  const { text, guessed } = decoded(bytes)
  // A title may stand above the header.
  const first = text.slice(0, 2000)
  const delimiter = [',', ';', '\t'].reduce((best, mark) =>
    first.split(mark).length > first.split(best).length ? mark : best,
  )
  try {
    const rows = parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: 100_000,
      to: limits.rows,
    }) as string[][]
    return {
      rows,
      notices: guessed ? [{ row: 0, key: 'watching.table.windows', values: {} }] : [],
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return fault('watching.table.csv', {}, Number(error.lines ?? 0))
  }
}

function decoded(bytes: Uint8Array): { text: string; guessed: boolean } {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe ? 'utf-16be' : undefined
  if (wide) return { text: new TextDecoder(wide).decode(bytes), guessed: false }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), guessed: false }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), guessed: true }
  }
}
