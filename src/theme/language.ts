import { data } from 'franc/data.js'
import { normal, sound } from './prepare.ts'
import { isStopWord, stopWordLanguages } from './stopWords.ts'
import { sentences } from './tokens.ts'

/** What language a text is in, and how sure that is from 0 (the form's language was taken) to 1. */
export type Detected = { lang: string; confidence: number }
/** A share (0 to 1) of the letters of a text, by language. */
export type LanguageShare = { lang: string; share: number }

/** franc's three-letter names (ISO 639-3) of languages that a district may use. */
const names: Record<string, string[]> = {
  en: ['eng'],
  es: ['spa'],
  pt: ['por'],
  ht: ['hat'],
  vi: ['vie'],
  sq: ['als', 'sqi'],
  so: ['som'],
  sw: ['swh', 'swa'],
  ar: ['arb'],
  ne: ['nep'],
  my: ['mya'],
  zh: ['cmn'],
  fr: ['fra'],
  ru: ['rus'],
  uk: ['ukr'],
  pl: ['pol'],
  tl: ['tgl'],
  de: ['deu'],
  it: ['ita'],
  tr: ['tur'],
  fa: ['pes', 'fas'],
  ps: ['pbu'],
  ur: ['urd'],
  bn: ['ben'],
  hi: ['hin'],
  ko: ['kor'],
  ja: ['jpn'],
  rw: ['kin'],
  ro: ['ron'],
  am: ['amh'],
  ti: ['tir'],
}

/** Scripts that settle the language, or the few that write in them. */
const scripts: [string, RegExp][] = [
  ['Arab', /\p{Script=Arabic}/gu],
  ['Hans', /\p{Script=Han}/gu],
  ['Mymr', /\p{Script=Myanmar}/gu],
  ['Deva', /\p{Script=Devanagari}/gu],
  ['Cyrl', /\p{Script=Cyrillic}/gu],
  ['Ethi', /\p{Script=Ethiopic}/gu],
  ['Hang', /\p{Script=Hangul}/gu],
  ['Kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['Beng', /\p{Script=Bengali}/gu],
  ['Latn', /\p{Script=Latin}/gu],
]

const base = (tag: string): string => tag.split('-')[0] ?? tag
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

function scriptOf(tag: string): string {
  try {
    const script = new Intl.Locale(tag).maximize().script ?? 'Latn'
    return script === 'Hant' ? 'Hans' : script === 'Jpan' ? 'Kana' : script === 'Kore' ? 'Hang' : script
  } catch {
    return 'Latn'
  }
}

/** Letters that among the languages of families here point at one, or at very few. */
const ownLetters: Record<string, RegExp> = {
  vi: /[ơưđă\u1ea0-\u1ef9]/gi,
  es: /[ñ¿¡]|ción(?!\p{L})/giu,
  pt: /[ãõç]/gi,
  sq: /ë/gi,
  ht: /[èò]/gi,
}

const none = /(?!)/g

/** A text shorter than this (letters) is too short for letter statistics alone. */
const short = 20

/**
 * The language of a comment, of those `offered` (BCP 47 tags of the survey or district). People answer in another
 * language than the form's: the script decides where it can; among languages of one script, letters and small words
 * decide together. What cannot be told falls back to `form`, the language of the form.
 */
export function detect(text: string, offered: string[], form: string): Detected {
  const read = sound(text).slice(0, 2000)
  const letters = count(read, /\p{L}/gu)
  if (letters === 0) return { lang: form, confidence: 0 }
  const counted = scripts.map(([script, pattern]) => [script, count(read, pattern)] as const)
  const [script, most] = counted.reduce((best, one) => (one[1] > best[1] ? one : best))
  const all = offered.includes(form) ? offered : [form, ...offered]
  const able = all.filter((tag) => scriptOf(tag) === script)
  if (able.length === 0) return { lang: form, confidence: 0 }
  if (able.length === 1 && able[0] !== undefined)
    return { lang: able[0], confidence: script === 'Latn' ? 0.5 : Math.min(1, most / letters) }
  return among(read, letters, able, form)
}

/**
 * How much each thing says for a language, as a logarithm of odds; chosen on strings of ours in eight languages (see
 * docs/theme-accuracy.md). Three letters in a row overlap with their neighbours, so each counts half.
 */
const weights = { letters: 0.5, smallWord: 2.2, otherWord: -0.7, ownLetter: 2, form: 2 }
/** The form's language is kept unless another is likelier by this much. */
const margin = 0.25

/** The 300 commonest sequences of three letters of each language (franc's lists), by their place. */
const places = new Map<string, Map<string, number>>()

function placesOf(tag: string): Map<string, number> {
  const known = places.get(tag)
  if (known) return known
  const lists = Object.values(data)
  const found = names[tag]?.flatMap((name) => lists.map((script) => script[name])).find(Boolean)
  const made = new Map((found?.split('|') ?? []).map((letters, place) => [letters, place]))
  places.set(tag, made)
  return made
}

/** By Zipf's law a sequence is met about as often as one over its place; those beyond the list share what is left. */
const [flattening, beyond] = [20, 700]
const sayOf = (place: number | undefined) =>
  place === undefined ? 0 : Math.log(beyond) - Math.log(place + flattening)

/** Naive Bayes over sequences of three letters and small words, each language of `able` against the others. */
function among(text: string, letters: number, able: string[], form: string): Detected {
  const words = normal(text).match(/[\p{L}\p{M}']+/gu) ?? []
  const line = ` ${words.join(' ')} `
  const scores = able.map((tag) => {
    const known = placesOf(base(tag))
    let score = tag === form ? weights.form : 0
    for (let at = 0; at + 3 <= line.length; at++)
      score += weights.letters * sayOf(known.get(line.slice(at, at + 3)))
    if (stopWordLanguages.includes(base(tag)))
      for (const word of words) score += isStopWord(word, tag) ? weights.smallWord : weights.otherWord
    score += weights.ownLetter * Math.min(2, count(text, ownLetters[base(tag)] ?? none))
    return { tag, score }
  })
  const [first, second] = scores.sort((a, b) => b.score - a.score)
  if (!first) return { lang: form, confidence: 0 }
  const ofForm = scores.find(({ tag }) => tag === form)?.score
  if (first.tag !== form && ofForm !== undefined && first.score - ofForm < margin)
    return { lang: form, confidence: 0 }
  const ahead = first.score - (second?.score ?? 0)
  return { lang: first.tag, confidence: Math.min(1, letters / short) * (1 - Math.exp(-ahead / 4)) }
}

/**
 * The languages of a comment sentence by sentence, the largest first; shares are of letters and add up to 1. A
 * sentence too short to tell goes with the language of the whole.
 */
export function languages(text: string, offered: string[], form: string): LanguageShare[] {
  const whole = detect(text, offered, form).lang
  const weights = new Map<string, number>()
  for (const { words } of sentences(text)) {
    const letters = count(words, /\p{L}/gu)
    if (letters === 0) continue
    const { lang, confidence } = detect(words, offered, whole)
    const spoken = confidence > 0.1 ? lang : whole
    weights.set(spoken, (weights.get(spoken) ?? 0) + letters)
  }
  const all = [...weights.values()].reduce((sum, one) => sum + one, 0)
  if (all === 0) return [{ lang: form, share: 1 }]
  return [...weights].map(([lang, n]) => ({ lang, share: n / all })).sort((a, b) => b.share - a.share)
}
