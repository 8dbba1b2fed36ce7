import { z } from 'zod'
import { isTag } from '../language/tags.ts'
import type { Text } from '../language/text.ts'
import { findElement } from '../plan/elements.ts'
import type { Plan } from '../plan/plan.ts'
import { issues } from '../plan/read.ts'

const filled = z.string().regex(/\S/, 'is empty')
const tag = z.string().refine(isTag, 'is not a language tag')
const text = z.record(tag, filled) satisfies z.ZodType<Text>
/** A theme's code: short, in lower case, kept for good. A report or a coding points at it. */
export const themeCode = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'is not a code (a small letter, then small letters, digits, - or _)')
const byTag = z.record(
  tag,
  z.array(filled.refine((one) => !one.includes('|'), 'holds |, which parts entries')),
)

const themeSchema = z.strictObject({
  code: themeCode,
  name: text.refine((one) => Object.keys(one).length > 0, 'has no name'),
  definition: text.default({}),
  /** Notes for coders: what belongs here, and what does not although it looks like it. */
  include: text.default({}),
  exclude: text.default({}),
  /** What people might write, by language; made up, or cleared for showing. */
  examples: byTag.default({}),
  colour: z.string().regex(/^#[0-9a-f]{6}$/, 'is not a colour such as #1f6f8b'),
  /** Code of the theme that this one is a part of. */
  parent: themeCode.optional(),
  /** Plan version to codes of its elements that the theme speaks to. */
  cites: z.record(filled, z.array(filled)).default({}),
  /** Words and phrases that suggest the theme, by language: see `phrases.ts` for how they are read. */
  words: byTag.default({}),
  /** Languages whose words and texts a machine wrote and no person has said to have read. */
  machine: z.array(tag).default([]),
})
/** A theme: what a comment may be about. */
export type Theme = z.infer<typeof themeSchema>

const changeSchema = z.strictObject({
  /** The version that the change made. */
  version: z.number().int().positive(),
  /** Epoch milliseconds. */
  at: z.number().int(),
  by: filled,
  kind: z.enum(['made', 'added', 'edited', 'renamed', 'merged', 'split', 'removed', 'imported', 'restored']),
  /** Codes before and after. */
  from: z.array(themeCode),
  to: z.array(themeCode),
  note: z.string().default(''),
  /** Of 'restored': the version whose themes are in use again. */
  back: z.number().int().positive().optional(),
})
/** A line of a codebook's history. */
export type Change = z.infer<typeof changeSchema>

export const codebookSchema = z.strictObject({
  id: themeCode,
  name: text,
  /** The language that it was written in. */
  language: tag,
  version: z.number().int().positive(),
  themes: z.array(themeSchema).max(200, 'has more than 200 themes'),
  history: z.array(changeSchema).default([]),
})
/** The themes of a survey or of the district, in one numbered version. */
export type Codebook = z.infer<typeof codebookSchema>

export type CodebookReading =
  | { codebook: Codebook; problems?: undefined }
  | { codebook?: undefined; problems: string[] }

/** Reads a codebook from parsed JSON; every fault is told. With `plans`, what it cites must be in them. */
export function readCodebook(json: unknown, plans?: Plan[]): CodebookReading {
  const parsed = codebookSchema.safeParse(json)
  if (!parsed.success) return { problems: issues(parsed.error) }
  const problems = [
    ...themeProblems(parsed.data.themes),
    ...(plans ? citeProblems(parsed.data.themes, plans) : []),
  ].map(({ code, message }) => `theme ${code}: ${message}`)
  return problems.length > 0 ? { problems } : { codebook: parsed.data }
}

/** `key` and `value` for a page to say it in the reader's language: `bookFault.<key>`. */
export type ThemeProblem = { code: string; message: string; key: BookFaultKey; value: string }
export type BookFaultKey = 'doubleCode' | 'ownParent' | 'noParent' | 'deepParent' | 'noPlan' | 'noElement'

/** What is wrong between themes: a code twice, a parent that is not there, that is below itself, or two deep. */
export function themeProblems(themes: Theme[]): ThemeProblem[] {
  const parents = new Map(themes.map(({ code, parent }) => [code, parent]))
  return themes.flatMap(({ code, parent }, at) => {
    const found: ThemeProblem[] = []
    if (themes.findIndex((one) => one.code === code) < at)
      found.push({ code, message: 'stands twice', key: 'doubleCode', value: code })
    if (parent === undefined) return found
    if (parent === code) found.push({ code, message: 'is its own parent', key: 'ownParent', value: code })
    else if (!parents.has(parent))
      found.push({
        ...{ code, message: `has the parent ${parent}, which is not there` },
        ...{ key: 'noParent', value: parent },
      })
    else if (parents.get(parent) !== undefined)
      found.push({
        ...{ code, message: `has the parent ${parent}, which has a parent itself` },
        ...{ key: 'deepParent', value: parent },
      })
    return found
  })
}

/** Cited plan elements that no plan of these has. */
export const citeProblems = (themes: Theme[], plans: Plan[]): ThemeProblem[] =>
  themes.flatMap(({ code, cites }) =>
    Object.entries(cites).flatMap(([id, elements]): ThemeProblem[] => {
      const plan = plans.find((one) => one.id === id)
      if (!plan)
        return [{ code, message: `cites plan ${id}, which is not there`, key: 'noPlan' as const, value: id }]
      return elements
        .filter((element) => !findElement(plan, element))
        .map((element) => ({
          ...{ code, message: `cites ${element}, which ${id} does not have` },
          ...{ key: 'noElement' as const, value: element },
        }))
    }),
  )

/** The theme with this code, if the codebook has one. */
export const findTheme = (codebook: Codebook, code: string): Theme | undefined =>
  codebook.themes.find((theme) => theme.code === code)

/** Themes that speak to a plan element, or to one below it (by the code of a priority: all of its elements). */
export const themesOf = (codebook: Codebook, plan: Plan, code: string): Theme[] =>
  codebook.themes.filter(({ cites }) =>
    (cites[plan.id] ?? []).some((cited) => {
      const element = findElement(plan, cited)
      return element !== undefined && [element.code, element.strategy, element.priority].includes(code)
    }),
  )
