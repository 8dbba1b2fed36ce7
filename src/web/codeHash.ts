import { scrypt } from 'node:crypto'

/**
 * The hash under which a code from paper is kept (`letters` as readCode gives them). A code has about 38 bits, so
 * whoever holds the database could try them all against a quick hash within minutes; this one takes some
 * milliseconds and 2 MB a try (scrypt, RFC 7914, N = 2^11, r = 8), on another thread. `purpose` keeps hashes of
 * different kinds of code apart.
 */
export function hashCode(purpose: string, letters: string): Promise<string> {
  return new Promise((resolve, reject) => {
    scrypt(letters, `heard ${purpose}`, 24, { N: 2048, r: 8, p: 1 }, (fault, key) =>
      fault ? reject(fault) : resolve(key.toString('base64url')),
    )
  })
}
