import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holm, pOfDifference } from '../../src/climate/chance.ts'
import { differenceOf, pairedDifference, pOfChange } from '../../src/climate/difference.ts'
import { gapsBetween, readTogether } from '../../src/climate/gaps.ts'
import { twoSided } from '../../src/climate/normal.ts'

const part = fc
  .integer({ min: 1, max: 400 })
  .chain((n) => fc.record({ count: fc.nat({ max: n }), n: fc.constant(n) }))

describe('the difference of two groups', () => {
  it('has the intervals of Newcombe 1998 (Statistics in Medicine 17, 873-890), table II, method 10', () => {
    const known: [number, number, number, number, number, number][] = [
      [56, 70, 48, 80, 0.0524, 0.3339],
      [9, 10, 3, 10, 0.1705, 0.809],
      [6, 7, 2, 7, 0.0582, 0.8062],
      [5, 56, 0, 29, -0.0381, 0.1926],
      [0, 10, 0, 20, -0.1611, 0.2775],
      [0, 10, 0, 10, -0.2775, 0.2775],
      [10, 10, 0, 20, 0.6791, 1],
      [10, 10, 0, 10, 0.6075, 1],
    ]
    for (const [a, m, b, n, low, high] of known) {
      const found = differenceOf({ count: a, n: m }, { count: b, n })
      expect(found?.low).toBeCloseTo(low, 4)
      expect(found?.high).toBeCloseTo(high, 4)
    }
  })

  it('holds the difference, stays between -1 and 1, and mirrors', () => {
    fc.assert(
      fc.property(part, part, (a, b) => {
        const there = differenceOf(a, b)
        const back = differenceOf(b, a)
        if (!there || !back) throw new Error('both are there')
        expect(there.low).toBeLessThanOrEqual(there.difference + 1e-12)
        expect(there.high).toBeGreaterThanOrEqual(there.difference - 1e-12)
        expect(Math.min(there.low + 1, 1 - there.high)).toBeGreaterThanOrEqual(0)
        expect(back.low).toBeCloseTo(-there.high, 10)
      }),
    )
  })

  it('is nothing where a group is empty', () => {
    expect(differenceOf({ count: 0, n: 0 }, { count: 1, n: 2 })).toBeNull()
    expect(pOfDifference({ count: 0, n: 0 }, { count: 1, n: 2 })).toBeNull()
  })
})

describe('the change of the same people', () => {
  it('has the interval of Newcombe 1998 (Statistics in Medicine 17, 2635-2650), table II, method 10', () => {
    const found = pairedDifference({ both: 36, gained: 12, lost: 2, neither: 0 })
    expect(found?.low).toBeCloseTo(0.0569, 4)
    expect(found?.high).toBeCloseTo(0.3404, 4)
  })

  it('has interval and mid-p of the children in Fagerland, Lydersen, Laake 2013 and 2014', () => {
    // Airway hyper-responsiveness before and after stem cell transplantation: 1, 1, 7, 12.
    const found = pairedDifference({ both: 1, gained: 1, lost: 7, neither: 12 })
    expect(found?.difference).toBeCloseTo(-0.286, 3)
    expect(found?.low).toBeCloseTo(-0.507, 3)
    expect(found?.high).toBeCloseTo(-0.026, 3)
    expect(pOfChange({ gained: 1, lost: 7 })).toBeCloseTo(0.0391, 4)
  })

  it('is plain where nobody changed, everybody did, or nobody was asked twice', () => {
    expect(pairedDifference({ both: 0, gained: 0, lost: 0, neither: 0 })).toBeNull()
    expect(pOfChange({ gained: 0, lost: 0 })).toBe(1)
    // As many each way: 1 - f/2, as the authors' supplement has it; f = 20/64 of six who turned.
    expect(pOfChange({ gained: 3, lost: 3 })).toBeCloseTo(1 - 10 / 64, 12)
    expect(pOfChange({ gained: 1, lost: 1 })).toBeCloseTo(0.75, 12)
    expect(pairedDifference({ both: 5, gained: 0, lost: 0, neither: 0 })?.difference).toBe(0)
    expect(pairedDifference({ both: 0, gained: 9, lost: 0, neither: 0 })?.high).toBe(1)
  })

  it('keeps its bounds and is continuous where the exact sum gives way', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(60), fc.nat(60), (both, gained, lost, neither) => {
        const found = pairedDifference({ both, gained, lost, neither })
        const p = pOfChange({ gained, lost })
        expect(p).toBeGreaterThan(0)
        expect(p).toBeLessThanOrEqual(1)
        if (!found) return
        expect(found.low).toBeLessThanOrEqual(found.difference + 1e-12)
        expect(found.high).toBeGreaterThanOrEqual(found.difference - 1e-12)
      }),
    )
    expect(pOfChange({ gained: 540, lost: 460 })).toBeCloseTo(pOfChange({ gained: 541, lost: 461 }), 2)
  })
})

