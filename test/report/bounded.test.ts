import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandOf, boundOf, countsWithin, SMALL_GROUP, stepOf } from '../../src/report/privacy/bounded.ts'
import { pinnedCell } from '../../src/report/privacy/ranges.ts'
import { tableOf } from '../../src/report/privacy/state.ts'

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

describe('shares that would give others away', () => {
  it('are told in tenths, half a tenth further on at an end, or wider of few people', () => {
    expect(bandOf(37, 100)).toEqual({ from: 0.3, to: 0.4 })
    expect(bandOf(100, 100)).toEqual({ from: 0.9, to: 1 })
    expect(bandOf(40, 100)).toEqual({ from: 0.35, to: 0.45 })
    expect(bandOf(6, 11)).toEqual({ from: 0.25, to: 0.75 })
    expect(bandOf(0, 30)).toEqual({ under: 0.1 })
    expect(bandOf(2, 30)).toEqual({ under: 0.2 })
    expect(bandOf(2, 5)).toBeUndefined()
  })

  it('lie inside of what is told of them, with room for one more and one fewer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 900 }), fc.nat({ max: 900 }), (n, some) => {
        const count = some % (n + 1)
        for (const band of [bandOf(count, n), stepOf(count, n, 10)]) {
          if (!band) {
            expect(n).toBeLessThan(SMALL_GROUP)
            continue
          }
          const { least, most } = countsWithin(band, n)
          expect(count > least || (count === 0 && least === 0)).toBe(true)
          expect(count < most || (count === n && most === n)).toBe(true)
        }
      }),
    )
  })

  it('of parts of parts are told in steps that the minimum fills', () => {
    expect(stepOf(37, 100, 10)).toEqual({ from: 0.3, to: 0.4 })
    expect(stepOf(370, 1000, 10)).toEqual({ from: 0.36, to: 0.38 })
    expect(stepOf(7, 25, 10)).toEqual({ from: 0, to: 0.5 })
    expect(stepOf(7, 19, 10)).toBeUndefined()
  })
})

it('who answered is given away by how many are there at all, where all others are accounted for', () => {
  // Attendance and reading, of families and staff of two schools; of each school and each group both are told.
  const cell = (school: string, group: string, n: number) => ({ school, group, n })
  const places = [
    ['north', 'family'],
    ['north', 'staff'],
    ['south', 'family'],
    ['south', 'staff'],
  ] as const
  const table = tableOf(places.map(([school, group], at) => cell(school, group, [19, 32, 1, 24][at] ?? 0)))
  const hidden = [
    [false, false],
    [false, false],
  ]
  const state = { table, rowShown: [true, true], columnShown: [true, true], cellShown: hidden }
  const [attendance, reading] = [
    [
      [10, 32],
      [0, 14],
    ],
    [
      [9, 0],
      [1, 10],
    ],
  ]
  if (!attendance || !reading) throw new Error('no answers')
  const everybody = [
    [19, 32],
    [15, 34],
  ]
  const known = { minimum: 5, parts: [attendance, reading], within: 2, strict: false, everybody }
  expect(pinnedCell(state, [reading], known)).toMatchObject({ i: 1, j: 0 })
  expect(pinnedCell(state, [reading], { ...known, parts: [] })).toBeUndefined()
  // Nobody of them named attendance, as others of their school and of their group did.
  expect(pinnedCell(state, [attendance], { ...known, parts: [] })).toMatchObject({ i: 1, j: 0 })
})
