import type { Kept } from '../../language/translating.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'

export type Plans = {
  find: (id: string) => Promise<Plan | undefined>
  list: () => Promise<Plan[]>
  put: (plan: Plan) => Promise<void>
}

/** A questionnaire under work, as last saved. It may be unsound: only publishing asks for soundness. */
export type Definition = {
  slug: string
  revision: number
  questionnaire: Questionnaire
  /** Id of the person who saved it. */
  by: string
  at: number
}

export type Definitions = {
  /** As last saved, or as it was at one revision. */
  find: (slug: string, revision?: number) => Promise<Definition | undefined>
  /** Each as last saved. */
  list: () => Promise<Definition[]>
  /** Who saved when, newest first. */
  revisions: (slug: string) => Promise<{ revision: number; by: string; at: number }[]>
  /** Begins one at revision 1. Throws Conflict when the slug is taken. */
  add: (slug: string, questionnaire: Questionnaire, by: string, now: number) => Promise<Definition>
  /**
   * Saves the next revision when `revision` is still the last one. Otherwise nothing is written, `saved` is false and
   * `definition` is what another person saved meanwhile.
   */
  save: (
    slug: string,
    revision: number,
    questionnaire: Questionnaire,
    by: string,
    now: number,
  ) => Promise<{ saved: boolean; definition: Definition }>
  /** Out of `find` and `list` until it is restored; its revisions stay, and nobody can begin another under its slug. */
  discard: (slug: string, now: number) => Promise<void>
  /** Those that were discarded, each as last saved. */
  discarded: () => Promise<Definition[]>
  /** Under work again, as it was. Throws NotFound when there is none. */
  restore: (slug: string) => Promise<Definition>
}

/** What is kept of one translation, and of which text it is: `key` as in language/translating and questionnaire/strings. */
export type Translation = Kept & { key: string; tag: string }

/** Said about one text in one language, to and by the translator. */
export type TranslationNote = { key: string; words: string; by: string; at: number }

/** A language of the interface that the district added itself; readers are offered it when it is shown. */
export type InterfaceLanguage = { tag: string; name: string; shown: boolean; by: string; at: number }

/** Where translated texts stand: the interface itself, or one survey by its slug. */
export type TranslatedPlace = 'interface' | `survey:${string}`

/** How translations stand, and the district's own wordings of the interface. */
export type Translations = {
  list: (place: TranslatedPlace, tag?: string) => Promise<Translation[]>
  /** Adds or replaces, all or none. */
  put: (place: TranslatedPlace, translations: readonly Translation[]) => Promise<void>
  /** Forgets them; a wording of the interface is then the one of its locale file again. */
  remove: (place: TranslatedPlace, tag: string, keys: readonly string[]) => Promise<void>
  /** The oldest first. */
  notes: (place: TranslatedPlace, tag: string) => Promise<TranslationNote[]>
  say: (place: TranslatedPlace, tag: string, note: TranslationNote) => Promise<void>
  languages: () => Promise<InterfaceLanguage[]>
  /** Throws Conflict when it is there already. */
  addLanguage: (language: { tag: string; name: string; by: string; at: number }) => Promise<void>
  showLanguage: (tag: string, shown: boolean) => Promise<void>
  /** Changes whenever a wording of the interface, or a language that is shown, was changed by any process. */
  stamp: () => Promise<string>
}
