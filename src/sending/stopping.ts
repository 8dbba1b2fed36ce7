import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

type Shelf = {
  settings: {
    find: (key: string) => Promise<string | undefined>
    set: (key: string, value: string | null) => Promise<void>
  }
}

/**
 * The key that addresses are hashed with and "do not write again" links are signed with. It is kept with the data, not
 * with the settings of the server: a new session secret must not make Heard forget who wants no letters.
 */
export async function mailKey(stores: Shelf): Promise<string> {
  const kept = await stores.settings.find('mailKey')
  if (kept !== undefined) return kept
  await stores.settings.set('mailKey', randomBytes(32).toString('base64url'))
  // Another process may have made one at the same moment: both use what stands there.
  return (await stores.settings.find('mailKey')) ?? ''
}

const keyed = (key: string, what: string, text: string): string =>
  createHmac('sha256', key).update(`${what} ${text}`).digest('base64url')

/** All that is kept of an address that wants no more letters. */
export const addressHash = (key: string, email: string): string => keyed(key, 'address', email).slice(0, 32)

const sign = (key: string, hash: string): string => keyed(key, 'stop', hash).slice(0, 22)

/** What a link "do not write to me again" ends in: the hash of the address, and our signature. */
export function stopToken(key: string, email: string): string {
  const hash = addressHash(key, email)
  return hash + sign(key, hash)
}

/** The hash of the address, or undefined when we did not make this link. */
export function readStopToken(key: string, token: string): string | undefined {
  if (!/^[\w-]{54}$/.test(token)) return undefined
  const hash = token.slice(0, 32)
  return timingSafeEqual(Buffer.from(token.slice(32)), Buffer.from(sign(key, hash))) ? hash : undefined
}
