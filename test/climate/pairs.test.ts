import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeOfPairs, matchPairs } from '../../src/climate/pairs.ts'

const coded = (...codes: (string | null)[]) => codes.map((code, value) => ({ code, value }))

describe('people asked before and after, who made up a code', () => {
  it('are matched however they typed it; the others are counted', () => {
    const found = matchPairs(
      coded('ab 12', 'c-3', 'twin', 'twin', null, ''),
      coded('AB12', 'ＣＣ', 'Twin', 'new'),
    )
    expect(found.pairs).toEqual([{ before: 0, after: 0 }])
    expect(found.before).toEqual({ matched: 1, unmatched: 1, ambiguous: 2, withoutCode: 2 })
    expect(found.after).toEqual({ matched: 1, unmatched: 2, ambiguous: 1, withoutCode: 0 })
  })

  it('are each counted once, whatever they typed', () => {
    const code = fc.option(fc.constantFrom('a', 'A', 'b', 'c', 'd', '-', ''))
    fc.assert(
      fc.property(fc.array(code), fc.array(code), (one, other) => {
        const found = matchPairs(coded(...one), coded(...other))
        for (const [side, all] of [
          [found.before, one],
          [found.after, other],
        ] as const) {
          expect(side.matched).toBe(found.pairs.length)
          expect(side.matched + side.unmatched + side.ambiguous + side.withoutCode).toBe(all.length)
        }
      }),
    )
  })

  it('show their change with its interval, out of those who answered both times', () => {
    const pair = (before: boolean | null, after: boolean | null, times: number) =>
      Array.from({ length: times }, () => ({ before, after }))
    const found = changeOfPairs([
      ...pair(true, true, 36),
      ...pair(false, true, 12),
      ...pair(true, false, 2),
      ...pair(null, true, 4),
    ])
    expect(found).toMatchObject({ n: 50, incomplete: 4, both: 36, gained: 12, lost: 2, neither: 0 })
    expect(found.change?.difference).toBeCloseTo(0.2, 12)
    expect(found.change?.p).toBeCloseTo(0.0074, 3)
    expect(changeOfPairs([])).toMatchObject({ n: 0, change: null })
  })
})
