import { westernDigits } from './digits.ts'
import type { Typed } from './kind.ts'

/** What kinds whose paper answers are typed as numbers have in common. */

/**
 * The numbers on a typed line, in order; a dash is undefined: left blank on paper. While no number can have two
 * digits (`most` under 10) they may stand together ("145-"), else spaces or commas part them. Undefined when
 * anything else was typed.
 */
export function numbersTyped(typed: string, most: number): (number | undefined)[] | undefined {
  const plain = westernDigits(typed)
    .replace(/[‐-―−]/g, '-')
    .replace(/[\s,;،၊\u061C\u200E\u200F]+/g, ' ')
    .trim()
  const parts = most < 10 && /^[\d-]+$/.test(plain) ? [...plain] : plain.split(' ')
  if (!parts.every((part) => /^(-|\d{1,3})$/.test(part))) return undefined
  return parts.map((part) => (part === '-' ? undefined : Number(part)))
}

export const wrongNumber = (last: number): Typed => ({ problem: { code: 'typedNumber', values: { last } } })
export const wrongCount = (count: number): Typed => ({ problem: { code: 'typedCount', values: { count } } })
