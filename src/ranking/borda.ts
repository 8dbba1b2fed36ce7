import type { Ballot } from './ballots.ts'

/**
 * Borda points of each option, added over all ballots. Of n options, a ballot gives n-1 points to its first,
 * n-2 to its second and so on; the options it leaves out share the points that are left, each the mean of them
 * ("averaged" scoring: Dummett, Voting Procedures, 1984). A ballot thus always gives n(n-1)/2 points.
 * Every option gets what an unranked one gets, and ranked ones the difference: so time grows with what was ranked.
 */
export function borda(options: readonly string[], ballots: readonly Ballot[]): Map<string, number> {
  const place = new Map(options.map((code, index) => [code, index]))
  const points = new Float64Array(options.length)
  let everyone = 0
  for (const { order, n } of ballots) {
    if (order.length === 0) continue
    const unranked = (options.length - order.length - 1) / 2
    everyone += n * unranked
    for (let rank = 0; rank < order.length; rank += 1) {
      const at = place.get(order[rank] ?? '')
      if (at !== undefined) points[at] = (points[at] ?? 0) + n * (options.length - 1 - rank - unranked)
    }
  }
  return new Map(options.map((code, index) => [code, (points[index] ?? 0) + everyone]))
}
