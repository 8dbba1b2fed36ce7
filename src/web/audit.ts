import type { Act } from '../district/acts.ts'
import { currentPerson } from './guard.ts'

/** What the record needs of the store; see store/stores.ts. */
type Shelf = {
  audit: {
    add: (entry: {
      at: number
      person: string | null
      who: string
      did: Act
      about: string
      detail: string
    }) => Promise<void>
  }
}

/** The command line has no person; its acts stand under this name, which is no e-mail address. */
export const commandLine = 'command-line'

/**
 * Writes down what the person of this request does. `about`: the slug of a survey or the e-mail of a person, '' for
 * neither. `detail`: short codes ("es", "v2", "office>admin"), never anything that somebody answered or wrote.
 * Before what is looked at or taken away is sent; after what is changed.
 */
export const audit = (
  stores: Shelf,
  req: object,
  now: number,
  did: Act,
  about = '',
  detail = '',
): Promise<void> => auditBy(stores, currentPerson(req), now, did, about, detail)

/** The same of somebody whom the request does not know yet, or of the command line (undefined). */
export const auditBy = (
  stores: Shelf,
  person: { id: string; email: string } | undefined,
  now: number,
  did: Act,
  about = '',
  detail = '',
): Promise<void> =>
  stores.audit.add({
    at: now,
    person: person?.id ?? null,
    who: person?.email ?? commandLine,
    did,
    about,
    detail,
  })
