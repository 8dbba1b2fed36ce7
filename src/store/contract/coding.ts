import type { Model } from '../../theme/classifier.ts'
import type { Codebook } from '../../theme/codebook.ts'
import type { StoredComment } from './counts.ts'

/** A comment with its place: `response` tells which comments one response holds, and leads to no person. */
export type SaidComment = StoredComment & { response: number }

/** What was said in a survey, to be read and coded. Comments are only ever added. */
export type Comments = {
  /** Where each comment stands, without its words, in order of id. */
  places: (
    survey: number,
  ) => Promise<Pick<SaidComment, 'id' | 'response' | 'question' | 'language' | 'group' | 'school'>[]>
  /** In order of id, from the one after `after` on; with `limit` the first so many. */
  list: (survey: number, asked?: { after?: number; limit?: number }) => Promise<SaidComment[]>
  find: (survey: number, id: number) => Promise<SaidComment | undefined>
  /** How many there are, and the id of the last. */
  count: (survey: number) => Promise<{ n: number; last: number }>
  /** Those that nobody looked through for danger yet, of every survey. */
  unscreened: (limit: number) => Promise<Unscreened[]>
  screened: (ids: readonly number[]) => Promise<void>
  /** All of them are to be looked through again. */
  screenAgain: () => Promise<void>
}

/** Words to be looked through for danger; `language` is that of the form. */
export type Unscreened = { id: number; survey: number; words: string; language: string }

/** In place of a survey's id: what was said in conversations; a comment is then the number of a note. */
export const conversations = 0

/** The codebooks of the district. Versions are only ever added; the highest is in use. */
export type Codebooks = {
  find: (id: string, version?: number) => Promise<Codebook | undefined>
  /**
   * Keeps the next version and takes every coding along in the same transaction: see theme/today. Tells false, and
   * changes nothing, when another person has saved that version meanwhile.
   */
  save: (codebook: Codebook, by: string, now: number) => Promise<boolean>
}

/** Where a code comes from: 'settled' is the last word on a disagreement of people and outranks theirs. */
export type CodingSource = 'person' | 'settled' | 'words' | 'model'

/**
 * A theme on a comment, by today's codebook. `who`: a person's id (perhaps of one who has left), or the version of
 * the word lists or of the model ("model-3"). `verdict`: whether it fits. `confidence`: 0 to 1, of machines alone.
 */
export type StoredCoding = {
  comment: number
  theme: string
  source: CodingSource
  who: string
  verdict: boolean
  confidence: number | null
  at: number
}

/** The same as it was said: `theme` by `version` of the codebook; `now` what has become of it, null when it counts for nothing. */
export type EveryCoding = StoredCoding & { now: string | null; version: number }

/** A code that a split left open: `theme` is the one that was split. A person must say which it is. */
export type OpenCoding = { comment: number; theme: string; who: string }

/** One person has read one comment; those of the codebook's themes that they did not give do not fit. */
export type Reading = { comment: number; person: string; version: number; how: ReadingHow; at: number }

/** desk: by itself; bulk: many alike at once; sample: as the second coder, without seeing the first one's codes. */
export type ReadingHow = 'desk' | 'bulk' | 'sample'

/** What a coder understands a comment to say, in the language `tag`. */
export type Gloss = { comment: number; tag: string; words: string; by: string; at: number }

