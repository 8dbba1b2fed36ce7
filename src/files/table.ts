import { Worker } from 'node:worker_threads'
import { CsvError, parse } from 'csv-parse'
import { recognise } from './recognise.ts'
import { limits, type ReadWorkbook, readWorkbook } from './workbook.ts'
import { megabytes } from './zip.ts'

/** A file with one table, as text: `rows[0]` is row 1. `encoding`: how a CSV was written. */
export type ReadTable =
  | { rows: string[][]; encoding: 'utf-8' | 'utf-16' | 'windows-1252' | 'xlsx' }
  | { fault: { key: string; values: Record<string, string | number> } }

/** A longer row is an unclosed quotation mark. */
const longestRow = 100_000
/** A workbook above so many bytes is read on a thread of its own; to start one takes longer than a small one. */
const large = 50_000
/** Letters that are parsed before other requests get their turn. */
const piece = 64 * 1024

/**
 * Reads a CSV (comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252) or the first sheet of an .xlsx file. Never
 * throws; `fault.key` is a wording. Values of formulas are those that were saved with them.
 */
export async function readTable(bytes: Uint8Array): Promise<ReadTable> {
  if (bytes.length > limits.file)
    return { fault: { key: 'exchange.fileSize', values: { limit: megabytes(limits.file) } } }
  const kind = recognise(bytes)
  if (kind === 'zip') {
    const read = await (bytes.length > large ? readAside(bytes) : readWorkbook(bytes))
    if ('fault' in read) return { fault: { key: `exchange.${read.fault.code}`, values: read.fault.values } }
    return { rows: read.sheets.find(({ rows }) => rows.length > 0)?.rows ?? [], encoding: 'xlsx' }
  }
  if (kind !== 'isText') return { fault: { key: `exchange.${kind}`, values: {} } }
  const { text, encoding } = decoded(bytes)
  try {
    return { rows: await parsed(text), encoding }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return {
      fault: { key: 'kit.list.fault.quotes', values: { row: Number(error.lines ?? 0) } },
    }
  }
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
  const [line = ''] = text.split(/\r?\n/, 1)
  const count = (mark: string) => line.split(mark).length
  const parser = parse({
    delimiter: [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best)),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
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
