import type { CodingRow } from './tally.ts'

/** A theme on a comment as it is kept; 'settled' is the last word on a disagreement. See store/stores, StoredCoding. */
export type Said = {
  comment: number
  theme: string
  source: 'person' | 'settled' | 'words' | 'model'
  who: string
  verdict: boolean
  confidence: number | null
}
/** Automatic codes of a theme that may count: those of one model, from a confidence on. */
export type Accepted = { theme: string; model: number; confidence: number }

/** Stands for a person on sample data, which the makers of the sample coded; no account has this name. */
export const sampleCoder = 'sample'

/** The name under which a model's codings are kept. */
export const modelName = (number: number): string => `model-${number}`

/**
 * What counts of all that was said, for `tally`. A comment that a person has read is a person's alone: no machine's code
 * on it counts. Where people differ, a theme counts that any of them gave, until it is settled; what was settled
 * stands. On comments that nobody has read, accepted codes count. `read`: ids of the comments that people have read.
 */
export function verdicts(
  said: readonly Said[],
  readings: readonly { comment: number }[],
  acceptances: readonly Accepted[],
): { codings: CodingRow[]; read: Set<number> } {
  const read = new Set(readings.map(({ comment }) => comment))
  const last = new Map<string, boolean>()
  const key = ({ comment, theme }: Said) => `${comment} ${theme}`
  for (const one of said) if (one.source === 'settled') last.set(key(one), one.verdict)
  const accepted = new Map(acceptances.map((one) => [one.theme, one]))
  const made = new Map<string, CodingRow>()
  for (const one of said) {
    const settled = last.get(key(one))
    if (settled === false) continue
    const { comment, theme } = one
    const row = { comment: String(comment), theme }
    if (settled || (one.source === 'person' && one.verdict))
      made.set(key(one), { ...row, source: 'person', accepted: true })
    else if (one.source === 'model' && !read.has(comment)) {
      const held = accepted.get(theme)
      const counts =
        held &&
        modelName(held.model) === one.who &&
        one.confidence !== null &&
        one.confidence >= held.confidence
      if (counts) made.set(key(one), { ...row, source: 'model', accepted: true })
    }
  }
  return { codings: [...made.values()], read }
}
