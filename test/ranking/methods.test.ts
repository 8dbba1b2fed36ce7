import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Agreement, agreementOf } from '../../src/ranking/agreement.ts'
import { type Ballot, ballotCount, ballotsOf } from '../../src/ranking/ballots.ts'
import { borda } from '../../src/ranking/borda.ts'
import { firstChoices } from '../../src/ranking/firstChoice.ts'
import { instantRunoff, runoff } from '../../src/ranking/instantRunoff.ts'
import { circleOf, condorcet, pairwise } from '../../src/ranking/pairwise.ts'
import { schulze } from '../../src/ranking/schulze.ts'
import { topShares } from '../../src/ranking/topShare.ts'

const read = (text: string): Ballot[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [n = '0', order = ''] = line.trim().split(/\s+/)
      return { order: order.split('>'), n: Number(n) }
    })

function count(options: string[], ballots: Ballot[]): Agreement {
  const matrix = pairwise(options, ballots)
  const points = borda(options, ballots)
  const tops = topShares(options, ballots)
  return agreementOf({
    options: firstChoices(options, ballots).map(({ code, first }, index) => ({
      code,
      first,
      borda: points.get(code) ?? 0,
      top: tops[index]?.top ?? 0,
    })),
    pairwise: matrix,
    condorcet: condorcet(options, matrix),
    schulze: schulze(options, matrix),
    runoff: runoff(options, ballots),
  })
}

/** Example 1 of Schulze's own paper: 45 ballots, five options, no Condorcet winner; the order is E A C B D. */
const schulze45 = read(`
  5 a>c>b>e>d
  5 a>d>e>c>b
  8 b>e>d>a>c
  3 c>a>b>e>d
  7 c>a>e>b>d
  2 c>b>a>d>e
  7 d>c>e>b>a
  8 e>b>a>d>c`)
const five = ['a', 'b', 'c', 'd', 'e']

/**
 * Burlington, Vermont, 2009, in thousands and rounded, with its four largest candidates: Wright leads, Kiss wins
 * the runoff, Montroll beats everyone head to head and drops out third. The shape, not the count, of
 * A. Gierzynski, W. Hamilton, W. D. Smith, "Burlington Vermont 2009 IRV mayoral election" (2009).
 */
const squeeze = read(`
  33 wright>montroll>kiss
  29 kiss>montroll>wright
  26 montroll>kiss>wright
  12 montroll>wright>kiss
  5 wright
  15 kiss`)
const mayors = ['wright', 'kiss', 'montroll']

describe('the Schulze order', () => {
  it('is that of the example in the paper', () => {
    const matrix = pairwise(five, schulze45)
    expect(condorcet(five, matrix)).toBeNull()
    expect(schulze(five, matrix).order).toEqual([['e'], ['a'], ['c'], ['b'], ['d']])
  })

  it('tells a tie as options in one place, in their printed order', () => {
    const even = read('2 a>b>c\n2 b>a>c')
    expect(schulze(['b', 'a', 'c'], pairwise(['b', 'a', 'c'], even)).order).toEqual([['b', 'a'], ['c']])
    expect(schulze(five, pairwise(five, [])).order).toEqual([five])
    expect(schulze([], {}).order).toEqual([])
  })
})

