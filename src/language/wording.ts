import { createInstance, type TFunction } from 'i18next'
import { type Completeness, completeness } from './completeness.ts'
import { direction } from './tags.ts'

/** A locale file: nested wordings, and `_about` with the language's own name and what a machine wrote. */
export type LocaleFile = { _about: { name: string; machine?: boolean | string[] } } & Record<string, unknown>

export type Locale = { tag: string; name: string; dir: 'ltr' | 'rtl' }

/** The interface's wordings in every language there is a locale file for. */
export type Messages = {
  /** Sorted by tag, so that the list stands in the same order everywhere. */
  locales: Locale[]
  tags: string[]
  t: (tag: string) => TFunction
  /** A language by its own name, or by Intl's when there is no locale file for it. */
  name: (tag: string) => string
  /** How far each locale file is translated, the least complete first. */
  completeness: Completeness[]
  /** Whether every string is there in this language; a language without a locale file is not complete. */
  complete: (tag: string) => boolean
}

/** Builds the wordings from the locale files' contents, by tag. English is the fall-back of a missing string. */
export function wordings(files: Record<string, LocaleFile>): Messages {
  const tags = Object.keys(files).sort()
  const instance = createInstance({
    lng: 'en',
    fallbackLng: 'en',
    initAsync: false,
    showSupportNotice: false,
    resources: Object.fromEntries(tags.map((tag) => [tag, { translation: files[tag] ?? {} }])),
    // EJS escapes what it prints; escaping here as well would show &amp; to readers.
    interpolation: { escapeValue: false },
    returnNull: false,
  } as Parameters<typeof createInstance>[0])
  void instance.init()
  const fixed = new Map(tags.map((tag) => [tag, instance.getFixedT(tag)]))
  const name = (tag: string) =>
    files[tag]?._about.name ?? new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
  const state = completeness(files)
  const whole = new Set(state.filter(({ missing }) => missing.length === 0).map(({ tag }) => tag))
  return {
    locales: tags.map((tag) => ({ tag, name: name(tag), dir: direction(tag) })),
    tags,
    t: (tag) => fixed.get(tag) ?? instance.getFixedT(tag),
    name,
    completeness: state,
    complete: (tag) => whole.has(tag),
  }
}
