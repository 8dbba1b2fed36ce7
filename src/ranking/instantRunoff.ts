import type { Ballot } from './ballots.ts'

/** `rounds[i][code]`: ballots that count for the option in that round; only the options still standing. */
export type InstantRunoff = { winner: string | null; rounds: Record<string, number>[] }

/** Ballots for each option still standing: a ballot counts for the first of them that it ranks. */
function count(standing: readonly string[], ballots: readonly Ballot[]): Map<string, number> {
  const totals = new Map<string, number>(standing.map((code) => [code, 0]))
  for (const { order, n } of ballots) {
    const choice = order.find((code) => totals.has(code))
    if (choice !== undefined) totals.set(choice, (totals.get(choice) ?? 0) + n)
  }
  return totals
}

/**
 * Who goes: the lowest of this round; among equals the lowest of the round before, and so on back to the first;
 * among those still equal the one that stands last in the order of the options.
 */
function lowest(standing: readonly string[], rounds: readonly Map<string, number>[]): string | undefined {
  let candidates = [...standing]
  for (const totals of rounds.toReversed()) {
    const least = Math.min(...candidates.map((code) => totals.get(code) ?? 0))
    candidates = candidates.filter((code) => (totals.get(code) ?? 0) === least)
  }
  return candidates.at(-1)
}

/**
 * Instant-runoff voting: count first choices; while no option holds more than half of the ballots that still
 * count, drop the lowest and count again. Ballots whose options are all gone stop counting.
 * `winner` is null, and `rounds` empty, when no ballot ranks anything.
 */
export function instantRunoff(options: readonly string[], ballots: readonly Ballot[]): InstantRunoff {
  let standing = [...options]
  const rounds: Map<string, number>[] = []
  const result = (winner: string | null) => ({
    winner,
    rounds: rounds.map((totals) => Object.fromEntries(totals)),
  })
  if (!ballots.some(({ order, n }) => n > 0 && order.some((code) => standing.includes(code))))
    return result(null)
  for (;;) {
    const totals = count(standing, ballots)
    rounds.push(totals)
    const counting = [...totals.values()].reduce((sum, n) => sum + n, 0)
    const ahead = standing.find((code) => (totals.get(code) ?? 0) * 2 > counting)
    if (ahead !== undefined) return result(ahead)
    if (standing.length <= 1) return result(standing[0] ?? null)
    const out = lowest(standing, rounds)
    standing = standing.filter((code) => code !== out)
  }
}
