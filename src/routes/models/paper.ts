import type { Text, Worded } from '../../language/text.ts'
import type { Locale } from '../../language/wording.ts'
import type { Option, Question } from '../../questionnaire/definition.ts'

/** A question as its kind's paper partial gets it, under the name `q`. */
export type PaperQuestion = {
  /** As printed, counted through the whole form. */
  number: string
  question: Question
  title: Worded
  help: Worded | undefined
  /** The skip logic in words; undefined: everyone answers. */
  onlyIf: string | undefined
  /** In the order of the definition, never shuffled: the office types their numbers. */
  options: Option[]
}

/** views/paper/form.ejs: the whole questionnaire of one version in one language. */
export type PaperForm = {
  slug: string
  title: Worded
  district: Worded
  source: string
  sample: boolean
  intro: Worded | undefined
  /** What a child is told before being asked whether it wants to take part. */
  assent: Worded | undefined
  minutes: number | undefined
  /** Whom to call: a sheet of paper is not watched either. */
  help: Worded
  /** Something on it must be answered. */
  needed: boolean
  sections: {
    title: Worded
    intro: Worded | undefined
    onlyIf: string | undefined
    questions: PaperQuestion[]
  }[]
  /** Where it is answered online: to type in, in parts after which a line may end, and as a picture for a camera. */
  link: { parts: string[]; qr: string }
  languageName: string
  /** Tells forms of one survey apart in a heap. */
  mark: string
  /** Each sheet gets a number, because it is typed twice. */
  numbered: boolean
  languages: (Locale & { href: string; current: boolean })[]
  /** For the bar on the screen, which is the office's and is not printed. */
  office: { lang: string; dir: 'ltr' | 'rtl'; words: (key: string) => string; entry: string }
  word: (text: Text | undefined) => string
  /** A number in the digits of the form's language. */
  say: (number: number) => string
}

export type PaperPages = { 'paper/form': PaperForm }
