import type { Heading, Table } from './head.ts'
import { type EarlierColumn, valuesOf } from './read.ts'

/** A column of a file: what stands over it, and its different values, the most frequent first. */
export type Column = { at: number; heading: Heading; values: EarlierColumn['values']; filled: number }

/** Every column, its values counted once. */
export const columnsOf = ({ headings, body }: Pick<Table, 'headings' | 'body'>): Column[] =>
  headings.map((heading, at) => {
    const values = valuesOf(body, at)
    return { at, heading, values, filled: values.reduce((sum, { n }) => sum + n, 0) }
  })
