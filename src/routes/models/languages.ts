/** A language of the interface; counts are already written for the reader. */
export type LanguageRow = {
  tag: string
  name: string
  dir: 'ltr' | 'rtl'
  translated: { done: string; all: string; share: string }
  machine: string
  /** Keys of the strings that readers of this language see in English, and how many they are. */
  missing: { keys: string[]; count: number; n: string }
}

/** views/office/languages.ejs: how far the interface is translated. */
export type LanguagesPage = { languages: LanguageRow[] }

export type LanguagePages = { 'office/languages': LanguagesPage }
