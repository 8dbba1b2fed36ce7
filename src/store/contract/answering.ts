import type { FormBody } from '../../questionnaire/kind.ts'
import type { Answers, Channel, Settled, StoredResponse } from '../../response/response.ts'

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
  /**
   * Imports a part of a file, all or nothing, behind the `kept` rows of it that are there; the place is kept with the
   * rows, and others write between the parts. Nobody waits while it reads them, up to 20,000. Throws Conflict when somebody else went on with the same file.
   */
  addPart: (
    survey: number,
    batches: Iterable<readonly Settled[]> | AsyncIterable<readonly Settled[]>,
    place: { fingerprint: string; kept: number },
  ) => Promise<number>
  /** How many rows of a file are there by addPart; 0 of one that was never begun, or was forgotten. */
  partsKept: (survey: number, fingerprint: string) => Promise<number>
  /** The file was read to its end: read in again, it is added again. */
  forgetParts: (survey: number, fingerprint: string) => Promise<void>
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
