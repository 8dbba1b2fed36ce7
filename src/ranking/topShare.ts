import { type Ballot, ballotCount } from './ballots.ts'

export type TopShare = { code: string; top: number; topShare: number | null }

/**
 * How often each option stands among the first `places`. The share's base is the ballots that rank at least one
 * option, so the shares of all options add up to at most `places`; null when there are no ballots.
 */
export function topShares(options: readonly string[], ballots: readonly Ballot[], places = 2): TopShare[] {
  const base = ballotCount(ballots)
  const counts = new Map(options.map((code) => [code, 0]))
  for (const { order, n } of ballots) {
    for (const code of order.slice(0, places)) {
      const known = counts.get(code)
      if (known !== undefined) counts.set(code, known + n)
    }
  }
  return options.map((code) => {
    const top = counts.get(code) ?? 0
    return { code, top, topShare: base > 0 ? top / base : null }
  })
}
