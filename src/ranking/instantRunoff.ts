import type { Ballot } from './ballots.ts'

/** `rounds[i][code]`: ballots that count for the option in that round; only the options still standing. */
export type InstantRunoff = { winner: string | null; rounds: Record<string, number>[] }

/** A round that nothing in the votes decided: `options` were equal in every round so far, and `out` went by rule. */
export type RunoffTie = { round: number; options: string[]; out: string }

export type Runoff = InstantRunoff & {
  /** Ballots that count in each round: the base of its shares. The others' options are all gone. */
  counting: number[]
  ties: RunoffTie[]
}

/** Ballots in piles: each lies with the first of its options that still stands. */
type Pile = { ballot: Ballot; at: number }[]

function put(piles: Map<string, Pile>, ballot: Ballot, from: number): void {
  for (let at = from; at < ballot.order.length; at += 1) {
    const pile = piles.get(ballot.order[at] ?? '')
    if (!pile) continue
    pile.push({ ballot, at })
    return
  }
}

const sizeOf = (pile: Pile): number => pile.reduce((sum, { ballot }) => sum + ballot.n, 0)

/**
 * Who goes: the lowest of this round; among equals the lowest of the round before, and so on back to the first;
 * among those still equal (`equal`) the one that stands last in the order of the options.
 */
function lowest(standing: readonly string[], rounds: readonly Map<string, number>[]): string[] {
  let equal = [...standing]
  for (const totals of rounds.toReversed()) {
    const least = Math.min(...equal.map((code) => totals.get(code) ?? 0))
    equal = equal.filter((code) => (totals.get(code) ?? 0) === least)
  }
  return equal
}

/**
 * Instant-runoff voting: count first choices; while no option holds more than half of the ballots that still
 * count, drop the lowest and count again. Ballots whose options are all gone stop counting.
 * `winner` is null, and `rounds` empty, when no ballot ranks anything. Options that never had a ballot go in turn
 * and are told as no tie: their order changes nothing.
 */
export function runoff(options: readonly string[], ballots: readonly Ballot[]): Runoff {
  const piles = new Map<string, Pile>(options.map((code) => [code, []]))
  for (const ballot of ballots) if (ballot.n > 0) put(piles, ballot, 0)
  const rounds: Map<string, number>[] = []
  const counting: number[] = []
  const ties: RunoffTie[] = []
  const result = (winner: string | null): Runoff => ({
    winner,
    rounds: rounds.map((totals) => Object.fromEntries(totals)),
    counting,
    ties,
  })
  if ([...piles.values()].every((pile) => pile.length === 0)) return result(null)
  for (;;) {
    const totals = new Map([...piles].map(([code, pile]) => [code, sizeOf(pile)]))
    const sum = [...totals.values()].reduce((all, n) => all + n, 0)
    rounds.push(totals)
    counting.push(sum)
    const standing = [...piles.keys()]
    const ahead = standing.find((code) => (totals.get(code) ?? 0) * 2 > sum)
    if (ahead !== undefined || standing.length <= 1) return result(ahead ?? standing[0] ?? null)
    const equal = lowest(standing, rounds)
    const out = equal.at(-1) ?? ''
    if (equal.length > 1 && (totals.get(out) ?? 0) > 0)
      ties.push({ round: rounds.length, options: equal, out })
    const moved = piles.get(out) ?? []
    piles.delete(out)
    for (const { ballot, at } of moved) put(piles, ballot, at + 1)
  }
}

/** The runoff's winner and rounds alone, as the contract prints them. */
export function instantRunoff(options: readonly string[], ballots: readonly Ballot[]): InstantRunoff {
  const { winner, rounds } = runoff(options, ballots)
  return { winner, rounds }
}
