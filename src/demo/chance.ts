/** A number from 0 up to but not including 1. The only source of chance here, and it comes as an argument. */
export type Random = () => number

/** The same numbers for the same seed, on every machine (mulberry32, Tommy Ettinger 2017; a 32-bit state). */
export function seeded(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const happens = (random: Random, share: number): boolean => random() < share

/** Throws when the list is empty. */
export function oneOf<T>(random: Random, list: readonly T[]): T {
  const index = Math.floor(random() * list.length)
  for (const found of list.slice(index, index + 1)) return found
  throw new Error('nothing to choose from')
}

/** A key, as likely as its weight among all weights. Throws when no weight is above 0. */
export function weighted(random: Random, weights: Readonly<Record<string, number>>): string {
  const entries = Object.entries(weights).filter(([, weight]) => weight > 0)
  let left = random() * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [key, weight] of entries) {
    left -= weight
    if (left < 0) return key
  }
  const last = entries.at(-1)
  if (!last) throw new Error('nothing has a weight')
  return last[0]
}

/** All keys in an order drawn one by one by weight, so that a heavier one tends to stand earlier (Plackett-Luce). */
export function inOrder(random: Random, weights: Readonly<Record<string, number>>): string[] {
  const left = { ...weights }
  const order: string[] = []
  while (Object.keys(left).length > 0) {
    const key = weighted(random, left)
    order.push(key)
    delete left[key]
  }
  return order
}

export const shuffled = (random: Random, list: readonly string[]): string[] =>
  inOrder(random, Object.fromEntries(list.map((key) => [key, 1])))

/** Roughly normal with mean 0 and deviation 1 (twelve uniform numbers, summed). */
export function bell(random: Random): number {
  let sum = -6
  for (let i = 0; i < 12; i++) sum += random()
  return sum
}

/** Each key as often as its count says, in a random order. */
export function dealt(random: Random, counts: Readonly<Record<string, number>>): string[] {
  const deck = Object.entries(counts).flatMap(([key, count]) => Array.from({ length: count }, () => key))
  for (let last = deck.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [a, b] = [deck[last], deck[other]]
    if (a !== undefined && b !== undefined) {
      deck[last] = b
      deck[other] = a
    }
  }
  return deck
}
