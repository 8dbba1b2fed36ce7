import type { Enrolment } from '../../district/enrolment.ts'
import type { Text } from '../../language/text.ts'

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
  /** Removes files kept before `expired`, whoever they were kept for; tells how many. */
  forgetFiles: (expired: number) => Promise<number>
  findMapping: (fingerprint: string) => Promise<string | undefined>
  keepMapping: (fingerprint: string, content: string, now: number) => Promise<void>
}
