import type { Worded } from '../../language/text.ts'
import type { FieldProblem } from './account.ts'
import type { BuildHead, Tongue } from './build.ts'

/** An item of the bank as a person looks at it before taking it. */
export type BankLine = {
  code: string
  words: Worded
  /** The same in another language, to compare; undefined when there is none. */
  beside: Worded | undefined
  /** How it is answered: the ends of its scale, or the kind of question as the wording `build.kind.<kind>`. */
  scale: { low: Worded; high: Worded } | undefined
  kind: string
  /** Wordings `bank.topic.<topic>` and `bank.audience.<audience>`. */
  topic: string
  audiences: string[]
  measures: { plan: string; code: string; part: string }[]
  /** '' when the words are too few for the formula. */
  grade: string
  reversed: boolean
  chosen: boolean
}

/** views/build/bank.ejs: items to search and take, for a survey under work (`head`) or a new one. */
export type BankPage = {
  head: BuildHead | undefined
  action: string
  find: { words: string; domain: string; audience: string; grade: string; measures: string }
  domains: string[]
  audiences: string[]
  grades: number[]
  elements: { plan: Worded; options: { value: string; code: string; words: Worded }[] }[]
  chosen: BankLine[]
  found: BankLine[]
  /** How many fit in all, and how many of them are not shown. */
  count: number
  left: number
  shown: number
  sections: { code: string; title: Worded }[]
  works: { slug: string; title: Worded }[]
  plans: { id: string; title: Worded; chosen: boolean }[]
  /** Languages that the whole bank is in. */
  tongues: Tongue[]
  typed: Record<string, string | string[] | undefined>
  origin: string
  problems: FieldProblem[]
}

export type BankPages = { 'build/bank': BankPage }
