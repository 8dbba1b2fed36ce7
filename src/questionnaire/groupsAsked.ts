import type { Comparison, Condition, Questionnaire } from './definition.ts'

/** Yes or no for everybody of a group, or open: it depends on what else they answer. */
type Verdict = boolean | undefined

/**
 * Which of these stakeholder groups each question may be asked of, by its code: the audience, less those whom skip
 * logic on the question about groups always keeps out. What depends on other answers is taken to be asked.
 */
export function groupsAsked(
  questionnaire: Questionnaire,
  groups: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const asked = new Map<string, Set<string>>()
  const { audience } = questionnaire
  const invited = groups.filter((group) => !audience || audience.includes(group))
  const groupQuestion = questionnaire.sections
    .flatMap(({ questions }) => questions)
    .find(({ attribute }) => attribute === 'group')?.code

  const compared = (one: Comparison, group: string): Verdict => {
    if (one.question === groupQuestion) {
      const allowed = [...(one.is ?? []), ...(one.includes ?? [])]
      return allowed.length > 0 ? allowed.includes(group) : one.answered
    }
    // Nothing is true of the answer to a question that they are not asked.
    const reached = asked.get(one.question)?.has(group) ?? true
    return reached ? undefined : one.answered === false
  }
  const verdict = (condition: Condition, group: string): Verdict => {
    if ('not' in condition) {
      const denied = verdict(condition.not, group)
      return denied === undefined ? undefined : !denied
    }
    const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : undefined
    if (!parts) return compared(condition as Comparison, group)
    const verdicts = parts.map((part) => verdict(part, group))
    const decisive = 'any' in condition
    if (verdicts.includes(decisive)) return decisive
    return verdicts.includes(undefined) ? undefined : !decisive
  }

  for (const section of questionnaire.sections)
    for (const question of section.questions) {
      const conditions = [section.showIf, question.showIf].filter((one) => one !== undefined)
      asked.set(
        question.code,
        new Set(invited.filter((group) => conditions.every((one) => verdict(one, group) !== false))),
      )
    }
  return asked
}
