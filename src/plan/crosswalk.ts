import { z } from 'zod'
import type { Text } from '../language/text.ts'
import { findElement } from './elements.ts'
import { besidePlan, type Plan } from './plan.ts'
import { issues } from './read.ts'

const endSchema = z.strictObject({ plan: z.string(), code: z.string() })
/** An element of one plan version. */
export type CrosswalkEnd = z.infer<typeof endSchema>

const rowSchema = z.strictObject({ from: endSchema, to: endSchema, note: besidePlan })
export type CrosswalkRow = z.infer<typeof rowSchema>

/**
 * Which element of one plan version continues which of another. The documents print no such table, so this
 * one is `madeBy` us, is kept apart from the plans, and every page that uses it shows `statement`.
 */
export const crosswalkSchema = z.strictObject({
  madeBy: z.enum(['us', 'district']),
  statement: besidePlan,
  rows: z.array(rowSchema),
})
export type Crosswalk = z.infer<typeof crosswalkSchema>

export type CrosswalkReading =
  | { crosswalk: Crosswalk; problems?: undefined }
  | { crosswalk?: undefined; problems: string[] }

/** Reads a crosswalk from parsed JSON; a row that points nowhere, inside one plan, or twice is a problem. */
export function readCrosswalk(json: unknown, plans: Plan[]): CrosswalkReading {
  const parsed = crosswalkSchema.safeParse(json)
  if (!parsed.success) return { problems: issues(parsed.error) }
  const seen = new Set<string>()
  const problems = parsed.data.rows.flatMap(({ from, to }, at) => {
    const found: string[] = []
    for (const end of [from, to]) {
      const plan = plans.find(({ id }) => id === end.plan)
      if (!plan) found.push(`rows[${at}] points to plan ${end.plan}, which is not there`)
      else if (!findElement(plan, end.code))
        found.push(`rows[${at}] points to ${end.code}, which ${plan.id} does not have`)
    }
    if (from.plan === to.plan) found.push(`rows[${at}] leads from ${from.plan} to itself`)
    const pair = JSON.stringify([key(from), key(to)].sort())
    if (seen.has(pair)) found.push(`rows[${at}] repeats a row above it`)
    seen.add(pair)
    return found
  })
  return problems.length > 0 ? { problems } : { crosswalk: parsed.data }
}

const key = ({ plan, code }: CrosswalkEnd) => `${plan} ${code}`

/** A row as seen from one plan: `here` is this plan's element, `there` the other's. */
export type Counterpart = { here: string; there: CrosswalkEnd; note: Text }

/** The rows that touch this plan, in whichever direction they were written; of one element only, if `code` is given. */
export const counterparts = (crosswalk: Crosswalk, planId: string, code?: string): Counterpart[] =>
  crosswalk.rows
    .flatMap(({ from, to, note }) => [
      { here: from, there: to, note },
      { here: to, there: from, note },
    ])
    .filter(({ here }) => here.plan === planId && (code === undefined || here.code === code))
    .map(({ here, there, note }) => ({ here: here.code, there, note }))
