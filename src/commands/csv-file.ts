import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { Refusal } from './command.ts'

/** A row of a longer cell than any answer is an unclosed quotation mark. */
const longestRow = 2_000_000

/**
 * The rows of a CSV file as they stand, header first, one at a time. Takes UTF-8 with or without a byte order mark,
 * either line end, and the commas, semicolons or tabs that spreadsheets part columns with. Throws a Refusal for
 * anything else; faults of a row are named by its number as a spreadsheet shows it.
 */
export async function* readCsv(path: string): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter: await delimiterOf(path),
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    max_record_size: longestRow,
  })
  const reading = pipeline(
    createReadStream(path),
    (bytes: AsyncIterable<Buffer>) => utf8(bytes, path),
    parser,
  )
  // The parser hands on every error of the pipeline; without this the same error would also be unhandled.
  reading.catch(() => {})
  let row = 0
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      row++
      yield record
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new Refusal(`${path}: row ${row + 1} or one after it cannot be read: ${plainly(error)}`)
  }
}

async function* utf8(bytes: AsyncIterable<Buffer>, path: string): AsyncGenerator<string> {
  // Drops a byte order mark.
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Refusal(`${path}: the file is not UTF-8; save it as "CSV UTF-8" and try again`)
  }
}

const plainly = (error: CsvError): string => {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'a quotation mark is not closed'
  if (error.code === 'CSV_MAX_RECORD_SIZE') return 'it is too long; perhaps a quotation mark is not closed'
  return 'a quotation mark stands where none can; inside a quoted cell it is written twice'
}

/** What parts the columns, judged by the first line; codes hold none of these characters. */
async function delimiterOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(65_536), position: 0 })
    const [first = ''] = buffer.toString('utf8', 0, bytesRead).split('\n')
    const count = (mark: string) => first.split(mark).length
    return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
  } finally {
    await file.close()
  }
}
