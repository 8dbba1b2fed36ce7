import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'

/** What a code gives: `hash` finds its row, `key` opens what is sealed there. Neither tells the other or the code. */
export type CodeKeys = { hash: string; key: Buffer }

/**
 * Derives both from the letters of a code (as readCode gives them); `survey` is the salt. A code has about 38 bits,
 * so a try must be dear to whoever holds the database: scrypt (RFC 7914) with N = 2^14 and r = 8 takes 16 MB and some
 * fifty milliseconds, on another thread.
 */
export function codeKeys(letters: string, survey: number): Promise<CodeKeys> {
  return new Promise((resolve, reject) => {
    scrypt(letters, `heard later ${survey}`, 64, { N: 16_384, r: 8, p: 1 }, (fault, bytes) =>
      fault
        ? reject(fault)
        : resolve({ hash: bytes.subarray(0, 32).toString('base64url'), key: bytes.subarray(32) }),
    )
  })
}

const ivLength = 12
const tagLength = 16

/** Locks words away with AES-256-GCM: initial vector, tag and cipher text, base64url. */
export function seal(words: string, key: Buffer): string {
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const locked = Buffer.concat([cipher.update(words, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), locked]).toString('base64url')
}

/** The words that were sealed; undefined when the key is another's or the seal was touched. */
export function unseal(sealed: string, key: Buffer): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < ivLength + tagLength) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivLength), {
    authTagLength: tagLength,
  })
  decipher.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength))
  try {
    return decipher.update(bytes.subarray(ivLength + tagLength), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}