describe('more than chance', () => {
  it('knows the tails of the normal distribution', () => {
    expect(twoSided(0)).toBe(1)
    expect(twoSided(1.959963984540054)).toBeCloseTo(0.05, 10)
    expect(twoSided(-3)).toBeCloseTo(0.002699796063, 11)
    expect(twoSided(5)).toBeCloseTo(5.733031437e-7, 15)
  })

  it('tests few people by Fisher and many by the score', () => {
    // Fisher, The Design of Experiments, 1935: the lady who tasted tea, three of four right.
    const tea = pOfDifference({ count: 3, n: 4 }, { count: 1, n: 4 })
    expect(tea?.test).toBe('fisher')
    expect(tea?.p).toBeCloseTo(0.4857, 4)
    // Pearson: 150 (56 x 32 - 14 x 48)² / (70 x 80 x 104 x 46) on one degree of freedom.
    const many = pOfDifference({ count: 56, n: 70 }, { count: 48, n: 80 })
    expect(many?.test).toBe('score')
    expect(many?.p).toBeCloseTo(twoSided(Math.sqrt((150 * 1120 ** 2) / (70 * 80 * 104 * 46))), 10)
    expect(pOfDifference({ count: 5, n: 5 }, { count: 9, n: 9 })?.p).toBe(1)
  })

  it('is corrected as R does: p.adjust(c(.01, .02, .03, .04, .05), "holm")', () => {
    for (const [index, p] of [0.05, 0.08, 0.09, 0.09, 0.09].entries())
      expect(holm([0.01, 0.02, 0.03, 0.04, 0.05])[index]).toBeCloseTo(p, 10)
    expect(holm([])).toEqual([])
    expect(holm([0.9, 0.8])).toEqual([1, 1])
  })

  it('never gets likelier by correction, and keeps the order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (ps) => {
        const corrected = holm(ps)
        ps.forEach((p, i) => {
          expect(corrected[i]).toBeGreaterThanOrEqual(p)
          ps.forEach((q, j) => {
            if (p < q) expect(corrected[i] ?? 0).toBeLessThanOrEqual(corrected[j] ?? 0)
          })
        })
      }),
    )
  })

  it('gives a p between nought and one, whatever the groups', () => {
    fc.assert(
      fc.property(part, part, (a, b) => {
        const { p } = pOfDifference(a, b) ?? { p: -1 }
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
        expect(pOfDifference(b, a)?.p).toBeCloseTo(p, 9)
      }),
    )
  })
})

describe('gaps between groups', () => {
  it('come widest first, the higher group first, and are corrected together', () => {
    const gaps = gapsBetween([
      { group: 'family', count: 80, n: 100 },
      { group: 'student', count: 50, n: 100 },
      { group: 'staff', count: 78, n: 100 },
      { group: 'nobody', count: 0, n: 0 },
    ])
    expect(gaps.map(({ above, below }) => `${above} ${below}`)).toEqual([
      'family student',
      'staff student',
      'family staff',
    ])
    expect(readTogether(gaps).map(({ beyondChance }) => beyondChance)).toEqual([true, true, false])
    expect(gapsBetween([{ group: 'one', count: 1, n: 2 }])).toEqual([])
  })
})
