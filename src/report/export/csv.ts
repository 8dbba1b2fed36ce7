import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'

/** Rows that become text together: one at a time, the way through the streams costs more than the text. */
const TOGETHER = 500

/**
 * The text of a CSV, made as it is read and no faster: RFC 4180 quoting, UTF-8, lines that end in a line feed.
 * Cells come guarded against formulas already (response/formula.ts). `bom`: begin with the mark by which Excel knows
 * UTF-8. Whoever pipes it on gets an error of `rows` as an error of the stream.
 */
export const csvText = (
  rows: Iterable<string[]> | AsyncIterable<string[]>,
  { bom = false }: { bom?: boolean } = {},
): Readable => Readable.from(texts(rows, bom), { objectMode: false, highWaterMark: 1 << 18 })

/** What must stand in quotes, or would be taken for the end of a cell. */
const special = /[",\r\n]/

/**
 * csv-stringify writes whatever needs a quote. Rows of codes and numbers, nearly all of an export, are joined at once:
 * asking about each of their cells takes twice as long as all the rest of the export.
 */
function lines(rows: string[][]): string {
  let text = ''
  for (const row of rows) {
    text += row.length < 2 || special.test(row.join('')) ? stringify([row]) : `${row.join(',')}\n`
  }
  return text
}

async function* texts(rows: Iterable<string[]> | AsyncIterable<string[]>, bom: boolean) {
  let waiting: string[][] = []
  let first = true
  const text = () => {
    const made = (first && bom ? '\ufeff' : '') + lines(waiting)
    first = false
    waiting = []
    return made
  }
  for await (const row of rows) {
    waiting.push(row)
    if (waiting.length === TOGETHER) yield text()
  }
  if (waiting.length > 0) yield text()
}
