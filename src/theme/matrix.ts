import type { Features } from './features.ts'
import type { Sparse } from './linear.ts'

/** Which hashes are columns (ascending), and how telling each is. */
export type Columns = { hashes: Uint32Array; idf: Float32Array }

/** Columns for the features that at least `least` texts have: idf = ln((1 + n) / (1 + df)) + 1. */
export function columnsOf(texts: Features[], least: number): Columns {
  const df = new Map<number, number>()
  for (const { words, letters } of texts) {
    for (const key of words.keys()) df.set(key, (df.get(key) ?? 0) + 1)
    for (const key of letters.keys()) df.set(key, (df.get(key) ?? 0) + 1)
  }
  const hashes = Uint32Array.from([...df].filter(([, n]) => n >= least).map(([key]) => key)).sort()
  const idf = Float32Array.from(hashes, (key) => Math.log((1 + texts.length) / (1 + (df.get(key) ?? 0))) + 1)
  return { hashes, idf }
}

/** Where a hash stands among the columns. */
export const placesOf = ({ hashes }: Columns): Map<number, number> =>
  new Map([...hashes].map((key, at) => [key, at]))

/**
 * TF-IDF of a text: (1 + ln tf) * idf, words and letters each scaled to length 1 and letters then by their language's share, so
 * that a long word's many sequences do not drown the words.
 */
export function rowOf(text: Features, places: Map<number, number>, idf: Float32Array): [number, number][] {
  const part = (counts: Map<number, number>, share: number): [number, number][] => {
    const row: [number, number][] = []
    let square = 0
    for (const [key, n] of counts) {
      const column = places.get(key)
      if (column === undefined) continue
      const value = (1 + Math.log(n)) * (idf[column] ?? 0)
      square += value * value
      row.push([column, value])
    }
    const scale = share / (Math.sqrt(square) || 1)
    for (const one of row) one[1] *= scale
    return row
  }
  return [...part(text.words, 1), ...part(text.letters, text.share)]
}

export function matrix(texts: Features[], columns: Columns): Sparse {
  const places = placesOf(columns)
  // Row by row into numbers that lie flat: pairs for ten thousand comments at once would take a hundred megabytes.
  const most = texts.reduce((sum, { words, letters }) => sum + words.size + letters.size, 0)
  const starts = new Int32Array(texts.length + 1)
  const [there, values] = [new Int32Array(most), new Float32Array(most)]
  let at = 0
  for (const [r, text] of texts.entries()) {
    for (const [column, value] of rowOf(text, places, columns.idf)) {
      there[at] = column
      values[at] = value
      at++
    }
    starts[r + 1] = at
  }
  return {
    ...{ rows: texts.length, width: columns.hashes.length, starts },
    ...{ columns: there.slice(0, at), values: values.slice(0, at) },
  }
}
