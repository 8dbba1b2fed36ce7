import { comparisons } from './condition.ts'
import { type Condition, type Question, type Questionnaire, questionnaireSchema } from './definition.ts'
import { kinds } from './kinds.ts'
import { othersColumns, ownColumns, reservedQuestions, reservedSections } from './reserved.ts'
import { conditionFaults, explainsNothing, unworded } from './soundness.ts'

export { ownColumns, reservedQuestions, reservedSections }

/** Deeper than any questionnaire nests; past some thousands a reader would run out of stack. */
const deepest = 60

/** A checked definition with the kinds' defaults filled in, or everything that is wrong with it, by place. */
export type Checked =
  | { questionnaire: Questionnaire; faults: [] }
  | { questionnaire: undefined; faults: string[] }

const failed = (faults: string[]): Checked => ({ questionnaire: undefined, faults })

/**
 * Reads a definition of unknown origin. Every fault is told together, each with its place
 * ("section goal, question goal_why: ..."). `planCodes`: the codes that `cites` may name; undefined when no plan is known.
 */
export function checkQuestionnaire(definition: unknown, planCodes?: ReadonlySet<string>): Checked {
  if (depth(definition) > deepest) return failed([`definition: it nests more than ${deepest} levels deep`])
  const parsed = questionnaireSchema.safeParse(definition)
  if (!parsed.success)
    return failed(
      parsed.error.issues.map((issue) => `${issue.path.join('.') || 'definition'}: ${issue.message}`),
    )
  const faults: string[] = []
  const sections = parsed.data.sections.map((section) => ({
    ...section,
    questions: section.questions.map((question) => {
      const read = readQuestion(question)
      faults.push(
        ...read.faults.map((fault) => `section ${section.code}, question ${question.code}: ${fault}`),
      )
      return read.question
    }),
  }))
  const questionnaire = { ...parsed.data, sections }
  faults.push(...languages(questionnaire), ...order(questionnaire))
  // What follows asks the kinds, which take only questions that they have read.
  if (faults.length === 0)
    faults.push(
      ...columnsTwice(questionnaire),
      ...unsound(questionnaire),
      ...citations(questionnaire, planCodes),
      ...unworded(questionnaire),
    )
  return faults.length > 0 ? failed(faults) : { questionnaire, faults: [] }
}

/** How deep lists and records nest; without recursion, since the definition may come from anyone. */
function depth(definition: unknown): number {
  let level: unknown[] = [definition]
  for (let deep = 0; ; deep++) {
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    )
    if (level.length === 0 || deep > deepest) return deep
  }
}

/** The question as its kind reads it, with the kind's defaults. */
function readQuestion(question: Question): { question: Question; faults: string[] } {
  const kind = kinds.get(question.kind)
  if (!kind) {
    const known = [...kinds.keys()].sort().join(', ')
    return { question, faults: [`no question kind is called "${question.kind}" (there are ${known})`] }
  }
  const own = kind.schema.safeParse(question)
  if (own.success) return { question: own.data, faults: kind.check(own.data) }
  const faults = own.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  )
  return { question, faults }
}

function languages({ languages, source }: Questionnaire): string[] {
  return [
    ...(languages.includes(source) ? [] : [`languages: the source language "${source}" is not among them`]),
    ...[...new Set(languages.filter((tag, index) => languages.indexOf(tag) < index))].map(
      (tag) => `languages: "${tag}" stands twice`,
    ),
  ]
}

/** Codes stand once, and a condition or an "about" looks only at what was asked before it. */
function order(questionnaire: Questionnaire): string[] {
  const faults: string[] = []
  const asked = new Set<string>()
  const sections = new Set<string>()
  const backwards = (place: string, condition: Condition | undefined) => {
    for (const { question } of condition ? comparisons(condition) : [])
      if (!asked.has(question))
        faults.push(`${place}: the condition looks at "${question}", which is not asked before it`)
  }
  for (const section of questionnaire.sections) {
    if (sections.has(section.code)) faults.push(`section ${section.code} stands twice`)
    if (reservedSections.includes(section.code.toLowerCase()))
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
      if (reservedQuestions.includes(question.code))
        faults.push(`${place}: this code is kept for the form of the page`)
      asked.add(question.code)
    }
  }
  return faults
}

function columnsTwice({ sections }: Questionnaire): string[] {
  const seen = new Set([...ownColumns, ...othersColumns])
  return sections.flatMap((section) =>
    section.questions.flatMap((question) =>
      (kinds.get(question.kind)?.columns(question) ?? []).flatMap(({ name }) => {
        if (seen.has(name))
          return [
            `section ${section.code}, question ${question.code}: its export column "${name}" stands twice`,
          ]
        seen.add(name)
        return []
      }),
    ),
  )
}

/** Conditions that nothing can meet, and comments about what has no options. */
function unsound(questionnaire: Questionnaire): string[] {
  return questionnaire.sections.flatMap((section) => [
    ...conditionFaults(section.showIf, questionnaire).map((fault) => `section ${section.code}: ${fault}`),
    ...section.questions.flatMap((question) =>
      [...conditionFaults(question.showIf, questionnaire), ...explainsNothing(question, questionnaire)].map(
        (fault) => `section ${section.code}, question ${question.code}: ${fault}`,
      ),
    ),
  ])
}

type Citing = { code: string; cites?: string[] | undefined }

function citations(questionnaire: Questionnaire, planCodes: ReadonlySet<string> | undefined): string[] {
  if (!planCodes) return []
  const unknown = (place: string, { cites = [] }: Citing) =>
    cites
      .filter((code) => !planCodes.has(code))
      .map((code) => `${place}: the plan ${questionnaire.plan ?? ''} has no element "${code}"`)
  return questionnaire.sections.flatMap((section) => [
    ...unknown(`section ${section.code}`, section),
    ...section.questions.flatMap((question) => {
      const place = `section ${section.code}, question ${question.code}`
      const { options = [], items = [] } = question as { options?: Citing[]; items?: Citing[] }
      return [
        ...unknown(place, question),
        ...[...options, ...items].flatMap((part) => unknown(`${place}, ${part.code}`, part)),
      ]
    }),
  ])
}
