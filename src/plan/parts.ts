import { z } from 'zod'
import type { Text } from '../language/text.ts'
import { findElement } from './elements.ts'
import { besidePlan, type Plan } from './plan.ts'
import { issues } from './read.ts'

const filled = z.string().regex(/\S/, 'is empty')
const partSchema = z.strictObject({
  code: z.string().regex(/^[a-z]+$/, 'is not a code of small letters'),
  text: z.record(z.string(), filled) satisfies z.ZodType<Text>,
})
export type Part = z.infer<typeof partSchema>

/**
 * How elements of a plan that ask two things at once are taken apart, and which groups of the district its printed
 * populations are. The documents print neither, so this stands beside the plan, is `madeBy` us or the district, and
 * every page that uses it shows `statement`.
 */
export const partsSchema = z.strictObject({
  plan: z.string(),
  madeBy: z.enum(['us', 'district']),
  statement: besidePlan,
  /** Codes of stakeholder groups, by population as the plan names it. */
  populations: z.record(z.string(), z.array(z.string()).min(1)),
  /** By code of an element: what must each be asked. */
  elements: z.record(z.string(), z.array(partSchema).min(2)),
})
export type PlanParts = z.infer<typeof partsSchema>

export type PartsReading =
  | { parts: PlanParts; problems?: undefined }
  | { parts?: undefined; problems: string[] }

/** Reads the parts of one plan from parsed JSON; what the plan does not have is a problem, told by place. */
export function readParts(json: unknown, plans: readonly Plan[]): PartsReading {
  const parsed = partsSchema.safeParse(json)
  if (!parsed.success) return { problems: issues(parsed.error) }
  const { plan: id, elements, populations } = parsed.data
  const plan = plans.find((one) => one.id === id)
  if (!plan) return { problems: [`plan ${id} is not there`] }
  const asked = [
    ...plan.goals,
    ...plan.priorities.flatMap(({ strategies }) => strategies.flatMap(({ indicators }) => indicators)),
  ]
  const problems = [
    ...Object.entries(elements).flatMap(([code, parts]) => [
      ...(findElement(plan, code)?.perception ? [] : [`${code} is no matter of perception in ${id}`]),
      ...(new Set(parts.map((part) => part.code)).size < parts.length ? [`${code} names a part twice`] : []),
    ]),
    ...[...new Set(asked.flatMap((one) => one.populations))]
      .filter((one) => !Object.hasOwn(populations, one))
      .map((one) => `populations says nothing about "${one}"`),
  ]
  return problems.length > 0 ? { problems } : { parts: parsed.data }
}
