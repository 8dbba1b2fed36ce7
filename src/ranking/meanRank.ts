import type { Ballot } from './ballots.ts'

export type MeanRank = { code: string; ranked: number; meanRank: number | null }

/** The mean place of each option (1 is best) over those who ranked it, and how many did; null when nobody did. */
export function meanRanks(options: readonly string[], ballots: readonly Ballot[]): MeanRank[] {
  const places = new Map(options.map((code) => [code, { ranked: 0, sum: 0 }]))
  for (const { order, n } of ballots) {
    for (let rank = 0; rank < order.length; rank += 1) {
      const seen = places.get(order[rank] ?? '')
      if (!seen) continue
      seen.ranked += n
      seen.sum += n * (rank + 1)
    }
  }
  return options.map((code) => {
    const { ranked, sum } = places.get(code) ?? { ranked: 0, sum: 0 }
    return { code, ranked, meanRank: ranked > 0 ? sum / ranked : null }
  })
}
