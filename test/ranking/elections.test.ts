import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { firstChoices } from '../../src/ranking/firstChoice.ts'
import { instantRunoff } from '../../src/ranking/instantRunoff.ts'
import { condorcet, pairwise } from '../../src/ranking/pairwise.ts'
import { schulze } from '../../src/ranking/schulze.ts'
import { readBlt } from './blt.ts'

const folder = new URL('../../../shared/samples/ballots/', import.meta.url)

/** Published outcomes; see the README of the samples. */
const elections = [
  { file: '2006-Burlington-Mayor.blt', winner: 'Bob Kiss', ahead: 'Bob Kiss' },
  { file: '2009-Aspen-Mayor.blt', winner: "Michael C. 'Mick' Ireland", ahead: undefined },
  { file: '2010-Oakland-School_Director-D4.blt', winner: 'GARY D. YEE', ahead: undefined },
  { file: '2010-San_Leandro-Mayor.blt', winner: 'STEPHEN H. CASSIDY', ahead: "ANTHONY B. ''TONY'' SANTOS" },
]

describe.skipIf(!existsSync(folder))('real elections', () => {
  it.each(elections)('$file is won by $winner', ({ file, winner, ahead }) => {
    const { options, names, ballots } = readBlt(readFileSync(new URL(file, folder), 'utf8'))
    const name = (code: string | null | undefined) => names[Number(code) - 1]
    expect(name(instantRunoff(options, ballots).winner)).toBe(winner)
    const first = firstChoices(options, ballots).toSorted((a, b) => b.first - a.first)[0]
    if (ahead) expect(name(first?.code)).toBe(ahead)
    const matrix = pairwise(options, ballots)
    // None of these four elections was a squeeze: the winner also beats each other one head to head.
    expect(name(condorcet(options, matrix))).toBe(winner)
    expect(schulze(options, matrix).order.map((place) => place.map(name))[0]).toEqual([winner])
    expect(schulze(options, matrix).order.flat()).toHaveLength(options.length)
  })
})

describe('Burlington 2009', () => {
  /**
   * Head-to-head counts of the four largest candidates, as published (A. Gierzynski, W. Hamilton, W. D. Smith,
   * "Burlington Vermont 2009 IRV mayoral election", 2009; also ranked.vote, which gives the same shares). Kiss won
   * the runoff.
   */
  const matrix = {
    montroll: { kiss: 4064, wright: 4597, smith: 4570 },
    kiss: { montroll: 3476, wright: 4313, smith: 3944 },
    wright: { montroll: 3664, kiss: 4061, smith: 3971 },
    smith: { montroll: 2997, kiss: 3576, wright: 3793 },
  }
  const options = ['wright', 'kiss', 'montroll', 'smith']
  it('has a Condorcet winner who was not elected, and the published order below', () => {
    expect(condorcet(options, matrix)).toBe('montroll')
    expect(schulze(options, matrix).order).toEqual([['montroll'], ['kiss'], ['wright'], ['smith']])
  })
})
