import type { Option } from './definition.ts'

/**
 * The options in an order that looks random and is the same whenever `seed` is the same, so that a page that is
 * shown again does not jump. Options marked `other` stay last. Fisher-Yates over mulberry32 seeded by FNV-1a.
 */
export function shuffled(options: readonly Option[], seed: string): Option[] {
  const loose = options.filter((option) => !option.other)
  const random = generator(seed)
  for (let last = loose.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [a, b] = [loose[last], loose[other]]
    if (a && b) {
      loose[last] = b
      loose[other] = a
    }
  }
  return [...loose, ...options.filter((option) => option.other)]
}

function generator(seed: string): () => number {
  let state = 0x811c9dc5
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
