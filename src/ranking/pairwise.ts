import type { Ballot } from './ballots.ts'

/** `matrix[a][b]`: how many ballots put a above b. */
export type Pairwise = Record<string, Record<string, number>>

/**
 * Counts, for each pair of options, the ballots that put one above the other. A ranked option beats an
 * unranked one; two unranked options are no contest, so a[b] + b[a] may be less than the number of ballots.
 */
export function pairwise(options: readonly string[], ballots: readonly Ballot[]): Pairwise {
  const index = new Map(options.map((code, place) => [code, place]))
  const counts = options.map(() => options.map(() => 0))
  for (const { order, n } of ballots) {
    const above = new Set<number>()
    for (const code of order) {
      const winner = index.get(code)
      const row = winner === undefined ? undefined : counts[winner]
      if (winner === undefined || row === undefined) continue
      above.add(winner)
      for (let loser = 0; loser < row.length; loser += 1) {
        if (!above.has(loser)) row[loser] = (row[loser] ?? 0) + n
      }
    }
  }
  const named = (row: number[], self: string) =>
    Object.fromEntries(
      options.map((code, place) => [code, row[place] ?? 0]).filter(([code]) => code !== self),
    )
  return Object.fromEntries(options.map((code, place) => [code, named(counts[place] ?? [], code)]))
}

/** The option that beats every other one head to head, or null when none does (a tie is no win). */
export function condorcet(options: readonly string[], matrix: Pairwise): string | null {
  const beatsAll = (a: string) =>
    options.every((b) => a === b || (matrix[a]?.[b] ?? 0) > (matrix[b]?.[a] ?? 0))
  return options.length > 1 ? (options.find(beatsAll) ?? null) : null
}
