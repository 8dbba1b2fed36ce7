import type { Text, Worded } from '../../language/text.ts'
import type { Option, Question } from '../../questionnaire/definition.ts'
import type { FormBody } from '../../questionnaire/kind.ts'

/** What every page of a survey knows of it. */
export type SurveyHead = {
  slug: string
  title: Worded
  /** Made-up data: the page says so. */
  sample: boolean
  district: Worded
  /** The language the questionnaire was written in: what a missing translation falls back to. */
  source: string
}

/** The form that asks for an access code; `problem` is one of the wordings `access.problem.<key>`. */
export type CodeEntry = {
  typed: string
  problem: 'slip' | 'unknown' | 'other' | 'used' | 'out' | 'void' | undefined
  /** Address of the survey that the typed code is for. */
  other: string | undefined
}

export type StartPage = SurveyHead & {
  state: 'open' | 'soon' | 'closed'
  intro: Worded | undefined
  minutes: number | undefined
  /** When it opens or closed, as a sentence part in the reader's language; empty when nobody set a date. */
  when: string
  /** A tag that the link asked for and that is not offered. */
  refused: string | undefined
  /** The browser keeps no cookies, so nothing can be kept from page to page. */
  noCookies: boolean
  /** Address of the page to begin or go on at. */
  begin: string
  /** A draft is there: the button says go on. */
  begun: boolean
  /** A code is needed first. */
  entry: CodeEntry | undefined
  /** What a child is told before being asked whether it wants to take part. */
  assent: Worded | undefined
  /** What the link brought along beside the language, for language links: with a leading & where there is any. */
  carried: string
  /** The same for the form that asks for a code, in its field `known`. */
  known: string
  /** Families are told there what the law protects. */
  notice: string | undefined
  /** Address of another person's start on the same device, when one was sent or begun here. */
  again: string
  /** Where a code for finishing later is typed in; nowhere on a shared tablet. */
  resume: string | undefined
  /** A shared tablet: the page says that it forgets. */
  /** Of a survey that is over: the address of what was heard, while it is shown. */
  heard: string | undefined
  kiosk: boolean
}

/** A question as its kind's partial gets it, under the name `q`. */
export type QuestionView = {
  question: Question
  title: Worded
  help: Worded | undefined
  /** Options in the order to show them, where the kind has options. */
  options: Option[]
  /** What was answered or typed, by form field. */
  values: FormBody
  problem: string | undefined
  /** The field that the problem stands at. */
  problemField: string | undefined
}

/** Whom to call: the survey is not watched around the clock. */
export type HelpLine = Worded

export type SectionPage = SurveyHead & {
  /** On pages where somebody may write. */
  help: HelpLine | undefined
  /** What the link said of the reader, carried until there is a draft that holds it; '' when nothing. */
  known: string
  code: string
  sectionTitle: Worded
  intro: Worded | undefined
  at: number
  of: number
  questions: QuestionView[]
  problems: { field: string; message: string; about: Worded }[]
  token: string
  action: string
  /** There is a page before this one, to go back to. */
  hasBack: boolean
  fromReview: boolean
  /** A mark of the draft that tells nothing of its token: what a device keeps of the page is for this draft alone. Absent on a shared tablet. */
  mark: string | undefined
  /** Words of a text in the reader's language as safe HTML, marked with its own language where it differs. */
  word: (text: Text | undefined) => string
  /** A number in the reader's language. */
  number: (value: number) => string
  /** The same as words and their language, for elements that take no markup inside. */
  worded: (text: Text) => Worded
}

export type ReviewPage = SurveyHead & {
  /** `change`: address of the page where a section's answers, or one answer of a section of many pages, are changed. */
  sections: {
    title: Worded
    change: string | undefined
    questions: {
      title: Worded
      answers: { words: string; lang: string }[]
      ordered: boolean
      change: string | undefined
    }[]
  }[]
  token: string
  action: string
  back: string
  /** Nothing was answered: it cannot be sent. */
  empty: boolean
}

/** views/respond/no.ejs: the answer to "No, I do not want to take part". */
export type NoPage = SurveyHead & { again: string }

/** views/respond/out.ejs: for a code whose family opted out. */
export type OutPage = SurveyHead

/** views/respond/notice.ejs: what families are told about protected areas. */
export type NoticePage = SurveyHead & {
  notice: Worded
  areas: string[]
  opens: string
  closes: string
}

/** views/respond/withdraw.ejs: where a response is taken back. */
export type WithdrawPage = SurveyHead & {
  typed: string
  /** A wording `life.problem.<key>`. */
  problem: 'slip' | 'unknown' | undefined
  /** It was taken back. */
  done: boolean
  action: string
  start: string
}

export type ThanksPage = SurveyHead & {
  help: HelpLine
  thanks: Worded | undefined
  again: string
  /** Until when answers are taken, in words; '' when nobody set a date or it is over. */
  until: string
  /** Address of the page of what was heard, when there is one. */
  heard: string | undefined
  kiosk: boolean
  /** The code by which this response can be taken back, shown this once, and where. */
  withdraw: { written: string; address: string } | undefined
}
