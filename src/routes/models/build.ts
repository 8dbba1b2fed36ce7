import type { Text, Worded } from '../../language/text.ts'
import type { Question, Section } from '../../questionnaire/definition.ts'
import type { How, Row } from '../../questionnaire/edit/conditions.ts'
import type { FieldProblem } from './account.ts'
import type { Moment } from './office.ts'

/** A language by its own name. */
export type Tongue = { tag: string; name: string; dir: 'ltr' | 'rtl' }

/** What every page about one questionnaire under work knows. */
export type BuildHead = {
  slug: string
  title: Worded
  revision: number
  source: string
  /** All languages of the questionnaire, the source first. */
  languages: Tongue[]
  /** Those whose fields stand on the form: the source, and perhaps one beside it. */
  tongues: Tongue[]
  /** Tag of the language beside the source, '' for none. */
  beside: string
  /** Published once: its office page is there. */
  published: boolean
  news: News
}

/** What was just done, shown at the top of the page that comes after it. */
export type News = {
  /** Wording key. */
  done: string | undefined
  /** A removal that can be taken back: the revision that did it, and what it took out. */
  undo: { revision: number; lost: ChangeLine[] } | undefined
  /** Somebody else saved meanwhile: who, and what they did. Both are kept. */
  meanwhile: { who: string; when: Moment | undefined; what: ChangeLine[] } | undefined
}

/** A change in words: `what` is the wording `build.change.<of>.<what>`. */
export type ChangeLine = { what: string; of: string; words: Worded; lost: Worded[] }

export type WorkRow = {
  slug: string
  title: Worded
  languages: string
  saved: Moment
  by: string
  /** Words for how it stands: published version, or not published. */
  version: number | undefined
}

/** views/build/home.ejs: every questionnaire under work, and published ones that nobody works on. */
export type BuildHome = {
  works: WorkRow[]
  idle: { slug: string; title: Worded }[]
  /** Taken out of work, with every saved state; to be brought back. */
  discarded: { slug: string; title: Worded }[]
  news: News
}

/** views/build/new.ejs: the ways to begin. Each way is a form of its own on the page. */
export type BuildNew = {
  tongues: Tongue[]
  templates: Choice[]
  surveys: Choice[]
  typed: Record<string, string | string[]>
  problems: FieldProblem[]
}
export type Choice = { value: string; label: Worded; help: Worded | undefined }

/** Something that a file says, by its row; `row` 0 is the whole sheet. `english`: it is told in English alone. */
export type FileNote = { sheet: string; row: number; column: string; words: string; english: boolean }

/** views/build/read.ejs: what a file says before anything is made of it. */
export type BuildRead = {
  name: string
  faults: FileNote[]
  losses: FileNote[]
  title: Worded | undefined
  counts: { sections: number; questions: number; languages: string } | undefined
  slug: string
  /** The questionnaire that was read, for the form that takes it; '' for none. */
  carried: string
  problems: FieldProblem[]
}

export type OverviewQuestion = {
  code: string
  number: number
  kind: string
  title: Worded
  required: boolean
  /** Skip logic in words; '' for always. */
  shown: string
  faults: string[]
  first: boolean
  last: boolean
}
export type OverviewSection = {
  code: string
  title: Worded
  shown: string
  faults: string[]
  questions: OverviewQuestion[]
  first: boolean
  last: boolean
}

/** views/build/survey.ejs: sections and questions. */
export type BuildSurvey = BuildHead & {
  saved: { who: string; when: Moment }
  sections: OverviewSection[]
  kinds: string[]
  /** Faults that stand at no section and no question. */
  faults: string[]
  faultCount: number
  /** Section whose quick form stands open. */
  open: string
  typed: Record<string, string | string[]>
  problems: FieldProblem[]
}

/** A question, or a row of a grid, that a condition can look at. */
export type Look = {
  place: string
  words: string
  hows: How[]
  answers: { code: string; words: string }[]
}
export type ConditionRow = Pick<Row, 'how' | 'codes'> & {
  place: string
  look: Look | undefined
  /** '' for none. */
  number: string
}

