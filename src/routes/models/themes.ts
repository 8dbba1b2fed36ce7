import type { Worded } from '../../language/text.ts'
import type { Stretch } from '../themes/reasons.ts'
import type { FieldProblem } from './account.ts'

export type Picked = { code: string; label: Worded | string; selected: boolean }
/** A theme's name with its colour (`#1f6f8b`). */
export type ThemeName = { code: string; name: Worded; colour: string }
/** Where in a survey's comments one is; which of its pages there are. */
export type CommentsTop = {
  slug: string
  title: Worded
  sample: boolean
  office: boolean
  progress: { words: string; read: number; all: number }
}

/** views/themes/home.ejs: the surveys with comments. */
export type CommentsHome = {
  office: boolean
  surveys: (CommentsTop & { href: string })[]
}

/** A theme that can be put on the comment. `key`: pressed on the keyboard. */
export type DeskTheme = ThemeName & {
  key: string
  checked: boolean
  part: boolean
  definition: Worded | undefined
  offer: { likely: boolean; confidence: string | undefined; words: string[] } | undefined
  /** Others who gave it. */
  by: string[]
}
export type DeskComment = {
  id: number
  lang: string
  stretches: Stretch[]
  /** Of the option that it explains, if any. */
  question: Worded | undefined
  about: Worded | undefined
  facts: string[]
  glosses: { tag: string; name: string; words: string; who: string }[]
  gloss: string
  glossTag: string
}
/** views/themes/desk.ejs: one comment at a time. */
export type DeskPage = CommentsTop & {
  action: string
  /** The query that stays while one goes from comment to comment. */
  carried: string
  filter: {
    states: { code: string; n: string; selected: boolean; href: string }[]
    orders: Picked[]
    languages: Picked[]
    groups: Picked[]
    schools: Picked[]
    questions: Picked[]
    themes: Picked[]
    find: string
    any: boolean
    clear: string
  }
  found: string
  /** A group at a school that is too small to be looked at by itself. */
  small: boolean
  learnt: string | undefined
  busy: boolean
  version: number
  seen: number
  skip: string
  /** Ids that were passed over. */
  skipped: string
  comment: DeskComment | undefined
  /** Wording key: why there is no comment to read. */
  none: string
  themes: DeskTheme[]
  /** What others said of this comment; hidden in the second coder's sample. */
  others: { who: string; themes: ThemeName[] }[]
  differ: ThemeName[]
  mine: boolean
  blind: boolean
  open: { name: string; rule: string; to: string[] }[]
  news: {
    undo: { comment: number; words: string } | undefined
    undone: boolean
    gone: string[]
    both: { href: string; who: string[] } | undefined
  }
}

/** views/themes/alike.ejs: many at once. */
export type AlikePage = CommentsTop & {
  nothing: { ids: string; n: string; words: { words: string; n: string }[] } | undefined
  /** `others`: wordings that are not shown. `untold`: it was sent without a theme. */
  groups: {
    ids: string
    n: string
    words: string[]
    others: number
    untold: boolean
    lang: string
    offers: string[]
  }[]
  themes: ThemeName[]
  more: number
  version: number
  done: string | undefined
  undone: string | undefined
  /** When it was done, for taking it back. */
  at: string | undefined
}

/** views/themes/agreement.ejs */
export type AgreementPage = CommentsTop & {
  sample: boolean
  /** `href`: where what is left is coded. */
  sampled: { n: string; left: string; href: string | undefined } | undefined
  rows: (ThemeName & { n: string; given: string; percent: string; kappa: string; alpha: string })[]
  base: string | undefined
  /** Whose kappa it is, where more than two have coded. */
  kappaOf: string | undefined
  disagreements: {
    comment: number
    words: string
    lang: string
    theme: ThemeName
    with: string[]
    without: string[]
  }[]
  more: number
  typed: string
  problems: FieldProblem[]
  done: string | undefined
}

/** views/themes/learning.ejs */
export type LearningPage = CommentsTop & {
  model: { name: string; when: string; examples: string; took: string; behind: boolean } | undefined
  busy: boolean
  few: string | undefined
  /** The confidence that is looked at, 0 to 1 as a percent. */
  confidence: number
  steps: number[]
  rows: (ThemeName & {
    coded: string
    precision: string
    recall: string
    would: string
    accepted: { words: string; older: boolean } | undefined
    mayAccept: boolean
  })[]
  skipped: (ThemeName & { n: string })[]
  done: string | undefined
}

/** views/themes/import.ejs */
export type ImportPage = CommentsTop & {
  questions: Picked[]
  languages: Picked[]
  typed: string
  problems: FieldProblem[]
  faults: string[]
  /** Kinds of faults that are not told. */
  more: number
  /** What was pasted is too long to be shown again. */
  long: boolean
  count: number
  done: string | undefined
}

/** views/themes/codebook.ejs */
export type CodebookPage = {
  office: boolean
  name: Worded
  version: number
  themes: (ThemeName & {
    definition: Worded | undefined
    parts: ThemeName[]
    machine: boolean
    elements: number
  })[]
  history: {
    version: number
    when: string
    who: string
    what: string
    note: string
    /** Whether the codebook can go back to how it was in this version. */
    back: boolean
  }[]
  changes: { added: string[]; removed: string[]; changed: string[] } | undefined
  carried: string
  faults: { row: number; message: string }[]
  done: string | undefined
  problem: string | undefined
}

type TypedTheme = {
  code: string
  parent: string
  colour: string
  texts: { field: string; tag: string; name: string; words: string }[]
  lists: { field: string; tag: string; name: string; words: string }[]
  cites: { plan: string; title: string; words: string }[]
}
/** views/themes/theme.ejs: one theme, or a new one. */
export type ThemePage = {
  office: boolean
  fresh: boolean
  theme: ThemeName | undefined
  definition: Worded | undefined
  include: Worded | undefined
  exclude: Worded | undefined
  examples: { words: string; lang: string }[]
  words: { tag: string; name: string; machine: boolean; entries: string[] }[]
  elements: { plan: string; href: string; code: string; words: Worded }[]
  parts: ThemeName[]
  others: ThemeName[]
  version: number
  typed: TypedTheme
  split: { rule: string; parts: string }
  problem: string | undefined
  done: string | undefined
}

export type ThemePages = {
  'themes/home': CommentsHome
  'themes/desk': DeskPage
  'themes/alike': AlikePage
  'themes/agreement': AgreementPage
  'themes/learning': LearningPage
  'themes/import': ImportPage
  'themes/codebook': CodebookPage
  'themes/theme': ThemePage
}
