import type { Reader } from './reader.ts'

/** A difference with its 95 % interval, and whether it stays more than chance when all of a page are read together. */
type Read = { low: number; high: number; beyondChance: boolean }

/**
 * How the sentence of a difference ends. `many`: its interval leaves out nought, so that it would seem more than chance
 * by itself, but it is not among all that are read together.
 */
export const verdictOf = ({ low, high, beyondChance }: Read): 'beyond' | 'many' | 'chance' =>
  beyondChance ? 'beyond' : low > 0 || high < 0 ? 'many' : 'chance'

/** Among how many others a difference was read, which decides how small its p must be; nothing of one alone. */
export const sayTogether = (
  what: 'changes' | 'gaps',
  count: number,
  { t, number }: Pick<Reader, 't' | 'number'>,
): string[] => (count > 1 ? [t(`dashboard.together.${what}`, { count, n: number(count) })] : [])
