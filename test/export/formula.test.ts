import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardCell, unguardCell } from '../../src/response/formula.ts'
import { typed } from './sample.ts'

describe('cells that a spreadsheet could take for a formula', () => {
  it.each([
    '=1+1',
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\tx',
    '\r=x',
    ' =1',
    "'=1",
    "''=1",
    '＝1',
    '＠x',
    '-',
    '-5 children',
    '\u00a0=1',
  ])('writes %j so that it is words', (words) => {
    const cell = guardCell(words)
    expect(cell).toBe(`'${words}`)
    expect(unguardCell(cell)).toBe(words)
  })

  it.each(['', '-5', '-0.5', '5', "it's", "'tis", 'a=b', 'مرحبا', '1-2'])('leaves %j alone', (words) => {
    expect(guardCell(words)).toBe(words)
    expect(unguardCell(words)).toBe(words)
  })

  it('gives every text back as it was', () => {
    fc.assert(
      fc.property(fc.oneof(typed, fc.string({ unit: 'binary' })), (words) => {
        expect(unguardCell(guardCell(words))).toBe(words)
      }),
      { numRuns: 2000 },
    )
  })

  it('writes nothing that opens a formula', () => {
    fc.assert(
      fc.property(typed, (words) => {
        const cell = guardCell(words)
        expect(/^[=+\-@\t\r]/.test(cell) && !/^-\d+(\.\d+)?$/.test(cell)).toBe(false)
      }),
    )
  })
})
