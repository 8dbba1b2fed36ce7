import type { SurveyHead } from './respond.ts'

/** views/respond/later.ejs: the code for finishing later, shown this once; without one, how to get another. */
export type LaterPage = SurveyHead & {
  /** As it is written down, and its letters alone for the form that shows it again in another language. */
  code: { written: string; letters: string } | undefined
  /** Where it is typed in, with the host, as somebody would read it out. */
  address: string
  /** When it stops working, in words. */
  until: string
  token: string
  action: string
  /** The page to go on at, on this device. */
  back: string
}

/** views/respond/resume.ejs: where a code for finishing later is typed in. */
export type ResumePage = SurveyHead & {
  typed: string
  /** One of the wordings `later.problem.<key>`. */
  problem: ResumeProblem | undefined
  /** Answers that were begun on this device and would be put aside: where they go on. */
  begun: string | undefined
  action: string
  start: string
}

/**
 * slip: no code of ours can look like that. unknown: none has these letters. over: its answers were cleared away.
 * sent: its answers were sent.
 */
export type ResumeProblem = 'slip' | 'unknown' | 'over' | 'sent'

/** views/respond/unsaved.ejs: the store could not take a form; everything in it, to be sent again. */
export type UnsavedPage = SurveyHead & {
  action: string
  fields: { name: string; value: string }[]
  /** What the button says of itself, such as the language that was asked for. */
  button: { name: string; value: string } | undefined
  /** It was the whole response, not a page. */
  sending: boolean
  reference: string
}

export type LaterPages = {
  'respond/later': LaterPage
  'respond/resume': ResumePage
  'respond/unsaved': UnsavedPage
}
