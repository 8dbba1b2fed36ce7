import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newCode, readCode, writeCode } from '../../src/response/code.ts'

const code = fc.uint8Array({ minLength: 64, maxLength: 64 }).map(newCode)

describe('a code copied from paper', () => {
  it('is read in any case, with dashes, spaces or neither', () => {
    fc.assert(
      fc.property(code, (made) => {
        expect(readCode(writeCode(made))).toBe(made)
        expect(readCode(` ${writeCode(made).toLowerCase().replaceAll('-', ' ')} `)).toBe(made)
      }),
    )
  })

  it('has none of the letters that look alike', () => {
    fc.assert(
      fc.property(code, (made) => {
        expect(made).not.toMatch(/[0OQD1IL2Z5S6G8BUV]/)
      }),
    )
  })

  it('is known for a slip when one letter is wrong', () => {
    fc.assert(
      fc.property(code, fc.nat(9), fc.constantFrom(...'ACEFHJKMNPRTWXY3479'), (made, at, letter) => {
        const slipped = made.slice(0, at) + letter + made.slice(at + 1)
        expect(readCode(slipped)).toBe(slipped === made ? made : undefined)
      }),
    )
  })

  it('is known for a slip when two neighbours changed places', () => {
    fc.assert(
      fc.property(code, fc.nat(7), (made, at) => {
        const [a, b] = [made[at] ?? '', made[at + 1] ?? '']
        const slipped = made.slice(0, at) + b + a + made.slice(at + 2)
        expect(readCode(slipped)).toBe(a === b ? made : undefined)
      }),
    )
  })

  it.each(['', 'ACE', 'ACEF7HJ9KMM', '<script>', '\u0000'.repeat(10)])(
    'refuses %j without a stir',
    (typed) => {
      expect(readCode(typed)).toBeUndefined()
    },
  )
})
