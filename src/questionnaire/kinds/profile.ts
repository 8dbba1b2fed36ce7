import { z } from 'zod'
import { optionSchema, questionBase } from '../definition.ts'
import type { Kind } from '../kind.ts'
import single from './single.ts'

/** What a profile question asks about; the district record gives its options when a version is published. */
export const attributes = ['group', 'school', 'grade', 'language'] as const

/** One option of the district's own list: stakeholder group, school, grade or language at home. */
const schema = z.strictObject({
  ...questionBase,
  kind: z.literal('profile'),
  attribute: z.enum(attributes),
  options: z.array(optionSchema).default([]),
  /** For a school: only those of the district's schools that are of one of these levels. */
  levels: z.array(z.string()).min(1).optional(),
})
type Profile = z.infer<typeof schema>

/** A profile question answers, is kept and is counted as a single choice; only its options come from elsewhere. */
const profile = {
  ...(single as unknown as Kind<Profile, string>),
  name: 'profile',
  schema,
  check: (question: Profile) =>
    question.options.length === 0
      ? ['the district record has no options for it']
      : single.check(question as never),
} satisfies Kind<Profile, string>

export default profile
