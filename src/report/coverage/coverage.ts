import type { Text } from '../../language/text.ts'
import { elements, type PlanElement } from '../../plan/elements.ts'
import type { Part, PlanParts } from '../../plan/parts.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Bank, BankItem } from '../../questionnaire/bank/bank.ts'
import { type Ask, asksOf, type CoveredSurvey } from './asks.ts'

/** A half of an element for one population: what must be asked of all its groups. */
export type Need = {
  part: Part | undefined
  /** The population as the plan names it; undefined where the plan names none. */
  population: string | undefined
  asks: Ask[]
  /** Groups of the population that nobody asks. */
  missing: string[]
  /** The same people are asked twice or more. */
  twice: boolean
  /** Items of the bank that would fill what is missing, by code. */
  fills: string[]
}

/**
 * How an element stands. measured: every half, of everyone. half: something is missing. none: nobody is asked.
 * asked: it does not rest on asking people, but they are asked about it. other: nor are they. later: the school year
 * does not take it up.
 */
export type Standing = 'measured' | 'half' | 'none' | 'asked' | 'other' | 'later'

export type CoverageRow = {
  kind: PlanElement['kind']
  code: string
  text: Text
  standing: Standing
  needs: Need[]
  /** Everything that measures it, whatever half. */
  asks: Ask[]
  /** What cites it without saying which half it measures. */
  unsaid: Ask[]
}

export type Coverage = {
  /** The plan prints indicators or goals that rest on perception; if not, its strategies are looked at. */
  by: 'perception' | 'strategy'
  /** `code` null: what the plan puts under no priority. */
  priorities: { code: string | null; name: Text; rows: CoverageRow[] }[]
  /** For each survey that names this plan, what it asks that measures nothing of it. */
  surveys: { survey: CoveredSurvey; asks: number; beside: Ask[] }[]
  /** Surveys of another plan: only their items from the bank count here. */
  others: CoveredSurvey[]
  /** Codes of what is to be measured, by standing. */
  sums: { all: string[]; measured: string[]; half: string[]; none: string[]; twice: string[] }
}

export type CoverageInput = {
  plan: Plan
  parts: PlanParts | undefined
  bank: Bank
  surveys: readonly CoveredSurvey[]
  /** Codes of the district's groups. */
  groups: readonly string[]
  /** A school year of the plan, such as "2018-2019": what it does not take up is no gap. */
  year?: string | undefined
}

/** Which parts of a plan are measured by which items of which surveys, and which items measure nothing of it. */
export function coverage(input: CoverageInput): Coverage {
  const { plan, bank, surveys, groups, year } = input
  const asks = surveys.flatMap((survey) => asksOf(survey, { plan: plan.id, bank, groups }))
  const all = elements(plan)
  const by = all.some(({ perception }) => perception) ? 'perception' : 'strategy'
  const taken = plan.schoolYears.find((one) => one.year === year)?.planned.elements
  const wanted = (element: PlanElement) =>
    by === 'perception' ? element.perception : element.kind === 'strategy'
  const listed = all.filter(
    (element) =>
      ['indicator', 'goal'].includes(element.kind) ||
      (element.kind === 'strategy' && (by === 'strategy' || cited(element, asks).length > 0)) ||
      (['priority', 'action'].includes(element.kind) && cited(element, asks).length > 0),
  )
  const rows = listed.map((element): [PlanElement, CoverageRow] => {
    const row = wanted(element) ? wantedRow(element, asks, all, input) : besideRow(element, asks)
    // Goals stand for the whole plan; a year takes up strategies, actions and indicators.
    const later =
      taken !== undefined && element.kind !== 'goal' && wanted(element) && !takenUp(element, taken)
    return [element, later && row.standing !== 'measured' ? { ...row, standing: 'later' } : row]
  })
  const within = (code: string | null) =>
    rows.filter(([element]) => element.priority === code).map(([, row]) => row)
  const loose = within(null)
  const counted = rows.filter(([element, row]) => wanted(element) && row.standing !== 'later')
  const codes = (...standings: Standing[]) =>
    counted.filter(([, row]) => standings.includes(row.standing)).map(([{ code }]) => code)
  return {
    by,
    priorities: [
      ...plan.priorities.map(({ code, name }) => ({ code, name, rows: within(code) })),
      ...(loose.length > 0 ? [{ code: null, name: {}, rows: loose }] : []),
    ],
    surveys: surveys
      .filter(({ questionnaire }) => questionnaire.plan === plan.id)
      .map((survey) => {
        const own = asks.filter((ask) => ask.survey === survey)
        return {
          survey,
          asks: own.length,
          beside: own.filter(({ measures, about }) => measures.length + about.length === 0),
        }
      }),
    others: surveys.filter(({ questionnaire }) => questionnaire.plan !== plan.id),
    sums: {
      all: codes('measured', 'half', 'none'),
      measured: codes('measured'),
      half: codes('half'),
      none: codes('none'),
      twice: counted.filter(([, { needs }]) => needs.some(({ twice }) => twice)).map(([{ code }]) => code),
    },
  }
}

