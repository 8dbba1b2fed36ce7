import type { Commitment } from '../commitment/commitment.ts'
import type { Conversation } from '../commitment/conversation.ts'
import type { Act } from '../district/acts.ts'
import type { District } from '../district/district.ts'
import type { Enrolment } from '../district/enrolment.ts'
import type { Person, Role, Scope } from '../district/people.ts'
import type { Text } from '../language/text.ts'
import type { Kept } from '../language/translating.ts'
import type { Plan } from '../plan/plan.ts'
import type { Questionnaire } from '../questionnaire/definition.ts'
import type { Fielding } from '../questionnaire/fielding.ts'
import type { FormBody } from '../questionnaire/kind.ts'
import type { HeardSnapshot } from '../report/published/snapshot.ts'
import type { Answers, Channel, Comment, Settled, StoredResponse } from '../response/response.ts'
import type { TurnoutCount } from '../response/turnout.ts'
import type { Model } from '../theme/classifier.ts'
import type { Codebook } from '../theme/codebook.ts'
import type { DangerKind } from '../theme/safety.ts'

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
  /** Resolves once everything taken is on disk and the files are let go. */
  close: () => Promise<void>
}

export type Snapshot = {
  responses: Pick<Responses, 'stream' | 'count'>
  tallies: Pick<Tallies, 'list' | 'sizes' | 'comments' | 'commentCounts' | 'all'>
  turnout: Turnout
}

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

/** A draft: answers so far, and what was typed on one page that could not be taken yet. Kept under the hash of a token. */
export type Draft = {
  survey: number
  version: number
  language: string
  channel: Channel
  answers: Answers
  /** Codes of the sections that were passed. */
  passed: string[]
  /** The body of a page that had problems or changed language before it was sent, by section code. */
  typed: Record<string, FormBody>
}

export type Drafts = {
  find: (tokenHash: string) => Promise<Draft | undefined>
  /** Makes or replaces; on disk when it resolves. `now` is kept to the hour, for clearing old drafts. */
  save: (tokenHash: string, draft: Draft, now: number) => Promise<void>
  remove: (tokenHash: string) => Promise<void>
  /** Removes drafts not touched since `before`, and codes for finishing later that are as old; tells how many drafts. */
  clear: (before: number) => Promise<number>
}

export type Responses = {
  /**
   * Writes response, answers, comments and tallies and removes the draft, in one transaction that it shares with
   * the others that arrived meanwhile. Resolves only when it is on disk. 'already' when this token was spent before:
   * nothing is written then. No key joins the spent token to the response. With `codeHash` the access code is marked
   * used in that transaction; 'refused' when it is not unused any more: nothing is written, and the draft stays.
   * `withdrawHash` is of the code by which the person can take the response back (Life.withdraw).
   */
  submit: (
    survey: number,
    tokenHash: string,
    settled: Settled,
    codeHash?: string,
    withdrawHash?: string,
  ) => Promise<'saved' | 'already' | 'refused'>
  /** Was this token spent? For showing the receipt again. */
  spent: (tokenHash: string) => Promise<boolean>
  /** Imports many at once, all or nothing. */
  addMany: (survey: number, settled: Iterable<Settled> | AsyncIterable<Settled>) => Promise<number>
  /** In order of id, a page of rows at a time, in constant memory. */
  stream: (survey: number) => AsyncIterable<StoredResponse>
  count: (survey: number) => Promise<number>
}

/** unused: may answer. used: has answered. out: the family opted out. void: its sheet was taken back. */
export type CodeState = 'unused' | 'used' | 'out' | 'void'

/** One access code, without its text. `school` and `group` may be ''. */
export type StoredCode = { survey: number; state: CodeState; school: string; group: string; sheet: number }

