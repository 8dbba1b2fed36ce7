/** One line of the table. Ratios are the result; a figure alone says as much about the machine as about Heard. */
export type Row = {
  what: string
  unit: Unit
  heard: number
  /** What was measured in turns with it, in the same unit. */
  beside?: Beside
  /** What the figure, or its ratio to the one beside it, should reach. */
  bar?: Bar | readonly Bar[]
  note?: string
}

export type Bar = { on: 'figure' | 'ratio'; atLeast?: number; atMost?: number }

export type Unit = '/s' | 'ms' | 'µs' | 'B' | 'MB' | 'requests'

/** `ratio`: Heard's median by this median; `low` and `high`: the ratios of the single rounds. */
export type Beside = { what: string; figure: number; ratio: number; low: number; high: number }

export const barsOf = ({ bar = [] }: Row): readonly Bar[] => [bar].flat()

/** Whether this bar is reached. */
export function reached({ heard, beside }: Row, bar: Bar): boolean {
  const value = bar.on === 'figure' ? heard : (beside?.ratio ?? Number.NaN)
  return value >= (bar.atLeast ?? -Infinity) && value <= (bar.atMost ?? Infinity)
}
