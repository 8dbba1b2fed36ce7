import { z } from 'zod'
import type { Text } from '../language/text.ts'

const filled = z.string().regex(/\S/, 'is empty')
const code = z
  .string()
  .regex(/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/, 'is not a code (letters and digits, parted by full stops)')
const text = z.record(z.string(), filled) satisfies z.ZodType<Text>
/** What stands beside a plan without being printed in it; words alone are English. */
export const besidePlan = z.union([filled.transform((words): Text => ({ en: words })), text])

/** Where words were printed: a document of the plan's `sources`, and the lines of its text. */
const sourceSchema = z.strictObject({
  document: filled,
  lines: z.string().regex(/^\d+(-\d+)?(, \d+(-\d+)?)*$/, 'is not a list of lines such as "12-14, 20"'),
})
export type Source = z.infer<typeof sourceSchema>

/** Words exactly as one document prints them. */
const wordingSchema = z.strictObject({ words: filled, source: sourceSchema })
export type Wording = z.infer<typeof wordingSchema>

/**
 * What was printed for one thing. Documents word the same thing differently, so every wording that differs
 * in more than capitals and punctuation is kept; `shown` is the place of the one that pages show and `why`
 * records the choice.
 * `translations` are made later (see translations.ts); the printed language is never among them.
 */
const printedSchema = z.strictObject({
  wordings: z.array(wordingSchema).min(1, 'has no wording'),
  shown: z.number().int().nonnegative().default(0),
  why: filled.optional(),
  translations: text.optional(),
})
export type Printed = z.infer<typeof printedSchema>

export const statistics = ['percent', 'count', 'rate', 'rating', 'frequency', 'alignment', 'impact'] as const
export const comparisons = ['at-least', 'at-most', 'increase-by', 'decrease-by'] as const

const directionSchema = z.enum(['increase', 'decrease'])
/** The direction that is better; null where the document prints none. */
export type Better = z.infer<typeof directionSchema> | null

const perception = {
  /** True when only asking people can tell: what they feel, rate, agree with or report of themselves. */
  perception: z.boolean(),
  /** Whom to ask, as the document names them; empty when it is not a matter of asking. */
  populations: z.array(filled).default([]),
}

/** `example` marks an action that the document offers as an example only. */
const actionSchema = z.strictObject({
  code,
  text: printedSchema,
  example: z.boolean().default(false),
  footnote: wordingSchema.optional(),
})
export type Action = z.infer<typeof actionSchema>

const indicatorSchema = z.strictObject({
  code,
  text: printedSchema,
  statistic: z.enum(statistics),
  direction: directionSchema.nullable(),
  /** A second figure in the same printed sentence ("and increased staff attendance rates"). */
  also: z
    .array(z.strictObject({ of: filled, statistic: z.enum(statistics), direction: directionSchema }))
    .default([]),
  ...perception,
  /** People report what they do, not what they feel. */
  selfReport: z.boolean().default(false),
  note: filled.optional(),
})
export type Indicator = z.infer<typeof indicatorSchema>

const strategySchema = z.strictObject({
  code,
  text: printedSchema,
  actions: z.array(actionSchema).default([]),
  indicators: z.array(indicatorSchema).default([]),
  /** What the document says that people might see of this strategy. */
  exampleExperiences: z.array(printedSchema).default([]),
})
export type Strategy = z.infer<typeof strategySchema>

const prioritySchema = z.strictObject({
  code,
  /** The one form that pages show; its printed form is the first of `aliases`. */
  name: text,
  /** Every printed form of the name. */
  aliases: z.array(wordingSchema).min(1, 'names no printed form'),
  statement: z.strictObject({ kind: z.enum(['objective', 'vision']), text: printedSchema }),
  /** Roles, never persons, that the document names as internal champions. */
  champions: z.strictObject({ roles: z.array(filled).min(1), source: sourceSchema }).nullable(),
  strategies: z.array(strategySchema),
})
export type Priority = z.infer<typeof prioritySchema>

