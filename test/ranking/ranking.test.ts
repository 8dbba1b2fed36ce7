import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Ballot, ballotCount, ballotOf } from '../../src/ranking/ballots.ts'
import { borda } from '../../src/ranking/borda.ts'
import { firstChoices } from '../../src/ranking/firstChoice.ts'
import { instantRunoff } from '../../src/ranking/instantRunoff.ts'
import { meanRanks } from '../../src/ranking/meanRank.ts'
import { condorcet, pairwise } from '../../src/ranking/pairwise.ts'

const options = ['a', 'b', 'c', 'd']
const read = (text: string): Ballot[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [n = '0', order = ''] = line.trim().split(/\s+/)
      return { order: order.split('>'), n: Number(n) }
    })

/** The textbook election of a state's capital: 42 Memphis, 26 Nashville, 15 Chattanooga, 17 Knoxville. */
const tennessee = read(`
  42 m>n>c>k
  26 n>c>k>m
  15 c>k>n>m
  17 k>c>n>m`)
const cities = ['m', 'n', 'c', 'k']

describe('a ranking of four cities', () => {
  it('has the known first choices, Borda points, Condorcet winner and runoff winner', () => {
    expect(firstChoices(cities, tennessee)).toEqual([
      { code: 'm', first: 42, firstShare: 0.42 },
      { code: 'n', first: 26, firstShare: 0.26 },
      { code: 'c', first: 15, firstShare: 0.15 },
      { code: 'k', first: 17, firstShare: 0.17 },
    ])
    expect(Object.fromEntries(borda(cities, tennessee))).toEqual({ m: 126, n: 194, c: 173, k: 107 })
    expect(condorcet(cities, pairwise(cities, tennessee))).toBe('n')
    expect(instantRunoff(cities, tennessee)).toEqual({
      winner: 'k',
      rounds: [
        { m: 42, n: 26, c: 15, k: 17 },
        { m: 42, n: 26, k: 32 },
        { m: 42, k: 58 },
      ],
    })
  })
})

describe('people who rank only some options', () => {
  const partial = read(`
    3 a
    2 b>a`)

  it('count for a mean rank only where they ranked', () => {
    expect(meanRanks(options, partial)).toEqual([
      { code: 'a', ranked: 5, meanRank: 1.4 },
      { code: 'b', ranked: 2, meanRank: 1 },
      { code: 'c', ranked: 0, meanRank: null },
      { code: 'd', ranked: 0, meanRank: null },
    ])
  })

  it('give the options that they left out the mean of the points left', () => {
    // 3 ballots: a 3, others (2+1+0)/3 = 1. 2 ballots: b 3, a 2, others (1+0)/2.
    expect(Object.fromEntries(borda(options, partial))).toEqual({ a: 13, b: 9, c: 4, d: 4 })
  })

  it('put what they ranked above what they did not, and take no side between two that they did not rank', () => {
    const matrix = pairwise(options, partial)
    expect(matrix.a).toEqual({ b: 3, c: 5, d: 5 })
    expect(matrix.c).toEqual({ a: 0, b: 0, d: 0 })
    expect(matrix.b?.c).toBe(2)
  })

  it('stop counting when all that they ranked is gone', () => {
    const ballots = read(`
      4 a
      3 b
      2 c`)
    expect(instantRunoff(['a', 'b', 'c'], ballots)).toEqual({
      winner: 'a',
      rounds: [
        { a: 4, b: 3, c: 2 },
        { a: 4, b: 3 },
      ],
    })
  })
})