describe('whether the ways of counting agree', () => {
  it('they agree when one option comes first by all of them', () => {
    expect(count(['a', 'b', 'c'], read('6 a>b\n3 b>a\n1 c'))).toMatchObject({
      verdict: 'agree',
      option: 'a',
      reasons: [],
    })
  })

  it('a favorite of all that few put first is told, with who would prefer it to the winner', () => {
    expect(count(mayors, squeeze)).toMatchObject({
      verdict: 'differ',
      option: null,
      first: ['kiss'],
      irv: ['kiss'],
      condorcet: 'montroll',
      reasons: [
        { why: 'squeezed', option: 'montroll', by: 'kiss', round: 1, n: 71, other: 44 },
        { why: 'broad', option: 'montroll', over: 'kiss', n: 100 },
      ],
    })
  })

  it('a leader on first choices that is overtaken is told, with the round', () => {
    const ballots = read('42 m>n>c>k\n26 n>c>k>m\n15 c>k>n>m\n17 k>c>n>m')
    expect(count(['m', 'n', 'c', 'k'], ballots).reasons).toEqual([
      { why: 'overtaken', option: 'm', by: 'k', round: 3 },
      { why: 'squeezed', option: 'n', by: 'k', round: 2, n: 68, other: 32 },
      { why: 'broad', option: 'n', over: 'm', n: 68, other: 42 },
    ])
  })

  it('a circle names who beats whom', () => {
    const circle = read('4 a>b>c\n3 b>c>a\n2 c>a>b')
    const found = count(['a', 'b', 'c'], circle)
    expect(found.condorcet).toBeNull()
    expect(found.reasons).toContainEqual({ why: 'circle', options: ['a', 'b', 'c'] })
    expect(circleOf(five, pairwise(five, schulze45), 'e')?.[0]).toBe('e')
  })

  it('a circle is told also where each way of counting begins with the same option', () => {
    const found = count(['a', 'b', 'c'], read('5 a>b>c\n3 b>c>a\n3 c>a>b'))
    expect(found).toMatchObject({ verdict: 'agree', option: 'a', condorcet: null })
    expect(found.reasons).toEqual([{ why: 'circle', options: ['a', 'b', 'c'] }])
  })

  it('most points are not put down to first and second places where another has more of these', () => {
    // Schulze's example: E has most points and 16 first and second places, C, ahead on first choices, 24.
    const found = count(five, schulze45)
    expect(found).toMatchObject({ first: ['c'], borda: ['e'] })
    expect(found.reasons).toEqual([
      { why: 'circle', options: ['e', 'a', 'c'] },
      { why: 'above', option: 'e', over: 'c' },
    ])
  })

  it('ties are told by the way of counting that has them', () => {
    const { verdict, reasons } = count(['a', 'b'], read('3 a>b\n3 b>a'))
    expect(verdict).toBe('differ')
    expect(reasons).toEqual([
      { why: 'tie', method: 'first', options: ['a', 'b'] },
      { why: 'tie', method: 'borda', options: ['a', 'b'] },
      { why: 'tie', method: 'schulze', options: ['a', 'b'] },
      { why: 'tie', method: 'irv', options: ['a', 'b'] },
      { why: 'level', option: 'a', others: ['b'] },
    ])
  })

  it('nobody, and one person, are plain', () => {
    expect(count(five, [])).toMatchObject({ verdict: 'nobody', option: null, reasons: [] })
    expect(count(five, read('1 c'))).toMatchObject({ verdict: 'agree', option: 'c' })
  })
})

describe('the first two places', () => {
  it('are counted over all who ranked', () => {
    expect(topShares(['a', 'b', 'c'], read('3 a>b>c\n1 c'))).toEqual([
      { code: 'a', top: 3, topShare: 0.75 },
      { code: 'b', top: 3, topShare: 0.75 },
      { code: 'c', top: 1, topShare: 0.25 },
    ])
    expect(topShares(['a'], [])).toEqual([{ code: 'a', top: 0, topShare: null }])
  })
})

describe('runoff rounds', () => {
  it('tell their base, and ties that only the rule decided', () => {
    expect(runoff(['a', 'b', 'c', 'd'], read('4 a\n3 b\n3 c'))).toMatchObject({
      winner: 'a',
      counting: [10, 10, 7],
      ties: [{ round: 2, options: ['b', 'c'], out: 'c' }],
    })
  })
})

