import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse/sync'
import { Refusal } from './command.ts'

/** A row of a longer cell than any answer is an unclosed quotation mark. */
const longestRow = 2_000_000

/**
 * The rows of a CSV file as they stand, header first, many at a time. Takes UTF-8 with or without a byte order mark,
 * either line end, and the commas, semicolons or tabs that spreadsheets part columns with. Throws a Refusal for
 * anything else; faults of a row are named by its number as a spreadsheet shows it. `seen` is given every byte.
 */
export async function* readCsv(path: string, seen?: (bytes: Buffer) => void): AsyncGenerator<string[][]> {
  const delimiter = await delimiterOf(path)
  let row = 0
  let rest = ''
  try {
    for await (const text of utf8(createReadStream(path, { highWaterMark: 1 << 18 }), path, seen)) {
      const found = wholeRows(rest + text)
      rest = found.rest
      // An unclosed quotation mark: csv-parse finds the words for it.
      if (rest.length > longestRow) parse(rest, how(delimiter))
      const rows = rowsIn(found.text, delimiter, row)
      row += rows.length
      if (rows.length > 0) yield rows
    }
    if (rest !== '') {
      const rows = rowsIn(rest, delimiter, row)
      if (rows.length > 0) yield rows
    }
  } catch (error) {
    if (error instanceof Faulty) row = error.row
    const fault = error instanceof Faulty ? error.fault : error
    if (!(fault instanceof CsvError)) throw error
    throw new Refusal(`${path}: row ${row + 1} or one after it cannot be read: ${plainly(fault)}`)
  }
}

/** Rows before the one that csv-parse could not read. */
class Faulty extends Error {
  row: number
  fault: unknown
  constructor(row: number, fault: unknown) {
    super('a row cannot be read')
    this.row = row
    this.fault = fault
  }
}

const how = (delimiter: string) => ({
  delimiter,
  record_delimiter: ['\r\n', '\n'],
  relax_column_count: true,
  max_record_size: longestRow,
})

/** Cuts a text that begins at a row behind its last line end that no quotation marks hold. */
function wholeRows(text: string): { text: string; rest: string } {
  let end = -1
  let at = 0
  while (at >= 0) {
    const opened = text.indexOf('"', at)
    const line = text.lastIndexOf('\n', opened < 0 ? text.length : opened)
    if (line >= at) end = line
    const closed = opened < 0 ? -1 : text.indexOf('"', opened + 1)
    at = closed < 0 ? -1 : closed + 1
  }
  return { text: text.slice(0, end + 1), rest: text.slice(end + 1) }
}

/**
 * Rows of codes and numbers, nearly all of a file, are parted at once; csv-parse reads the others, as many as follow
 * each other, since it takes ten times as long.
 */
function rowsIn(text: string, delimiter: string, before: number): string[][] {
  const rows: string[][] = []
  let at = 0
  let quoted = text.indexOf('"')
  while (at < text.length) {
    const end = text.indexOf('\n', at)
    const stop = end < 0 ? text.length : end
    if (quoted >= 0 && quoted < at) quoted = text.indexOf('"', at)
    if (quoted < 0 || quoted > stop) {
      const line =
        text.charCodeAt(stop - 1) === 13 && stop > at ? text.slice(at, stop - 1) : text.slice(at, stop)
      rows.push(line.split(delimiter))
      at = stop + 1
      continue
    }
    const after = endOfQuoted(text, at)
    try {
      rows.push(...(parse(text.slice(at, after), how(delimiter)) as string[][]))
    } catch (fault) {
      throw new Faulty(before + rows.length, fault)
    }
    at = after
  }
  return rows
}

/** Behind the row that begins at `at` and holds quotation marks. */
function endOfQuoted(text: string, at: number): number {
  let odd = false
  for (let place = at; place < text.length; place++) {
    const code = text.charCodeAt(place)
    if (code === 34) odd = !odd
    else if (code === 10 && !odd) return place + 1
  }
  return text.length
}

async function* utf8(
  bytes: AsyncIterable<Buffer>,
  path: string,
  seen?: (bytes: Buffer) => void,
): AsyncGenerator<string> {
  // Drops a byte order mark.
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of bytes) {
      seen?.(chunk)
      yield decoder.decode(chunk, { stream: true })
    }
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
