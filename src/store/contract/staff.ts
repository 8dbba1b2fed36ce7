import type { Act } from '../../district/acts.ts'
import type { District } from '../../district/district.ts'
import type { Person, Role, Scope } from '../../district/people.ts'

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
  /** Begins a session, or writes it anew. Nothing is kept of a person who is no longer there. */
  save: (idHash: string, data: string, person: string | null, expires: number) => Promise<void>
  /** Writes a session anew that was found; one that was ended meanwhile stays ended. */
  again: (idHash: string, data: string, person: string | null, expires: number) => Promise<void>
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
   * Sets one that still is `was` (undefined: that is not there) to `value`. False, with nothing written, when somebody
   * was quicker, in this process or another.
   */
  swap: (key: string, was: string | undefined, value: string) => Promise<boolean>
  /**
   * Removes a setting if it still has this value. True for one alone, however many ask at once, from however many
   * processes: for what may be used once.
   */
  take: (key: string, value: string) => Promise<boolean>
}

/** How often something was tried of late. Keys are hashes, so that no address of anybody is kept. Times in milliseconds. */
export type Limits = {
  /** Counts one more; the count begins anew when its window is over. `n` includes this one. */
  hit: (key: string, window: number, now: number) => Promise<{ n: number; until: number }>
  /** Takes one back: it turned out not to count. */
  unhit: (key: string) => Promise<void>
  forget: (key: string) => Promise<void>
  /** Forgets those whose window is over. */
  clear: (now: number) => Promise<void>
}
