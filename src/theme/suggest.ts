import type { Codebook } from './codebook.ts'
import { compile, find, type Phrases } from './phrases.ts'
import { tokens } from './tokens.ts'

/** Words of a comment that speak for a theme: offsets into the comment, and the entry of the list that they met. */
export type Reason = { start: number; end: number; words: string; entry: string }
/** A theme that word lists suggest: `weight` grows with the entries met, longer phrases counting more. */
export type Suggestion = { theme: string; weight: number; reasons: Reason[] }

/** The word lists of a codebook, ready for use; make once, use for many comments. */
export type WordLists = { version: number; byLanguage: Map<string, Phrases<string>> }

const base = (tag: string): string => tag.split('-')[0] ?? tag

/** Makes the word lists of a codebook ready. Languages are joined by their first subtag: pt-BR serves pt. */
export function wordLists(codebook: Codebook): WordLists {
  const lists = new Map<string, [string, string][]>()
  for (const { code, words } of codebook.themes)
    for (const [tag, entries] of Object.entries(words)) {
      const list = lists.get(base(tag)) ?? []
      list.push(...entries.map((entry): [string, string] => [entry, code]))
      lists.set(base(tag), list)
    }
  return {
    version: codebook.version,
    byLanguage: new Map([...lists].map(([lang, list]) => [lang, compile(list, lang)])),
  }
}

/**
 * Themes that the word lists suggest for a comment in any of `langs` (its own language first, others for mixed
 * comments), strongest first. What it says of them, for or against, is not looked at: "no tutors" is about tutoring.
 */
export function suggest(lists: WordLists, text: string, langs: string[]): Suggestion[] {
  const found = new Map<string, Suggestion>()
  for (const lang of new Set(langs.map(base))) {
    const phrases = lists.byLanguage.get(lang)
    if (!phrases) continue
    for (const { start, end, phrase, carried } of find(phrases, text, tokens(text, lang))) {
      const suggestion = found.get(carried) ?? { theme: carried, weight: 0, reasons: [] }
      found.set(carried, suggestion)
      if (suggestion.reasons.some((one) => one.start < end && start < one.end)) continue
      suggestion.reasons.push({ start, end, words: text.slice(start, end), entry: phrase })
      suggestion.weight += 1 + 0.5 * (phrase.split(/\s+/).length - 1)
    }
  }
  return [...found.values()].sort((a, b) => b.weight - a.weight || (a.theme < b.theme ? -1 : 1))
}
