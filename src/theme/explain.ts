import type { Classifier } from './classifier.ts'
import { features, letterHashes, pairHash, wordHash } from './features.ts'
import { placesOf, rowOf } from './matrix.ts'
import { tokens } from './tokens.ts'

/** A word that spoke for a theme: offsets into the text, and how much of what was said for it came from the word. */
export type Spoke = { start: number; end: number; words: string; weight: number }

/**
 * The words of a text that spoke for a theme, the strongest first. A word's weight is what the model adds for it,
 * for its letters (shared among the words that have them) and for half of each pair it stands in.
 */
export function explain(
  ready: Classifier,
  { text, lang, around }: { text: string; lang: string; around?: string[] },
  theme: string,
  most = 6,
): Spoke[] {
  const line = ready.lines.find((one) => one.theme === theme)
  if (!line) return []
  const places = placesOf(ready.columns)
  const found = features(text, lang, around)
  const values = new Map(rowOf(found, places, ready.columns.idf))
  const worth = (hash: number, times: number) => {
    const column = places.get(hash)
    if (column === undefined) return 0
    return ((line.weights[column] ?? 0) * (values.get(column) ?? 0)) / Math.max(times, 1)
  }
  const all = tokens(text, lang)
  const weights = all.map((token) => {
    const key = wordHash(token)
    const letters = letterHashes(token).reduce((sum, one) => sum + worth(one, found.letters.get(one) ?? 1), 0)
    return worth(key, found.words.get(key) ?? 1) + letters
  })
  for (const [at, token] of all.entries()) {
    const next = all[at + 1]
    if (!next) continue
    const key = pairHash(token, next)
    const half = worth(key, found.words.get(key) ?? 1) / 2
    weights[at] = (weights[at] ?? 0) + half
    weights[at + 1] = (weights[at + 1] ?? 0) + half
  }
  return all
    .map(({ start, end }, at) => ({ start, end, words: text.slice(start, end), weight: weights[at] ?? 0 }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.start - b.start)
    .slice(0, most)
}
