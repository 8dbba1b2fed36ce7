import { createHash, randomBytes } from 'node:crypto'

/** What one-time links need of the store; see store/stores.ts. */
type Shelf = {
  people: { count: () => Promise<number> }
  settings: {
    find: (key: string) => Promise<string | undefined>
    set: (key: string, value: string | null) => Promise<void>
  }
}

/** 256 random bits, safe in an address. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Links are secrets like passwords: the store holds what checks them, not what opens the door. */
const hashed = (token: string): string => createHash('sha256').update(token).digest('base64url')

const setupKey = 'setup'
const welcomeKey = (person: string): string => `welcome.${person}`
const day = 24 * 60 * 60_000
const welcomeLasts = 7 * day

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

export const closeSetup = (stores: Shelf): Promise<void> => stores.settings.set(setupKey, null)

/**
 * A link, good for seven days and for one use, by which a person chooses a password. A person has one at most:
 * a new one replaces the old. `now` is epoch milliseconds.
 */
export async function welcomeLink(
  stores: Shelf,
  person: string,
  baseUrl: string,
  now: number,
  makeToken: () => string = newToken,
): Promise<string> {
  const token = makeToken()
  await stores.settings.set(welcomeKey(person), `${now + welcomeLasts} ${hashed(token)}`)
  return new URL(`/welcome/${person}.${token}`, baseUrl).href
}

/** Id of the person that a welcome link (the part after `/welcome/`) is for, or undefined when it is no longer good. */
export async function welcomed(stores: Shelf, link: string, now: number): Promise<string | undefined> {
  const [person = '', token = ''] = link.split('.')
  const [expires, kept] = (await stores.settings.find(welcomeKey(person)))?.split(' ') ?? []
  return kept === hashed(token) && now < Number(expires) ? person : undefined
}

export const closeWelcome = (stores: Shelf, person: string): Promise<void> =>
  stores.settings.set(welcomeKey(person), null)

/**
 * Makes a function that runs acts one after the other, so that two clicks on a link cannot both find it unused.
 */
export function inTurn(): <T>(act: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (act) => {
    const mine = last.then(act)
    last = mine.catch(() => {})
    return mine
  }
}
