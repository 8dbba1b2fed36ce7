import type { State } from '../translating.ts'

/** One text on its way to a translator: `note` says where it stands and what was said about it. */
export type Unit = { id: string; source: string; target: string; state: State; note: string }

/** What a file for translators holds. `of`: whose texts, such as "survey:spring"; `from` and `to`: language tags. */
export type Bundle = { of: string; from: string; to: string; units: readonly Unit[] }

/** A text as it came back. `row`: where in the file it stands, from 1; what the file does not say is undefined. */
export type Returned = {
  id: string
  source: string | undefined
  target: string
  state: State | undefined
  row: number
}

/** What a file says of itself; a file that was put together from several names several. */
export type ReturnedBundle = {
  of: readonly string[]
  from: readonly string[]
  to: readonly string[]
  units: readonly Returned[]
}

/** More texts than any survey or interface has: a file with more is refused before it is looked at further. */
export const mostUnits = 10_000

/** A file that cannot be used: `code` picks the wording `translate.fault.<code>`. */
export class Unusable extends Error {
  readonly code: string
  readonly values: Record<string, string | number>
  constructor(code: string, values: Record<string, string | number> = {}) {
    super(code)
    this.code = code
    this.values = values
  }
}