export type Codes = {
  /** Adds a sheet of codes by their hashes, all or none. Throws Conflict when the survey has that sheet already. */
  add: (
    survey: number,
    sheet: { sheet: number; school: string; group: string },
    hashes: string[],
  ) => Promise<void>
  find: (codeHash: string) => Promise<StoredCode | undefined>
  /** Marks unused codes of the survey as opted out; tells the state that each had, undefined for one unknown here. */
  optOut: (survey: number, hashes: string[]) => Promise<(CodeState | undefined)[]>
  /** Takes a sheet back: its unused codes are void. Tells how many. */
  voidSheet: (survey: number, sheet: number) => Promise<number>
  /** How many codes of each sheet stand how, by sheet. */
  counts: (
    survey: number,
  ) => Promise<{ sheet: number; school: string; group: string; state: CodeState; n: number }[]>
}

/** Somebody whom a survey is sent to. `school` and `group` may be ''. */
export type Contact = { email: string; language: string; school: string; group: string }

/**
 * Whom surveys are sent to, one list each. Nothing here leads to a response. Addresses are known by a keyed hash
 * (`addressHash`) too, which is all that is kept of one that wants no more letters.
 */
export type Contacts = {
  /** Adds them all or none; one that is on the survey's list already stays as it was. Tells how many were added. */
  add: (survey: number, contacts: readonly (Contact & { addressHash: string })[]) => Promise<number>
  /** How many are on the list, and how many of them want no letters. */
  count: (survey: number) => Promise<{ all: number; stopped: number }>
  /** The list in the order in which it was brought in, without those who want no letters. */
  list: (survey: number) => Promise<(Contact & { id: number })[]>
  emails: (survey: number) => Promise<Set<string>>
  /**
   * Deletes the list with every letter; the mailings stay as counts, and those that wait are stopped. Closing a survey
   * does the same. Tells how many were deleted.
   */
  remove: (survey: number) => Promise<number>
  /** Ids of the surveys that have a list or a file that was not taken yet. */
  surveys: () => Promise<number[]>
  /** Whether contacts keep the hash of their own code. */
  keepsCodes: (survey: number) => Promise<boolean>
  /** Switching it off forgets the hashes that were kept. */
  setKeepsCodes: (survey: number, keeps: boolean) => Promise<void>
  /** Takes an address off every list to come and every letter that waits, or lets it be written to again. */
  stop: (addressHash: string, stopped: boolean) => Promise<void>
  isStopped: (addressHash: string) => Promise<boolean>
  /** The file that was read last and not taken: one a survey. */
  findFile: (survey: number) => Promise<{ name: string; content: string } | undefined>
  keepFile: (survey: number, file: { name: string; content: string } | undefined) => Promise<void>
}

export type MailingKind = 'invitation' | 'reminder'
/** What came of the letters of a mailing. `waiting` counts those that are being handed over as well. */
export type LetterCounts = {
  waiting: number
  sent: number
  refused: number
  unsure: number
  stopped: number
  answered: number
}
export type Mailing = {
  id: number
  survey: number
  kind: MailingKind
  sendAt: number
  state: 'waiting' | 'sending' | 'done' | 'stopped'
  /** Code of why nothing goes out just now; '' when all is well. Tried again at `retryAt`. */
  trouble: string
  retryAt: number
}
/** A letter that can go out now. */
export type DueLetter = Contact & { contact: number; tries: number }

