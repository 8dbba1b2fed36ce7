import type { Ballot } from './ballots.ts'

export type MeanRank = { code: string; ranked: number; meanRank: number | null }

/** The mean place of each option (1 is best) over those who ranked it, and how many did; null when nobody did. */
export function meanRanks(options: readonly string[], ballots: readonly Ballot[]): MeanRank[] {
  const places = new Map<string, { ranked: number; sum: number }>()
  for (const { order, n } of ballots) {
    order.forEach((code, index) => {
      const seen = places.get(code) ?? { ranked: 0, sum: 0 }
      places.set(code, { ranked: seen.ranked + n, sum: seen.sum + n * (index + 1) })
    })
  }
  return options.map((code) => {
    const { ranked, sum } = places.get(code) ?? { ranked: 0, sum: 0 }
    return { code, ranked, meanRank: ranked > 0 ? sum / ranked : null }
  })
}
