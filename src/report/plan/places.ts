import { type Crosswalk, counterparts } from '../../plan/crosswalk.ts'
import { findElement } from '../../plan/elements.ts'
import type { Plan } from '../../plan/plan.ts'

/** Where something stands in a plan. `own` false: it is of another plan version, and our table says where it belongs. */
export type Place = { priority: string | null; strategy: string | null; own: boolean }

/**
 * Where an element of a plan (`from`) stands in `plan`: itself in its own plan; in another where the table of plan
 * versions puts it, or its strategy, or its priority. Undefined where nothing says so.
 */
export function placeOf(
  plan: Plan,
  from: Plan | undefined,
  code: string,
  crosswalk: Crosswalk | null,
): Place | undefined {
  const element = from && findElement(from, code)
  if (!from || !element) return undefined
  if (from.id === plan.id)
    return {
      priority: element.priority,
      strategy: element.kind === 'strategy' ? code : element.strategy,
      own: true,
    }
  for (const known of [code, element.strategy, element.priority]) {
    if (!crosswalk || known === null) continue
    const there = counterparts(crosswalk, from.id, known).find((one) => one.there.plan === plan.id)?.there
    const found = there && findElement(plan, there.code)
    if (found)
      return {
        priority: found.priority,
        strategy: found.kind === 'strategy' ? found.code : found.strategy,
        own: false,
      }
  }
  return undefined
}