export type Mailings = {
  add: (survey: number, kind: MailingKind, sendAt: number) => Promise<number>
  /** With what came of them, the newest first. */
  list: (survey: number) => Promise<(Mailing & LetterCounts)[]>
  /** Those that have begun, and those whose time has come, the oldest first. */
  due: (now: number) => Promise<Mailing[]>
  /**
   * Makes its letters. An invitation goes to those who were not invited before; a reminder to everybody, or, with
   * `invited`, to those whose invitation was sent. Who wants no letters, and whose code is known to be used, is passed
   * over and counted.
   */
  begin: (mailing: Mailing, invited: boolean) => Promise<void>
  next: (mailing: number, now: number) => Promise<DueLetter | undefined>
  /**
   * Takes a letter in hand, so that it never goes out twice. With `codeHash` the access code is made, on sheet 0, and
   * one that the contact is known to have is taken back. 'answered' or 'stopped' when that has come to be: then there
   * is nothing to send. 'gone' when it is not waiting any more.
   */
  take: (
    mailing: Mailing,
    contact: number,
    codeHash: string | undefined,
  ) => Promise<'taken' | 'answered' | 'stopped' | 'gone'>
  /** Says what came of a letter in hand. Its code goes again unless the letter was sent or may have been. */
  settle: (
    mailing: number,
    contact: number,
    done:
      | { state: 'sent' | 'refused' | 'unsure'; reason: string }
      | { state: 'waiting'; reason: string; tries: number; nextAt: number },
  ) => Promise<void>
  setTrouble: (mailing: number, trouble: string, retryAt: number) => Promise<void>
  /** Ends it when no letter waits. Tells whether it did. */
  finish: (mailing: number) => Promise<boolean>
  /** Takes back a mailing: what has not gone out does not. */
  stop: (survey: number, mailing: number) => Promise<void>
  /** Sends those again of which nobody knows whether they arrived. */
  again: (survey: number, mailing: number) => Promise<void>
  /** At the start of the only process that sends: letters in hand when it last ended are of unknown fate. */
  abandon: () => Promise<number>
  /** Letters that were refused or are unsure, at most `limit`. */
  failed: (
    mailing: number,
    limit: number,
  ) => Promise<{ email: string; state: 'refused' | 'unsure'; reason: string }[]>
}

/**
 * Codes for finishing later: `sealed` is the draft's token, which only the code itself opens. The store holds neither,
 * so it cannot tell which draft a code is for. `now` is kept to the hour, for clearing.
 */
export type ResumeCodes = {
  add: (codeHash: string, code: { survey: number; sealed: string }, now: number) => Promise<void>
  find: (codeHash: string) => Promise<{ survey: number; sealed: string } | undefined>
  remove: (codeHash: string) => Promise<void>
}

/** People who said that they do not want to take part: counted, and nothing else. */
export type Refusals = {
  add: (survey: number) => Promise<void>
  count: (survey: number) => Promise<number>
}

/** n responses that hold `cell` in `question`, among those of `group`. See response/response.ts, Cell. */
export type TallyRow = { question: string; cell: string; group: string; n: number }
export type StoredComment = Comment & { id: number; group: string; school: string }

export type Tallies = {
  /** Kept counts, added up over schools, or for one school. Time does not grow with the number of responses. */
  list: (survey: number, filter?: { school?: string | undefined }) => Promise<TallyRow[]>
  /** Kept counts of one question, by group and school. */
  of: (survey: number, question: string) => Promise<(Omit<TallyRow, 'question'> & { school: string })[]>
  /** How many responses each school and group has. */
  sizes: (survey: number) => Promise<{ school: string; group: string; n: number }[]>
  /** Comments on one question, newest id last; `about` narrows to one option, '' to those that explain none. */
  comments: (
    survey: number,
    filter: {
      question: string
      about?: string | undefined
      group?: string | undefined
      school?: string | undefined
      limit: number
      offset?: number
    },
  ) => Promise<StoredComment[]>
  /** How many comments each question, option, group and school has. */
  commentCounts: (
    survey: number,
  ) => Promise<{ question: string; about: string | null; group: string; school: string; n: number }[]>
  /** Every kept count, for the recount. */
  all: (survey: number) => AsyncIterable<TallyRow & { school: string }>
  /** Replaces the kept counts of a survey by these, and recounts its comments (repair while nobody answers). */
  replace: (survey: number, rows: (TallyRow & { school: string })[]) => Promise<void>
  /**
   * Adds differences (recount less kept count, both of one snapshot) to the kept counts, and recounts the
   * comments. Right even when responses arrived since the snapshot.
   */
  correct: (survey: number, differences: (TallyRow & { school: string })[]) => Promise<void>
}

/**
 * What to count of the same people: up to two profile questions by code ('@group', '@school' as each response has
 * them), and one question more: all of it, the point of one `item` of a grid, or the `first` of a ranking.
 */
