import type { Text } from '../language/text.ts'
import { elements, type PlanElement } from '../plan/elements.ts'
import type { Plan } from '../plan/plan.ts'
import type { Option } from '../questionnaire/definition.ts'
import type { ChosenOption } from './result.ts'

/** A part of the plan that a question or an option speaks of. */
export type Cited = { code: string; kind: PlanElement['kind']; text: Text; priority: string | null }

export type Citations = (codes: readonly string[] | undefined) => Cited[]

/** Looks up plan codes; those that the plan does not have are left out, as are all when there is no plan. */
export function citations(plan: Plan | undefined): Citations {
  const known = new Map(plan ? elements(plan).map((element) => [element.code, element]) : [])
  return (codes = []) =>
    codes.flatMap((code) => {
      const element = known.get(code)
      return element ? [{ code, kind: element.kind, text: element.text, priority: element.priority }] : []
    })
}

/** The priorities that a question is about: those it cites, or those that its options' elements stand under. */
export function prioritiesOf(
  cites: Citations,
  codes: readonly string[],
  options: readonly Option[],
): string[] {
  const own = cites(codes)
  const from = own.length > 0 ? own : cites(options.flatMap((option) => option.cites ?? []))
  return [
    ...new Set(from.flatMap(({ kind, code, priority }) => (kind === 'priority' ? [code] : (priority ?? [])))),
  ]
}

/** People who chose an option of this plan element; `code` null gathers the options that cite none. */
export type ElementShare = { code: string | null; n: number; share: number | null }

/**
 * Options added up by the plan element that they cite first, since options may outnumber strategies. Undefined
 * when it would say nothing new: no option cites the plan, or each cites an element of its own.
 */
export function byElement(
  cites: Citations,
  options: readonly Option[],
  counts: readonly ChosenOption[],
  n: number,
): ElementShare[] | undefined {
  const element = new Map(options.map(({ code, cites: codes }) => [code, cites(codes)[0]?.code ?? null]))
  const named = [...element.values()].filter((code) => code !== null)
  if (named.length === 0 || (named.length === options.length && new Set(named).size === named.length)) {
    return undefined
  }
  const sums = new Map<string | null, number>()
  for (const option of counts) {
    const code = element.get(option.code) ?? null
    sums.set(code, (sums.get(code) ?? 0) + (option.n ?? 0))
  }
  return [...sums].map(([code, sum]) => ({ code, n: sum, share: n > 0 ? sum / n : null }))
}
