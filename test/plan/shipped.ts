import { readFileSync } from 'node:fs'
import { type Crosswalk, readCrosswalk } from '../../src/plan/crosswalk.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { readPlan } from '../../src/plan/read.ts'

/** A file of `plans/` as it stands, for tests to read or to spoil. */
export const shippedJson = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../plans/${name}.json`, import.meta.url), 'utf8'))

export function shippedPlan(id: string): Plan {
  const { plan, problems } = readPlan(shippedJson(id))
  if (!plan) throw new Error(problems.join('\n'))
  return plan
}

export const shippedPlans = (): Plan[] => [
  shippedPlan('hartford-2018-2022'),
  shippedPlan('hartford-2021-2024'),
]

export function shippedCrosswalk(): Crosswalk {
  const { crosswalk, problems } = readCrosswalk(shippedJson('crosswalk'), shippedPlans())
  if (!crosswalk) throw new Error(problems.join('\n'))
  return crosswalk
}
