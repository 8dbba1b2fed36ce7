import { type Ballot, ballotCount } from './ballots.ts'

export type FirstChoice = { code: string; first: number; firstShare: number | null }

/**
 * How often each option stands first. The share's base is the ballots that rank at least one option;
 * null when there are none.
 */
export function firstChoices(options: readonly string[], ballots: readonly Ballot[]): FirstChoice[] {
  const base = ballotCount(ballots)
  const counts = new Map<string, number>()
  for (const { order, n } of ballots) {
    const [first] = order
    if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + n)
  }
  return options.map((code) => {
    const first = counts.get(code) ?? 0
    return { code, first, firstShare: base > 0 ? first / base : null }
  })
}
