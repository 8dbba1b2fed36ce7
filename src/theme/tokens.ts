import { folded, normal, sound } from './prepare.ts'
import { stem } from './stems.ts'
import { isStopWord } from './stopWords.ts'

/** A word of a text: `start` and `end` are offsets (UTF-16) into the text as it was given. */
export type Token = { start: number; end: number; form: string; plain: string; stem: string; stop: boolean }

/** Dictionaries for scripts without spaces are chosen by the script, so one segmenter serves every language. */
const segmenters = new Map<'word' | 'sentence', Intl.Segmenter>()

/** Made when a text is first read: loading what they know takes longer than a page. */
function segmenter(granularity: 'word' | 'sentence'): Intl.Segmenter {
  const known = segmenters.get(granularity) ?? new Intl.Segmenter('en', { granularity })
  segmenters.set(granularity, known)
  return known
}

/** What was found of a word once; a batch hands the same one to every text. */
export type Memo = Map<string, Omit<Token, 'start' | 'end'>>

/**
 * The words of a text in its language: `form` in one spelling, `plain` without accents, `stem`, and whether it is
 * a stop word. Never throws, whatever the text holds.
 */
export function tokens(text: string, lang: string, memo: Memo = new Map()): Token[] {
  const found: Token[] = []
  for (const { segment, index, isWordLike } of segmenter('word').segment(sound(text))) {
    if (!isWordLike) continue
    found.push({ start: index, end: index + segment.length, ...known(segment, lang, memo) })
  }
  return found
}

function known(segment: string, lang: string, memo: Memo): Omit<Token, 'start' | 'end'> {
  const before = memo.get(`${lang} ${segment}`)
  if (before) return before
  const form = normal(segment)
  const word = { form, plain: folded(form), stem: stem(form, lang), stop: isStopWord(form, lang) }
  if (memo.size < 200_000) memo.set(`${lang} ${segment}`, word)
  return word
}

/** The sentences of a text with their offsets. */
export const sentences = (text: string): { start: number; words: string }[] =>
  [...segmenter('sentence').segment(sound(text))].map(({ segment, index }) => ({
    start: index,
    words: segment,
  }))
