import type {
  Codes,
  Drafts,
  Paper,
  Progress,
  Refusals,
  Responses,
  ResumeCodes,
} from './contract/answering.ts'
import type { Acceptances, Codebooks, Codings, Comments, ThemeModels } from './contract/coding.ts'
import type { Crossings, Tallies, Turnout } from './contract/counts.ts'
import type { Contacts, Mailings } from './contract/sending.ts'
import type { Audit, Limits, People, Sessions, Settings } from './contract/staff.ts'
import type { Life, Surveys } from './contract/surveys.ts'
import type { Commitments, Conversations, Flags, HeardPages, Quotes } from './contract/told.ts'
import type { Earlier, Enrolments, SeriesShelf } from './contract/waves.ts'
import type { Definitions, Plans, Translations } from './contract/wordings.ts'

export type * from './contract/answering.ts'
export type * from './contract/coding.ts'
export { conversations } from './contract/coding.ts'
export type * from './contract/counts.ts'
export type * from './contract/sending.ts'
export type * from './contract/staff.ts'
export type * from './contract/surveys.ts'
export type * from './contract/told.ts'
export type * from './contract/waves.ts'
export type * from './contract/wordings.ts'

/**
 * What the rest of the house may ask of the store. Asynchronous at its edge, so that another engine can stand
 * behind it. `find` may give nothing, `get` must give one (or throws NotFound), `list` gives many.
 * Times are epoch milliseconds and come in as arguments; the store has no clock.
 */
export type Stores = {
  surveys: Surveys
  drafts: Drafts
  responses: Responses
  codes: Codes
  contacts: Contacts
  mailings: Mailings
  resumeCodes: ResumeCodes
  refusals: Refusals
  tallies: Tallies
  crossings: Crossings
  turnout: Turnout
  progress: Progress
  enrolments: Enrolments
  series: SeriesShelf
  earlier: Earlier
  paper: Paper
  people: People
  audit: Audit
  sessions: Sessions
  settings: Settings
  limits: Limits
  plans: Plans
  definitions: Definitions
  translations: Translations
  comments: Comments
  codebooks: Codebooks
  codings: Codings
  themeModels: ThemeModels
  acceptances: Acceptances
  quotes: Quotes
  flags: Flags
  life: Life
  conversations: Conversations
  commitments: Commitments
  heardPages: HeardPages
  /**
   * Reads that all see the same moment while others go on writing: for a recount or an export that must agree
   * with itself. Ends when `work` does.
   */
  snapshot: <T>(work: (frozen: Snapshot) => Promise<T>) => Promise<T>
  /** Whether several server processes may stand on this store, on one machine or on many. */
  several: boolean
  /**
   * Whether this process is the one that does `job` (send letters, tidy up): asked before each turn. Where one server is
   * all there is, it is. Until it lets go, ends, or its line to the database breaks, no other one does.
   */
  hold: (job: string) => Promise<boolean>
  release: (job: string) => Promise<void>
  /** Resolves once everything taken is on disk and the files are let go. */
  close: () => Promise<void>
}

export type Snapshot = {
  responses: Pick<Responses, 'stream' | 'count'>
  tallies: Pick<Tallies, 'list' | 'sizes' | 'comments' | 'commentCounts' | 'all'>
  turnout: Turnout
  crossings: Pick<Crossings, 'kept'>
}
