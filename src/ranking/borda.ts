import type { Ballot } from './ballots.ts'

/**
 * Borda points of each option, added over all ballots. Of n options, a ballot gives n-1 points to its first,
 * n-2 to its second and so on; the options it leaves out share the points that are left, each the mean of them
 * ("averaged" scoring: Dummett, Voting Procedures, 1984). A ballot thus always gives n(n-1)/2 points.
 */
export function borda(options: readonly string[], ballots: readonly Ballot[]): Map<string, number> {
  const points = new Map<string, number>(options.map((code) => [code, 0]))
  for (const { order, n } of ballots) {
    if (order.length === 0) continue
    const left = options.length - order.length
    const places = new Map(order.map((code, index) => [code, options.length - 1 - index]))
    for (const code of options) {
      points.set(code, (points.get(code) ?? 0) + n * (places.get(code) ?? (left - 1) / 2))
    }
  }
  return points
}
