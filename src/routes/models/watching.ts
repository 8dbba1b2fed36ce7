import type { Worded } from '../../language/text.ts'
import type { Words } from '../../report/reader.ts'
import type { WatchBody } from '../../report/turnout/body.ts'
import type { FieldProblem } from './account.ts'
import type { Standing } from './office.ts'

type Day = { iso: string; words: string }
type Table = { caption: string; head: Words[]; rows: { head: Words; cells: string[] }[] }

/** A table of enrolment, for the reader. `old`: from more than a year before the day it is used for. */
export type ShownTable = { day: Day; source: string; old: boolean }

/** views/office/enrolment.ejs: how many there are. */
export type EnrolmentPage = {
  table: (ShownTable & { parts: Table[] }) | undefined
  tables: (Omit<ShownTable, 'old'> & { current: boolean })[]
  published: { of: string; n: string; source: string; note: string | undefined }[]
  groups: { code: string; label: Worded }[]
  typed: { asOf: string; source: string; group: string }
  problems: FieldProblem[]
  done: string | undefined
}

/** views/office/enrolment-check.ejs: what a file would change, before it does. */
export type EnrolmentCheckPage = {
  name: string
  faults: string[]
  /** Faults in all; not every one is listed. */
  count: number
  notices: string[]
  change:
    | {
        day: Day
        source: string
        /** The table that it is compared with; undefined: there is none yet. */
        against: Day | undefined
        replaces: boolean
        added: string
        changed: string
        same: string
        removed: string
      }
    | undefined
  carried: { table: string; asOf: string; source: string; name: string }
}

/** views/office/watch.ejs: who has answered. `every`: seconds until it loads itself again; undefined: it does not. */
export type WatchPage = WatchBody & {
  slug: string
  title: Worded
  sample: boolean
  standing: Standing
  at: string
  every: number | undefined
  table: ShownTable | undefined
  refused: string | undefined
  kits: string[]
}

export type WatchingPages = {
  'office/enrolment': EnrolmentPage
  'office/enrolment-check': EnrolmentCheckPage
  'office/watch': WatchPage
}
