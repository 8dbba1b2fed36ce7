import type { z } from 'zod'
import type { Item, Option, Question } from './definition.ts'
import type { Form, Line, Preset } from './edit/form.ts'

/**
 * A stored answer: JSON that holds codes, numbers and, for comments alone, words.
 * single: code. multiple: codes in option order. ranking: {order: codes best first, shown?: codes as displayed}.
 * grid: {item: point code or "na"}. scale, number: a number. text: {words, language}. profile: code.
 */
export type Answer = unknown

/** A form body as it arrived: names to strings; a name that came several times holds them all. */
export type FormBody = Record<string, string | string[] | undefined>

/** What is wrong with what was typed. `field` is the form name to link to; `code` picks the wording `problem.<code>`. */
export type Problem = {
  question: string
  field: string
  code: string
  values?: Record<string, string | number>
}

/**
 * What a tally row counts, so that a report can read any kind without knowing it:
 * choice: cell = option code. ranking: cell = codes best first joined by ">". points: cell = "item=point".
 * number: cell = the number. words: cell = "" (only how many wrote; the words are comments).
 */
export type Measure = 'choice' | 'ranking' | 'points' | 'number' | 'words'

/** A column of the wide CSV: its heading and the cell it holds for an answer. */
export type Column<A = Answer> = { name: string; cell: (answer: A) => string }

/** One row of the codebook that goes with an export. */
export type CodebookRow = { column: string; value: string; label: Record<string, string> }

/** A point of a scale, in order, as reports need it. `value` is the number that means are made of. */
export type Point = { code: string; value: number; label: Record<string, string>; favorable: boolean }

/** What a report needs to word the counts of a question, whatever its kind. */
export type Outline = { options?: Option[]; items?: Item[]; points?: Point[] }

/** What was typed from paper, as the form body that says the same; or what is wrong with it (wording `problem.<code>`). */
export type Typed = { body: FormBody } | { problem: Pick<Problem, 'code' | 'values'> }

/** How an answer on paper is typed in: on one line, mostly as the small numbers that are printed beside the options. */
export type Typing<Q extends Question = Question> = {
  /** What the typist is told: the wording `paper.typing.<code>`. */
  how: (question: Q) => { code: string; values?: Record<string, string | number> }
  /** Never called for an empty line: that is no answer. */
  read: (question: Q, typed: string) => Typed
}

/** How the builder makes a question of a kind and takes what was typed into the kind's own fields. */
export type Build<Q extends Question = Question> = {
  /** What a question of the kind begins with; it may still lack what makes it sound. */
  blank: (code: string, preset: Preset) => Q
  /** The question with what stands on the form; `views/build/kinds/<name>.ejs` has the fields. */
  edited: (question: Q, form: Form) => Q
  /** Options or items from a quick list, a line each, added to those there are. Absent: the kind has none. */
  lines?: (question: Q, lines: Line[], source: string) => Q
  /** Ready-made shapes to choose from, worded `build.ready.<kind>.<name>`. */
  ready?: Record<string, (question: Q, preset: Preset) => Q>
}

/**
 * A kind of question: one module in kinds/ whose default export has these verbs, and two partials:
 * `views/kinds/<name>.ejs` for the screen, `views/paper/kinds/<name>.ejs` for paper. kinds.ts finds the modules by looking into the folder; adding one touches nothing else.
 */
export type Kind<Q extends Question = Question, A = Answer> = {
  name: string
  measure: Measure
  /** The definition of a question of this kind. */
  schema: z.ZodType<Q>
  /** Faults of a definition that the schema cannot see (an option named twice, topK over the options). */
  check: (question: Q) => string[]
  /** Names of the form fields of this question, in page order. */
  fields: (question: Q) => string[]
  /** Reads a form body. `answer` undefined means unanswered. Codes that are not offered are problems. */
  parse: (question: Q, body: FormBody, language: string) => { answer?: A | undefined; problems: Problem[] }
  /** The form fields that would give this answer: for showing a stored answer again. */
  fill: (question: Q, answer: A) => FormBody
  /** Whether a stored or imported value is a sound answer to this question; if not it counts as unanswered. */
  fits: (question: Q, answer: unknown) => answer is A
  /** For a required question: the form field of the first part still without an answer. Absent: any answer will do. */
  lacks?: (question: Q, answer: A) => string | undefined
  /** Option, point or number values that conditions compare with. `item` for grids. */
  codes: (question: Q, answer: A, item?: string) => (string | number)[]
  /** Words for the review page. */
  say: (question: Q, answer: A, language: string, source: string) => { words: string; lang: string }[]
  columns: (question: Q) => Column<A>[]
  /** What the columns and their values mean. */
  codebook: (question: Q) => CodebookRow[]
  /**
   * Reads the wide CSV cells of this question back; problem text when it cannot. `cut`: what they say beyond the answer
   * does not count (a ranking after a tie).
   */
  fromCells: (
    question: Q,
    cells: Record<string, string>,
    language: string,
  ) => { answer?: A | undefined; problem?: string; cut?: boolean }
  /** The tally cells that an answer adds one to. */
  cells: (question: Q, answer: A) => string[]
  /** Options, items and points, for reports and codebooks. */
  outline: (question: Q) => Outline
  /** Every text of the question beyond title and help, by path, for translation and completeness. */
  texts: (question: Q) => { path: string; text: Record<string, string> }[]
  /**
   * How a question is cut into parts that can each stand on a page of their own, each a question of the same code.
   * `join`: the whole answer after a part (or the whole) was answered with `now`. Absent: it stands whole.
   */
  parts?: {
    of: (question: Q) => { code: string; title: Record<string, string>; question: Q }[]
    join: (part: Q, before: unknown, now: A | undefined) => A | undefined
  }
  /** Absent: what is typed is the value of the first form field as it stands. */
  typing?: Typing<Q>
  /** Absent: the builder shows such a question and moves it, but cannot make one or edit the kind's own fields. */
  build?: Build<Q>
}
