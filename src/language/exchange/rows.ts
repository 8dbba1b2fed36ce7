import { isState, type State } from '../translating.ts'
import { type Bundle, mostUnits, type Returned, type ReturnedBundle, Unusable } from './unit.ts'

/** Texts for translators as a table, for CSV and spreadsheets: a heading, then a row for each text. */

const column = { id: 'id', note: 'where', state: 'state', of: 'file' } as const
const tongue = /^(source|target)\s*[[(]([A-Za-z0-9-]+)[\])]$/i

export function toRows({ of, from, to, units }: Bundle): string[][] {
  return [
    [column.id, column.note, `source [${from}]`, `target [${to}]`, column.state, column.of],
    ...units.map(({ id, note, source, target, state }) => [id, note, source, target, state, of]),
  ]
}

/**
 * Reads the table back: columns by their headings, in any order; `id` and a target must be there. Empty rows are passed
 * over. Throws Unusable.
 */
export function fromRows(rows: readonly (readonly string[])[]): ReturnedBundle {
  const head = (rows[0] ?? []).map((cell) => cell.trim().toLowerCase())
  const tongues = (rows[0] ?? []).map((cell) => tongue.exec(cell.trim()))
  const at = (name: string) => head.indexOf(name)
  const side = (name: string) => tongues.findIndex((found) => found?.[1]?.toLowerCase() === name)
  const [id, source, target] = [at(column.id), side('source'), side('target')]
  if (id < 0 || target < 0)
    throw new Unusable('noColumns', { columns: 'id, source [en], target [es], state' })
  const [state, of] = [at(column.state), at(column.of)]
  const cell = (row: readonly string[], index: number) => (index < 0 ? '' : (row[index] ?? ''))
  const filled = rows
    .map((row, index) => ({ row, number: index + 1 }))
    .slice(1)
    .filter(({ row }) => row.some((one) => one.trim() !== ''))
  if (filled.length > mostUnits) throw new Unusable('tooMany', { limit: mostUnits })
  const units = filled.map(({ row, number }): Returned => {
    const words = cell(row, target)
    return {
      id: cell(row, id).trim(),
      source: source < 0 ? undefined : cell(row, source),
      target: words,
      state: words.trim() === '' ? 'missing' : typed(cell(row, state)),
      row: number,
    }
  })
  const tag = (index: number) => (index < 0 ? [] : [tongues[index]?.[2] ?? ''])
  const names = of < 0 ? [] : filled.map(({ row }) => cell(row, of).trim()).filter(Boolean)
  return { of: [...new Set(names)], from: tag(source), to: tag(target), units }
}

function typed(cell: string): State | undefined {
  const state = cell.trim().toLowerCase()
  return isState(state) ? state : undefined
}
