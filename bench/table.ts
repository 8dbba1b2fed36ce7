import { type Beside, barsOf, type Row, reached, type Unit } from './row.ts'

/** What one measurement found; `failed` says why it found nothing. */
export type Part = { title: string; rows: Row[]; failed?: string }

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

const number = (value: number): string => (Math.abs(value) >= 100 ? whole : fine).format(value)
const withUnit = (value: number, unit: Unit): string =>
  unit === '/s' ? `${number(value)}/s` : `${number(value)} ${unit}`

const ratio = ({ ratio, low, high }: Beside): string => {
  const say = (value: number) => value.toFixed(value < 0.1 ? 3 : 2)
  return low === high ? say(ratio) : `${say(ratio)} (${say(low)} to ${say(high)})`
}

function bar(row: Row): string {
  const said = barsOf(row).map((one) => {
    const { atLeast, atMost } = one
    const limits = [
      ...(atLeast === undefined ? [] : [`at least ${number(atLeast)}`]),
      ...(atMost === undefined ? [] : [`at most ${number(atMost)}`]),
    ]
    const all = barsOf(row).length > 1 ? `${one.on} ` : ''
    return `${all}${limits.join(', ')}: ${reached(row, one) ? 'yes' : 'NO'}`
  })
  return [...said, ...(row.note ? [row.note] : [])].join('; ')
}

/** One plain text table of all parts: what, Heard's figure, the figure beside it, their ratio, the bar. */
export function printTable(parts: readonly Part[]): string {
  const head = ['', 'Heard', 'beside it', '', 'ratio (its rounds)', 'bar']
  const lines = parts.flatMap(({ title, rows, failed }) => [
    title,
    ...(failed ? [`  could not be measured: ${failed}`] : []),
    ...rows.map((row) => [
      `  ${row.what}`,
      withUnit(row.heard, row.unit),
      row.beside?.what ?? '',
      row.beside ? withUnit(row.beside.figure, row.unit) : '',
      row.beside ? ratio(row.beside) : '',
      bar(row),
    ]),
  ])
  const cells = [head, ...lines.filter((line) => typeof line !== 'string')]
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const print = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return column === 1 || column === 3 ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  return [print(head), ...lines.map((line) => (typeof line === 'string' ? line : print(line)))].join('\n')
}