/** Themes on comments. Every function takes a survey's id or `conversations`. */
export type Codings = {
  /** Those of people, and of machines those of the sources named in `who` ("model-3"). Open and gone ones are out. */
  list: (
    survey: number,
    asked?: {
      who?: readonly string[]
      comment?: number
      /** Of the comments from this id to that one. */
      between?: readonly [first: number, last: number] | undefined
    },
  ) => Promise<StoredCoding[]>
  /**
   * Everything that anybody or anything said of the comments from one id to another, as it was said and as it is today;
   * for files. In order of comment.
   */
  every: (survey: number, between: readonly [first: number, last: number]) => Promise<EveryCoding[]>
  /** Changes whenever a person has said something, or what counts of a machine's codes has changed. */
  stamp: (survey: number) => Promise<string>
  /** Those that a split left open. */
  open: (survey: number) => Promise<OpenCoding[]>
  readings: (survey: number, comment?: number) => Promise<Reading[]>
  /**
   * What one person says of comments, each as a whole: `themes` are those that fit, none of them is an answer too.
   * Replaces what this person said of them before, and nothing of anybody else's. Settles what a split left open.
   */
  read: (
    survey: number,
    by: { person: string; version: number; how: ReadingHow; at: number },
    read: readonly { comment: number; themes: readonly string[] }[],
  ) => Promise<void>
  /** Takes back a person's last saving of a comment; tells false when there is none. A second time is no step on. */
  undo: (survey: number, comment: number, person: string) => Promise<boolean>
  /** Takes back what this person said of many at once at that time (milliseconds); of how many comments it was. */
  undoMany: (survey: number, person: string, at: number) => Promise<number>
  /** The last word on whether a theme fits a comment. */
  settle: (
    survey: number,
    word: { comment: number; theme: string; fits: boolean; person: string; version: number; at: number },
  ) => Promise<void>
  /**
   * Keeps what a machine says under its name, beside what others said; page by page, while pages are served. `now`:
   * what has become of the theme since that version of the codebook, where it is another.
   */
  put: (
    survey: number,
    by: { source: 'words' | 'model'; who: string; version: number; at: number },
    codes: readonly { comment: number; theme: string; confidence: number | null; now?: string | null }[],
  ) => Promise<void>
  /** Forgets what machines said, except those named. */
  forget: (survey: number, keep: readonly string[]) => Promise<void>
  /** The comments of the second coder's sample. */
  sample: (survey: number) => Promise<number[]>
  /** Replaces the sample. */
  setSample: (survey: number, comments: readonly number[]) => Promise<void>
  glosses: (survey: number, comment?: number) => Promise<Gloss[]>
  /** Adds or replaces; without words it is removed. */
  gloss: (survey: number, gloss: Gloss) => Promise<void>
}

/** A trained model of one survey. Its codings are kept under `model-NUMBER`. `took`: milliseconds of training. */
export type ThemeModelRecord = {
  number: number
  codebookVersion: number
  examples: number
  took: number
  /** The id of the last comment that it has coded. */
  upTo: number
  at: number
  metrics: ThemeMetrics
}

/** How a model did on comments that it had not learnt from, theme by theme at its own threshold. */
export type ThemeMetrics = {
  macroF1: number
  themes: {
    theme: string
    positives: number
    threshold: number
    precision: number | null
    recall: number | null
  }[]
  /** Too few comments to learn from. */
  skipped: { theme: string; positives: number }[]
}

export type ThemeModels = {
  /** The newest first, without their content. */
  list: (survey: number) => Promise<ThemeModelRecord[]>
  /** The model itself. */
  get: (survey: number, number: number) => Promise<Model>
  /** Keeps one; from then on the newest is the one in use. Throws Conflict when the number is taken. */
  add: (survey: number, record: ThemeModelRecord, model: Model) => Promise<void>
  setUpTo: (survey: number, number: number, upTo: number) => Promise<void>
  /** Forgets all but those with these numbers. */
  forget: (survey: number, keep: readonly number[]) => Promise<void>
}

/**
 * That the owner of a survey lets the automatic codes of a theme count, from a confidence on. It holds for one model:
 * a newer one must be accepted anew. `precision`, `recall`: measured then, on comments the model had not learnt from.
 */
export type Acceptance = {
  id: number
  theme: string
  model: number
  confidence: number
  precision: number | null
  recall: number | null
  positives: number
  by: string
  at: number
  withdrawn: { by: string; at: number } | null
}

export type Acceptances = {
  /** Those that hold, or with `all` the withdrawn ones too, the oldest first. Themes are of today's codebook. */
  list: (survey: number, asked?: { all?: boolean }) => Promise<Acceptance[]>
  /** Accepts, in place of what held for the theme before. */
  add: (survey: number, acceptance: Omit<Acceptance, 'id' | 'withdrawn'>) => Promise<void>
  withdraw: (survey: number, theme: string, by: string, now: number) => Promise<void>
}
