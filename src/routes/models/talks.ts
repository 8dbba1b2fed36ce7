import type { Conversation, ConversationKind } from '../../commitment/conversation.ts'
import type { Worded } from '../../language/text.ts'
import type { Words } from '../../report/reader.ts'
import type { FieldProblem } from './account.ts'
import type { Moment } from './office.ts'

type Choice = { code: string; label: Words }
type Tongue = { tag: string; name: string; dir: 'ltr' | 'rtl' }

export type TalkRow = {
  id: number
  on: Moment
  kind: ConversationKind
  title: Words
  sample: boolean
  /** "1 hour 30 minutes" and how many came. */
  minutes: string
  people: string
  /** How many questions wait to be looked at. */
  waiting: number
  notes: number
}

/** views/talks/home.ejs. `sum`: "52 hours of conversation with 430 people in 12 meetings" of what is chosen. */
export type TalksPage = {
  rows: TalkRow[]
  sum: string
  chosen: { from: string; until: string; survey: string; plan: string }
  surveys: Choice[]
  plans: Choice[]
  csv: string
  problems: FieldProblem[]
  done: string | undefined
}

/** views/talks/edit.ejs. Without `id` a new one. */
export type TalkPage = {
  id: number | undefined
  revision: number
  title: string
  typed: Omit<Conversation, 'minutes' | 'attendance'> & {
    minutes: string
    attendance: Record<string, string>
  }
  kinds: readonly ConversationKind[]
  groups: Choice[]
  schools: Choice[]
  tongues: Tongue[]
  surveys: Choice[]
  plans: Choice[]
  history: { at: Moment; by: string; gone: boolean; said: string }[]
  /** Where families send questions in, while they may. */
  ask: string | undefined
  problems: FieldProblem[]
  done: string | undefined
}

/** views/talks/check.ejs: what a file would change. */
export type TalkCheckPage = {
  name: string
  faults: string[]
  count: number
  notices: string[]
  change: { added: number; changed: number; same: number } | undefined
  carried: string
}

export type NoteRow = {
  id: number
  kind: 'note' | 'question'
  words: string
  lang: string
  language: string
  state: 'waiting' | 'shown' | 'hidden'
  /** What others would see: names and the like masked, to be changed by a person. */
  proposed: string
  masked: boolean
  sameAs: number | null
  themes: string[]
}

/** views/talks/notes.ejs. `office`: may decide what is shown; others may code. */
export type NotesPage = {
  id: number
  title: Words
  on: Moment
  notes: NoteRow[]
  questions: NoteRow[]
  themes: Choice[]
  tongues: Tongue[]
  office: boolean
  ask: string | undefined
  problems: FieldProblem[]
  typed: string
  done: string | undefined
}

/** views/talks/printed.ejs: for whoever leads the conversation. `times`: how many asked the same. */
export type PrintedPage = {
  title: Words
  on: Moment
  id: number
  questions: { words: string; lang: string; language: string; times: number }[]
}

/** views/ask/form.ejs. `title` is the page's own. */
export type AskPage = {
  title: string
  action: string
  about: Worded
  on: Moment
  district: Worded
  state: 'open' | 'sent' | 'closed'
  typed: string
  most: number
  problem: 'empty' | 'long' | undefined
  help: Worded
  sample: boolean
  again: string
}

export type TalkPages = {
  'talks/home': TalksPage
  'talks/edit': TalkPage
  'talks/check': TalkCheckPage
  'talks/notes': NotesPage
  'talks/printed': PrintedPage
  'ask/form': AskPage
}
