import { z } from 'zod'
import { findElement } from '../../plan/elements.ts'
import { besidePlan, type Plan } from '../../plan/plan.ts'
import { issues } from '../../plan/read.ts'

const code = z.string().regex(/\S/, 'is empty')

/**
 * How a perception indicator of a plan is measured. `parts`: what its printed sentence asks at once, each part with
 * the item-bank codes of the items that ask it (different surveys may word it differently). `rule`:
 * - one: there is a single part; people whose answer is favorable, of those who gave a point.
 * - all: people whose answer to every part is favorable, of those who gave a point to every part.
 * - mean: the plain mean of the parts' shares, where different people answered different parts.
 * `populations` are told apart, and added up where there are several. `unit` only names what is counted.
 */
const indicatorSchema = z.strictObject({
  code,
  statistic: z.enum(['percent', 'count']),
  unit: z.enum(['people', 'families']).default('people'),
  rule: z.enum(['one', 'all', 'mean']),
  parts: z.array(z.strictObject({ code, banks: z.array(code).min(1) })).min(1),
  populations: z.array(z.strictObject({ code, groups: z.array(code).min(1) })).min(1),
  note: besidePlan.optional(),
})
export type IndicatorDefinition = z.infer<typeof indicatorSchema>

/** Which items measure which indicators of a plan: `madeBy` us, apart from the plan, with a statement that says so. */
export const indicatorsSchema = z.strictObject({
  madeBy: z.enum(['us', 'district']),
  statement: besidePlan,
  plan: code,
  indicators: z.array(indicatorSchema),
})
export type IndicatorDefinitions = z.infer<typeof indicatorsSchema>

export type IndicatorReading =
  | { definitions: IndicatorDefinitions; problems?: undefined }
  | { definitions?: undefined; problems: string[] }

/** Reads the definitions from parsed JSON; every fault is told, and then nothing is taken. */
export function readIndicators(json: unknown, plans: readonly Plan[]): IndicatorReading {
  const parsed = indicatorsSchema.safeParse(json)
  if (!parsed.success) return { problems: issues(parsed.error) }
  const { plan: id, indicators } = parsed.data
  const plan = plans.find((one) => one.id === id)
  if (!plan) return { problems: [`plan: ${id} is not there`] }
  const problems = indicators.flatMap((indicator, at) => {
    const say = (words: string) => `indicators[${at}]: ${words}`
    const element = findElement(plan, indicator.code)
    const groups = indicator.populations.flatMap((population) => population.groups)
    return [
      ...(element ? [] : [say(`${id} has no ${indicator.code}`)]),
      ...(element && !element.perception ? [say(`${indicator.code} is not told by asking people`)] : []),
      ...(indicators.findIndex((one) => one.code === indicator.code) < at
        ? [say(`${indicator.code} stands twice`)]
        : []),
      ...((indicator.rule === 'one') === (indicator.parts.length === 1)
        ? []
        : [say('the rule "one" is for a single part, the others for several')]),
      ...(new Set(groups).size === groups.length ? [] : [say('a group stands in two populations')]),
    ]
  })
  return problems.length > 0 ? { problems } : { definitions: parsed.data }
}
