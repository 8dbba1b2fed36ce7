import { z } from 'zod'
import type { Text } from '../language/text.ts'

/** How far a commitment has come. */
export const statuses = ['planned', 'underway', 'done', 'stopped'] as const
export type Status = (typeof statuses)[number]
export const isStatus = (value: string): value is Status => (statuses as readonly string[]).includes(value)

/** What a commitment answers: a stakeholder group or a theme, by code. */
export type About = { kind: 'group' | 'theme'; code: string }

const LONGEST = 2000
const text = z.record(z.string(), z.string().max(LONGEST)) satisfies z.ZodType<Text>

const commitmentSchema = z.strictObject({
  about: z.strictObject({ kind: z.enum(['group', 'theme']), code: z.string().min(1) }),
  /** What the district does, in each language. */
  words: text,
  /** Code of the plan element under which it is done; null while there is none. */
  element: z.string().nullable(),
  /** The role that answers for it, in each language: never the name of a person. */
  owner: text,
  status: z.enum(statuses),
  /** The day by which it is or was done, as 2026-08-31; null while there is none. */
  on: z.string().nullable(),
})
/** What the district does about something that people said. */
export type Commitment = z.infer<typeof commitmentSchema>

/** What is wrong with a commitment, field by field, for a form. Codes of wordings. */
export type CommitmentFault = {
  field: 'words' | 'owner' | 'element' | 'on' | 'status'
  code: 'empty' | 'long' | 'person' | 'unknown' | 'date'
}

/** A day that there is: 2026-02-30 is none. */
export function isDay(typed: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) return false
  const day = new Date(`${typed}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === typed
}

/** Titles before a name, or an e-mail address: an owner is a role, so that a commitment outlives who holds it. */
const person = /@|(^|\s)(mr|mrs|ms|mx|dr|sr|sra|srta)\.?\s+\p{Lu}/iu

/**
 * What keeps a commitment from being saved. `source` is the language that must have words; `elements` the codes of the
 * plan, or undefined where the survey follows none.
 */
export function faultsOf(
  commitment: Commitment,
  source: string,
  elements: ReadonlySet<string> | undefined,
): CommitmentFault[] {
  const { words, owner, element, on } = commitment
  const long = (one: Text) => Object.values(one).some((each) => each.length > LONGEST)
  return [
    ...(words[source]?.trim() ? [] : [{ field: 'words', code: 'empty' } as const]),
    ...(long(words) ? [{ field: 'words', code: 'long' } as const] : []),
    ...(long(owner) ? [{ field: 'owner', code: 'long' } as const] : []),
    ...(Object.values(owner).some((one) => person.test(one))
      ? [{ field: 'owner', code: 'person' } as const]
      : []),
    ...(element !== null && !elements?.has(element) ? [{ field: 'element', code: 'unknown' } as const] : []),
    ...(on !== null && !isDay(on) ? [{ field: 'on', code: 'date' } as const] : []),
  ]
}

/** Reads a commitment as it is kept. */
export const readCommitment = (json: unknown): Commitment => commitmentSchema.parse(json)
