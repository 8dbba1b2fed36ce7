import type { Beside } from './row.ts'

/** The value that `share` (0 to 1) of the others do not exceed; NaN of nothing. Nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const [low = Number.NaN, high = Number.NaN] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ]
  return (low + high) / 2
}

/**
 * Lets the contenders have a turn each, round after round, every second round backwards: a busy neighbour or a
 * stall of the machine then falls on all of them alike, and a round's ratio is of figures taken seconds apart.
 */
export async function inTurns<Name extends string, T>(
  rounds: number,
  contenders: Record<Name, () => Promise<T>>,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(contenders) as Name[]
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      results[name].push(await contenders[name]())
    }
  }
  return results
}

/** Puts the rounds of a ceiling beside those of Heard. */
export function beside(what: string, heard: readonly number[], ceiling: readonly number[]): Beside {
  const ratios = heard.map((figure, round) => figure / (ceiling[round] ?? Number.NaN))
  const figure = median(ceiling)
  return { what, figure, ratio: median(heard) / figure, low: Math.min(...ratios), high: Math.max(...ratios) }
}