/** As the contract words it, slowly: for every round, each ballot counts for its first standing option. */
function slowRunoff(options: string[], ballots: Ballot[]): string[] {
  let standing = [...options]
  const rounds: Map<string, number>[] = []
  const gone: string[] = []
  while (standing.length > 0) {
    const totals = new Map(standing.map((code) => [code, 0]))
    for (const { order, n } of ballots) {
      const choice = order.find((code) => standing.includes(code))
      if (choice) totals.set(choice, (totals.get(choice) ?? 0) + n)
    }
    rounds.push(totals)
    const sum = [...totals.values()].reduce((all, n) => all + n, 0)
    if (standing.length === 1 || standing.some((code) => (totals.get(code) ?? 0) * 2 > sum)) return gone
    const out = [...standing].sort((a, b) => {
      for (const round of rounds.toReversed()) {
        const difference = (round.get(a) ?? 0) - (round.get(b) ?? 0)
        if (difference !== 0) return difference
      }
      return options.indexOf(b) - options.indexOf(a)
    })[0]
    gone.push(out ?? '')
    standing = standing.filter((code) => code !== out)
  }
  return gone
}

describe('whatever people rank', () => {
  const ballots = fc.array(
    fc.record({ order: fc.shuffledSubarray(five, { minLength: 1 }), n: fc.integer({ min: 1, max: 9 }) }),
    { minLength: 1, maxLength: 25 },
  )

  it('the Schulze order holds every option once and begins with the Condorcet winner alone', () => {
    fc.assert(
      fc.property(ballots, (given) => {
        const matrix = pairwise(five, given)
        const { order } = schulze(five, matrix)
        expect(order.flat().sort()).toEqual(five)
        const winner = condorcet(five, matrix)
        if (winner) expect(order[0]).toEqual([winner])
      }),
    )
  })

  it('turning every ballot round turns a clear Schulze order round', () => {
    fc.assert(
      fc.property(
        fc.array(fc.shuffledSubarray(five, { minLength: 5 }), { minLength: 1, maxLength: 15 }),
        (orders) => {
          const order = (list: string[][]) =>
            schulze(
              five,
              pairwise(
                five,
                list.map((one) => ({ order: one, n: 1 })),
              ),
            ).order
          const there = order(orders)
          if (there.every((place) => place.length === 1))
            expect(order(orders.map((one) => one.toReversed()))).toEqual(there.toReversed())
        },
      ),
    )
  })

  it('the runoff drops the same options as the slow rule does', () => {
    fc.assert(
      fc.property(ballots, (given) => {
        const { rounds } = instantRunoff(five, given)
        const gone = rounds.slice(1).map((round, index) => {
          return Object.keys(rounds[index] ?? {}).find((code) => !(code in round))
        })
        expect(gone).toEqual(slowRunoff(five, given))
      }),
    )
  })

  it('the verdict names an option just when all ways of counting name it alone', () => {
    fc.assert(
      fc.property(ballots, (given) => {
        const { verdict, option, first, borda: points, irv, schulze: head, reasons } = count(five, given)
        const alike = [first, points, irv, head].every((one) => one.length === 1 && one[0] === irv[0])
        expect(verdict === 'agree').toBe(alike)
        expect(option).toBe(alike ? irv[0] : null)
        if (!alike) expect(reasons.length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('sixty-four options', () => {
  const many = Array.from({ length: 64 }, (_, index) => `o${index}`)
  it('give plain numbers with no, one and many alike ballots', () => {
    for (const given of [[], [{ order: many, n: 1 }], [{ order: ['o5'], n: 1000 }]]) {
      const text = JSON.stringify([
        count(many, given),
        schulze(many, pairwise(many, given)),
        [...borda(many, given).values()],
        topShares(many, given),
      ])
      expect(text).not.toMatch(/NaN|Infinity/)
      expect(text.replaceAll('"topShare":null', '').includes('undefined')).toBe(false)
      expect(instantRunoff(many, given).rounds.length).toBeLessThanOrEqual(64)
    }
    expect(ballotCount(ballotsOf(new Map([[many.join('>'), 3]]), many))).toBe(3)
  })
})
