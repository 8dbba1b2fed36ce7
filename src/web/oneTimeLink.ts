import { createHash, randomBytes } from 'node:crypto'

/** What one-time links need of the store; see store/stores.ts. */
type Shelf = {
  people: { count: () => Promise<number> }
  settings: {
    find: (key: string) => Promise<string | undefined>
    set: (key: string, value: string | null) => Promise<void>
    take: (key: string, value: string) => Promise<boolean>
  }
}

/** 256 random bits, safe in an address. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Links are secrets like passwords: the store holds what checks them, not what opens the door. */
const hashed = (token: string): string => createHash('sha256').update(token).digest('base64url')

const setupKey = 'setup'

/**
 * The link by which the first admin sets up the district, or undefined when there are people already.
 * Each call makes a new link; an earlier one no longer works.
 */
export async function setupLink(
  stores: Shelf,
  baseUrl: string,
  makeToken: () => string = newToken,
): Promise<string | undefined> {
  if ((await stores.people.count()) > 0) return undefined
  const token = makeToken()
  await stores.settings.set(setupKey, hashed(token))
  return new URL(`/setup/${token}`, baseUrl).href
}

/** Whether this set-up link still works: it is the last one made, unused, and nobody has an account yet. */
export async function setupIsOpen(stores: Shelf, token: string): Promise<boolean> {
  const kept = await stores.settings.find(setupKey)
  return kept === hashed(token) && (await stores.people.count()) === 0
}

/** Uses the set-up link up. True for one alone, however many ask at once. */
export const takeSetupLink = async (stores: Shelf, token: string): Promise<boolean> =>
  (await setupIsOpen(stores, token)) && stores.settings.take(setupKey, hashed(token))

const hour = 60 * 60_000
/**
 * Links by which a person chooses a password, and how long they are good: `welcome` is handed over by an admin,
 * `reset` goes by e-mail to who forgot theirs.
 */
const lasts = { welcome: 7 * 24 * hour, reset: hour }
export type PasswordLink = keyof typeof lasts

const keyOf = (kind: PasswordLink, person: string): string => `${kind}.${person}`

/**
 * A link, good for a while and for one use, by which a person chooses a password. A person has one of each kind at
 * most: a new one replaces the old. `now` is epoch milliseconds.
 */
export async function passwordLink(
  stores: Shelf,
  kind: PasswordLink,
  person: string,
  baseUrl: string,
  now: number,
  makeToken: () => string = newToken,
): Promise<string> {
  const token = makeToken()
  await stores.settings.set(keyOf(kind, person), `${now + lasts[kind]} ${hashed(token)}`)
  return new URL(`/${kind}/${person}.${token}`, baseUrl).href
}

export const welcomeLink = (stores: Shelf, person: string, baseUrl: string, now: number): Promise<string> =>
  passwordLink(stores, 'welcome', person, baseUrl, now)

/** What is kept of a link (its part after `/welcome/` or `/reset/`), when it is still good. */
async function good(stores: Shelf, kind: PasswordLink, link: string, now: number) {
  const [person = '', token = ''] = link.split('.')
  const value = await stores.settings.find(keyOf(kind, person))
  const [expires, kept] = value?.split(' ') ?? []
  return value !== undefined && kept === hashed(token) && now < Number(expires)
    ? { person, value }
    : undefined
}

/** Id of the person that a link is for, or undefined when it is no longer good. */
export const linkedPerson = async (
  stores: Shelf,
  kind: PasswordLink,
  link: string,
  now: number,
): Promise<string | undefined> => (await good(stores, kind, link, now))?.person

/**
 * Uses a link up, and the person's other one with it. Id of the person for one alone, however many ask at once;
 * undefined for the others.
 */
export async function takeLink(
  stores: Shelf,
  kind: PasswordLink,
  link: string,
  now: number,
): Promise<string | undefined> {
  const found = await good(stores, kind, link, now)
  if (!found || !(await stores.settings.take(keyOf(kind, found.person), found.value))) return undefined
  await closeLinks(stores, found.person)
  return found.person
}

/** Ends every link of a person: they chose a password, or are gone. */
export async function closeLinks(stores: Shelf, person: string): Promise<void> {
  for (const kind of ['welcome', 'reset'] as const) await stores.settings.set(keyOf(kind, person), null)
}