export type Crossing = {
  profiles: string[]
  by?: { question: string; item?: string | undefined; first?: boolean | undefined } | undefined
}
/** n people. `profiles`: codes, '' where not given. `value` null: not answered; else JSON, or the bare code of a part. */
export type Crossed = { profiles: string[]; value: string | null; n: number }
export type Crossings = {
  /** The id of the last response, 0 where there is none: how far others have counted. */
  newest: (survey: number) => Promise<number>
  /**
   * Counts up to a response. Reads every one once, in steps between which others are served; then only those that
   * came since.
   */
  count: (survey: number, asked: Crossing, upTo: number) => Promise<Crossed[]>
}

/** Kept counts of what is known of responses beside their answers. */
export type Turnout = { list: (survey: number) => Promise<TurnoutCount[]> }

/**
 * Something that somebody did on the way through a survey, and nothing of who. `day` is the district's ("2021-05-12").
 * `place`: the code of a page, or 'review'; for `took` a bucket of minutes (report/turnout/minutes).
 */
export type ProgressEvent = {
  survey: number
  version: number
  day: string
  what: 'reached' | 'passed' | 'took'
  place: string
}

/** How far people come. Counted in memory and written every few seconds, so "about": answering does not wait for it. */
export type Progress = {
  count: (event: ProgressEvent) => void
  /** Writes what was counted; resolves when it is on disk. */
  flush: () => Promise<void>
  /** Added up over days. */
  list: (survey: number) => Promise<(Pick<ProgressEvent, 'version' | 'what' | 'place'> & { n: number })[]>
}

/** Tables of enrolment, one of each day. */
export type Enrolments = {
  /** Newest first. */
  list: () => Promise<{ asOf: string; source: string; added: number }[]>
  find: (asOf: string) => Promise<Enrolment | undefined>
  /** Adds a table, or replaces the one of the same day. */
  put: (enrolment: Enrolment, now: number) => Promise<void>
  remove: (asOf: string) => Promise<void>
}

/** A survey as a wave: `day` ("2021-05-28") puts waves in order, `label` is what they are called in charts. */
export type Wave = { survey: number; day: string; label: Text }

/** Surveys that ask the same again, the earliest first. */
export type Series = { id: number; name: Text; waves: Wave[] }

/**
 * The office said that what `after` asks means the same as what `before` asked, and why. What is asked: the code of a
 * question, or "question.item".
 */
export type SameQuestion = {
  before: number
  after: number
  askedBefore: string
  askedAfter: string
  reason: string
  by: string
  at: number
}

export type SeriesShelf = {
  list: () => Promise<Series[]>
  find: (id: number) => Promise<Series | undefined>
  /** The series that a survey is a wave of. */
  of: (survey: number) => Promise<Series | undefined>
  add: (name: Text, now: number) => Promise<number>
  rename: (id: number, name: Text) => Promise<void>
  /** Takes the waves apart; surveys stay as they are. */
  remove: (id: number) => Promise<void>
  /** Adds a survey or changes its day and label. Throws Conflict when it is a wave of another series. */
  put: (id: number, wave: Wave) => Promise<void>
  /** The survey is no wave any more, and what was said of its questions is gone. */
  take: (id: number, survey: number) => Promise<void>
  same: (id: number) => Promise<SameQuestion[]>
  say: (id: number, same: SameQuestion) => Promise<void>
  unsay: (id: number, same: Pick<SameQuestion, 'before' | 'after' | 'askedAfter'>) => Promise<void>
}

/** Results from other programs on their way in: the file that somebody looks at, and how files were read before. */
export type Earlier = {
  findFile: (person: string) => Promise<{ name: string; content: string } | undefined>
  /** Keeps one file for each person, and lets go of those kept before `expired`; undefined removes it. */
  keepFile: (
    person: string,
    file: { name: string; content: string } | undefined,
    when: { now: number; expired: number },
  ) => Promise<void>
  findMapping: (fingerprint: string) => Promise<string | undefined>
  keepMapping: (fingerprint: string, content: string, now: number) => Promise<void>
}

