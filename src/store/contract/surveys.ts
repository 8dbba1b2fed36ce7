import type { Questionnaire } from '../../questionnaire/definition.ts'
import type { Fielding } from '../../questionnaire/fielding.ts'

export type SurveyState = 'draft' | 'open' | 'closed'

/** One fielding. `opensAt`/`closesAt` may be null: no limit. `version` is the number that is answered now. */
export type Survey = {
  id: number
  slug: string
  state: SurveyState
  opensAt: number | null
  closesAt: number | null
  version: number
  /** Groups under this size are not shown. */
  minimumGroup: number
  /** Made-up data: every page says so. */
  sample: boolean
  /** How it is sent out: may change while it is open. */
  fielding: Fielding
  /** The questionnaire of `version`. */
  questionnaire: Questionnaire
}

export type Surveys = {
  find: (slug: string) => Promise<Survey | undefined>
  list: () => Promise<Survey[]>
  /** Adds a survey in state 'draft' with its first published version. Throws Conflict when the slug is taken. */
  add: (
    survey: {
      slug: string
      questionnaire: Questionnaire
      opensAt?: number | null
      closesAt?: number | null
      minimumGroup?: number
      sample?: boolean
      fielding?: Fielding
    },
    now: number,
  ) => Promise<Survey>
  /** Publishes another version; earlier ones never change. */
  publish: (id: number, questionnaire: Questionnaire, now: number) => Promise<number>
  /** The frozen questionnaire of one version. */
  version: (id: number, version: number) => Promise<Questionnaire>
  /** When each version was published, the first one first. */
  versions: (id: number) => Promise<{ version: number; published: number }[]>
  /** Closing deletes whom the survey was sent to; tells how many addresses that were. */
  setState: (id: number, state: SurveyState) => Promise<number>
  setDates: (id: number, opensAt: number | null, closesAt: number | null) => Promise<void>
  setFielding: (id: number, fielding: Fielding) => Promise<void>
}

/** How long things are kept, and responses that are taken back. What is deleted is overwritten in the file. */
export type Life = {
  /** Notes when a survey was first seen to be over, or with null that it is not. Gives the time that stands. */
  ended: (survey: number, at: number | null) => Promise<number | null>
  endedAt: (survey: number) => Promise<number | undefined>
  /** Each tells how many went. Drafts: with sheets of paper that wait for a second person to type them. */
  forgetDrafts: (survey: number) => Promise<number>
  forgetCodes: (survey: number) => Promise<number>
  /**
   * The words of comments, and what was begun and never sent; that there were comments, their codes and what was
   * approved for showing stay.
   */
  forgetComments: (survey: number) => Promise<number>
  /** Nothing leads from a receipt to a response any more. */
  forgetWithdrawals: (survey: number) => Promise<void>
  /** Deletes the response that this code stands for, with all that was made of it; every count follows. */
  withdraw: (survey: number, codeHash: string) => Promise<boolean>
  /** Takes away what the database itself would tell of who sent which response; for every hour. */
  mix: () => Promise<void>
}
