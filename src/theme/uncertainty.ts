import type { Guess } from './classifier.ts'
import { signature, similarity } from './nearDuplicates.ts'

/** A comment that nobody has coded, with what the model thinks of it. */
export type Candidate = { id: string; text: string; guesses: Guess[] }
export type Unsure = { id: string; unsure: number }

/** How unsure a model is of a comment, 0 to 1: of the theme whose confidence lies nearest to its threshold. */
export function unsureOf(guesses: Guess[]): number {
  if (guesses.length === 0) return 1
  return Math.max(
    ...guesses.map(({ confidence, threshold }) => {
      const room = confidence >= threshold ? 1 - threshold : threshold
      return 1 - Math.min(1, Math.abs(confidence - threshold) / Math.max(room, 1e-9))
    }),
  )
}

/**
 * Comments to code next, the least sure first (uncertainty sampling: Lewis and Gale 1994), passing over those that
 * nearly repeat one already chosen: a second copy teaches nothing. What was passed over follows at the end.
 */
export function nextToCode(candidates: Candidate[], most = 50, alike = 0.7): Unsure[] {
  const ranked = candidates
    .map((one) => ({ ...one, unsure: unsureOf(one.guesses) }))
    .sort((a, b) => b.unsure - a.unsure || (a.id < b.id ? -1 : 1))
  const chosen: { id: string; unsure: number; marks: Uint32Array }[] = []
  const passed: Unsure[] = []
  for (const { id, unsure, text } of ranked) {
    if (chosen.length >= most) break
    const marks = signature(text)
    if (chosen.some((one) => similarity(one.marks, marks) >= alike)) passed.push({ id, unsure })
    else chosen.push({ id, unsure, marks })
  }
  return [...chosen.map(({ id, unsure }) => ({ id, unsure })), ...passed].slice(0, most)
}