/** One typing of a sheet of paper, waiting for the second. `sheet`: the number written on it. */
export type PaperSheet = {
  sheet: number
  /** Of the form it was typed in, so that pressing the button twice is not typing twice. */
  formHash: string
  /** Person id. */
  typedBy: string
  version: number
  language: string
  /** As typed, before anything off the path is dropped. */
  answers: Answers
}

/** What came back on paper. Who typed it is kept with a response, for the office alone: no export tells. */
export type Paper = {
  /**
   * Keeps a first typing. 'taken' when this sheet waits already, or when `countedHash`, the token that the sheet is
   * submitted under, is spent; then nothing is changed.
   */
  keep: (survey: number, sheet: PaperSheet, countedHash: string) => Promise<'kept' | 'taken'>
  find: (survey: number, sheet: number) => Promise<PaperSheet | undefined>
  waiting: (survey: number) => Promise<Omit<PaperSheet, 'formHash' | 'answers'>[]>
  remove: (survey: number, sheet: number) => Promise<void>
  /** As Responses.submit, with who typed it; a waiting sheet is removed in the same transaction. */
  submit: (
    survey: number,
    tokenHash: string,
    settled: Settled,
    by: { typedBy: string; checkedBy?: string | undefined; sheet?: number | undefined },
  ) => Promise<'saved' | 'already'>
  /** How many responses each person typed, and typed as the second. */
  typists: (survey: number) => Promise<{ person: string; typed: number; checked: number }[]>
}

export type StoredPerson = Person & { passwordHash: string | null }
export type People = {
  find: (email: string) => Promise<StoredPerson | undefined>
  findById: (id: string) => Promise<StoredPerson | undefined>
  list: () => Promise<Person[]>
  /** Throws Conflict when the e-mail is taken. */
  add: (person: {
    id: string
    email: string
    role: Role
    scope?: Scope | undefined
    passwordHash: string | null
  }) => Promise<void>
  setPassword: (id: string, passwordHash: string) => Promise<void>
  /** Sets both at once; without `scope` the person is narrowed to nothing. */
  setRole: (id: string, role: Role, scope?: Scope) => Promise<void>
  /** Names a person to read what may speak of danger, or takes that back. */
  setSafety: (id: string, named: boolean) => Promise<void>
  /** Removes the person and all sessions of theirs. */
  remove: (id: string) => Promise<void>
  count: () => Promise<number>
}

/** One thing that somebody of the staff did. `who`: e-mail at that time. `about`: slug, e-mail or ''. */
export type AuditEntry = {
  id: number
  at: number
  person: string | null
  who: string
  did: Act
  about: string
  detail: string
}

/** The record of what staff did: never rewritten, and kept when people go. */
export type Audit = {
  add: (
    entry: Omit<AuditEntry, 'id' | 'about' | 'detail'> & Partial<Pick<AuditEntry, 'about' | 'detail'>>,
  ) => Promise<void>
  /** Newest first; `before` is an id. `who` finds what a person did and what was done about them. */
  list: (asked: {
    limit: number
    before?: number | undefined
    did?: Act | undefined
    about?: string | undefined
    who?: string | undefined
  }) => Promise<AuditEntry[]>
  /** Everybody and everything that the record names, in order, for choosing from. */
  names: () => Promise<{ who: string[]; about: string[] }>
}

export type Sessions = {
  find: (idHash: string, now: number) => Promise<string | undefined>
  save: (idHash: string, data: string, person: string | null, expires: number) => Promise<void>
  remove: (idHash: string) => Promise<void>
  /** The person's sessions that have not ended. */
  list: (person: string, now: number) => Promise<{ idHash: string; data: string }[]>
  /** Ends every session of a person, or all but one. */
  removeOf: (person: string, but?: string) => Promise<void>
  /** Ends one session if it is this person's; tells whether it was. */
  removeOne: (person: string, idHash: string) => Promise<boolean>
  clear: (now: number) => Promise<void>
}

