import type { Pairwise } from './pairwise.ts'

/** `order`: options best first, in places; a place with several options is a tie that the method leaves open. */
export type Schulze = { order: string[][] }

/**
 * Strength of the strongest path from each option to each other: a path is as strong as its weakest win, a win as
 * strong as the ballots behind it ("winning votes"). Floyd and Warshall's algorithm, n³ steps.
 */
function strongestPaths(options: readonly string[], matrix: Pairwise): number[][] {
  const wins = options.map((a) =>
    options.map((b) => {
      const [ab, ba] = [matrix[a]?.[b] ?? 0, matrix[b]?.[a] ?? 0]
      return a !== b && ab > ba ? ab : 0
    }),
  )
  wins.forEach((through, k) => {
    wins.forEach((from, i) => {
      const first = from[k] ?? 0
      if (i === k || first === 0) return
      for (let j = 0; j < from.length; j += 1) {
        if (j !== i && j !== k) from[j] = Math.max(from[j] ?? 0, Math.min(first, through[j] ?? 0))
      }
    })
  })
  return wins
}

/**
 * The Schulze order: a stands above b when the strongest path from a to b is stronger than that back. Each place
 * holds the options that no option still unplaced stands above; they are told as a tie when there are several.
 * A Condorcet winner always comes first alone. Nothing ranked, or all alike, is one place with everyone in it.
 * Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
 * single-winner election method", Social Choice and Welfare 36 (2011), 267-303.
 */
export function schulze(options: readonly string[], matrix: Pairwise): Schulze {
  const paths = strongestPaths(options, matrix)
  const above = (a: number, b: number) => (paths[a]?.[b] ?? 0) > (paths[b]?.[a] ?? 0)
  let left = options.map((_, index) => index)
  const order: string[][] = []
  while (left.length > 0) {
    const place = left.filter((b) => !left.some((a) => above(a, b)))
    order.push(place.flatMap((index) => options[index] ?? []))
    left = left.filter((index) => !place.includes(index))
  }
  return { order }
}
