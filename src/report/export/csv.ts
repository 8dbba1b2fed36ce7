import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'

/**
 * The text of a CSV, made as it is read and no faster: RFC 4180 quoting, UTF-8, lines that end in a line feed.
 * Cells come guarded against formulas already (response/formula.ts). `bom`: begin with the mark by which Excel knows
 * UTF-8. Whoever pipes it on gets an error of `rows` as an error of the stream.
 */
export function csvText(
  rows: Iterable<string[]> | AsyncIterable<string[]>,
  { bom = false }: { bom?: boolean } = {},
): Readable {
  const source = Readable.from(rows)
  const text = stringify({ bom })
  source.on('error', (error) => text.destroy(error))
  text.on('close', () => source.destroy())
  return source.pipe(text)
}
