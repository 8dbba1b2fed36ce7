import { z } from 'zod'
import { codeSchema, textSchema } from '../definition.ts'

/**
 * Topics and the domain of each. Engagement, safety and environment, with their topics, follow the ED School Climate
 * Surveys of the U.S. Department of Education (public domain); the rest are what plans ask about beside climate.
 */
export const topics = {
  relationships: 'engagement',
  participation: 'engagement',
  culture: 'engagement',
  emotional: 'safety',
  physical: 'safety',
  bullying: 'safety',
  emergency: 'safety',
  building: 'environment',
  instruction: 'environment',
  health: 'environment',
  wellbeing: 'environment',
  discipline: 'environment',
  partnership: 'families',
  communication: 'families',
  'community-school': 'families',
  resources: 'work',
  data: 'work',
  central: 'work',
  learning: 'work',
  leadership: 'work',
  leaving: 'work',
  satisfaction: 'service',
  registration: 'service',
  budget: 'planning',
  priorities: 'planning',
  needs: 'planning',
  experiences: 'planning',
  matching: 'about',
  facts: 'about',
} as const
export type Topic = keyof typeof topics
export type Domain = (typeof topics)[Topic]
export const domains = [...new Set(Object.values(topics))]

/** Whom an item suits. Which groups of the district these are, the bank says. */
export const audiences = [
  'students-3-5',
  'students-6-12',
  'families',
  'instructional-staff',
  'other-staff',
  'school-leaders',
  'central-office',
  'partners',
  'community',
  'board',
] as const
export type Audience = (typeof audiences)[number]

const bankCode = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not a code such as "fam-informed"')

/** What of a plan an item measures. `part`: which half of an element that asks two things (plan/parts). */
const measureSchema = z.strictObject({ plan: z.string(), code: z.string(), part: z.string().optional() })
export type Measure = z.infer<typeof measureSchema>

const scaleSchema = z.strictObject({
  /** The question above rows of this scale. */
  title: textSchema,
  points: z
    .array(
      z.strictObject({
        code: codeSchema,
        value: z.number(),
        label: textSchema,
        favorable: z.boolean().optional(),
      }),
    )
    .min(2),
  notApplicable: z.boolean().default(false),
  faces: z.boolean().optional(),
  /** Why these points count as favorable. */
  rule: z.string().min(1),
})
export type BankScale = z.infer<typeof scaleSchema>

const itemSchema = z.strictObject({
  code: bankCode,
  wording: textSchema,
  help: textSchema.optional(),
  /** The label in charts. */
  short: textSchema.optional(),
  /** A row rated on this shared scale; else `question` has the kind and the kind's own fields. */
  scale: z.string().optional(),
  question: z.looseObject({ kind: z.string() }).optional(),
  /** The plan that `cites` inside `question` refer to. */
  plan: z.string().optional(),
  /** Agreeing is unfavorable. */
  reversed: z.boolean().optional(),
  topic: z.enum(Object.keys(topics) as [Topic, ...Topic[]]),
  audiences: z.array(z.enum(audiences)).min(1),
  measures: z.array(measureSchema),
})
export type BankItem = z.infer<typeof itemSchema>

export const bankSchema = z.strictObject({
  /** The language that items are written in. */
  source: z.string(),
  /** Where domains and wordings come from. */
  origin: z.string().min(1),
  /** The groups of the district, by code, that an audience stands for. */
  audiences: z.record(z.enum(audiences), z.array(z.string()).min(1)),
  scales: z.record(codeSchema, scaleSchema),
  items: z.array(itemSchema),
})
export type Bank = z.infer<typeof bankSchema>

export const noBank: Bank = {
  source: 'en',
  origin: 'empty',
  audiences: Object.fromEntries(audiences.map((one) => [one, [one]])) as Bank['audiences'],
  scales: {},
  items: [],
}
