import { match } from '../language/tags.ts'
import { compile, find, type Phrases } from './phrases.ts'
import { folded, sound } from './prepare.ts'
import { isStopWord } from './stopWords.ts'
import { type Token, tokens } from './tokens.ts'
import {
  alsoWords,
  chineseSurnames,
  given,
  givenArabic,
  givenNepali,
  kin,
  naming as namingPhrases,
  notNames,
  strongTitles,
  titles,
} from './words/names.ts'
import { placeholders } from './words/placeholders.ts'
import { beforeChineseTitle, naming, type Pattern, patterns, years } from './words/places.ts'

export type HiddenKind = 'name' | Pattern['kind']

/**
 * A part of a comment that may point at a person. Offsets are UTF-16 into the text as given; `reason` is English, for
 * the log and for tests; what is not `sure` a person should look at twice. Nothing is edited by finding it.
 */
export type Hidden = { start: number; end: number; kind: HiddenKind; reason: string; sure: boolean }

/** Letters that are short for something are nobody's name. */
const short = /^\p{Lu}{1,5}s?$/u
const latin = /^\p{Lu}[\p{L}\p{M}'’-]*$/u
const strong = new Set(strongTitles.map(folded))
const title = new Set(titles.map(folded))
const calledBy: Phrases<boolean> = compile(
  namingPhrases.map((one): [string, boolean] => [one, true]),
  'en',
  'form',
)
const kinOf: Phrases<boolean> = compile(
  kin.map((one): [string, boolean] => [one, true]),
  'en',
  'form',
)
const surname = new RegExp(`[${chineseSurnames}]\\p{Script=Han}{0,2}?(?=${beforeChineseTitle.source})`, 'gu')

/**
 * Names, phones, addresses and the like in a comment of any language, by patterns and word lists, in order and
 * without overlaps. Tuned to miss little: a person takes away what is none. `known` are words that are nobody's
 * name here, such as those of the district's schools; `more` parts that were found by other lists.
 */
export function findHidden(text: string, known: string[] = [], more: readonly Hidden[] = []): Hidden[] {
  const read = sound(text)
  const found: Hidden[] = [...more]
  for (const { kind, reason, sure, pattern } of patterns)
    for (const { 0: words, index } of read.matchAll(pattern)) {
      if (kind === 'phone' && years.test(words.trim())) continue
      const trimmed = words.trimEnd()
      found.push({ start: index, end: index + trimmed.length, kind, reason, sure })
    }
  return settled([...found, ...names(read, known), ...uncased(read)])
}

/** Names in letters without capitals: by what stands before or after them, and by lists. */
function uncased(text: string): Hidden[] {
  const found: Hidden[] = []
  for (const { reason, sure, pattern } of naming)
    for (const hit of text.matchAll(pattern)) {
      const name = hit[1] ?? ''
      const start = hit.index + hit[0].indexOf(name)
      found.push({ start, end: start + name.length, kind: 'name', reason, sure })
    }
  for (const { 0: name, index } of text.matchAll(surname))
    found.push({
      start: index,
      end: index + name.length,
      kind: 'name',
      reason: 'stands before a title',
      sure: true,
    })
  return found
}

/** Offsets at which a sentence begins: there a capital says nothing. */
const opens = (text: string, start: number): boolean =>
  /(?:^|[.!?:;"“(\n•*-])\s*$/u.test(text.slice(Math.max(0, start - 4), start))

function names(text: string, known: string[]): Hidden[] {
  const words = tokens(text, 'en')
  const away = new Set(known.flatMap((one) => tokens(one, 'en').map(({ plain }) => plain)))
  const nobody = (token: Token) => notNames.has(token.plain) || away.has(token.plain)
  const raw = (token: Token) => text.slice(token.start, token.end)
  const capital = (token: Token): boolean => latin.test(raw(token)) && !nobody(token)
  const plainly = (token: Token) =>
    token.stop || short.test(raw(token)) || strong.has(token.plain) || title.has(token.plain)
  const shouted = words.filter((token) => /^\p{Lu}{2,}$/u.test(raw(token))).length > words.length / 2
  const found: Hidden[] = []
  const take = (from: number, reason: string, sure: boolean) => {
    const first = words[from]
    if (!first) return
    let last = from
    // Surnames follow: up to three more words with a capital and nothing but a space before them.
    while (last - from < 3 && !shouted) {
      const [here, next] = [words[last], words[last + 1]]
      if (!here || !next || !capital(next) || !/^[\s.]{1,2}$/.test(text.slice(here.end, next.start))) break
      if (isStopWord(next.form, 'en')) break
      last++
    }
    found.push({ start: first.start, end: words[last]?.end ?? first.end, kind: 'name', reason, sure })
  }
  const after = new Map(words.map((token, at) => [token.end, at + 1]))
  for (const { end } of find(calledBy, text, words)) {
    const at = after.get(end)
    const next = at === undefined ? undefined : words[at]
    if (at !== undefined && next && !next.stop && !nobody(next) && /\p{Script=Latin}/u.test(next.form))
      take(at, 'follows a word for being called', capital(next))
  }
  for (const { end } of find(kinOf, text, words)) {
    const at = after.get(end)
    const next = at === undefined ? undefined : words[at]
    if (at !== undefined && next && capital(next) && !shouted && !isStopWord(next.form, 'en'))
      take(at, 'follows a word for a relative or a student', true)
  }
  for (const [at, token] of words.entries()) {
    const next = words[at + 1]
    const near = next !== undefined && next.start - token.end <= 2
    if (near && strong.has(token.plain) && !next.stop && !nobody(next) && /^\p{L}/u.test(next.form))
      take(at + 1, 'follows a title', true)
    else if (near && title.has(token.plain) && capital(next) && !shouted && !isStopWord(next.form, 'en'))
      take(at + 1, 'follows a title', true)
    const listed = givenArabic.has(token.form) || givenNepali.has(token.form) || given.has(token.plain)
    if (listed && !nobody(token) && (capital(token) || !alsoWords.has(token.plain)))
      take(at, 'is in the list of names', !alsoWords.has(token.plain))
    else if (capital(token) && !shouted && !opens(text, token.start) && !plainly(token))
      take(at, 'has a capital inside a sentence', false)
  }
  return found
}

/** Overlapping parts as one: the surer, then the longer says what it is, and it covers all of them. */
function settled(found: Hidden[]): Hidden[] {
  const made: Hidden[] = []
  for (const one of found
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = made.at(-1)
    if (!last || one.start >= last.end) {
      made.push({ ...one })
      continue
    }
    const size = ({ start, end }: Hidden) => end - start
    const better = one.sure === last.sure ? size(one) > size(last) : one.sure
    made[made.length - 1] = { ...(better ? one : last), start: last.start, end: Math.max(last.end, one.end) }
  }
  return made
}

/** What stands for a hidden part in a language: `[name]`; English where the language has no word here. */
export function placeholder(kind: HiddenKind, lang: string): string {
  const words = placeholders[kind] ?? {}
  return `[${words[match([lang], Object.keys(words)) ?? 'en'] ?? kind}]`
}

/** The text with each of the parts replaced by its placeholder in the language. Parts outside the text are left out. */
export function hide(text: string, parts: Pick<Hidden, 'start' | 'end' | 'kind'>[], lang: string): string {
  let made = ''
  let at = 0
  for (const { start, end, kind } of [...parts].sort((a, b) => a.start - b.start)) {
    if (start < at || end > text.length || end <= start) continue
    made += text.slice(at, start) + placeholder(kind, lang)
    at = end
  }
  return made + text.slice(at)
}
