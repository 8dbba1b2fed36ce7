import { z } from 'zod'
import { isTag } from '../language/tags.ts'

const tagSchema = z.string().refine(isTag, 'this is not a language tag (such as "es" or "pt-BR")')

/** A text in many languages; see language/text. */
export const textSchema = z.record(tagSchema, z.string())

/**
 * Codes name things in data, exports and addresses: lower or upper case letters, digits, - and _. Answers are plain
 * records by code, so a name that every record has (`constructor`, `toString`) would read as if it were answered.
 */
export const codeSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/, 'a code starts with a letter and holds letters, digits, - and _')
  .refine((code) => !(code in {}), 'this code is a word of the programming language')

/**
 * A condition over earlier answers; with several comparisons all must hold, with none the question must be answered.
 * An unanswered question makes every comparison false; evaluating never throws.
 * `is`: the answer is one of these codes (single choice, profile). `includes`: at least one of these is among
 * the chosen (multiple choice) or ranked (ranking) codes. `atLeast`/`atMost`: numbers and scales. `item` names
 * a row of a grid; then `answered` is about that row.
 */
export type Condition = Comparison | { all: Condition[] } | { any: Condition[] } | { not: Condition }
export type Comparison = {
  question: string
  item?: string | undefined
  is?: string[] | undefined
  includes?: string[] | undefined
  atLeast?: number | undefined
  atMost?: number | undefined
  answered?: boolean | undefined
}

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({
      question: codeSchema,
      item: codeSchema.optional(),
      is: z.array(z.string()).min(1).optional(),
      includes: z.array(z.string()).min(1).optional(),
      atLeast: z.number().optional(),
      atMost: z.number().optional(),
      answered: z.boolean().optional(),
    }),
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
  ]),
)

/** What may cite the plan: codes of plan elements (priority, strategy, indicator, goal) and an item-bank code. */
const citing = { cites: z.array(z.string()).optional(), bank: z.string().optional() }

/** An option of a choice or a ranking. `short` is the chart label, `other` keeps it last when options are shuffled. */
export const optionSchema = z.strictObject({
  code: codeSchema,
  label: textSchema,
  short: textSchema.optional(),
  other: z.boolean().optional(),
  /** Choosing this one excludes all others (multiple choice: "none of these"). */
  exclusive: z.boolean().optional(),
  ...citing,
})
export type Option = z.infer<typeof optionSchema>

/** A row of a grid, or the one item of a scale. `reversed`: agreeing is unfavourable. */
export const itemSchema = z.strictObject({
  code: codeSchema,
  label: textSchema,
  short: textSchema.optional(),
  reversed: z.boolean().optional(),
  ...citing,
})
export type Item = z.infer<typeof itemSchema>

/** What every question has, whatever its kind. Each kind extends this shape with its own fields. */
export const questionBase = {
  code: codeSchema,
  kind: z.string(),
  title: textSchema,
  help: textSchema.optional(),
  short: textSchema.optional(),
  required: z.boolean().optional(),
  showIf: conditionSchema.optional(),
  ...citing,
}
export const questionBaseSchema = z.looseObject(questionBase)
/** A question whose kind's own fields are not yet known; each kind narrows it with its own schema. */
export type Question = z.infer<typeof questionBaseSchema>

export const sectionSchema = z.strictObject({
  code: codeSchema,
  title: textSchema,
  intro: textSchema.optional(),
  showIf: conditionSchema.optional(),
  questions: z.array(questionBaseSchema).min(1),
  ...citing,
})
export type Section = z.infer<typeof sectionSchema>

/** The eight areas, in the order of the law. */
export const protectedAreas = [
  'political',
  'mental',
  'sex',
  'illegal',
  'appraisals',
  'privileged',
  'religious',
  'income',
] as const

export const questionnaireSchema = z.strictObject({
  /** The language that the questionnaire is written in; the fall-back of every other. */
  source: tagSchema,
  /** The languages it is offered in, the source among them. */
  languages: z.array(tagSchema).min(1),
  title: textSchema,
  intro: textSchema.optional(),
  /** What happens after sending: shown on the receipt. */
  thanks: textSchema.optional(),
  minutes: z.number().int().positive().optional(),
  /** Stakeholder groups that are asked, by code; absent: everyone, students among them. */
  audience: z.array(z.string()).min(1).optional(),
  /** Young readers: short words, one question a page with faces (grades 3-5), or plain words (grades 6-12). */
  readers: z.enum(['grades-3-5', 'grades-6-12']).optional(),
  /** What a child is told before being asked whether it wants to take part. */
  assent: textSchema.optional(),
  /** Which of the eight protected areas of the Protection of Pupil Rights Amendment (20 U.S.C. 1232h(b)) it touches. */
  protectedAreas: z.array(z.enum(protectedAreas)).optional(),
  /** What families are told about the protected areas before the survey opens. */
  notice: textSchema.optional(),
  /** Id of the plan version that `cites` refer to. */
  plan: z.string().optional(),
  sections: z.array(sectionSchema).min(1),
})
export type Questionnaire = z.infer<typeof questionnaireSchema>

/** Every question in the order of the pages; one list for a published questionnaire, not to be changed. */
export function questions(questionnaire: Questionnaire): Question[] {
  const known = lists.get(questionnaire)
  if (known) return known
  const made = questionnaire.sections.flatMap((section) => section.questions)
  if (Object.isFrozen(questionnaire)) lists.set(questionnaire, Object.freeze(made) as Question[])
  return made
}
const lists = new WeakMap<Questionnaire, Question[]>()

/** Questions by code, made once for a published questionnaire: those are frozen, so it cannot go stale. */
const indexes = new WeakMap<Questionnaire, Map<string, Question>>()

/** The question with this code, or undefined. */
export function findQuestion(questionnaire: Questionnaire, code: string): Question | undefined {
  if (!Object.isFrozen(questionnaire)) return questions(questionnaire).find((one) => one.code === code)
  const known = indexes.get(questionnaire) ?? new Map(questions(questionnaire).map((one) => [one.code, one]))
  indexes.set(questionnaire, known)
  return known.get(code)
}
