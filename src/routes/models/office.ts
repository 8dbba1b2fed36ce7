import type { Act } from '../../district/acts.ts'
import type { Role, Scope } from '../../district/people.ts'
import type { Worded } from '../../language/text.ts'
import type { Tick } from '../account/scopeTicks.ts'
import type { FieldProblem, SessionRow } from './account.ts'

/** A moment for people (`words`) and for programs (`iso`). */
export type Moment = { words: string; iso: string }

/**
 * How a survey stands now: its state, seen with its dates. `waiting`: open, but its first moment is still to come.
 * `over`: open, but its last moment has passed.
 */
export type Standing = 'draft' | 'waiting' | 'open' | 'over' | 'closed'

export type OfficeSurvey = {
  slug: string
  title: Worded
  standing: Standing
  /** Made-up data. */
  sample: boolean
  opens: Moment | undefined
  closes: Moment | undefined
  responses: string
  /** Of an open survey: its rate, and how many parts are not heard enough yet; undefined where no rate is known. */
  heard: string | undefined
  /** The smallest group that may be shown, while fewer than that have answered; undefined when enough have. */
  few: number | undefined
  /** A draft cannot be answered yet. */
  answer: string | undefined
  report: string
  exported: string
  codebook: string
  /** What the button of this row does. */
  change: 'open' | 'close'
}

/** views/office/home.ejs. `done` is the wording key of what was just done. */
export type OfficePage = { surveys: OfficeSurvey[]; done: string | undefined }

/** views/office/reports.ejs: where leaders start. */
export type ReportsPage = {
  /** A school leader whom no school was given yet. */
  closed: boolean
  surveys: Pick<OfficeSurvey, 'slug' | 'title' | 'standing' | 'sample' | 'responses' | 'report'>[]
  series: { id: number; name: Worded; count: number }[]
  /** Dashboards of plans that surveys speak of, the newest plan first. */
  plans: { href: string; name: Worded }[]
}

export type PeopleRow = {
  id: string
  email: string
  role: Role
  you: boolean
  /** Has chosen a password. */
  joined: boolean
  /** Named to read what may speak of danger. */
  safety: boolean
  /** To how many schools or languages the role is narrowed; undefined: it is not. */
  narrowed: { part: keyof Scope; n: number } | undefined
}

/**
 * views/office/people.ejs. `link` is shown this once; `sent`: it went by e-mail too, or could not (undefined: there is
 * no mail server); `tick`: where schools or languages are still to be ticked.
 */
export type PeoplePage = {
  people: PeopleRow[]
  roles: Role[]
  link: { email: string; href: string; sent: boolean | undefined; tick: string | undefined } | undefined
  typed: { email: string; role: string }
  problems: FieldProblem[]
  done: string | undefined
}

/** views/office/person.ejs: role, schools and languages, sessions, link, removal. */
export type PersonPage = {
  id: string
  email: string
  role: Role
  roles: Role[]
  you: boolean
  /** Named to read what may speak of danger. */
  safety: boolean
  joined: boolean
  ticks: Record<keyof Scope, Tick[]>
  sessions: SessionRow[]
  done: string | undefined
}

/** views/office/audit.ejs. `who` null: the command line. `chosen`: the filter, '' for all. */
export type AuditPage = {
  rows: { at: Moment; who: string | null; did: Act; about: string; detail: string }[]
  acts: Act[]
  who: string[]
  about: string[]
  chosen: { did: string; who: string; about: string }
  older: string | null
  newest: string | null
  csv: string
}

/** views/office/remove-person.ejs: asks once more. */
export type RemovePersonPage = { id: string; email: string }

export type OfficePages = {
  'office/home': OfficePage
  'office/reports': ReportsPage
  'office/people': PeoplePage
  'office/person': PersonPage
  'office/audit': AuditPage
  'office/everything': object
  'office/remove-person': RemovePersonPage
}
