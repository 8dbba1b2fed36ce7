import type { z } from 'zod'
import { elements } from './elements.ts'
import { resembles } from './names.ts'
import { type Plan, type Printed, planSchema, type Source } from './plan.ts'

/** A plan, or every reason why the data is not one. */
export type PlanReading = { plan: Plan; problems?: undefined } | { plan?: undefined; problems: string[] }

/**
 * Reads a plan version from parsed JSON. Either it is sound in every part or nothing is taken, and each
 * problem says where it is and what is wrong, because a district edits these files by hand.
 */
export function readPlan(json: unknown): PlanReading {
  const parsed = planSchema.safeParse(json)
  if (!parsed.success) return { problems: issues(parsed.error) }
  const plan = parsed.data
  const problems = [
    ...duplicates(plan),
    ...orphans(plan),
    ...unknownCodes(plan),
    ...sourceFaults(plan),
    ...wordingFaults(plan),
    ...nameFaults(plan),
    ...figureFaults(plan),
  ]
  return problems.length > 0 ? { problems } : { plan }
}

/** The faults of a shape, each with its place: `priorities[0].strategies[1].code: is not a code`. */
export function issues(error: z.ZodError): string[] {
  return error.issues.map(({ path, message }) => {
    const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
    return `${place.replace(/^\./, '') || 'the file'}: ${message}`
  })
}

/** Members of a list that stand in it more than once, each named once. */
const repeated = (list: string[]): string[] => [
  ...new Set(list.filter((one, at) => list.indexOf(one) !== at)),
]

function duplicates(plan: Plan): string[] {
  const codes = elements(plan).map(({ code }) => code)
  const documents = plan.sources.map(({ document }) => document)
  return [
    ...repeated(codes).map((code) => `duplicate code ${code}`),
    ...repeated(documents).map((document) => `duplicate document ${document} in sources`),
  ]
}

/**
 * A child's code carries its parent's: TL1.a in TL1, P1.S1 in P1. After a digit a full stop must follow,
 * or P1 would own P10.S1.
 */
function belongs(code: string, parent: string): boolean {
  if (!code.startsWith(parent)) return false
  const rest = code.slice(parent.length)
  return /\d$/.test(parent) ? /^\../.test(rest) : /^[.\d]/.test(rest)
}

function orphans(plan: Plan): string[] {
  const problems: string[] = []
  const expect = (kind: string, code: string, parent: string) => {
    if (!belongs(code, parent))
      problems.push(`orphan: ${kind} ${code} does not belong to ${parent}, where it stands`)
  }
  for (const priority of plan.priorities) {
    for (const strategy of priority.strategies) {
      expect('strategy', strategy.code, priority.code)
      for (const { code } of strategy.actions) expect('action', code, strategy.code)
      for (const { code } of strategy.indicators) expect('indicator', code, strategy.code)
    }
  }
  return problems
}

function unknownCodes(plan: Plan): string[] {
  const kinds = new Map(elements(plan).map(({ code, kind }) => [code, kind]))
  const problems: string[] = []
  const cite = (who: string, code: string | null, kind?: string) => {
    if (code === null || (kind ? kinds.get(code) === kind : kinds.has(code))) return
    problems.push(`${who} cites ${kind ?? 'code'} ${code}, which the plan does not have`)
  }
  for (const goal of plan.goals) cite(`goal ${goal.code}`, goal.priority, 'priority')
  for (const [at, label] of plan.labels.entries()) {
    cite(`labels[${at}]`, label.priority, 'priority')
    cite(`labels[${at}]`, label.strategy, 'strategy')
  }
  for (const { printed, reading } of plan.misprints) {
    cite(`misprint ${printed}`, reading)
    if (printed === reading) problems.push(`misprint ${printed} is read as itself`)
  }
  for (const { year, planned, majorActions } of plan.schoolYears) {
    for (const code of planned.elements) cite(`school year ${year}`, code)
    for (const action of majorActions)
      for (const code of action.elements) cite(`a major action of ${year}`, code)
  }
  return problems
}

/** Every object of the plan that holds `key`, with its place, wherever it stands. */
function* holders(part: unknown, key: string, place = ''): Generator<[string, Record<string, unknown>]> {
  if (typeof part !== 'object' || part === null) return
  if (key in part) yield [place, part as Record<string, unknown>]
  for (const [step, inner] of Object.entries(part)) {
    const next = Array.isArray(part) ? `${place}[${step}]` : place ? `${place}.${step}` : step
    yield* holders(inner, key, next)
  }
}

function sourceFaults(plan: Plan): string[] {
  const known = new Set(plan.sources.map(({ document }) => document))
  return [...holders(plan, 'source')].flatMap(([place, holder]) => {
    const { document } = holder.source as Source
    return known.has(document) ? [] : [`${place} cites document ${document}, which sources does not name`]
  })
}

function wordingFaults(plan: Plan): string[] {
  return [...holders(plan, 'wordings')].flatMap(([place, holder]) => {
    const { wordings, shown, why, translations } = holder as Printed
    const problems: string[] = []
    if (shown >= wordings.length)
      problems.push(`${place}: shown is ${shown}, but there are ${wordings.length} wordings`)
    if (wordings.length > 1 && !why)
      problems.push(`${place}: has several wordings, so "why" must say why one is shown`)
    if (translations && plan.language in translations)
      problems.push(`${place}: translations holds ${plan.language}, the language of the documents`)
    return problems
  })
}

function nameFaults(plan: Plan): string[] {
  const problems: string[] = []
  const owners = new Map<string, string>()
  for (const { code, name, aliases } of plan.priorities) {
    if (name[plan.language] !== aliases[0]?.words)
      problems.push(`priority ${code}: its name in ${plan.language} is not the first of its aliases`)
    for (const form of [code, ...aliases.map(({ words }) => words)]) {
      const owner = owners.get(resembles(form))
      if (owner && owner !== code)
        problems.push(`priority ${code}: "${form}" is also a name of priority ${owner}`)
      owners.set(resembles(form), code)
    }
  }
  return problems
}

function figureFaults(plan: Plan): string[] {
  const problems: string[] = []
  if (plan.years.to < plan.years.from)
    problems.push(`years: the plan ends in ${plan.years.to}, before it begins`)
  for (const { code, comparison, target, unit } of plan.goals) {
    const given = [comparison, target, unit].filter((part) => part !== null).length
    if (given !== 0 && given !== 3)
      problems.push(`goal ${code}: comparison, target and unit stand together or not at all`)
  }
  const asked = [
    ...plan.goals,
    ...plan.priorities.flatMap((one) => one.strategies.flatMap((s) => s.indicators)),
  ]
  for (const { code, perception, populations } of asked) {
    if (perception && populations.length === 0)
      problems.push(`${code}: is a matter of perception, but does not say whom to ask`)
    if (!perception && populations.length > 0)
      problems.push(`${code}: names whom to ask, but is not a matter of perception`)
  }
  return problems
}
