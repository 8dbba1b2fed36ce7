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
  /** Address of another person's start on the same device, when one was sent or begun here. */
  again: string
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

export type SectionPage = SurveyHead & {
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
  /** Words of a text in the reader's language as safe HTML, marked with its own language where it differs. */
  word: (text: Text | undefined) => string
  /** A number in the reader's language. */
  number: (value: number) => string
  /** The same as words and their language, for elements that take no markup inside. */
  worded: (text: Text) => Worded
}

export type ReviewPage = SurveyHead & {
  sections: {
    title: Worded
    change: string
    questions: { title: Worded; answers: { words: string; lang: string }[]; ordered: boolean }[]
  }[]
  token: string
  action: string
  back: string
  /** Nothing was answered: it cannot be sent. */
  empty: boolean
}

export type ThanksPage = SurveyHead & { thanks: Worded | undefined; again: string }
