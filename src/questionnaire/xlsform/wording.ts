import type { Text } from '../../language/text.ts'
import { type Note, note } from './notes.ts'
import type { Line } from './table.ts'

/** What is made of the words of a cell: with words in the source language in any case, and what to tell of them. */
export type Filled = { text: Text; notes: Note[] }

/** Reads texts of one sheet. `stand` are the words where the file has none. */
export function wordingOf(sheet: string, source: string) {
  const fill = (given: Text | undefined, stand: string, { row, header }: Line, column = 'label'): Filled => {
    const at = { sheet, row, column: header(column) }
    if (!given) return { text: { [source]: stand }, notes: [note('noLabel', at, { words: stand })] }
    const notes = Object.values(given).flatMap((words) => remarks(words, at))
    if (given[source]) return { text: given, notes }
    const [other = ''] = Object.values(given)
    return {
      text: { [source]: other, ...given },
      notes: [...notes, note('sourceMissing', at, { language: source })],
    }
  }
  return { fill }
}
export type Wording = ReturnType<typeof wordingOf>

function remarks(words: string, at: { sheet: string; row: number; column: string }): Note[] {
  const placeholder = /\$\{[^}]*\}|<output\b[^>]*>/.exec(words)?.[0]
  const formatted =
    /<\/?(a|b|i|u|p|br|h\d|em|strong|span|div|font|small|img|ul|ol|li|sub|sup)\b[^>]*>|\*\*\S|(^|\s)__\S|\[[^\]]+\]\(https?:/i
  return [
    ...(placeholder === undefined ? [] : [note('piping', at, { placeholder })]),
    ...(formatted.test(words) ? [note('markup', at)] : []),
  ]
}