/** An indicator is taken up when it is named, or what stands above or below it is a strategy that is named. */
const takenUp = ({ code, kind }: PlanElement, taken: string[]): boolean =>
  taken.includes(code) || (kind === 'strategy' && taken.some((one) => one.startsWith(`${code}.`)))

const cited = (element: PlanElement, asks: Ask[]): Ask[] =>
  asks.filter(
    ({ measures, about }) =>
      about.includes(element.code) || measures.some(({ code }) => code === element.code),
  )

const besideRow = (element: PlanElement, asks: Ask[]): CoverageRow => {
  const found = cited(element, asks)
  const { kind, code, text } = element
  return {
    kind,
    code,
    text,
    standing: found.length > 0 ? 'asked' : 'other',
    needs: [],
    asks: found,
    unsaid: [],
  }
}

/** The row of an element that is to be measured by asking. */
function wantedRow(
  element: PlanElement,
  asks: Ask[],
  all: PlanElement[],
  { plan, parts, bank, groups }: CoverageInput,
): CoverageRow {
  const { kind, code, text } = element
  // A strategy is measured by what measures its actions, too.
  const codes = new Set(
    kind === 'strategy' ? all.filter(({ strategy }) => strategy === code).map((one) => one.code) : [code],
  )
  const found = asks.filter(
    ({ measures, about, open }) =>
      (kind === 'strategy' && about.includes(code)) ||
      // Words say what people think, but give no share of them.
      ((!open || kind === 'strategy') && measures.some((one) => codes.has(one.code))),
  )
  const split = parts?.elements[code]
  const populations = populationsOf(plan, code)
  const partOf = (ask: Ask, part: Part | undefined) =>
    part === undefined || ask.measures.some((one) => one.code === code && one.part === part.code)
  const needs = (split ?? [undefined]).flatMap((part) =>
    (populations.length > 0 ? populations : [undefined]).map((population): Need => {
      const who =
        population === undefined
          ? undefined
          : (parts?.populations[population] ?? []).filter((one) => groups.includes(one))
      const here = found.filter(
        (ask) => partOf(ask, part) && (!who?.length || ask.groups.some((group) => who.includes(group))),
      )
      const missing = who?.filter((group) => !here.some((ask) => ask.groups.includes(group))) ?? []
      const short = here.length === 0 || missing.length > 0
      return {
        part,
        population,
        asks: here,
        missing,
        twice: kind !== 'strategy' && twice(here, who),
        fills: short
          ? bank.items.filter(fits(bank, plan.id, codes, part, missing)).map((one) => one.code)
          : [],
      }
    }),
  )
  const full = needs.every((need) => need.asks.length > 0 && need.missing.length === 0)
  const unsaid = split
    ? found.filter((ask) => ask.measures.some((one) => one.code === code && one.part === undefined))
    : []
  const standing = full ? 'measured' : found.length > 0 ? 'half' : 'none'
  return { kind, code, text, standing, needs, asks: found, unsaid }
}

const populationsOf = (plan: Plan, code: string): string[] =>
  [
    ...plan.goals,
    ...plan.priorities.flatMap(({ strategies }) => strategies.flatMap(({ indicators }) => indicators)),
  ].find((one) => one.code === code)?.populations ?? []

/** Whether two of them reach the same people: a group, and of students the same age. */
function twice(asks: Ask[], who: string[] | undefined): boolean {
  const reached = (ask: Ask) => ask.groups.filter((group) => !who?.length || who.includes(group))
  return asks.some((one, at) =>
    asks.slice(at + 1).some((other) => {
      const [a, b] = [one.survey.questionnaire.readers, other.survey.questionnaire.readers]
      return (a === b || !a || !b) && reached(one).some((group) => reached(other).includes(group))
    }),
  )
}

const fits =
  (bank: Bank, plan: string, codes: ReadonlySet<string>, part: Part | undefined, missing: string[]) =>
  (item: BankItem): boolean =>
    item.measures.some(
      (one) => one.plan === plan && codes.has(one.code) && (part === undefined || one.part === part.code),
    ) &&
    (missing.length === 0 ||
      item.audiences.some((audience) => bank.audiences[audience].some((group) => missing.includes(group))))
