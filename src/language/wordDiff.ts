/** A piece of two texts: in both, only in the old one, or only in the new one. */
export type Piece = { what: 'same' | 'gone' | 'new'; words: string }

/** A table of more cells than this is not made: such texts are told as replaced. */
const mostCells = 400_000

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })
const wordsOf = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment)

/**
 * What changed from one text to another, word by word: a longest common subsequence by dynamic programming
 * (Wagner and Fischer, "The String-to-String Correction Problem", 1974), after the common beginning and end are set
 * aside. Words are cut by Intl.Segmenter, so languages without blanks between words work too.
 */
export function wordDiff(before: string, after: string): Piece[] {
  const [a, b] = [wordsOf(before), wordsOf(after)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const middle = changed(a.slice(start, a.length - end), b.slice(start, b.length - end))
  return joined([
    ...a.slice(0, start).map((words): Piece => ({ what: 'same', words })),
    ...middle,
    ...a.slice(a.length - end).map((words): Piece => ({ what: 'same', words })),
  ])
}

function changed(a: string[], b: string[]): Piece[] {
  const gone = (words: string): Piece => ({ what: 'gone', words })
  const fresh = (words: string): Piece => ({ what: 'new', words })
  if ((a.length + 1) * (b.length + 1) > mostCells) return [...a.map(gone), ...b.map(fresh)]
  const width = b.length + 1
  // How long the common subsequence of the rest of both is, from the end backwards.
  const longest = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const found: Piece[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [old, now] = [a[i], b[j]]
    if (old !== undefined && old === now) {
      found.push({ what: 'same', words: old })
      i++
      j++
    } else if (now === undefined || (old !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      found.push(gone(old ?? ''))
      i++
    } else {
      found.push(fresh(now))
      j++
    }
  }
  return found
}

/** Neighbours of one kind as one piece. */
function joined(list: Piece[]): Piece[] {
  const found: Piece[] = []
  for (const { what, words } of list) {
    const last = found.at(-1)
    if (last?.what === what) last.words += words
    else found.push({ what, words })
  }
  return found
}
