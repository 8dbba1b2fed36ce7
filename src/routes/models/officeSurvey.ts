import type { Worded } from '../../language/text.ts'
import type { Fielding } from '../../questionnaire/fielding.ts'
import type { FieldProblem } from './account.ts'
import type { DatesInWords } from './kit.ts'
import type { Moment, Standing } from './office.ts'

type Named = { code: string; label: Worded }

/** An address of the survey with its QR code: a drawing that is safe to print as it is. */
export type ShownLink = { href: string; qr: string }

/** A sheet of access codes; numbers are already written for the reader. */
export type SheetRow = {
  sheet: number
  school: Worded | undefined
  group: Worded | undefined
  unused: string
  used: string
  out: string
  /** Taken back: none of it can be used any more. */
  void: string
  /** Some are unused, so that taking it back would do something. */
  live: boolean
}

/** What the pasted list of codes did, by what became of each. */
export type OptOutResult = { out: number; used: number; void: number; unknown: string[] }

/** A language in which this survey has no words for some of its texts. */
export type MissingTexts = {
  tag: string
  name: string
  count: number
  /** Codes of where each stands, and the words that wait for their translation. */
  texts: { place: string; words: string; lang: string }[]
}

/** views/office/survey.ejs: everything about one survey. Each section is an include, `survey-<section>.ejs`. */
export type SurveyPage = {
  slug: string
  title: Worded
  sample: boolean
  standing: Standing
  change: 'open' | 'close'
  /** Its first moment is still to come, so that it can be opened by its dates. */
  byDates: boolean
  /** Why it may not be open: wording keys `office.mayNot.<key>`. */
  mayNot: string[]
  opens: Moment | undefined
  closes: Moment | undefined
  inWords: DatesInWords
  /** The clocks show this time twice on its night. */
  twice: { opens: boolean; closes: boolean }
  /** What stands in the form of dates, by the clock of the district; and the name of that clock. */
  dates: { opens: string; closes: string; zone: string }
  responses: string
  /** How many said no; undefined where nobody is asked. */
  refusals: string | undefined
  fielding: Fielding
  /** It touches what the law protects, and students are asked. */
  protected: boolean
  link: ShownLink
  notice: string | undefined
  schools: Named[]
  groups: Named[]
  sheets: SheetRow[]
  /** The number of the sheet that would be made next: the form sends it, so that a reload makes no second one. */
  nextSheet: number
  /** Days after the end until it is deleted, as typed; '' for what stays. */
  /** People can take their responses back. */
  withdrawal: boolean
  keeps: { name: 'drafts' | 'codes' | 'comments'; days: string }[]
  typed: { school: string; group: string; number: string; codes: string }
  optOut: OptOutResult | undefined
  missing: MissingTexts[]
  problems: (FieldProblem & { values?: Record<string, string | number> })[]
  done: string | undefined
}

/** views/office/survey-links.ejs: a link for every school and group, to print. */
export type SurveyLinksPage = {
  slug: string
  title: Worded
  all: ShownLink
  lists: { key: 'school' | 'group'; links: (ShownLink & { label: Worded })[] }[]
}

/** views/office/survey-sheet.ejs: a sheet of codes, shown this once. */
export type SurveySheetPage = {
  slug: string
  title: Worded
  sheet: number
  school: Worded | undefined
  group: Worded | undefined
  address: string
  cards: { code: string; qr: string }[]
  /** How to use a card, in each of the survey's languages. */
  how: { words: string; lang: string; dir: 'ltr' | 'rtl' }[]
}

export type OfficeSurveyPages = {
  'office/survey': SurveyPage
  'office/survey-links': SurveyLinksPage
  'office/survey-sheet': SurveySheetPage
}
