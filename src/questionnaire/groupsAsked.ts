import type { Comparison, Condition, Questionnaire } from './definition.ts'
import { questions } from './definition.ts'

/** Yes or no, or open: it depends on what else people answer. */
export type Verdict = boolean | undefined

/**
 * Whether skip logic lets people come to each question, by its code, of whom nothing is known but these answers to single
 * choices ('' is "did not say"). What depends on other answers is open.
 */
export function verdictsOf(
  questionnaire: Questionnaire,
  known: ReadonlyMap<string, string>,
): ReadonlyMap<string, Verdict> {
  const verdicts = new Map<string, Verdict>()
  const compared = (one: Comparison): Verdict => {
    const answer = known.get(one.question)
    if (answer !== undefined) {
      const allowed = [...(one.is ?? []), ...(one.includes ?? [])]
      return allowed.length > 0 ? allowed.includes(answer) : (one.answered ?? true) === (answer !== '')
    }
    // Nothing is true of the answer to a question that they are not asked.
    return verdicts.get(one.question) === false ? one.answered === false : undefined
  }
  const verdict = (condition: Condition): Verdict => {
    if ('not' in condition) {
      const denied = verdict(condition.not)
      return denied === undefined ? undefined : !denied
    }
    const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : undefined
    return parts ? joined(parts.map(verdict), 'any' in condition) : compared(condition as Comparison)
  }
  for (const section of questionnaire.sections)
    for (const question of section.questions) {
      const conditions = [section.showIf, question.showIf].filter((one) => one !== undefined)
      verdicts.set(question.code, joined(conditions.map(verdict), false))
    }
  return verdicts
}

/** Whether any holds (`decisive` true), or all do. */
function joined(verdicts: readonly Verdict[], decisive: boolean): Verdict {
  if (verdicts.includes(decisive)) return decisive
  return verdicts.includes(undefined) ? undefined : !decisive
}

/**
 * Which of these stakeholder groups each question may be asked of, by its code: the audience, less those whom skip
 * logic on the question about groups always keeps out. What depends on other answers is taken to be asked.
 */
export function groupsAsked(
  questionnaire: Questionnaire,
  groups: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const { audience } = questionnaire
  const all = questions(questionnaire)
  const groupQuestion = all.find(({ attribute }) => attribute === 'group')?.code
  const asked = new Map(all.map(({ code }) => [code, new Set<string>()]))
  for (const group of groups) {
    if (audience && !audience.includes(group)) continue
    const verdicts = verdictsOf(questionnaire, new Map(groupQuestion ? [[groupQuestion, group]] : []))
    for (const [code, groupsOf] of asked) if (verdicts.get(code) !== false) groupsOf.add(group)
  }
  return asked
}
