import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addScores, alphaOf, cronbach, type Moments, noMoments } from '../../src/climate/alpha.ts'
import { summarizeItem } from '../../src/climate/favorable.ts'
import { summarizeScale } from '../../src/climate/scale.ts'

const of = (rows: (number | undefined)[][], items: number): Moments =>
  rows.reduce((moments, row) => addScores(moments, row), noMoments(items))

describe('Cronbach’s alpha', () => {
  it('is that of the mini-HAQ in Bland and Altman, BMJ 314 (1997), 572', () => {
    // Ten items, their variances add up to 11.16, the total’s variance is 77.44: 0.95.
    expect(cronbach(10, 11.16, 77.44)).toBeCloseTo(0.95, 2)
  })

  it('is one for items that are all the same, and nought for items that have nothing to do with each other', () => {
    expect(
      alphaOf(
        of(
          [
            [1, 1, 1],
            [3, 3, 3],
            [5, 5, 5],
          ],
          3,
        ),
      ).value,
    ).toBeCloseTo(1, 12)
    expect(
      alphaOf(
        of(
          [
            [1, 1],
            [1, 5],
            [5, 1],
            [5, 5],
          ],
          2,
        ),
      ).value,
    ).toBeCloseTo(0, 12)
    // A variance of tenths leaves -1e-17 of it.
    const tenths = [0.1, 0.7].flatMap((a) => [0.1, 0.7].map((b) => [a, b]))
    const { value, cautions } = alphaOf(of([...tenths, ...tenths, ...tenths], 2))
    expect([Object.is(value, 0), cautions.includes('negative')]).toEqual([true, false])
  })

  it('is worked out by hand: scores 2 3, 4 4, 3 5', () => {
    // Variances 1 and 1, totals 5 8 8: variance 3. Alpha = 2 (1 - 2/3).
    expect(
      alphaOf(
        of(
          [
            [2, 3],
            [4, 4],
            [3, 5],
          ],
          2,
        ),
      ),
    ).toMatchObject({
      value: expect.closeTo(2 / 3, 12),
      items: 2,
      n: 3,
      cautions: ['low', 'few', 'small'],
      why: null,
    })
  })

  it('says why there is none', () => {
    expect(alphaOf(noMoments(1))).toMatchObject({ value: null, why: 'one' })
    expect(alphaOf(of([[1, 2]], 2))).toMatchObject({ value: null, why: 'nobody' })
    expect(
      alphaOf(
        of(
          [
            [4, 4],
            [4, 4],
          ],
          2,
        ),
      ),
    ).toMatchObject({ value: null, why: 'same' })
    expect(
      alphaOf(
        of(
          [
            [4, undefined],
            [2, 4],
          ],
          2,
        ),
      ),
    ).toMatchObject({ n: 1, why: 'nobody' })
  })

  it('warns of items that pull apart', () => {
    expect(
      alphaOf(
        of(
          [
            [1, 5],
            [2, 3],
            [5, 1],
          ],
          2,
        ),
      ).cautions,
    ).toContain('negative')
  })

  it('is the same however the people come, and never over one', () => {
    const rows = fc.array(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 4 }), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(rows, (given) => {
        const [there, back] = [alphaOf(of(given, 4)), alphaOf(of(given.toReversed(), 4))]
        expect(there).toEqual(back)
        if (there.value !== null) expect(there.value).toBeLessThanOrEqual(1 + 1e-9)
        expect(Number.isNaN(there.value)).toBe(false)
      }),
    )
  })
})

describe('several items read as one', () => {
  const points = [1, 2, 3, 4].map((value) => ({ code: `p${value}`, value, favorable: value > 2 }))
  const item = (counts: Record<string, number>, reversed = false) => ({
    summary: summarizeItem(points, new Map(Object.entries(counts)), reversed),
    reversed,
  })

  it('count each answer once, rest their interval on people, and turn reversed items round', () => {
    const scale = summarizeScale(
      [item({ p4: 10 }), item({ p1: 5, p4: 5 }, true), { summary: null, reversed: false }],
      {
        least: 1,
        most: 4,
      },
    )
    expect(scale).toMatchObject({
      items: 2,
      people: 10,
      answers: 20,
      favorable: 15,
      share: 0.75,
      mean: (4 + 2.5) / 2,
    })
    expect(scale.low).toBeLessThan(0.5)
  })

  it('are plain when nobody answered or nothing applies', () => {
    expect(summarizeScale([item({ na: 9 })], { least: 1, most: 4 })).toMatchObject({
      people: 0,
      share: null,
      low: null,
      mean: null,
    })
    expect(summarizeScale([], null)).toMatchObject({ items: 0, share: null })
  })
})
