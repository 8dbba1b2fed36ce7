import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundOf, boundParts, countsWithin, SMALL_GROUP } from '../../src/report/bounded.ts'

describe('shares near nothing and all of small groups', () => {
  it('are bounded as NCES 2011-603 recommends for 20 to 39 people', () => {
    expect(boundOf(0, 30)).toEqual({ under: 0.1 })
    expect(boundOf(2, 30)).toEqual({ under: 0.1 })
    expect(boundOf(3, 30)).toBeUndefined()
    expect(boundOf(30, 30)).toEqual({ over: 0.9 })
    expect(boundOf(28, 30)).toEqual({ over: 0.9 })
    expect(boundOf(27, 30)).toBeUndefined()
  })

  it('never mean nobody or everybody, in groups of five and more', () => {
    expect(boundOf(0, 10)).toEqual({ under: 0.2 })
    expect(boundOf(10, 10)).toEqual({ over: 0.8 })
    for (let n = 5; n < SMALL_GROUP; n += 1)
      for (const count of [0, n]) {
        const bound = boundOf(count, n)
        if (!bound) throw new Error(`${count} of ${n} is told`)
        const { least, most } = countsWithin(bound, n)
        expect(most - least).toBeGreaterThanOrEqual(1)
        expect(count >= least && count <= most).toBe(true)
      }
  })

  it('are told as they are in large groups, and where there is nobody', () => {
    expect(boundOf(0, SMALL_GROUP)).toBeUndefined()
    expect(boundOf(0, 0)).toBeUndefined()
  })
})

describe('parts of a whole', () => {
  it('do not give a bounded one away by adding up', () => {
    expect(boundParts([0, 6, 6], 12)).toEqual([
      { count: 0, bound: { under: 0.1 } },
      { count: 6, hidden: true },
      { count: 6 },
    ])
    expect(boundParts([5, 6, 4], 15)).toEqual([{ count: 5 }, { count: 6 }, { count: 4 }])
    expect(boundParts([0, 60], 60)).toEqual([{ count: 0 }, { count: 60 }])
  })

  it('leave at least two numbers possible for each that is not told', () => {
    const parts = fc.array(fc.nat({ max: 12 }), { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(parts, (counts) => {
        const n = counts.reduce((sum, one) => sum + one, 0)
        fc.pre(n >= 5 && n < SMALL_GROUP)
        const told = boundParts(counts, n)
        const ranges = told.map(({ count, bound, hidden }) => {
          if (bound && !hidden) return countsWithin(bound, n)
          return hidden ? { least: 0, most: n } : { least: count, most: count }
        })
        const possible = ranges.map(() => new Set<number>())
        const walk = (at: number, left: number, chosen: number[]): void => {
          const range = ranges[at]
          if (!range) {
            if (left === 0) for (const [index, one] of chosen.entries()) possible[index]?.add(one)
            return
          }
          for (let one = range.least; one <= Math.min(range.most, left); one += 1)
            walk(at + 1, left - one, [...chosen, one])
        }
        walk(0, n, [])
        told.forEach(({ bound, hidden }, index) => {
          if (bound || hidden) expect(possible[index]?.size).toBeGreaterThan(1)
        })
      }),
      { numRuns: 200 },
    )
  })
})
