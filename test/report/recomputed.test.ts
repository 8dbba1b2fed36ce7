import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addScores, alphaOf, noMoments } from '../../src/climate/alpha.ts'
import { holm, pOfDifference } from '../../src/climate/chance.ts'
import { differenceOf, pairedDifference, pOfChange } from '../../src/climate/difference.ts'
import { type Margin, type RakingCell, rake } from '../../src/climate/raking.ts'
import { wilson } from '../../src/climate/wilson.ts'
import { ballotCount, ballotsOf } from '../../src/ranking/ballots.ts'
import { borda } from '../../src/ranking/borda.ts'
import { firstChoices } from '../../src/ranking/firstChoice.ts'
import { runoff } from '../../src/ranking/instantRunoff.ts'
import { meanRanks } from '../../src/ranking/meanRank.ts'
import { condorcet, pairwise } from '../../src/ranking/pairwise.ts'
import { schulze } from '../../src/ranking/schulze.ts'
import { topShares } from '../../src/ranking/topShare.ts'
import { chanceOfSoFew } from '../../src/report/turnout/underHeard.ts'

/** Inputs and what another program made of them; `made` in the file says how. */
type Recomputed = {
  rankings: {
    name: string
    options: string[]
    ballots: [string, number][]
    base: number
    first: Record<string, number>
    top2: Record<string, number>
    meanRank: Record<string, number | null>
    borda: Record<string, number>
    pairwise: Record<string, Record<string, number>>
    condorcet: string | null
    schulze: string[][]
    winner: string
    rounds: Record<string, number>[]
    counting: number[]
  }[]
  differences: {
    of: [number, number, number, number]
    difference: number
    low: number
    high: number
    p: number
    test: string
    wilson: [number, number]
  }[]
  paired: { of: [number, number, number, number]; difference: number; low: number; high: number; p: number }[]
  holm: { of: number[]; holm: number[] }[]
  alpha: { of: number[][]; alpha: number }[]
  raking: { cells: RakingCell[]; margins: Margin[]; weights: number[]; designEffect: number }[]
  fewer: { of: [number, number, number]; chance: number }[]
}
const file = new URL('./recomputed.json', import.meta.url)
const recomputed = JSON.parse(readFileSync(file, 'utf8')) as Recomputed

const near = (found: number | null | undefined, wanted: number, digits = 9) =>
  expect(found).toBeCloseTo(wanted, digits)

describe('what leadership reads is what another program computes', () => {
  it.each(recomputed.rankings)('the ranking of $name', (wanted) => {
    const { options } = wanted
    const ballots = ballotsOf(new Map(wanted.ballots), options)
    const matrix = pairwise(options, ballots)
    const { winner, rounds, counting } = runoff(options, ballots)
    const pairs = Object.fromEntries(
      options.map((a) => [
        a,
        Object.fromEntries(options.filter((b) => b !== a).map((b) => [b, matrix[a]?.[b] ?? 0])),
      ]),
    )
    expect({
      base: ballotCount(ballots),
      first: Object.fromEntries(firstChoices(options, ballots).map(({ code, first }) => [code, first])),
      top2: Object.fromEntries(topShares(options, ballots).map(({ code, top }) => [code, top])),
      borda: Object.fromEntries(borda(options, ballots)),
      pairwise: pairs,
      condorcet: condorcet(options, matrix),
      schulze: schulze(options, matrix).order.map((place) => place.toSorted()),
      winner,
      rounds,
      counting,
    }).toEqual({
      base: wanted.base,
      first: wanted.first,
      top2: wanted.top2,
      borda: wanted.borda,
      pairwise: wanted.pairwise,
      condorcet: wanted.condorcet,
      schulze: wanted.schulze.map((place) => place.toSorted()),
      winner: wanted.winner,
      rounds: wanted.rounds,
      counting: wanted.counting,
    })
    for (const { code, meanRank } of meanRanks(options, ballots)) {
      const mean = wanted.meanRank[code] ?? null
      if (mean === null) expect(meanRank).toBeNull()
      else near(meanRank, mean)
    }
  })

  it('intervals, differences and what chance could do', () => {
    for (const { of, ...wanted } of recomputed.differences) {
      const [a, b] = [
        { count: of[0], n: of[1] },
        { count: of[2], n: of[3] },
      ]
      const found = differenceOf(a, b)
      near(found?.difference, wanted.difference)
      near(found?.low, wanted.low)
      near(found?.high, wanted.high)
      near(wilson(a.count, a.n)?.low, wanted.wilson[0])
      near(wilson(a.count, a.n)?.high, wanted.wilson[1])
      near(pOfDifference(a, b)?.p, wanted.p, 7)
      expect(pOfDifference(a, b)?.test).toBe(wanted.test)
    }
    for (const { of, holm: wanted } of recomputed.holm)
      for (const [at, p] of holm(of).entries()) near(p, wanted[at] ?? Number.NaN)
    for (const { of, chance } of recomputed.fewer) near(chanceOfSoFew(...of), chance, 7)
  })

  it('the same people before and after', () => {
    for (const { of, ...wanted } of recomputed.paired) {
      const [both, gained, lost, neither] = of
      const found = pairedDifference({ both, gained, lost, neither })
      near(found?.difference, wanted.difference)
      near(found?.low, wanted.low)
      near(found?.high, wanted.high)
      near(pOfChange({ gained, lost }), wanted.p)
    }
  })

  it('alpha, and weights with their design effect', () => {
    for (const { of, alpha } of recomputed.alpha)
      near(
        alphaOf(of.reduce((moments, row) => addScores(moments, row), noMoments(of[0]?.length ?? 0))).value,
        alpha,
      )
    for (const { cells, margins, weights, designEffect } of recomputed.raking) {
      const found = rake(cells, margins, { bounds: null, tolerance: 1e-12, rounds: 1000 })
      if ('fault' in found) throw new Error(found.fault)
      near(found.designEffect, designEffect, 6)
      for (const [at, weight] of found.weights.entries()) near(weight, weights[at] ?? Number.NaN, 6)
    }
  })
})
