import type { Text } from '../language/text.ts'
import { resembles } from './names.ts'
import { type Plan, type Printed, type Priority, textOf } from './plan.ts'

export type ElementKind = 'priority' | 'strategy' | 'action' | 'indicator' | 'goal' | 'investment'

/** Any part of a plan that a survey, a theme or a commitment can cite by its code. */
export type PlanElement = {
  kind: ElementKind
  code: string
  /** What pages show beside the code. */
  text: Text
  /** Every printed form, for telling whether a code and the words beside it agree. */
  wordings: string[]
  /** Code of the priority it stands under; null when the document puts it under none. */
  priority: string | null
  /** Code of the strategy it stands under; null above strategies. */
  strategy: string | null
  /** Only asking people can tell how it stands. */
  perception: boolean
}

/** Every element of the plan, in the plan's order. */
export function elements(plan: Plan): PlanElement[] {
  const made = (
    kind: ElementKind,
    code: string,
    text: Printed,
    where: Partial<PlanElement> = {},
  ): PlanElement => ({
    kind,
    code,
    text: textOf(text, plan.language),
    wordings: text.wordings.map(({ words }) => words),
    priority: null,
    strategy: null,
    perception: false,
    ...where,
  })
  return [
    ...plan.priorities.flatMap(({ code: priority, name, aliases, strategies }) => [
      { ...made('priority', priority, { wordings: aliases, shown: 0 }, { priority }), text: name },
      ...strategies.flatMap(({ code: strategy, text, actions, indicators }) => [
        made('strategy', strategy, text, { priority, strategy }),
        ...actions.map((action) => made('action', action.code, action.text, { priority, strategy })),
        ...indicators.map(({ code, text: words, perception }) =>
          made('indicator', code, words, { priority, strategy, perception }),
        ),
      ]),
    ]),
    ...plan.goals.map(({ code, text, priority, perception }) =>
      made('goal', code, text, { priority, perception }),
    ),
    ...plan.investments.map(({ code, text }) => made('investment', code, text)),
  ]
}

/** The element with this code, if the plan has one. */
export const findElement = (plan: Plan, code: string): PlanElement | undefined =>
  elements(plan).find((element) => element.code === code)

/** The priority meant by a code or by any printed form of its name, however it is spaced and capitalized. */
export function resolvePriority(plan: Plan, typed: string): Priority | undefined {
  const wanted = resembles(typed)
  if (!wanted) return undefined
  return plan.priorities.find(({ code, name, aliases }) =>
    [code, ...Object.values(name), ...aliases.map(({ words }) => words)].some(
      (form) => resembles(form) === wanted,
    ),
  )
}

/** A code that cannot be taken as it is. `reading` is the code that may be meant: to be offered, never applied. */
export type CodeFault = { code: string; reading: string | null; message: string }

const hint = (reading: string | null, note?: string) =>
  reading ? `; perhaps ${reading} is meant${note ? `: ${note}` : ''}` : ''

/** The codes that the plan does not have, each once, with what a known misprint or another spelling stands for. */
export function checkCodes(plan: Plan, codes: string[]): CodeFault[] {
  const known = elements(plan).map(({ code }) => code)
  return [...new Set(codes)]
    .filter((code) => !known.includes(code))
    .map((code) => {
      const misprint = plan.misprints.find(({ printed }) => resembles(printed) === resembles(code))
      const reading = misprint?.reading ?? known.find((one) => resembles(one) === resembles(code)) ?? null
      return { code, reading, message: `${code} is not a code of ${plan.id}${hint(reading, misprint?.note)}` }
    })
}

/**
 * Whether the words that came with a code are a printed wording of that element; if not, the fault, with
 * the element that does have these words. Documents print right words beside wrong codes, so a code that
 * exists can still be the wrong one.
 */
export function checkWords(plan: Plan, code: string, words: string): CodeFault | undefined {
  const [unknown] = checkCodes(plan, [code])
  if (unknown) return unknown
  const says = (element: PlanElement) => element.wordings.some((one) => resembles(one) === resembles(words))
  const all = elements(plan)
  if (all.some((element) => element.code === code && says(element))) return undefined
  const misprint = plan.misprints.find(
    (one) => one.printed === code && resembles(one.words) === resembles(words),
  )
  const reading = misprint?.reading ?? all.find(says)?.code ?? null
  return {
    code,
    reading,
    message: `these words are not those of ${code} in ${plan.id}${hint(reading, misprint?.note)}`,
  }
}
