import { hash } from './features.ts'
import { normal, sound } from './prepare.ts'
import { nothings } from './words/nothing.ts'

const hashes = 64
/** Bands of 4 rows each: comments that share 60 % of their sequences meet in a band nine times out of ten. */
const bandRows = 4
const shingle = 4

/** A text in one spelling, its punctuation gone: two comments alike in this are the same. */
export const bare = (text: string): string =>
  normal(sound(text))
    .replace(/[\ufe00-\ufe0f\u20e3]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}\s'+]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** Multipliers and addends of the family of hash functions, made once by the hash itself. */
const times = Int32Array.from({ length: hashes }, (_, at) => hash(`times ${at}`) | 1)
const plus = Int32Array.from({ length: hashes }, (_, at) => hash(`plus ${at}`))

/**
 * A short mark of a text whose places agree with another's as often as their sequences of letters do (MinHash:
 * Broder, "On the resemblance and containment of documents", 1997).
 */
export function signature(text: string): Uint32Array {
  const made = new Uint32Array(hashes).fill(0xffffffff)
  const padded = ` ${bare(text).slice(0, 4000)} `
  const seen = new Set<number>()
  for (let at = 0; at + shingle <= Math.max(padded.length, shingle); at++) {
    const key = hash(padded.slice(at, at + shingle))
    if (seen.has(key)) continue
    seen.add(key)
    // A plain loop: nearly all the time of comparing comments goes by in it.
    for (let place = 0; place < hashes; place++) {
      let value = Math.imul(key ^ (plus[place] ?? 0), times[place] ?? 1)
      value = (value ^ (value >>> 15)) >>> 0
      if (value < (made[place] ?? 0)) made[place] = value
    }
  }
  return made
}

/** How alike two texts are by their marks, 0 to 1: an estimate of shared sequences over all sequences (Jaccard). */
export function similarity(a: Uint32Array, b: Uint32Array): number {
  let same = 0
  for (let at = 0; at < hashes; at++) if (a[at] === b[at]) same++
  return same / hashes
}

/** Comments that say nearly the same, largest group first, each group in the order given; alone ones are left out. */
export function nearDuplicates(comments: { id: string; text: string }[], alike = 0.75): string[][] {
  const marks = comments.map(({ text }) => signature(text))
  const leader = comments.map((_, at) => at)
  const find = (at: number): number => {
    let top = at
    while (leader[top] !== top) top = leader[top] ?? top
    leader[at] = top
    return top
  }
  for (let band = 0; band < hashes / bandRows; band++) {
    const buckets = new Map<string, number>()
    for (const [at, mark] of marks.entries()) {
      const key = mark.subarray(band * bandRows, (band + 1) * bandRows).join()
      const first = buckets.get(key)
      if (first === undefined) buckets.set(key, at)
      // Each is held against the first of its bucket only: a bucket of thousands costs thousands, not millions.
      else if (find(first) !== find(at) && similarity(marks[first] ?? mark, mark) >= alike)
        leader[Math.max(find(first), find(at))] = Math.min(find(first), find(at))
    }
  }
  const groups = new Map<number, string[]>()
  for (const [at, { id }] of comments.entries()) {
    const top = find(at)
    const group = groups.get(top)
    if (group) group.push(id)
    else groups.set(top, [id])
  }
  return [...groups.values()].filter((group) => group.length > 1).sort((a, b) => b.length - a.length)
}

const known = new Set(nothings.map(bare))

/** Why a comment says nothing: no letters or digits at all, only emoji, or an answer such as "n/a" in any language. */
export type Nothing = 'empty' | 'emoji' | 'nothing'

/** Whether an answer says nothing, for coding many of them at once; undefined when it may say something. */
export function saysNothing(text: string): Nothing | undefined {
  const words = bare(text)
  if (words === '') return /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(text) ? 'emoji' : 'empty'
  if (known.has(words)) return 'nothing'
  // One letter, once or held down: x, hhh. A Chinese sign may be a word, and a digit an answer.
  return /^(?!\p{Script=Han})(\p{L})\1{0,5}$/u.test(words) ? 'nothing' : undefined
}
