import { looksAt } from './condition.ts'
import { type Condition, type Questionnaire, questionnaireSchema, questions } from './definition.ts'
import { kinds } from './kinds.ts'

/** Words that an address below /s/:slug already means; no section may be called so. */
export const reservedSections = ['review', 'thanks', 'start', 'send', 'language', 'later', 'resume']

/** A checked definition with the kinds' defaults filled in, or everything that is wrong with it, by place. */
export type Checked =
  | { questionnaire: Questionnaire; faults: [] }
  | { questionnaire: undefined; faults: string[] }

/**
 * Reads a definition of unknown origin. Every fault is told together, each with its place
 * ("section goal, question goal_why: ..."). `planCodes`: the codes that `cites` may name; undefined when no plan is known.
 */
export function checkQuestionnaire(definition: unknown, planCodes?: ReadonlySet<string>): Checked {
  const parsed = questionnaireSchema.safeParse(definition)
  if (!parsed.success) {
    return {
      questionnaire: undefined,
      faults: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'definition'}: ${issue.message}`),
    }
  }
  const faults: string[] = []
  const sections = parsed.data.sections.map((section) => ({
    ...section,
    questions: section.questions.map((question) => {
      const place = `section ${section.code}, question ${question.code}`
      const kind = kinds.get(question.kind)
      if (!kind) {
        faults.push(
          `${place}: no question kind is called "${question.kind}" (there are ${[...kinds.keys()].sort().join(', ')})`,
        )
        return question
      }
      const own = kind.schema.safeParse(question)
      if (!own.success) {
        faults.push(...own.error.issues.map((issue) => `${place}: ${issue.path.join('.')}: ${issue.message}`))
        return question
      }
      faults.push(...kind.check(own.data).map((fault) => `${place}: ${fault}`))
      return own.data
    }),
  }))
  const questionnaire = { ...parsed.data, sections }
  if (faults.length === 0)
    faults.push(
      ...order(questionnaire),
      ...columnsTwice(questionnaire),
      ...citations(questionnaire, planCodes),
    )
  if (!questionnaire.languages.includes(questionnaire.source))
    faults.push(`languages: the source language "${questionnaire.source}" is not among them`)
  return faults.length > 0 ? { questionnaire: undefined, faults } : { questionnaire, faults: [] }
}

/** Codes stand once, and a condition or an "about" looks only at what was asked before it. */
function order(questionnaire: Questionnaire): string[] {
  const faults: string[] = []
  const asked = new Set<string>()
  const sections = new Set<string>()
  const backwards = (place: string, condition: Condition | undefined) => {
    for (const code of condition ? looksAt(condition) : []) {
      if (!asked.has(code))
        faults.push(`${place}: the condition looks at "${code}", which is not asked before it`)
    }
  }
  for (const section of questionnaire.sections) {
    if (sections.has(section.code)) faults.push(`section ${section.code} stands twice`)
    if (reservedSections.includes(section.code))
      faults.push(`section ${section.code}: this code is kept for an address`)
    sections.add(section.code)
    backwards(`section ${section.code}`, section.showIf)
    for (const question of section.questions) {
      const place = `section ${section.code}, question ${question.code}`
      backwards(place, question.showIf)
      const about = question.about
      if (typeof about === 'string' && !asked.has(about))
        faults.push(`${place}: it is about "${about}", which is not asked before it`)
      if (asked.has(question.code)) faults.push(`${place}: this code stands twice`)
      asked.add(question.code)
    }
  }
  return faults
}

/** Columns of the wide CSV that every export has beside the questions'. */
export const ownColumns = ['language', 'channel', 'version', 'hour']

function columnsTwice(questionnaire: Questionnaire): string[] {
  const seen = new Set(ownColumns)
  return questions(questionnaire).flatMap((question) =>
    (kinds.get(question.kind)?.columns(question) ?? []).flatMap(({ name }) => {
      if (seen.has(name)) return [`question ${question.code}: its export column "${name}" stands twice`]
      seen.add(name)
      return []
    }),
  )
}

function citations(questionnaire: Questionnaire, planCodes: ReadonlySet<string> | undefined): string[] {
  if (!planCodes) return []
  return questionnaire.sections.flatMap((section) =>
    [section, ...section.questions].flatMap((cited) => {
      const options = (cited['options' as never] ?? []) as { code: string; cites?: string[] }[]
      const items = (cited['items' as never] ?? []) as { code: string; cites?: string[] }[]
      return [cited, ...options, ...items].flatMap((part) =>
        (part.cites ?? [])
          .filter((code) => !planCodes.has(code))
          .map(
            (code) =>
              `${cited.code}${part === cited ? '' : `, ${part.code}`}: the plan ${questionnaire.plan ?? ''} has no element "${code}"`,
          ),
      )
    }),
  )
}
