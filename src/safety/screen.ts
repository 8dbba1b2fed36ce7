import { setImmediate as pause } from 'node:timers/promises'
import type { Flags, Unscreened } from '../store/stores.ts'
import { dangerBy, type OwnWords, readOwnWords } from '../theme/ownWords.ts'

/** Comments that are looked through before other work gets its turn: about two milliseconds. */
const slice = 10
const hour = 3_600_000

type Found = Parameters<Flags['add']>[0][number]

/**
 * What may speak of danger in these comments, for the queue. `offered`: the languages of the form that each was written
 * in. The time is cut to the hour, as that of a response is.
 */
export async function screen(
  comments: readonly Unscreened[],
  offered: (survey: number) => string[],
  now: number,
  own: OwnWords = readOwnWords(undefined),
): Promise<Found[]> {
  const found: Found[] = []
  for (const [at, { id, survey, words, language }] of comments.entries()) {
    if (at % slice === slice - 1) await pause()
    const met = dangerBy(own, words, language, offered(survey))
    if (met) found.push({ survey, comment: id, kind: met.kind, level: met.level, at: now - (now % hour) })
  }
  return found
}
