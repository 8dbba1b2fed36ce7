import type { Commitment } from '../../commitment/commitment.ts'
import type { Conversation } from '../../commitment/conversation.ts'
import type { HeardSnapshot } from '../../report/published/snapshot.ts'
import type { DangerKind } from '../../theme/safety.ts'
import type { Unscreened } from './coding.ts'

export type QuoteState = 'proposed' | 'approved' | 'withdrawn'

/**
 * One change of a quote's words: what stood there, what stands now (in brackets), who and when. `undone`: who later took
 * this change back; it stays in the log.
 */
export type QuoteEdit = {
  was: string
  now: string
  by: string
  at: number
  undone?: { by: string; at: number }
}

/** A comment that may be shown. Attribution is `group` alone. `translations`: its words by language. */
export type Quote = {
  id: number
  survey: number
  comment: number
  /** The theme that it speaks for, where one was chosen. */
  theme: string | null
  words: string
  language: string
  edits: QuoteEdit[]
  translations: Record<string, string>
  group: string
  state: QuoteState
  by: string
  at: number
  approved: { by: string; at: number } | null
}

export type Quotes = {
  list: (survey: number, asked?: { state?: QuoteState; theme?: string }) => Promise<Quote[]>
  find: (id: number) => Promise<Quote | undefined>
  /** Throws Conflict when the comment is a quote already. */
  add: (quote: Omit<Quote, 'id' | 'approved'>) => Promise<number>
  /** Replaces `was`; false, and nothing is written, when something else stands there by now. */
  put: (quote: Quote, was: Quote) => Promise<boolean>
  /** Whatever stands there is not shown any more; false when there is no such quote. */
  withdraw: (id: number) => Promise<boolean>
  remove: (id: number) => Promise<void>
}

/** A conversation as it stands; `by` and `at` are of the last change. */
export type StoredConversation = Conversation & { id: number; revision: number; by: string; at: number }

/**
 * A point that was said in a conversation, or a question sent in before it. `shown`: the words that others may see, null
 * while nobody has decided. `sameAs`: the question that asks the same. `hour`: when it came, cut to the hour.
 */
export type Note = {
  id: number
  conversation: number
  kind: 'note' | 'question'
  words: string
  language: string
  state: 'waiting' | 'shown' | 'hidden'
  shown: string | null
  sameAs: number | null
  hour: number
}

export type Conversations = {
  /** The latest first. */
  list: () => Promise<StoredConversation[]>
  find: (id: number) => Promise<StoredConversation | undefined>
  /** Every saved state, the last first. */
  history: (id: number) => Promise<(StoredConversation & { gone: boolean })[]>
  /**
   * Saves all or none: without `id` a new one, else the next revision after `revision`. Gives their ids; undefined when
   * somebody has saved one of them meanwhile, or taken it away.
   */
  save: (
    all: readonly { id?: number | undefined; revision?: number | undefined; conversation: Conversation }[],
    by: string,
    now: number,
  ) => Promise<number[] | undefined>
  /** Takes it away; it stays in the history, and so do its notes. */
  remove: (id: number, by: string, now: number) => Promise<void>
  /** In the order in which they came. */
  notes: (conversation: number) => Promise<Note[]>
  note: (id: number) => Promise<Note | undefined>
  /** Notes are shown at once, questions wait. */
  addNotes: (
    conversation: number,
    notes: readonly Pick<Note, 'kind' | 'words' | 'language' | 'hour'>[],
  ) => Promise<void>
  decide: (id: number, to: Pick<Note, 'state' | 'shown' | 'sameAs'>) => Promise<boolean>
  /** Its words are gone for good. */
  removeNote: (id: number) => Promise<void>
  /** How many notes and questions each conversation has, and how many of them wait. */
  waiting: () => Promise<Map<number, { waiting: number; all: number }>>
  /** As of comments: those that nobody looked through for danger yet. */
  unscreened: (limit: number) => Promise<Omit<Unscreened, 'survey'>[]>
  screened: (ids: readonly number[]) => Promise<void>
  screenAgain: () => Promise<void>
}

export type FlagState = 'new' | 'seen' | 'acted' | 'closed'

/** A comment that may speak of danger; see theme/safety. `log` begins empty; `note` is the office's, not the writer's. */
export type Flag = {
  id: number
  survey: number
  comment: number
  kind: DangerKind
  level: 'urgent' | 'second'
  state: FlagState
  log: { state: FlagState; by: string; at: number; note: string }[]
  at: number
}

export type Flags = {
  /** Adds those whose comment has none yet, in state 'new'; gives those that were added. */
  add: (
    flags: readonly (Pick<Flag, 'survey' | 'comment' | 'kind' | 'level'> & { at: number })[],
  ) => Promise<Flag[]>
  /** Urgent ones first, then the oldest first. */
  list: (asked?: { survey?: number; states?: readonly FlagState[] }) => Promise<Flag[]>
  find: (id: number) => Promise<Flag | undefined>
  /** Moves it on and writes that down. Tells false when its state is not `from` any more. */
  move: (
    id: number,
    from: FlagState,
    to: { state: FlagState; by: string; at: number; note: string },
  ) => Promise<boolean>
}

/** A commitment as last saved; `by` is a person's id. */
export type StoredCommitment = Commitment & {
  id: number
  survey: number
  revision: number
  by: string
  at: number
}

/** What the district does about what was said. Revisions are only ever added; a theme that is renamed takes them along. */
export type Commitments = {
  /** Each as last saved, without those that were taken away. */
  list: (survey: number) => Promise<StoredCommitment[]>
  find: (id: number) => Promise<StoredCommitment | undefined>
  /** Every saved state, newest first; `gone`: there it was taken away. */
  history: (id: number) => Promise<(StoredCommitment & { gone: boolean })[]>
  add: (survey: number, commitment: Commitment, by: string, now: number) => Promise<number>
  /** Saves the next revision; tells false, and writes nothing, when `revision` is not the last one any more. */
  put: (id: number, revision: number, commitment: Commitment, by: string, now: number) => Promise<boolean>
  remove: (id: number, by: string, now: number) => Promise<void>
}

/** What families are shown of a survey. Pages are only ever added; the last one that is not hidden is shown. */
export type HeardPages = {
  shown: (survey: number) => Promise<{ number: number; at: number; content: HeardSnapshot } | undefined>
  isShown: (survey: number) => Promise<boolean>
  /** Every one there was, newest first, without its content. */
  list: (survey: number) => Promise<
    {
      number: number
      responses: number
      by: string
      at: number
      hiddenBy: string | null
      hidden: number | null
    }[]
  >
  /** Shows one in place of the one before; tells its number. */
  show: (
    survey: number,
    content: HeardSnapshot,
    responses: number,
    by: string,
    now: number,
  ) => Promise<number>
  /** Tells whether anything was shown. */
  hide: (survey: number, by: string, now: number) => Promise<boolean>
}
