import { comparisons } from '../condition.ts'
import { type Comparison, type Condition, findQuestion, type Questionnaire } from '../definition.ts'
import { kindOf } from '../kinds.ts'
import type { Advice, Place, Rule } from './advice.ts'

/** One answer that a condition may meet: which codes, which number; or that there is none. */
type Case = ReadonlyMap<string, Comparison[]>

/** More alternatives than this are not followed: nothing is said then, rather than something wrong. */
const mostCases = 200

/** A condition as alternatives, each a set of comparisons that must hold together; undefined when it is too wide. */
function alternatives(condition: Condition, denied = false): Comparison[][] | undefined {
  if ('not' in condition) return alternatives(condition.not, !denied)
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : undefined
  // What a denied comparison allows is the rest of the answers; that is left open here.
  if (!parts) return [denied ? [] : [condition as Comparison]]
  const together = 'all' in condition !== denied
  let found: Comparison[][] | undefined = together ? [[]] : []
  for (const part of parts) {
    const more: Comparison[][] | undefined = alternatives(part, denied)
    if (!more || !found) return undefined
    found = together ? found.flatMap((one) => more.map((other) => [...one, ...other])) : [...found, ...more]
    if (found.length > mostCases) return undefined
  }
  return found
}

/** Whether these comparisons of one question could all hold of one answer. */
function possible(all: Comparison[], questionnaire: Questionnaire): boolean {
  const question = findQuestion(questionnaire, all[0]?.question ?? '')
  if (!question) return false
  const wantsNone = all.some(({ answered }) => answered === false)
  const wantsSome = all.some(
    (one) =>
      one.answered === true ||
      one.is ||
      one.includes ||
      one.atLeast !== undefined ||
      one.atMost !== undefined,
  )
  if (wantsNone && wantsSome) return false
  const least = Math.max(...all.map(({ atLeast }) => atLeast ?? -Infinity))
  const most = Math.min(...all.map(({ atMost }) => atMost ?? Infinity))
  if (least > most) return false
  // A choice of one has one code: what every comparison allows must have one in common.
  const single = kindOf(question).measure === 'choice' && question.kind !== 'multiple'
  if (!single) return true
  const allowed = all.flatMap(({ is, includes }) =>
    is || includes ? [new Set([...(is ?? []), ...(includes ?? [])])] : [],
  )
  const [first, ...others] = allowed
  return first === undefined || [...first].some((code) => others.every((set) => set.has(code)))
}

function satisfiable(conditions: Condition[], questionnaire: Questionnaire): boolean {
  const cases = conditions.length === 0 ? [[]] : alternatives({ all: conditions })
  if (!cases) return true
  return cases.some((comparisonsTogether) => {
    const byQuestion: Case = Map.groupBy(
      comparisonsTogether,
      ({ question, item = '' }) => `${question}.${item}`,
    )
    return [...byQuestion.values()].every((all) => possible(all, questionnaire))
  })
}

/** What must hold for a question to be asked: its own conditions, its section's, and those of what they look at. */
function needs(questionnaire: Questionnaire, code: string, seen = new Set<string>()): Condition[] {
  if (seen.has(code)) return []
  seen.add(code)
  const section = questionnaire.sections.find(({ questions }) =>
    questions.some((question) => question.code === code),
  )
  const question = findQuestion(questionnaire, code)
  const own = [section?.showIf, question?.showIf].filter((condition) => condition !== undefined)
  // Only what stands in an "and" is surely needed; the rest may be reached another way.
  const sure = own.flatMap((condition) =>
    'any' in condition || 'not' in condition ? [] : comparisons(condition),
  )
  return [
    ...own,
    ...sure
      .filter(({ answered }) => answered !== false)
      .flatMap(({ question: other }) => needs(questionnaire, other, seen)),
  ]
}

const at = (section: string, question?: string): Place => ({ section, ...(question && { question }) })

/** Questions that no set of answers brings up, and conditions that contradict themselves. */
export const unreachable: Rule = (questionnaire): Advice[] =>
  questionnaire.sections.flatMap((section) => [
    ...(section.showIf && !satisfiable([section.showIf], questionnaire)
      ? [{ level: 'error' as const, code: 'contradiction', place: at(section.code) }]
      : []),
    ...section.questions.flatMap((question): Advice[] => {
      if (question.showIf && !satisfiable([question.showIf], questionnaire))
        return [{ level: 'error', code: 'contradiction', place: at(section.code, question.code) }]
      return satisfiable(needs(questionnaire, question.code), questionnaire)
        ? []
        : [{ level: 'error', code: 'unreachable', place: at(section.code, question.code) }]
    }),
  ])