describe('ties', () => {
  it('in a runoff are broken by the round before', () => {
    // Round 2: b 4+1, c 5 are equal; in round 1 b had fewer, so b goes.
    const ballots = read(`
      8 a
      4 b>a
      5 c
      1 d>b`)
    const { rounds } = instantRunoff(options, ballots)
    expect(rounds[1]).toEqual({ a: 8, b: 5, c: 5 })
    expect(Object.keys(rounds[2] ?? {})).toEqual(['a', 'c'])
  })

  it('that never differed send the later option away', () => {
    expect(instantRunoff(['a', 'b'], read('2 a\n2 b')).winner).toBe('a')
    expect(instantRunoff(['b', 'a'], read('2 a\n2 b')).winner).toBe('b')
  })

  it('head to head are no win', () => {
    expect(condorcet(['a', 'b'], pairwise(['a', 'b'], read('2 a>b\n2 b>a')))).toBeNull()
  })

  it('round in a circle have no Condorcet winner', () => {
    const circle = read('1 a>b>c\n1 b>c>a\n1 c>a>b')
    expect(condorcet(['a', 'b', 'c'], pairwise(['a', 'b', 'c'], circle))).toBeNull()
  })
})

describe('bad input', () => {
  it('gives plain nothing when nobody ranked', () => {
    expect(firstChoices(options, []).map(({ firstShare }) => firstShare)).toEqual([null, null, null, null])
    expect(instantRunoff(options, [])).toEqual({ winner: null, rounds: [] })
    expect(condorcet([], {})).toBeNull()
  })

  it('passes over options that are not on offer and second mentions', () => {
    expect(ballotOf('a>x>b>a', 2, options)).toEqual({ order: ['a', 'b'], n: 2 })
    expect(ballotOf('', 2, options)).toBeUndefined()
    expect(ballotOf('x', 2, options)).toBeUndefined()
  })
})

describe('whatever people rank', () => {
  const ballots = fc.array(
    fc.record({
      order: fc.shuffledSubarray(options, { minLength: 1 }),
      n: fc.integer({ min: 1, max: 50 }),
    }),
    { minLength: 1, maxLength: 30 },
  )

  it('first choices add up to the ballots, and Borda points to n(n-1)/2 a ballot', () => {
    fc.assert(
      fc.property(ballots, (given) => {
        const base = ballotCount(given)
        expect(firstChoices(options, given).reduce((sum, { first }) => sum + first, 0)).toBe(base)
        const points = [...borda(options, given).values()].reduce((sum, one) => sum + one, 0)
        expect(points).toBeCloseTo(base * 6, 6)
      }),
    )
  })

  it('a pair is never contested by more than all, and a Condorcet winner beats everyone', () => {
    fc.assert(
      fc.property(ballots, (given) => {
        const base = ballotCount(given)
        const matrix = pairwise(options, given)
        const winner = condorcet(options, matrix)
        for (const a of options)
          for (const b of options) {
            if (a === b) continue
            const [ab, ba] = [matrix[a]?.[b] ?? 0, matrix[b]?.[a] ?? 0]
            expect(ab + ba).toBeLessThanOrEqual(base)
            if (a === winner) expect(ab).toBeGreaterThan(ba)
          }
      }),
    )
  })

  it('a runoff ends, loses one option a round, and is won by who has more than half in the end', () => {
    fc.assert(
      fc.property(ballots, (given) => {
        const { winner, rounds } = instantRunoff(options, given)
        rounds.forEach((round, index) => {
          expect(Object.keys(round)).toHaveLength(options.length - index)
        })
        const last = rounds.at(-1) ?? {}
        const counting = Object.values(last).reduce((sum, n) => sum + n, 0)
        expect((last[winner ?? ''] ?? 0) * 2).toBeGreaterThan(counting)
        const first = firstChoices(options, given)
        const majority = first.find(({ firstShare }) => (firstShare ?? 0) > 0.5)
        if (majority) expect(winner).toBe(majority.code)
      }),
    )
  })

  it('the same ballots in another order come to the same', () => {
    fc.assert(
      fc.property(ballots, (given) => {
        const turned = given.toReversed()
        expect(instantRunoff(options, turned)).toEqual(instantRunoff(options, given))
        expect(pairwise(options, turned)).toEqual(pairwise(options, given))
      }),
    )
  })
})
