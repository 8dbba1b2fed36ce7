import type { Worded } from '../../language/text.ts'
import type { State } from '../../language/translating.ts'
import type { Piece } from '../../language/wordDiff.ts'
import type { FieldProblem } from './account.ts'
import type { Tongue } from './build.ts'
import type { Moment } from './office.ts'

/** How many texts stand how: numbers for the reader, and a bar of `width` 100 for the eye. */
export type StateBar = {
  done: string
  all: string
  share: string
  /** Texts that still need work. */
  left: number
  parts: { state: State; n: string; count: number; from: number; width: number }[]
}

export type TranslateRow = { tongue: Tongue; href: string; bar: StateBar; own: boolean; shown: boolean }

/** views/translate/home.ejs: everything there is to translate, for this person. */
export type TranslateHome = {
  office: boolean
  surveys: { slug: string; title: Worded; rows: TranslateRow[]; version: number | undefined; build: string }[]
  interface: TranslateRow[]
  /** Languages of a translator; undefined: all. */
  own: string[] | undefined
  typed: { tag: string; name: string; dir: string }
  problems: FieldProblem[]
  done: { key: string; name: string } | undefined
}

export type Said = { who: string; when: Moment; words: string }

/** One text on the desk. `n` numbers its fields on this page. */
export type DeskRow = {
  n: number
  id: string
  source: string
  words: string
  /** The words as they were when the page was made: who saves on top of others is told. */
  was: string
  where: (Worded & { code: boolean })[]
  state: State
  lines: number
  /** What is filled in, and has to stay. */
  marks: string[]
  diff: Piece[] | undefined
  before: string
  made: { who: string; when: Moment } | undefined
  reviewed: { who: string; when: Moment } | undefined
  mayKeep: boolean
  mayReview: boolean
  notes: Said[]
  note: string
  /** Characters of the source that a label for charts should not pass by much; 0: any length. */
  room: number
  problem: { key: string; values: Record<string, string | number> } | undefined
  /** What somebody else saved meanwhile; undefined: nobody. */
  theirs: string | undefined
}

/** views/translate/desk.ejs: the workbench. */
export type TranslateDesk = {
  kind: 'survey' | 'interface'
  title: Worded
  office: boolean
  home: string
  /** Where the form goes: this page with its filter. */
  action: string
  from: Tongue
  to: Tongue
  bar: StateBar
  filter: { state: string; find: string; group: string }
  groups: { value: string; words: Worded }[]
  rows: DeskRow[]
  found: number
  page: { current: number; last: number; previous: string; next: string }
  /** A published survey shows new words with its next version: where the office makes it. */
  publish: { version: number; href: string | undefined } | undefined
  files: { format: string; href: string }[]
  problems: FieldProblem[]
  done: { key: string; count: number } | undefined
}

export type IncomingRow = {
  row: number
  id: string
  where: (Worded & { code: boolean })[]
  from: string
  to: string
  before: State
  state: State
}

/** views/translate/incoming.ejs: what a file would change, before it changes anything. */
export type TranslateIncoming = {
  title: Worded
  home: string
  from: Tongue
  to: Tongue
  name: string
  /** Why the whole file cannot be used; undefined: it can. */
  fault: { key: string; values: Record<string, string | number> } | undefined
  notices: string[]
  /** Somebody changed texts between looking and taking: it has to be looked at again. */
  meanwhile: boolean
  changes: IncomingRow[]
  stale: IncomingRow[]
  unchanged: number
  useless: { row: number; id: string; key: string; values: Record<string, string> }[]
  /** Rows that cannot be used and are not listed. */
  more: number
  /** What the form that takes it carries; '' for nothing to take. */
  carried: string
}

export type TranslatePages = {
  'translate/home': TranslateHome
  'translate/desk': TranslateDesk
  'translate/incoming': TranslateIncoming
}