/** The form part `views/build/condition.ejs`. */
export type ConditionPart = {
  always: boolean
  join: 'all' | 'any'
  rows: ConditionRow[]
  looks: Look[]
  /** `looks` as JSON, for public/build.js. */
  offered: string
  /** A condition that is too deep to take apart, in words; '' when rows say it. */
  deep: string
}

export type PlanChoice = { code: string; words: Worded; chosen: boolean; kind: string }

/** views/build/question.ejs */
export type BuildQuestion = BuildHead & {
  question: Question
  number: number
  section: string
  sections: { code: string; title: Worded }[]
  condition: ConditionPart
  /** The code may not change: it was published. */
  frozen: boolean
  /** Codes of the parts that were published. */
  frozenParts: string[]
  plan: PlanChoice[]
  /** Earlier choices of one option, for the comment that explains them. */
  explainable: { code: string; words: Worded }[]
  levels: string[]
  attributes: string[]
  /** Options of the district's list, for a profile question. */
  listed: Worded[]
  ready: string[]
  /** The kind's own fields can be edited. */
  editable: boolean
  previous: string
  next: string
  typed: Record<string, string | string[] | undefined>
  problems: FieldProblem[]
}

/** views/build/section.ejs */
export type BuildSection = BuildHead & {
  section: Section
  condition: ConditionPart
  frozen: boolean
  plan: PlanChoice[]
  typed: Record<string, string | string[] | undefined>
  problems: FieldProblem[]
}

/** views/build/settings.ejs */
export type BuildSettings = BuildHead & {
  texts: { name: 'title' | 'intro' | 'thanks' | 'assent' | 'notice'; text: Text; long: boolean }[]
  offered: (Tongue & { chosen: boolean })[]
  minutes: string
  estimated: string
  groups: { code: string; label: Worded; chosen: boolean }[]
  readers: string
  areas: { code: string; chosen: boolean }[]
  plans: { id: string; title: string; chosen: boolean }[]
  problems: FieldProblem[]
}

export type ClashRow = {
  key: string
  /** Where it stands, in words. */
  place: string
  base: ClashValue
  mine: ClashValue
  theirs: ClashValue
}
export type ClashValue = { words: string; lang: string; none: boolean }

/** views/build/conflict.ejs: two people changed the same thing. */
export type BuildConflict = BuildHead & {
  who: string
  when: Moment
  rows: ClashRow[]
  others: ChangeLine[]
  action: string
  /** The form as it was sent, to be sent again. */
  fields: [string, string][]
  settles: number
}

/** views/build/history.ejs */
export type BuildHistory = BuildHead & {
  revisions: {
    revision: number
    who: string
    when: Moment
    changes: ChangeLine[]
    last: boolean
    first: boolean
  }[]
  earlier: string
}

/** views/build/preview.ejs */
export type BuildPreview = BuildHead & {
  frame: string
  as: 'phone' | 'desk'
  shown: Tongue
  mirrored: boolean
  pages: { code: string; title: Worded; href: string; current: boolean }[]
  links: { tongue: Tongue; href: string; current: boolean; missing: number }[]
  phone: string
  desk: string
  mirror: string
  /** It cannot be shown yet, and why. */
  faults: string[]
}

export type AdviceLine = {
  level: 'error' | 'warning'
  code: string
  /** Where it stands, in words. */
  place: string
  /** What is particular here, '' for nothing. */
  note: string
  href: string
}

/** views/build/check.ejs */
export type BuildCheck = BuildHead & {
  faults: { words: string; href: string }[]
  errors: AdviceGroup[]
  warnings: AdviceGroup[]
  minutes: string
  versions: { version: number; current: boolean; published: Moment | undefined; changes: ChangeLine[] }[]
  unchanged: boolean
  problems: FieldProblem[]
}
export type AdviceGroup = { code: string; lines: AdviceLine[] }

export type BuildPages = {
  'build/home': BuildHome
  /** views/build/discard.ejs: asked before it is done. */
  'build/discard': BuildHead
  'build/new': BuildNew
  'build/read': BuildRead
  'build/survey': BuildSurvey
  'build/question': BuildQuestion
  'build/section': BuildSection
  'build/settings': BuildSettings
  'build/conflict': BuildConflict
  'build/history': BuildHistory
  'build/preview': BuildPreview
  'build/check': BuildCheck
}
