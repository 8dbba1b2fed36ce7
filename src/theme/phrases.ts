import { normal } from './prepare.ts'
import { type Token, tokens } from './tokens.ts'

/**
 * Phrases found in texts. How a phrase is written: words parted by spaces; `word*` is any word that begins so; `_`
 * is any one word; `...` is up to three words. Chinese, Burmese and other scripts without spaces are looked for as
 * letters, wherever they stand, since where a word ends there depends on its neighbours.
 */
type Part = { kind: 'word' | 'beginning'; form: string; stem: string } | { kind: 'any' } | { kind: 'gap' }
type Compiled<T> = { parts: Part[]; carried: T; phrase: string }

/** Phrases made ready for one language. */
export type Phrases<T> = {
  lang: string
  by: 'stem' | 'form'
  byFirst: Map<string, Compiled<T>[]>
  /** Those that begin with the beginning of a word, by its first letter (UTF-16). */
  beginning: Map<string, Compiled<T>[]>
  letters: { letters: string; carried: T; phrase: string }[]
}
/** A phrase found: offsets into the text, the phrase as it was written in the list, and what it carried. */
export type Hit<T> = { start: number; end: number; phrase: string; carried: T }

const unspaced = /[\p{Script=Han}\p{Script=Myanmar}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u

/** How a word is compared: by its stem, or (recall of exact lists) by its letters; without accents but in Vietnamese. */
const spelled = (token: { form: string; plain: string }, lang: string): string =>
  lang.startsWith('vi') ? token.form : token.plain

/** Makes phrases ready. `by` stem finds other endings of a word too; `by` form only what is written. */
export function compile<T>(
  list: Iterable<[phrase: string, carried: T]>,
  lang: string,
  by: 'stem' | 'form' = 'stem',
): Phrases<T> {
  const made: Phrases<T> = { lang, by, byFirst: new Map(), beginning: new Map(), letters: [] }
  for (const [phrase, carried] of list) {
    if (unspaced.test(phrase)) {
      made.letters.push({ letters: squeezed(phrase).letters, carried, phrase })
      continue
    }
    const parts = partsOf(phrase, lang)
    const [first] = parts
    if (!first || first.kind === 'any' || first.kind === 'gap') continue
    const compiled = { parts, carried, phrase }
    if (first.kind === 'beginning') put(made.beginning, first.form.charAt(0), compiled)
    else put(made.byFirst, by === 'stem' ? first.stem : first.form, compiled)
  }
  return made
}

function put<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const same = lists.get(key)
  if (same) same.push(one)
  else lists.set(key, [one])
}

function partsOf(phrase: string, lang: string): Part[] {
  return phrase.split(/\s+/).flatMap((word): Part[] => {
    if (word === '_') return [{ kind: 'any' }]
    if (word === '...' || word === '…') return [{ kind: 'gap' }]
    const kind = word.endsWith('*') ? 'beginning' : 'word'
    return tokens(word.replace(/\*$/, ''), lang).map((token, at, all) => ({
      kind: at === all.length - 1 ? kind : 'word',
      form: spelled(token, lang),
      stem: token.stem,
    }))
  })
}

/** Every phrase found in the text, by where it starts; the longer first where several start at one word. */
export function find<T>(
  phrases: Phrases<T>,
  text: string,
  words: Token[] = tokens(text, phrases.lang),
): Hit<T>[] {
  const hits: Hit<T>[] = []
  for (const [at, token] of words.entries()) {
    const form = spelled(token, phrases.lang)
    for (const candidates of [
      phrases.byFirst.get(phrases.by === 'stem' ? token.stem : form),
      phrases.beginning.get(form.charAt(0)),
    ]) {
      for (const one of candidates ?? []) {
        const last = follow(one.parts, 0, words, at, phrases)
        const end = last === undefined ? undefined : words[last]?.end
        if (end !== undefined)
          hits.push({ start: token.start, end, phrase: one.phrase, carried: one.carried })
      }
    }
  }
  if (phrases.letters.length > 0 && unspaced.test(text)) hits.push(...inLetters(phrases, text))
  return hits.sort((a, b) => a.start - b.start || b.end - a.end)
}

/** The place of the last word when the parts from `at` on match the words from `word` on. */
function follow<T>(
  parts: Part[],
  at: number,
  words: Token[],
  word: number,
  phrases: Phrases<T>,
): number | undefined {
  const part = parts[at]
  if (!part) return word - 1
  if (part.kind === 'gap') {
    for (let skipped = 0; skipped <= 3; skipped++) {
      const last = follow(parts, at + 1, words, word + skipped, phrases)
      if (last !== undefined) return last
    }
    return undefined
  }
  const token = words[word]
  if (!token || !fits(part, token, phrases)) return undefined
  return follow(parts, at + 1, words, word + 1, phrases)
}

function fits<T>(part: Exclude<Part, { kind: 'gap' }>, token: Token, { by, lang }: Phrases<T>): boolean {
  if (part.kind === 'any') return true
  const form = spelled(token, lang)
  if (part.kind === 'beginning') return form.startsWith(part.form)
  return form === part.form || (by === 'stem' && token.stem === part.stem)
}

function inLetters<T>(phrases: Phrases<T>, text: string): Hit<T>[] {
  const { letters, places } = squeezed(text)
  return phrases.letters.flatMap((one) => {
    const hits: Hit<T>[] = []
    if (one.letters === '') return hits
    for (let at = letters.indexOf(one.letters); at >= 0; at = letters.indexOf(one.letters, at + 1)) {
      const start = places[at] ?? 0
      const end = (places[at + one.letters.length - 1] ?? start) + 1
      hits.push({ start, end, phrase: one.phrase, carried: one.carried })
    }
    return hits
  })
}

/** The letters without spaces, in one spelling, and the offset that each had. */
function squeezed(text: string): { letters: string; places: number[] } {
  let letters = ''
  const places: number[] = []
  for (let at = 0; at < text.length; at++) {
    const one = text[at] ?? ''
    if (/[\s\u200b-\u200d]/.test(one)) continue
    const plain = /[\ud800-\udfff]/.test(one) ? one : normal(one)
    for (let n = 0; n < plain.length; n++) places.push(at)
    letters += plain
  }
  return { letters, places }
}
