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
