/**
 * Codes that people copy from paper: access codes, and the codes for finishing later. The alphabet leaves out what
 * looks alike in print or in handwriting (0 O Q D, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V). Its 19 letters are a prime
 * number, so that a weighted sum catches every single wrong letter and every two that changed places.
 */
const alphabet = 'ACEFHJKMNPRTWXY3479'
const size = alphabet.length

/** Letters that are drawn at random; one check letter follows. 19^9 are 322,687,697,779 codes, about 38 bits. */
const drawn = 9

const checkLetter = (letters: string): string => {
  let sum = 0
  for (let at = 0; at < letters.length; at++) sum += (at + 1) * alphabet.indexOf(letters[at] ?? '')
  return alphabet[sum % size] ?? ''
}

/**
 * A new code, from random bytes (at least 64 are wise). Bytes past the largest multiple of 19 are passed over, so
 * that no letter is likelier than another.
 *
 * @throws Error when the bytes run out
 */
export function newCode(random: Uint8Array): string {
  const fair = 256 - (256 % size)
  let letters = ''
  for (const byte of random) {
    if (letters.length === drawn) break
    if (byte < fair) letters += alphabet[byte % size]
  }
  if (letters.length < drawn) throw new Error('not enough random bytes for a code')
  return letters + checkLetter(letters)
}

/** As printed: ACE-F7H-J9KM. */
export const writeCode = (code: string): string => `${code.slice(0, 3)}-${code.slice(3, 6)}-${code.slice(6)}`

/**
 * A code as typed, in any case and with any dashes or spaces, to the form that is hashed. Undefined when it cannot be
 * a code: a slip of the finger, not a guess.
 */
export function readCode(typed: string): string | undefined {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}_.]/gu, '')
  if (letters.length !== drawn + 1 || [...letters].some((letter) => !alphabet.includes(letter)))
    return undefined
  return checkLetter(letters.slice(0, drawn)) === letters[drawn] ? letters : undefined
}