/** Small things with one value each: the district record, the hash of the set-up link. */
export type Settings = {
  district: () => Promise<District>
  setDistrict: (district: District) => Promise<void>
  find: (key: string) => Promise<string | undefined>
  set: (key: string, value: string | null) => Promise<void>
  /**
   * Removes a setting if it still has this value. True for one alone, however many ask at once, from however many
   * processes: for what may be used once.
   */
  take: (key: string, value: string) => Promise<boolean>
}

export type Plans = {
  find: (id: string) => Promise<Plan | undefined>
  list: () => Promise<Plan[]>
  put: (plan: Plan) => Promise<void>
}

/** A questionnaire under work, as last saved. It may be unsound: only publishing asks for soundness. */
export type Definition = {
  slug: string
  revision: number
  questionnaire: Questionnaire
  /** Id of the person who saved it. */
  by: string
  at: number
}

export type Definitions = {
  /** As last saved, or as it was at one revision. */
  find: (slug: string, revision?: number) => Promise<Definition | undefined>
  /** Each as last saved. */
  list: () => Promise<Definition[]>
  /** Who saved when, newest first. */
  revisions: (slug: string) => Promise<{ revision: number; by: string; at: number }[]>
  /** Begins one at revision 1. Throws Conflict when the slug is taken. */
  add: (slug: string, questionnaire: Questionnaire, by: string, now: number) => Promise<Definition>
  /**
   * Saves the next revision when `revision` is still the last one. Otherwise nothing is written, `saved` is false and
   * `definition` is what another person saved meanwhile.
   */
  save: (
    slug: string,
    revision: number,
    questionnaire: Questionnaire,
    by: string,
    now: number,
  ) => Promise<{ saved: boolean; definition: Definition }>
  /** Out of `find` and `list` until it is restored; its revisions stay, and nobody can begin another under its slug. */
  discard: (slug: string, now: number) => Promise<void>
  /** Those that were discarded, each as last saved. */
  discarded: () => Promise<Definition[]>
  /** Under work again, as it was. Throws NotFound when there is none. */
  restore: (slug: string) => Promise<Definition>
}

/** What is kept of one translation, and of which text it is: `key` as in language/translating and questionnaire/strings. */
export type Translation = Kept & { key: string; tag: string }

/** Said about one text in one language, to and by the translator. */
export type TranslationNote = { key: string; words: string; by: string; at: number }

/** A language of the interface that the district added itself; readers are offered it when it is shown. */
export type InterfaceLanguage = { tag: string; name: string; shown: boolean; by: string; at: number }

/** Where translated texts stand: the interface itself, or one survey by its slug. */
export type TranslatedPlace = 'interface' | `survey:${string}`

/** How translations stand, and the district's own wordings of the interface. */
export type Translations = {
  list: (place: TranslatedPlace, tag?: string) => Promise<Translation[]>
  /** Adds or replaces, all or none. */
  put: (place: TranslatedPlace, translations: readonly Translation[]) => Promise<void>
  /** Forgets them; a wording of the interface is then the one of its locale file again. */
  remove: (place: TranslatedPlace, tag: string, keys: readonly string[]) => Promise<void>
  /** The oldest first. */
  notes: (place: TranslatedPlace, tag: string) => Promise<TranslationNote[]>
  say: (place: TranslatedPlace, tag: string, note: TranslationNote) => Promise<void>
  languages: () => Promise<InterfaceLanguage[]>
  /** Throws Conflict when it is there already. */
  addLanguage: (language: { tag: string; name: string; by: string; at: number }) => Promise<void>
  showLanguage: (tag: string, shown: boolean) => Promise<void>
  /** Changes whenever a wording of the interface, or a language that is shown, was changed by any process. */
  stamp: () => Promise<string>
}

/** A comment with its place: `response` tells which comments one response holds, and leads to no person. */
export type SaidComment = StoredComment & { response: number }

