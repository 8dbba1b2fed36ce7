import type { Questionnaire } from '../../questionnaire/definition.ts'
import { breaksBetween, meaningOf, thingOf } from '../waves/meaning.ts'
import type { PopulationFigure } from './indicator.ts'

/** The office says that a survey asks what another asked before, by their slugs and the codes of what is asked. */
export type SameQuestion = {
  before: string
  after: string
  askedBefore: string
  askedAfter: string
  reason: string
}

/** What a survey asks a population of an indicator: each part by the code of the item that asks it. */
export type Asking = {
  slug: string
  questionnaire: Questionnaire
  parts: { code: string; asked: string }[]
}

export const askingOf = (
  { slug, questionnaire }: { slug: string; questionnaire: Questionnaire },
  { parts }: PopulationFigure,
): Asking => ({
  slug,
  questionnaire,
  parts: parts.map(({ code, question, item }) => ({ code, asked: thingOf(question, item) })),
})

/** Why the office says that two askings are the same although they differ; undefined where it does not. */
function saidOf(a: Asking, b: Asking, code: string, same: readonly SameQuestion[]): string | undefined {
  const asked = ({ parts }: Asking) => parts.find((part) => part.code === code)?.asked
  return same.find(
    ({ before, after, askedBefore, askedAfter }) =>
      (before === a.slug && after === b.slug && askedBefore === asked(a) && askedAfter === asked(b)) ||
      (before === b.slug && after === a.slug && askedBefore === asked(b) && askedAfter === asked(a)),
  )?.reason
}

/**
 * Whether two surveys ask the same parts of the same readers, by the rule of the page of waves: nothing that breaks a
 * line there, or the office's word that it is the same. `reasons`: that word, where it was needed.
 */
function match(a: Asking, b: Asking, same: readonly SameQuestion[]): { reasons: string[] } | undefined {
  if ((a.questionnaire.readers ?? '') !== (b.questionnaire.readers ?? '')) return undefined
  if (a.parts.length !== b.parts.length) return undefined
  const reasons: string[] = []
  for (const { code, asked } of a.parts) {
    const other = b.parts.find((part) => part.code === code)
    const [one, two] = [meaningOf(a.questionnaire, asked), other && meaningOf(b.questionnaire, other.asked)]
    if (!one || !two) return undefined
    if (breaksBetween(one, two).length === 0) continue
    const said = saidOf(a, b, code, same)
    if (said === undefined) return undefined
    reasons.push(said)
  }
  return { reasons }
}

/**
 * Askings put into classes of those that are the same, directly or by way of others: each gets the number of its class.
 * `reasons`: of each asking, why the office says that it is the same as an earlier one of its class.
 */
export function classesOf(
  askings: readonly Asking[],
  same: readonly SameQuestion[],
): { of: Map<Asking, number>; reasons: Map<Asking, string[]> } {
  const of = new Map<Asking, number>()
  const reasons = new Map<Asking, string[]>()
  for (const asking of askings) {
    const found = [...of].flatMap(([known, number]) => {
      const matched = match(known, asking, same)
      return matched ? [{ number, reasons: matched.reasons }] : []
    })
    const number = found[0]?.number ?? of.size
    for (const [known, other] of of) if (found.some((one) => one.number === other)) of.set(known, number)
    of.set(asking, number)
    if (found.length > 0 && found.every((one) => one.reasons.length > 0))
      reasons.set(asking, [...new Set(found.flatMap((one) => one.reasons))])
  }
  return { of, reasons }
}
