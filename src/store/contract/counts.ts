import type { Crossable, Said } from '../../response/crossing.ts'
import type { Comment } from '../../response/response.ts'
import type { TurnoutCount } from '../../response/turnout.ts'

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
      /** Schools' groups whose comments are left out. */
      without?: readonly { school: string; group: string }[] | undefined
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
  /** How many responses came after one. */
  since: (survey: number, response: number) => Promise<number>
  /**
   * Counts up to a response. Reads every one once, in steps between which others are served; then only those that
   * came since.
   */
  count: (survey: number, asked: Crossing, upTo: number) => Promise<Crossed[]>
  /**
   * Counts beforehand what came since it was last called, for every table of groups, grades and home languages, in steps
   * between which others are served. Nothing waits for it. Tells how many responses it counted. `waits`: not while a
   * file is read in, whose end does it.
   */
  keepUp: (survey: number, how?: { waits?: boolean }) => Promise<number>
  /** What is counted beforehand, for the recount: up to a response, n people who are `who` and said it. */
  kept: (
    survey: number,
  ) => Promise<{ upTo: number; rows: { who: Record<Crossable, string>; said: Said; n: number }[] }>
}

/** Kept counts of what is known of responses beside their answers. */
export type Turnout = { list: (survey: number) => Promise<TurnoutCount[]> }