/** What was said in a survey, to be read and coded. Comments are only ever added. */
export type Comments = {
  /** Where each comment stands, without its words, in order of id. */
  places: (
    survey: number,
  ) => Promise<Pick<SaidComment, 'id' | 'response' | 'question' | 'language' | 'group' | 'school'>[]>
  /** In order of id, from the one after `after` on; with `limit` the first so many. */
  list: (survey: number, asked?: { after?: number; limit?: number }) => Promise<SaidComment[]>
  find: (survey: number, id: number) => Promise<SaidComment | undefined>
  /** How many there are, and the id of the last. */
  count: (survey: number) => Promise<{ n: number; last: number }>
  /** Those that nobody looked through for danger yet, of every survey. */
  unscreened: (limit: number) => Promise<Unscreened[]>
  screened: (ids: readonly number[]) => Promise<void>
  /** All of them are to be looked through again. */
  screenAgain: () => Promise<void>
}

/** Words to be looked through for danger; `language` is that of the form. */
export type Unscreened = { id: number; survey: number; words: string; language: string }

/** In place of a survey's id: what was said in conversations; a comment is then the number of a note. */
export const conversations = 0

/** The codebooks of the district. Versions are only ever added; the highest is in use. */
export type Codebooks = {
  find: (id: string, version?: number) => Promise<Codebook | undefined>
  /**
   * Keeps the next version and takes every coding along in the same transaction: see theme/today. Tells false, and
   * changes nothing, when another person has saved that version meanwhile.
   */
  save: (codebook: Codebook, by: string, now: number) => Promise<boolean>
}

/** Where a code comes from: 'settled' is the last word on a disagreement of people and outranks theirs. */
export type CodingSource = 'person' | 'settled' | 'words' | 'model'

/**
 * A theme on a comment, by today's codebook. `who`: a person's id (perhaps of one who has left), or the version of
 * the word lists or of the model ("model-3"). `verdict`: whether it fits. `confidence`: 0 to 1, of machines alone.
 */
export type StoredCoding = {
  comment: number
  theme: string
  source: CodingSource
  who: string
  verdict: boolean
  confidence: number | null
  at: number
}

/** A code that a split left open: `theme` is the one that was split. A person must say which it is. */
export type OpenCoding = { comment: number; theme: string; who: string }

/** One person has read one comment; those of the codebook's themes that they did not give do not fit. */
export type Reading = { comment: number; person: string; version: number; how: ReadingHow; at: number }
/** desk: by itself; bulk: many alike at once; sample: as the second coder, without seeing the first one's codes. */
export type ReadingHow = 'desk' | 'bulk' | 'sample'

/** What a coder understands a comment to say, in the language `tag`. */
export type Gloss = { comment: number; tag: string; words: string; by: string; at: number }

/** Themes on comments. Every function takes a survey's id or `conversations`. */
export type Codings = {
  /** Those of people, and of machines those of the sources named in `who` ("model-3"). Open and gone ones are out. */
  list: (survey: number, asked?: { who?: readonly string[]; comment?: number }) => Promise<StoredCoding[]>
  /** Changes whenever a person has said something, or what counts of a machine's codes has changed. */
  stamp: (survey: number) => Promise<string>
  /** Those that a split left open. */
  open: (survey: number) => Promise<OpenCoding[]>
  readings: (survey: number, comment?: number) => Promise<Reading[]>
  /**
   * What one person says of comments, each as a whole: `themes` are those that fit, none of them is an answer too.
   * Replaces what this person said of them before, and nothing of anybody else's. Settles what a split left open.
   */
  read: (
    survey: number,
    by: { person: string; version: number; how: ReadingHow; at: number },
    read: readonly { comment: number; themes: readonly string[] }[],
  ) => Promise<void>
  /** Takes back a person's last saving of a comment; tells false when there is none. A second time is no step on. */
  undo: (survey: number, comment: number, person: string) => Promise<boolean>
  /** The last word on whether a theme fits a comment. */
  settle: (
    survey: number,
    word: { comment: number; theme: string; fits: boolean; person: string; version: number; at: number },
  ) => Promise<void>
  /**
   * Keeps what a machine says under its name, beside what others said; page by page, while pages are served. `now`:
   * what has become of the theme since that version of the codebook, where it is another.
   */
  put: (
    survey: number,
    by: { source: 'words' | 'model'; who: string; version: number; at: number },
    codes: readonly { comment: number; theme: string; confidence: number | null; now?: string | null }[],
  ) => Promise<void>
  /** Forgets what machines said, except those named. */
  forget: (survey: number, keep: readonly string[]) => Promise<void>
  /** The comments of the second coder's sample. */
  sample: (survey: number) => Promise<number[]>
  /** Replaces the sample. */
  setSample: (survey: number, comments: readonly number[]) => Promise<void>
  glosses: (survey: number, comment?: number) => Promise<Gloss[]>
  /** Adds or replaces; without words it is removed. */
  gloss: (survey: number, gloss: Gloss) => Promise<void>
}

