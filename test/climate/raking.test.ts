import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  efficiency,
  marginOfError,
  type Raked,
  rake,
  rakingRule,
  weightedShare,
} from '../../src/climate/raking.ts'

const free = { ...rakingRule, bounds: null, tolerance: 1e-10, rounds: 500 }
const raked = (found: ReturnType<typeof rake>): Raked => {
  if ('fault' in found) throw new Error(found.fault)
  return found
}
const grid = (rows: number[][]) =>
  rows.flatMap((row, r) => row.map((n, c) => ({ at: { row: `r${r}`, column: `c${c}` }, n })))
const targets = (prefix: string, list: number[]) =>
  Object.fromEntries(list.map((target, index) => [`${prefix}${index}`, target]))

describe('raking', () => {
  it('gives the fitted table of the four-by-four textbook example of iterative proportional fitting', () => {
    // The example of the article "Iterative proportional fitting" of Wikipedia, which stops after three rounds: rows
    // 150 300 400 150, columns 200 300 400 100.
    const cells = grid([
      [40, 30, 20, 10],
      [35, 50, 100, 75],
      [30, 80, 70, 120],
      [20, 30, 40, 50],
    ])
    const found = raked(
      rake(
        cells,
        [
          { dimension: 'row', targets: targets('r', [150, 300, 400, 150]) },
          { dimension: 'column', targets: targets('c', [200, 300, 400, 100]) },
        ],
        { ...free, rounds: 3 },
      ),
    )
    const fitted = [
      64.61, 46.28, 35.42, 3.83, 49.95, 68.15, 156.49, 25.37, 56.7, 144.4, 145.06, 53.76, 28.74, 41.18, 63.03,
      17.03,
    ]
    const people = cells.reduce((sum, { n }) => sum + n, 0)
    fitted.forEach((n, index) => {
      const reached = ((found.weights[index] ?? 0) * (cells[index]?.n ?? 0) * 1000) / people
      expect(Math.abs(reached - n)).toBeLessThan(0.0051)
    })
    expect(found.rounds).toBe(3)
  })

  it('with one margin is plain post-stratification, with Kish’s design effect', () => {
    // 80 and 20 answered of two groups of the same size: weights 0.625 and 2.5; deff = 1.5625, so 64 of 100 are left.
    const found = raked(
      rake(
        [
          { at: { group: 'a' }, n: 80 },
          { at: { group: 'b' }, n: 20 },
        ],
        [{ dimension: 'group', targets: { a: 1, b: 1 } }],
      ),
    )
    expect(found.weights[0]).toBeCloseTo(0.625, 12)
    expect(found.weights[1]).toBeCloseTo(2.5, 12)
    expect(found.designEffect).toBeCloseTo(1.5625, 10)
    expect(found.effective).toBeCloseTo(64, 8)
  })

  it('meets every margin to four places whenever it says so, with a mean weight of one', () => {
    const cell = fc.integer({ min: 1, max: 60 })
    const side = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 }),
        side,
        side,
        (rows, down, across) => {
          const cells = grid(rows)
          const found = raked(
            rake(cells, [
              { dimension: 'row', targets: targets('r', down) },
              { dimension: 'column', targets: targets('c', across) },
            ]),
          )
          const n = cells.reduce((sum, one) => sum + one.n, 0)
          const weighted = cells.reduce((sum, one, index) => sum + one.n * (found.weights[index] ?? 0), 0)
          expect(weighted / n).toBeCloseTo(1, 6)
          expect(found.effective).toBeLessThanOrEqual(n + 1e-6)
          for (const weight of found.weights) {
            expect(weight).toBeGreaterThan(0.2 - 1e-6)
            expect(weight).toBeLessThan(5 + 1e-6)
          }
          if (!found.converged) return
          down.forEach((target, r) => {
            const reached = cells.reduce(
              (sum, one, index) => sum + (one.at.row === `r${r}` ? one.n * (found.weights[index] ?? 0) : 0),
              0,
            )
            expect(reached / n).toBeCloseTo(target / down.reduce((sum, one) => sum + one, 0), 4)
          })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('trims weights that are too large, and says what it then misses', () => {
    const cells = [
      { at: { group: 'a' }, n: 990 },
      { at: { group: 'b' }, n: 10 },
    ]
    const found = raked(rake(cells, [{ dimension: 'group', targets: { a: 0.5, b: 0.5 } }]))
    expect(found).toMatchObject({ converged: false, most: 5, trimmed: { cells: 1, people: 10 } })
    expect(found.worst.error).toBeCloseTo(0.45, 6)
    expect(found.weights.every(Number.isFinite)).toBe(true)
  })

  it('gives no weights, and the reason, where they would make no sense', () => {
    const cells = [{ at: { group: 'a' }, n: 5 }]
    const fault = (input: Parameters<typeof rake>[0], margins: Parameters<typeof rake>[1]) =>
      rake(input, margins)
    expect(fault([], [{ dimension: 'group', targets: { a: 1 } }])).toEqual({ fault: 'nobody' })
    expect(fault(cells, [])).toEqual({ fault: 'noMargins' })
    expect(fault(cells, [{ dimension: 'group', targets: { a: 1, b: 1 } }])).toEqual({
      fault: 'empty',
      dimension: 'group',
      category: 'b',
    })
    expect(fault(cells, [{ dimension: 'school', targets: { x: 0, y: 0 } }])).toEqual({
      fault: 'noTarget',
      dimension: 'school',
    })
    expect(fault(cells, [{ dimension: 'group', targets: { b: 0, c: Number.NaN } }])).toMatchObject({
      fault: 'target',
    })
    expect(
      fault([...cells, { at: { group: 'z' }, n: 1 }], [{ dimension: 'group', targets: { a: 1 } }]),
    ).toEqual({
      fault: 'unknown',
      dimension: 'group',
      category: 'z',
    })
    expect(
      fault(cells, [
        { dimension: 'group', targets: { a: 1 } },
        { dimension: 'group', targets: { a: 1 } },
      ]),
    ).toEqual({ fault: 'twice', dimension: 'group' })
  })

  it('leaves margins that contradict each other unmet and says so', () => {
    // Nobody of row 1 is in column 1: the wanted table cannot be.
    const found = raked(
      rake(
        grid([
          [50, 50],
          [50, 0],
        ]),
        [
          { dimension: 'row', targets: targets('r', [1, 9]) },
          { dimension: 'column', targets: targets('c', [1, 9]) },
        ],
      ),
    )
    expect(found.converged).toBe(false)
    expect(found.worst.error).toBeGreaterThan(0.01)
    expect(found.weights.some(Number.isNaN)).toBe(false)
  })
})

describe('what weights cost', () => {
  it('is nothing when all are the same', () => {
    expect(efficiency([{ weight: 3, n: 40 }])).toMatchObject({ designEffect: 1, effective: 40 })
    expect(efficiency([])).toEqual({ n: 0, designEffect: 1, effective: 0 })
  })

  it('is told as a margin of error: the familiar 3.1 points for 1,000 people', () => {
    expect(marginOfError(1000)).toBeCloseTo(0.031, 3)
    expect(marginOfError(1000, 1000)).toBe(0)
    expect(marginOfError(0)).toBeNull()
  })

  it('a weighted share of equal weights is the plain one, with Wilson’s interval', () => {
    const found = weightedShare([
      { weight: 1, n: 200, favorable: 60 },
      { weight: 1, n: 63, favorable: 21 },
    ])
    expect(found.share).toBeCloseTo(81 / 263, 12)
    expect(found.low).toBeCloseTo(0.2553, 4)
    expect(found.high).toBeCloseTo(0.3662, 4)
    expect(weightedShare([])).toMatchObject({ share: null, low: null, high: null })
  })
})
