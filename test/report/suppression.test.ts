import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { protect, protectCells, type Shown } from '../../src/report/privacy/suppression.ts'
import type { Count } from '../../src/report/slice.ts'

const table = (rows: number[][]): Count[] =>
  rows.flatMap((row, i) => row.map((n, j) => ({ school: `s${i}`, group: `g${j}`, n })))

const all = { school: null, group: null }
const group = (j: number) => ({ school: null, group: `g${j}` })
const school = (i: number) => ({ school: `s${i}`, group: null })
const cell = (i: number, j: number) => ({ school: `s${i}`, group: `g${j}` })

describe('small groups stay hidden', () => {
  it('hides a group under the minimum and the next smallest with it', () => {
    const shown = protect(table([[60, 33, 7]]), 10)
    expect(shown.size(all)).toBe(100)
    expect(shown.size(group(0))).toBe(60)
    expect(shown.size(group(1))).toBeNull()
    expect(shown.size(group(2))).toBeNull()
  })

  it('lets two small groups hide each other when together they are large enough', () => {
    const shown = protect(table([[60, 33, 7, 6]]), 10)
    expect(shown.size(group(1))).toBe(33)
    expect(shown.size(group(2))).toBeNull()
    expect(shown.size(group(3))).toBeNull()
  })

  it('shows nothing of fewer people than the minimum', () => {
    const shown = protect(table([[5, 4]]), 10)
    expect(shown.size(all)).toBeNull()
    expect(shown.size(group(0))).toBeNull()
  })

  it('hides another cell of a school so that a small one cannot be worked out from the school', () => {
    const shown = protect(
      table([
        [30, 20, 4],
        [40, 25, 30],
        [35, 28, 26],
      ]),
      10,
    )
    expect(shown.size(cell(0, 2))).toBeNull()
    expect(shown.size(cell(0, 1))).toBeNull()
    expect(shown.size(school(0))).toBe(54)
    // The hidden cells of the first school show again as a gap in their columns, which needs company too.
    expect([shown.size(cell(1, 2)), shown.size(cell(2, 2))]).toContain(null)
  })

  it('hides a filter whose complement is under the minimum', () => {
    const shown = protect(table([[50], [4]]), 10)
    expect(shown.size(all)).toBe(54)
    expect(shown.size(school(0))).toBeNull()
    expect(shown.size(school(1))).toBeNull()
  })
})

/** Whether `target` is a sum of multiples of `known`: elimination on whole numbers kept small by their gcd. */
function canBeMade(known: number[][], target: number[]): boolean {
  const rows: number[][] = []
  const reduce = (vector: number[]) => {
    let left = [...vector]
    for (const row of rows) {
      const pivot = row.findIndex((value) => value !== 0)
      const a = left[pivot] ?? 0
      const b = row[pivot] ?? 1
      if (a !== 0) left = left.map((value, k) => value * b - (row[k] ?? 0) * a)
      const divisor = left.reduce((one, two) => {
        let [x, y] = [Math.abs(one), Math.abs(two)]
        while (y) [x, y] = [y, x % y]
        return x
      }, 0)
      if (divisor > 1) left = left.map((value) => value / divisor)
    }
    return left
  }
  for (const vector of known) {
    const left = reduce(vector)
    if (left.some((value) => value !== 0)) rows.push(left)
  }
  return reduce(target).every((value) => value === 0)
}

/** Every set of under `minimum` people that an attacker, who also knows which cells are empty, can single out. */
function singledOut(
  rows: number[][],
  shown: Shown,
  minimum: number,
  more: readonly ((i: number, j: number) => boolean)[] = [],
): string[] {
  const cells = rows.flatMap((row, i) => row.map((n, j) => ({ i, j, n }))).filter(({ n }) => n > 0)
  const known: number[][] = []
  const learn = (slice: { school: string | null; group: string | null }) => {
    if (shown.size(slice) === null) return
    known.push(
      cells.map(({ i, j }) =>
        Number((slice.school ?? `s${i}`) === `s${i}` && (slice.group ?? `g${j}`) === `g${j}`),
      ),
    )
  }
  learn(all)
  rows.forEach((row, i) => {
    learn(school(i))
    row.forEach((_, j) => {
      learn(cell(i, j))
    })
  })
  rows[0]?.forEach((_, j) => {
    learn(group(j))
  })
  for (const told of more) known.push(cells.map(({ i, j }) => Number(told(i, j))))
  const found: string[] = []
  for (let mask = 1; mask < 2 ** cells.length; mask += 1) {
    const target = cells.map((_, k) => (mask >> k) & 1)
    const size = cells.reduce((sum, { n }, k) => sum + n * (target[k] ?? 0), 0)
    if (size < minimum && canBeMade(known, target)) found.push(`${target.join('')} (${size})`)
  }
  return found
}

describe('an attacker who adds and subtracts everything that is shown', () => {
  const size = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 10, max: 60 }))
  const tables = fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }))
    .filter(([r, c]) => r * c <= 9)
    .chain(([r, c]) =>
      fc.array(fc.array(size, { minLength: c, maxLength: c }), { minLength: r, maxLength: r }),
    )

  it('singles out no set of people under the minimum', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 5, max: 12 }), (rows, minimum) => {
        expect(singledOut(rows, protect(table(rows), minimum), minimum)).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  it('nor where it is told besides how many people some questions are asked of', () => {
    const audience = fc.array(fc.boolean(), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(
        tables,
        fc.array(audience, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 5, max: 12 }),
        (rows, asked, minimum) => {
          const audiences = asked.map((list) => (code: string) => list[Number(code.slice(1))] === true)
          const shown = protect(table(rows), minimum, undefined, audiences)
          fc.pre(shown.size(all) !== null)
          const more = asked.flatMap((list, one) => [
            ...(shown.tells(null, one) ? [(_: number, j: number) => list[j] === true] : []),
            ...rows.flatMap((_, row) =>
              shown.tells(`s${row}`, one) && shown.size(school(row)) !== null
                ? [(i: number, j: number) => i === row && list[j] === true]
                : [],
            ),
          ])
          expect(singledOut(rows, shown, minimum, more)).toEqual([])
        },
      ),
      { numRuns: 400 },
    )
  })

  it('nor of a finer table whose rows and columns stand elsewhere already', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 5, max: 12 }), (rows, minimum) => {
        const alone = protect(table(rows), minimum)
        fc.pre(alone.size(all) !== null)
        const margins = {
          row: (code: string) => alone.size({ school: code, group: null }) !== null,
          column: (code: string) => alone.size({ school: null, group: code }) !== null,
        }
        const cells = protectCells(table(rows), minimum, margins)
        const both: Shown = {
          size: (slice) => (slice.school === null || slice.group === null ? alone : cells).size(slice),
        }
        expect(singledOut(rows, both, minimum)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('would have succeeded against primary suppression alone', () => {
    const naive: Shown = {
      size: (slice) => {
        const rows = [[60, 33, 7]]
        const n = rows
          .flat()
          .reduce((sum, value, j) => sum + (slice.group === null || slice.group === `g${j}` ? value : 0), 0)
        return n < 10 ? null : n
      },
    }
    expect(singledOut([[60, 33, 7]], naive, 10)).not.toEqual([])
  })
})