/** A trained model of one survey. Its codings are kept under `model-NUMBER`. `took`: milliseconds of training. */
export type ThemeModelRecord = {
  number: number
  codebookVersion: number
  examples: number
  took: number
  /** The id of the last comment that it has coded. */
  upTo: number
  at: number
  metrics: ThemeMetrics
}
/** How a model did on comments that it had not learnt from, theme by theme at its own threshold. */
export type ThemeMetrics = {
  macroF1: number
  themes: {
    theme: string
    positives: number
    threshold: number
    precision: number | null
    recall: number | null
  }[]
  /** Too few comments to learn from. */
  skipped: { theme: string; positives: number }[]
}

export type ThemeModels = {
  /** The newest first, without their content. */
  list: (survey: number) => Promise<ThemeModelRecord[]>
  /** The model itself. */
  get: (survey: number, number: number) => Promise<Model>
  /** Keeps one; from then on the newest is the one in use. Throws Conflict when the number is taken. */
  add: (survey: number, record: ThemeModelRecord, model: Model) => Promise<void>
  setUpTo: (survey: number, number: number, upTo: number) => Promise<void>
  /** Forgets all but those with these numbers. */
  forget: (survey: number, keep: readonly number[]) => Promise<void>
}

/**
 * That the owner of a survey lets the automatic codes of a theme count, from a confidence on. It holds for one model:
 * a newer one must be accepted anew. `precision`, `recall`: measured then, on comments the model had not learnt from.
 */
export type Acceptance = {
  id: number
  theme: string
  model: number
  confidence: number
  precision: number | null
  recall: number | null
  positives: number
  by: string
  at: number
  withdrawn: { by: string; at: number } | null
}

export type Acceptances = {
  /** Those that hold, or with `all` the withdrawn ones too, the oldest first. Themes are of today's codebook. */
  list: (survey: number, asked?: { all?: boolean }) => Promise<Acceptance[]>
  /** Accepts, in place of what held for the theme before. */
  add: (survey: number, acceptance: Omit<Acceptance, 'id' | 'withdrawn'>) => Promise<void>
  withdraw: (survey: number, theme: string, by: string, now: number) => Promise<void>
}

export type QuoteState = 'proposed' | 'approved' | 'withdrawn'
/** One change of a quote's words: what stood there, what stands now (in brackets), who and when. */
export type QuoteEdit = { was: string; now: string; by: string; at: number }
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
  /** Replaces what stands there. */
  put: (quote: Quote) => Promise<void>
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

/** How long things are kept, and responses that are taken back. What is deleted is overwritten in the file. */
export type Life = {
  /** Notes when a survey was first seen to be over, or with null that it is not. Gives the time that stands. */
  ended: (survey: number, at: number | null) => Promise<number | null>
  endedAt: (survey: number) => Promise<number | undefined>
  /** Each tells how many went. */
  forgetDrafts: (survey: number) => Promise<number>
  forgetCodes: (survey: number) => Promise<number>
  /** The words of comments; that there were comments, their codes and what was approved for showing stay. */
  forgetComments: (survey: number) => Promise<number>
  /** Nothing leads from a receipt to a response any more. */
  forgetWithdrawals: (survey: number) => Promise<void>
  /** Deletes the response that this code stands for, with all that was made of it; every count follows. */
  withdraw: (survey: number, codeHash: string) => Promise<boolean>
}
