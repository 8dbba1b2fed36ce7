import type { Worded } from '../../language/text.ts'
import type { Standing } from '../../report/coverage/coverage.ts'

/** One thing that a survey asks, with the way to its place. */
export type AskLine = { words: Worded; survey: Worded; work: boolean; href: string }

/** A half of an indicator, for those who are to be asked. */
export type NeedLine = {
  part: Worded | undefined
  /** The population in the plan's own words; undefined where it names none. */
  population: Worded | undefined
  asks: AskLine[]
  /** Groups that nobody asks, as a list in words; '' for none. */
  missing: string
  twice: boolean
  /** Where the items of the bank that would fill it are chosen; undefined when there are none. */
  fill: { href: string; count: number } | undefined
}

export type CoverageLine = {
  kind: string
  code: string
  text: Worded
  standing: Standing
  /** How it stands, as the wording `bank.standing.<say>`. */
  say: Standing | 'askedAbout' | 'notAsked'
  needs: NeedLine[]
  /** For elements that need no asking: what asks about them. */
  asks: AskLine[]
  unsaid: AskLine[]
}

/** views/office/coverage.ejs */
export type CoveragePage = {
  plans: { id: string; title: Worded; chosen: boolean }[]
  years: { year: string; chosen: boolean }[]
  surveys: { key: string; title: Worded; work: boolean; chosen: boolean }[]
  plan: { id: string; title: Worded; href: string } | undefined
  by: 'perception' | 'strategy'
  counts: { measured: number; all: number }
  half: string
  none: string
  twice: string
  /** Where halves are told: who made them, in the words of the file; undefined when nothing is split. */
  reading: Worded | undefined
  priorities: {
    code: string | null
    name: Worded
    rows: CoverageLine[]
    /** What needs no asking and is not asked about. */
    elsewhere: { code: string; text: Worded }[]
  }[]
  beside: { title: Worded; work: boolean; href: string; count: number; lines: AskLine[] }[]
  others: Worded[]
  csv: string
}

export type CoveragePages = { 'office/coverage': CoveragePage }
