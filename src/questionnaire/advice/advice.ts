import type { Questionnaire } from '../definition.ts'

/**
 * Something to look at before publishing. An error keeps a survey from being published; a warning asks. Worded by the
 * keys `advice.<code>` (what and why) with `values`, and shown at its place.
 */
export type Advice = {
  level: 'error' | 'warning'
  code: string
  place: Place
  values?: Record<string, string | number>
}

/** Where in the questionnaire: codes of section and question, the path of a text or option in it, a language. */
export type Place = { section?: string; question?: string; path?: string; language?: string }

/** What is known beside the questionnaire itself. */
export type Around = {
  /** Codes of the elements of its plan; undefined when it names no plan that is loaded. */
  planCodes?: ReadonlySet<string> | undefined
  /** Translations whose source was changed since, by language: what the workbench knows. */
  outdated?: readonly { language: string; section: string; question: string; path: string }[]
  /** The interface's own languages: a survey in another one has buttons in English. */
  interface?: readonly string[]
}

/** One rule: looks at a sound questionnaire and says what it finds. */
export type Rule = (questionnaire: Questionnaire, around: Around) => Advice[]
