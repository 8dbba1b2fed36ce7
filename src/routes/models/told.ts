import type { Status } from '../../commitment/commitment.ts'
import type { ManifestLine } from '../../report/manifest.ts'
import type { HeardPage, PromiseShown, QuoteShown } from '../../report/published/heardPage.ts'
import type { MayNot } from '../../report/published/snapshot.ts'
import type { Words } from '../../report/reader.ts'
import type { ThemesPage } from '../../report/themes/pages.ts'
import type { ThemePage } from '../../report/themes/themePage.ts'
import type { QuoteState } from '../../store/stores.ts'
import type { FieldProblem } from './account.ts'
import type { Moment } from './office.ts'

/** A row of the table: a group or theme, what was said, what the plan does. `mend` leads to each commitment's form. */
export type AnswerRow = {
  id: string
  label: Words
  told: string | null
  /** What those of a group spoke of most, in one line. */
  also: string | null
  href: string | null
  quote: QuoteShown | null
  promises: (PromiseShown & { mend: string | null })[]
  gap: boolean
  add: string | null
}

/** views/report/commitments.ejs: the table of the deck, for leaders to read and for the office to fill. */
export type CommitmentsPage = {
  title: Words
  slug: string
  sample: boolean
  said: string
  office: boolean
  done: string | undefined
  responses: string | null
  conversations: string | null
  minimum: string
  parts: { id: 'groups' | 'themes'; rows: AnswerRow[] }[]
  gaps: number
  /** Commitments on a theme or group that is not there any more. */
  astray: { words: Words; mend: string }[]
}

/** views/office/commitment.ejs: one commitment in every language. */
export type CommitmentForm = {
  title: Words
  slug: string
  about: Words
  told: string | null
  /** Where the form goes; `id` null: a new one. */
  id: number | null
  revision: number
  kind: string
  code: string
  languages: {
    tag: string
    name: string
    dir: 'ltr' | 'rtl'
    words: string
    owner: string
    needed: boolean
  }[]
  element: string
  elements: { code: string; text: string; lang: string }[]
  statuses: readonly Status[]
  status: string
  on: string
  problems: FieldProblem[]
  history: { at: Moment; by: string; status: Status; words: Words; gone: boolean }[]
}

/** views/office/heard.ejs: whether families see the page, and what keeps it from being shown. */
export type HeardOfficePage = {
  title: Words
  slug: string
  sample: boolean
  mayNot: MayNot[]
  minimum: string
  /** Since when it is shown. */
  shown: Moment | undefined
  address: string
  /** Languages in which something on the page has no words yet. */
  missing: { name: string; count: string }[]
  gaps: number
  before: { number: number; at: Moment; by: string; responses: string; hidden: Moment | undefined }[]
  done: string | undefined
}

/** views/office/quotes.ejs: comments that were chosen, and the one that is being chosen. */
export type QuotesPage = {
  title: Words
  slug: string
  sample: boolean
  office: boolean
  /** What was typed for the comment that is being chosen changes it outside square brackets. */
  problem: boolean
  choose: { comment: number; original: Words; words: string; found: string[]; taken: boolean } | undefined
  languages: { tag: string; name: string }[]
  quotes: {
    id: number
    state: QuoteState
    /** The words as they stand are one's own: another person approves them. */
    own: boolean
    /** What the page was made from, so that nobody approves or writes over what they did not see. */
    seen: string
    words: Words
    /** What the words are made of; null when the comment is gone or this person may not read it. */
    original: Words | null
    /** The form for other words: what stands in it, and whether that cannot be kept. */
    edit: { words: string; problem: boolean }
    /** Kinds of what may still point at a person. */
    found: string[]
    by: Words | null
    edits: { was: string; now: string; by: string; at: Moment; undone: { by: string; at: Moment } | null }[]
    translations: { tag: string; name: string; words: string; dir: 'ltr' | 'rtl' }[]
  }[]
}

export type ToldPages = {
  'office/quotes': QuotesPage
  'report/themes': ThemesPage & { manifest: ManifestLine[] }
  'report/theme': ThemePage & { manifest: ManifestLine[] }
  'heard/show': HeardPage
  'report/commitments': CommitmentsPage
  'office/commitment': CommitmentForm
  'office/heard': HeardOfficePage
}