/** A goal has a target only where a number is printed; then comparison, target and unit stand together. */
const goalSchema = z.strictObject({
  code,
  text: printedSchema,
  /** The priority that the document puts the goal under; null when it puts it under none. */
  priority: z.string().nullable(),
  direction: directionSchema.nullable(),
  comparison: z.enum(comparisons).nullable(),
  target: z.number().nullable(),
  /** `unclear`: the document prints "%" without saying whether percent or percentage points. */
  unit: z.enum(['percent', 'unclear']).nullable(),
  byYear: z.number().int().nullable(),
  ...perception,
  note: filled.optional(),
})
export type Goal = z.infer<typeof goalSchema>

/** A shorter form printed on an overview page or in a chart: a label, not a strategy of its own. */
const labelSchema = z.strictObject({
  kind: z.enum(['overview', 'chart']),
  priority: z.string(),
  /** The strategy that it plainly shortens; null when none, or when the document leaves it open. */
  strategy: z.string().nullable(),
  text: printedSchema,
  note: filled.optional(),
})
export type Label = z.infer<typeof labelSchema>

const investmentSchema = z.strictObject({
  code,
  text: printedSchema,
  /** Millions of dollars, as printed beside it. */
  amount: z.number().positive().nullable(),
  examples: z.array(printedSchema).default([]),
})
export type Investment = z.infer<typeof investmentSchema>

/** What the document says that one audience might see of the plan as a whole. */
const experiencesSchema = z.strictObject({ audience: wordingSchema, items: z.array(printedSchema).min(1) })

/** A code that a document prints wrongly: `printed` beside `words`, where `reading` is meant. */
const misprintSchema = z.strictObject({
  printed: code,
  words: filled,
  source: sourceSchema,
  reading: z.string(),
  note: filled,
})
export type Misprint = z.infer<typeof misprintSchema>

/** What one school year takes up of the plan: elements with a printed implementation plan, and the major actions. */
const yearSchema = z.strictObject({
  year: z.string().regex(/^\d{4}-\d{4}$/, 'is not a school year such as "2018-2019"'),
  planned: z.strictObject({ elements: z.array(z.string()), source: sourceSchema }),
  /** `elements` is our reading of which action is meant; the words are the document's. */
  majorActions: z.array(z.strictObject({ text: printedSchema, elements: z.array(z.string()) })),
})
export type Year = z.infer<typeof yearSchema>

/** One version of a strategic plan, every wording with the document that prints it. */
export const planSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not an id (small letters, digits and hyphens)'),
  district: filled,
  /** The language of the documents. */
  language: filled,
  title: printedSchema,
  years: z.strictObject({ from: z.number().int(), to: z.number().int() }),
  /** The documents, by the name that `source.document` cites; `title` is what pages call it. */
  sources: z.array(z.strictObject({ document: filled, title: filled })).min(1, 'names no document'),
  mission: printedSchema.nullable(),
  vision: printedSchema.nullable(),
  value: printedSchema.nullable(),
  beliefs: z.array(z.strictObject({ name: wordingSchema, text: wordingSchema })).default([]),
  priorities: z.array(prioritySchema).min(1, 'has no priority'),
  goals: z.array(goalSchema).default([]),
  labels: z.array(labelSchema).default([]),
  investments: z.array(investmentSchema).default([]),
  experiences: z.array(experiencesSchema).default([]),
  misprints: z.array(misprintSchema).default([]),
  schoolYears: z.array(yearSchema).default([]),
  /** Languages into which a machine translated the words, and which nobody has said to have read. */
  machineTranslated: z.array(z.string()).optional(),
})
export type Plan = z.infer<typeof planSchema>

/** The wording that pages show. */
export const shownWording = (printed: Printed): Wording | undefined => printed.wordings[printed.shown]

/** Whether a reader of `tag` sees words that a machine translated and that nobody has said to have read. */
export const byMachine = ({ machineTranslated = [] }: Plan, tag: string): boolean =>
  machineTranslated.includes(tag)

/** The shown wording and its translations, as one text. */
export const textOf = (printed: Printed, language: string): Text => ({
  ...printed.translations,
  [language]: shownWording(printed)?.words ?? '',
})
