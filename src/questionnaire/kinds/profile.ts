import { z } from 'zod'
import { one } from '../choices.ts'
import { optionSchema, questionBase } from '../definition.ts'
import { typedCodes } from '../edit/form.ts'
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
  build: {
    blank: (code: string) => ({
      code,
      kind: 'profile' as const,
      title: {},
      attribute: 'group' as const,
      options: [],
    }),
    edited(question, form) {
      const attribute = attributes.find((known) => known === one(form.body.attribute)) ?? question.attribute
      return {
        ...question,
        attribute,
        // Another list of the district: the options of the one before would not fit.
        options: attribute === question.attribute ? question.options : [],
        levels: attribute === 'school' ? typedCodes(form, 'levels') : undefined,
      }
    },
  },
} satisfies Kind<Profile, string>

export default profile
