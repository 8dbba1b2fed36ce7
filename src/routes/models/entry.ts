import type { Worded } from '../../language/text.ts'
import type { Locale } from '../../language/wording.ts'
import type { Problem } from '../../questionnaire/kind.ts'

/** `field` is the name of a line, or `_sheet`. */
export type EntryProblem = Problem

/** A line to type in: one question. */
export type EntryLine = {
  code: string
  /** As printed. */
  number: string
  title: Worded
  /** What to type. */
  how: string
  /** Options or points with their printed numbers, where they are few. */
  keys: { key: number; label: Worded }[]
  /** Words may run over several lines. */
  words: boolean
  value: string
  problem: string | undefined
}

type Form = Locale & { href: string; current: boolean }

/** views/paper/entry.ejs: a sheet of paper, line by line. */
export type EntryPage = {
  slug: string
  title: Worded
  sample: boolean
  form: { tag: string; name: string; dir: 'ltr' | 'rtl' }
  forms: Form[]
  version: number
  /** Empty while there is only one. */
  versions: { number: number; href: string; current: boolean }[]
  lines: EntryLine[]
  problems: { field: string; message: string; about: string }[]
  /** The line that the cursor stands in. */
  start: string
  numbered: boolean
  sheet: string
  sheetProblem: string | undefined
  /** There are lines that the next sheet may share; whether they are kept. */
  keepable: string
  keep: boolean
  token: string
  action: string
  takeBack: string
  news: { words: string; dropped: string } | undefined
  paper: string
  mine: string
  typists: { name: string | undefined; typed: string; checked: string }[]
  waiting: { sheet: number; name: string | undefined; form: string; own: boolean; mayTakeBack: boolean }[]
}

/** views/paper/compare.ejs: where two typings of one sheet differ. */
export type ComparePage = {
  slug: string
  title: Worded
  sheet: number
  form: string
  version: number
  first: string | undefined
  rows: {
    code: string
    number: string
    title: Worded
    first: { words: string; lang: string }[]
    second: { words: string; lang: string }[]
    picked: string
  }[]
  /** Everything that was typed, sent along. */
  hidden: { name: string; value: string }[]
  token: string
  action: string
  /** Some were chosen and some were not. */
  incomplete: boolean
}

export type EntryPages = { 'paper/entry': EntryPage; 'paper/compare': ComparePage }
