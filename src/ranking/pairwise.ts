import type { Ballot } from './ballots.ts'

/** `matrix[a][b]`: how many ballots put a above b. */
export type Pairwise = Record<string, Record<string, number>>

/**
 * Counts, for each pair of options, the ballots that put one above the other. A ranked option beats an
 * unranked one; two unranked options are no contest, so a[b] + b[a] may be less than the number of ballots.
 */
export function pairwise(options: readonly string[], ballots: readonly Ballot[]): Pairwise {
  const size = options.length
  const index = new Map(options.map((code, place) => [code, place]))
  const counts = new Float64Array(size * size)
  // Each ballot's options by number: the ranked ones in order, then those it leaves out.
  const ranked = new Int32Array(size)
  const seen = new Uint8Array(size)
  for (const { order, n } of ballots) {
    seen.fill(0)
    let end = 0
    for (const code of order) {
      const at = index.get(code)
      if (at === undefined || seen[at] === 1) continue
      seen[at] = 1
      ranked[end] = at
      end += 1
    }
    let last = end
    for (let at = 0; at < size && last < size; at += 1) {
      if (seen[at] === 1) continue
      ranked[last] = at
      last += 1
    }
    for (let i = 0; i < end; i += 1) {
      const winner = (ranked[i] ?? 0) * size
      for (let j = i + 1; j < size; j += 1) {
        const pair = winner + (ranked[j] ?? 0)
        counts[pair] = (counts[pair] ?? 0) + n
      }
    }
  }
  const row = (a: number) =>
    Object.fromEntries(
      options.flatMap((code, b) => (a === b ? [] : [[code, counts[a * size + b] ?? 0] as const])),
    )
  return Object.fromEntries(options.map((code, a) => [code, row(a)]))
}

/** Whether more ballots put a above b than b above a. */
export const beats = (matrix: Pairwise, a: string, b: string): boolean =>
  (matrix[a]?.[b] ?? 0) > (matrix[b]?.[a] ?? 0)

/** The option that beats every other one head to head, or null when none does (a tie is no win). */
export function condorcet(options: readonly string[], matrix: Pairwise): string | null {
  const beatsAll = (a: string) => options.every((b) => a === b || beats(matrix, a, b))
  return options.length > 1 ? (options.find(beatsAll) ?? null) : null
}

/**
 * The shortest circle of wins that leads from an option back to it ("A beats B, B beats C, C beats A" is
 * [A, B, C]); undefined when it stands in none. Among equally short ones the first by the order of the options.
 */
export function circleOf(options: readonly string[], matrix: Pairwise, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>()
  let reached = [start]
  while (reached.length > 0) {
    const next: string[] = []
    for (const from of reached) {
      if (from !== start && beats(matrix, from, start)) return pathTo(from, start, cameFrom)
      for (const to of options) {
        if (to === start || cameFrom.has(to) || !beats(matrix, from, to)) continue
        cameFrom.set(to, from)
        next.push(to)
      }
    }
    reached = next
  }
  return undefined
}

function pathTo(end: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path = [end]
  for (let at = cameFrom.get(end); at !== undefined; at = cameFrom.get(at)) path.unshift(at)
  return path[0] === start ? path : [start, ...path]
}
