import { type Memo, type Token, tokens } from './tokens.ts'

/**
 * What a classifier sees of a text: stems, pairs of neighbouring stems, and sequences of 2 to 5 letters within words
 * (they bear misspellings, and grammar that a stemmer does not know), each hashed into a 32-bit number with a word
 * of its kind. Texts without spaces give sequences of 1 to 3 letters over word bounds instead.
 */
export type Features = {
  /** Hash to how often, of words and pairs. */
  words: Map<number, number>
  /** Hash to how often, of letters. */
  letters: Map<number, number>
  /** How much the letters count beside the words. */
  share: number
}

/**
 * Languages that write much of their grammar onto the word, and whose stemmers take little of it off: there letters
 * count for more. Tried on strings of ours in twelve languages; see docs/theme-accuracy.md.
 */
const grammarInWords = new Set(['ar', 'ne', 'so', 'sq', 'sw'])
const shareOf = (lang: string): number => (grammarInWords.has(lang.split('-')[0] ?? '') ? 1.5 : 0.8)

const unspaced = /[\p{Script=Han}\p{Script=Myanmar}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u

/** FNV-1a over UTF-16 units (Fowler, Noll, Vo), 32 bits. */
export function hash(words: string, seed = 0x811c9dc5): number {
  let made = seed
  for (let at = 0; at < words.length; at++) {
    made ^= words.charCodeAt(at)
    made = Math.imul(made, 0x01000193)
  }
  return made >>> 0
}

const kinds = { word: hash('w'), pair: hash('p'), letters: hash('l'), around: hash('q') }
const [shortest, longest] = [3, 5]

const add = (counts: Map<number, number>, key: number) => counts.set(key, (counts.get(key) ?? 0) + 1)

/** The hashes of the letter sequences of one word; the word's edges are letters too. */
export function letterHashes(token: Token): number[] {
  const found: number[] = []
  if (unspaced.test(token.form)) {
    for (let from = 0; from < token.form.length; from++)
      for (let length = 1; length <= 3 && from + length <= token.form.length; length++)
        found.push(hash(token.form.slice(from, from + length), kinds.letters))
    return found
  }
  const padded = ` ${token.plain.slice(0, 40)} `
  for (let length = shortest; length <= longest; length++)
    for (let from = 0; from + length <= padded.length; from++)
      found.push(hash(padded.slice(from, from + length), kinds.letters))
  return found
}

export const wordHash = (token: Token): number => hash(token.stem, kinds.word)
export const pairHash = (a: Token, b: Token): number => hash(`${a.stem} ${b.stem}`, kinds.pair)

/** Features of a text. `around` are facts beside its words, such as the code of the question it answers. */
export function features(text: string, lang: string, around: string[] = [], memo?: Memo): Features {
  const words = new Map<number, number>()
  const letters = new Map<number, number>()
  const all = tokens(text, lang, memo)
  for (const [at, token] of all.entries()) {
    add(words, wordHash(token))
    const next = all[at + 1]
    if (next) add(words, pairHash(token, next))
    for (const one of letterHashes(token)) add(letters, one)
  }
  for (const one of around) add(words, hash(one, kinds.around))
  return { words, letters, share: shareOf(lang) }
}
