import { hash, verify } from '@node-rs/argon2'

export const shortestPassword = 12
export const longestPassword = 256

/** OWASP Password Storage Cheat Sheet: argon2id (the library's default algorithm), 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * The hash of a random password that nobody knows, at the same cost: verifying against it takes as long as against
 * a real one, so that the time of an answer does not tell which e-mails have an account.
 */
const nobody =
  '$argon2id$v=19$m=19456,t=2,p=1$7f5jNAuSt6uR09o2emVoSQ$b9D1VR4Wgrx9dxb+Pz93mg74e4TcHlRM/Wp/G5Qi9GI'

/** Keyboards send the same letter in several forms; NIST SP 800-63B 5.1.1.2 asks for one. */
const settled = (password: string): string => password.normalize('NFKC')

/** What is wrong with a new password: only its length, counted in characters. */
export function passwordProblem(password: string): 'short' | 'long' | undefined {
  const length = [...settled(password)].length
  if (length < shortestPassword) return 'short'
  if (length > longestPassword) return 'long'
  return undefined
}

/** An argon2id hash in PHC form. The caller has checked the length. */
export const hashPassword = (password: string): Promise<string> => hash(settled(password), cost)

/** Whether the password is right. Takes the same time when there is no such person or no password yet. */
export async function verifyPassword(kept: string | null | undefined, password: string): Promise<boolean> {
  const sound = passwordProblem(password) !== 'long'
  const right = await verify(kept ?? nobody, sound ? settled(password) : '')
  return right && sound && Boolean(kept)
}
