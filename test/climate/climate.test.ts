import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stances, summarizeItem } from '../../src/climate/favorable.ts'
import { wilson } from '../../src/climate/wilson.ts'

const five = ['sd', 'd', 'n', 'a', 'sa'].map((code, index) => ({
  code,
  value: index + 1,
  favorable: index >= 3,
}))

describe('the interval of a share', () => {
  it('is that of Newcombe 1998, table I', () => {
    // Method 3 (Wilson score): 81/263, 15/148, 0/20, 1/29.
    const known: [number, number, number, number][] = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ]
    for (const [count, n, low, high] of known) {
      expect(wilson(count, n)?.low).toBeCloseTo(low, 4)
      expect(wilson(count, n)?.high).toBeCloseTo(high, 4)
    }
  })

  it('holds the share, stays between 0 and 1, and mirrors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), (n, seed) => {
        const count = seed % (n + 1)
        const { low, high } = wilson(count, n) ?? { low: 2, high: -1 }
        expect(low).toBeLessThanOrEqual(count / n)
        expect(high).toBeGreaterThanOrEqual(count / n)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(wilson(n - count, n)?.high).toBeCloseTo(1 - low, 10)
      }),
    )
  })

  it('is nothing when nobody answered', () => {
    expect(wilson(0, 0)).toBeNull()
  })
})

describe('a statement on a five-point scale', () => {
  it('counts the favorable, leaves "does not apply" out of the base and counts it', () => {
    const summary = summarizeItem(
      five,
      new Map([
        ['sd', 1],
        ['d', 2],
        ['n', 3],
        ['a', 4],
        ['sa', 10],
        ['na', 7],
      ]),
      false,
    )
    expect(summary).toMatchObject({ n: 20, notApplicable: 7, favorable: 14, share: 0.7, mean: 4 })
    expect(summary.counts).toEqual({ sd: 1, d: 2, n: 3, a: 4, sa: 10 })
  })

  it('is read from the other end when agreeing is bad', () => {
    const summary = summarizeItem(
      five,
      new Map([
        ['sd', 6],
        ['d', 2],
        ['n', 1],
        ['sa', 1],
      ]),
      true,
    )
    expect(summary).toMatchObject({ n: 10, favorable: 8, share: 0.8 })
  })

  it('has no share when it applies to nobody', () => {
    expect(summarizeItem(five, new Map([['na', 5]]), false)).toMatchObject({
      n: 0,
      share: null,
      low: null,
      mean: null,
    })
  })

  it('has no percent favorable where the scale names no favorable points, but a mean and its counts', () => {
    const open = five.map((point) => ({ ...point, favorable: false }))
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 40 }), { minLength: 5, maxLength: 5 }),
        fc.boolean(),
        (n, reversed) => {
          const counts = new Map(five.map(({ code }, index) => [code, n[index] ?? 0]))
          const summary = summarizeItem(open, counts, reversed)
          const told = summarizeItem(five, counts, reversed)
          expect(summary).toEqual({ ...told, favorable: null, share: null, low: null, high: null })
        },
      ),
      { numRuns: 30 },
    )
  })

  it('parts unfavorable from in between', () => {
    expect([...stances(five, false).values()]).toEqual([
      'unfavorable',
      'unfavorable',
      'neutral',
      'favorable',
      'favorable',
    ])
    expect([...stances(five, true).values()]).toEqual([
      'favorable',
      'favorable',
      'neutral',
      'unfavorable',
      'unfavorable',
    ])
  })

  it('is as favorable as its opposite is unfavorable', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { minLength: 5, maxLength: 5 }), (n) => {
        const counts = new Map(five.map(({ code }, index) => [code, n[index] ?? 0]))
        const turned = new Map(five.map(({ code }, index) => [code, n[4 - index] ?? 0]))
        expect(summarizeItem(five, counts, true).favorable).toBe(summarizeItem(five, turned, false).favorable)
      }),
    )
  })
})
