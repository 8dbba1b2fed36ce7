import { Worker } from 'node:worker_threads'
import { CsvError, parse } from 'csv-parse'
import { recognise } from './recognise.ts'
import { limits, type ReadWorkbook, readWorkbook } from './workbook.ts'
import { megabytes } from './zip.ts'

/** `key` is a wording; `row` is counted as a spreadsheet does, 0 for the whole file. */
export type TableNote = { row: number; key: string; values: Record<string, string | number> }

/** A file with one table, as text: `rows[0]` is row 1. `encoding`: how it was written. */
export type ReadTable =
  | { rows: string[][]; encoding: 'utf-8' | 'utf-16' | 'windows-1252' | 'xlsx'; notices: TableNote[] }
  | { fault: TableNote }

/** A longer row is an unclosed quotation mark. */
const longestRow = 100_000
/** A workbook above so many bytes is read on a thread of its own; to start one takes longer than a small one. */
const large = 50_000
/** Letters that are parsed before other requests get their turn. */
const piece = 64 * 1024

/** What is told of a workbook in the words of the page that reads questionnaires: they fit any table. */
const told = ['encrypted', 'zipDamaged', 'xmlDamaged', 'isOds', 'isXlsb', 'tooManyCells', 'tooManyRows']

const note = (key: string, values: TableNote['values'] = {}, row = 0): TableNote => ({ row, key, values })

/**
 * Reads text with commas, semicolons or tabs (UTF-8, UTF-16 or Windows-1252), or the first sheet of an .xlsx file
 * with anything on it. Never throws. Values of formulas are those that were saved with them.
 */
export async function readTable(bytes: Uint8Array): Promise<ReadTable> {
  if (bytes.length > limits.file)
    return { fault: note('exchange.fileSize', { limit: megabytes(limits.file) }) }
  const kind = recognise(bytes)
  if (kind === 'zip') return sheetOf(await (bytes.length > large ? readAside(bytes) : readWorkbook(bytes)))
  if (kind === 'isEmpty' || kind === 'isOldExcel') return { fault: note(`exchange.${kind}`) }
  if (kind === 'isImage') return { fault: note('watching.table.isImage') }
  if (kind !== 'isText') return { fault: note('watching.table.notTable') }
  const { text, encoding } = decoded(bytes)
  try {
    const notices = encoding === 'windows-1252' ? [note('watching.table.windows')] : []
    return { rows: await parsed(text), encoding, notices }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { fault: note('kit.list.fault.quotes', { row: Number(error.lines ?? 0) }) }
  }
}

function sheetOf(book: ReadWorkbook): ReadTable {
  if ('fault' in book) {
    const { code, values } = book.fault
    return { fault: told.includes(code) ? note(`exchange.${code}`, values) : note('watching.table.notTable') }
  }
  const filled = book.sheets.filter(({ rows }) => rows.some((row) => row.some((cell) => cell.trim())))
  const [sheet] = filled
  if (!sheet) return { fault: note('exchange.isEmpty') }
  const notices = book.notices
    .filter((one) => one.sheet === sheet.name)
    .map(({ row, code, values }) => note(`exchange.${code}`, values, row))
  if (filled.length > 1) notices.unshift(note('watching.table.firstSheet', { sheet: sheet.name }))
  return { rows: sheet.rows, encoding: 'xlsx', notices }
}

/** What is no UTF-8 is taken for Windows-1252, in which spreadsheet programs on Windows save; every byte reads in it. */
function decoded(bytes: Uint8Array): { text: string; encoding: 'utf-8' | 'utf-16' | 'windows-1252' } {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return {
      text: new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes),
      encoding: 'utf-16',
    }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' }
  }
}

async function parsed(text: string): Promise<string[][]> {
  const rows: string[][] = []
  // A title may stand above the header.
  const first = text.slice(0, 2000)
  const count = (mark: string) => first.split(mark).length
  const parser = parse({
    delimiter: [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best)),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    // So that a row has the number that a spreadsheet shows.
    skip_empty_lines: false,
    max_record_size: longestRow,
  })
  parser.on('readable', () => {
    for (let row = parser.read(); row !== null; row = parser.read()) rows.push(row as string[])
  })
  await new Promise<void>((done, fail) => {
    parser.on('error', fail)
    parser.on('end', () => done())
    const feed = (at: number): void => {
      if (parser.destroyed) return
      if (at >= text.length) return void parser.end()
      parser.write(text.slice(at, at + piece))
      setImmediate(feed, at + piece)
    }
    feed(0)
  })
  return rows
}

function readAside(bytes: Uint8Array): Promise<ReadWorkbook> {
  const worker = new Worker(new URL('./workbookThread.ts', import.meta.url), { workerData: bytes })
  return new Promise((done, fail) => {
    worker.once('message', done)
    worker.once('error', fail)
    worker.once('exit', () => fail(new Error('a workbook could not be read')))
  })
}
