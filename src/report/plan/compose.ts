import type { Enrolment } from '../../district/enrolment.ts'
import type { Crosswalk } from '../../plan/crosswalk.ts'
import { findElement } from '../../plan/elements.ts'
import type { Plan } from '../../plan/plan.ts'
import { type EquityRow, equityOf } from '../equity/equity.ts'
import { composeReport, type QuestionReport, type Report } from '../report.ts'
import type { RatedItem } from '../result.ts'
import type { ReportSource } from '../source.ts'
import type { IndicatorDefinitions } from './indicatorDefinition.ts'
import { type Place, placeOf } from './places.ts'
import { type PlanWeights, planWeights } from './planWeights.ts'
import { type Progress, progressOf } from './progress.ts'
import type { SameQuestion } from './sameAsked.ts'
import type { Wave } from './waves.ts'

/** One rated item of a survey, with what it says of the plan. */
export type PlacedItem = {
  report: Report
  question: QuestionReport
  item: RatedItem
  places: (Place & { code: string })[]
}

/** An indicator with its place in the plan that is read; `comparison`: of all schools, where one school is read. */
export type PlacedProgress = Progress & { place: Place; comparison: Progress | null }

/** What surveys say of a plan. */
export type PlanReport = {
  plan: Plan
  plans: readonly Plan[]
  school: string | null
  /** The school and the weights as they travel from page to page; `plain`: without weights. */
  query: string
  plain: string
  /** Of the latest wave, where they are asked for. */
  weights: PlanWeights | null
  waves: readonly Wave[]
  /** Of the latest wave, newest survey last. */
  reports: Report[]
  indicators: PlacedProgress[]
  items: PlacedItem[]
  /** Rankings and choices between parts of the plan, with the place of each option. */
  choices: { report: Report; question: QuestionReport; places: Map<string, Place & { code: string }> }[]
  /** Widest gaps between groups, of all items of the latest wave. */
  gaps: (EquityRow & { report: Report; places: (Place & { code: string })[] })[]
}

export type PlanInput = {
  plan: Plan
  plans: readonly Plan[]
  crosswalk: Crosswalk | null
  measures: ReadonlyMap<string, IndicatorDefinitions>
  waves: readonly Wave[]
  school: string | null
  query: string
  /** Where weights are asked for: the enrollment that each survey of the latest wave is held against. */
  enrolments?: ReadonlyMap<ReportSource, Enrolment | undefined> | undefined
  /** What the office says is asked the same again, of all series. */
  same?: readonly SameQuestion[]
}

const composed = new WeakMap<ReportSource, Map<string, { report: Report; gaps: EquityRow[] }>>()

/** The report of a survey as the source lets it be read; this page shows no comments. */
function reportOf(source: ReportSource, school: string | null): { report: Report; gaps: EquityRow[] } {
  const kept = composed.get(source) ?? new Map<string, { report: Report; gaps: EquityRow[] }>()
  composed.set(source, kept)
  const found = kept.get(school ?? '')
  if (found) return found
  const report = composeReport(source, { school, group: null })
  const made = { report, gaps: equityOf(report) }
  kept.set(school ?? '', made)
  return made
}

/** Everything that the pages of a plan tell, from the counts of the surveys in its waves. */
export function composePlan({
  plan,
  plans,
  crosswalk,
  measures,
  waves,
  school,
  query,
  enrolments,
  same = [],
}: PlanInput): PlanReport {
  const planOf = (id: string | undefined) => plans.find((one) => one.id === id)
  const place = (from: string | undefined, code: string) => {
    const found = placeOf(plan, planOf(from), code, crosswalk)
    return found ? [{ ...found, code }] : []
  }
  const read = (waves.at(-1)?.sources ?? []).map((source) => ({ source, ...reportOf(source, school) }))
  const asked = read.flatMap(({ report }) =>
    report.sections.flatMap(({ questions }) => questions.map((question) => ({ report, question }))),
  )
  const items = asked.flatMap(({ report, question }): PlacedItem[] => {
    const { result, outline } = question
    if (result?.measure !== 'points') return []
    return result.items.map((item) => {
      const cites = outline.items?.find(({ code }) => code === item.code)?.cites ?? []
      const all = [...new Set([...cites, ...(question.question.cites ?? [])])]
      return {
        report,
        question,
        item,
        places: all.flatMap((code) => place(report.questionnaire.plan, code)),
      }
    })
  })
  const found = (slug: string, question: string, item: string) =>
    items.find(
      (one) =>
        one.report.survey.slug === slug && one.question.question.code === question && one.item.code === item,
    )?.places ?? []
  return {
    plan,
    plans,
    school,
    query: enrolments ? `${query}${query === '' ? '?' : '&'}weighted=1` : query,
    plain: query,
    weights: enrolments ? planWeights(read, enrolments) : null,
    waves,
    reports: read.map(({ report }) => report),
    indicators: [...measures].flatMap(([id, { indicators }]) =>
      indicators.flatMap((definition) =>
        place(id, definition.code).map((where) => ({
          ...progressOf(id, definition, waves, school, same),
          place: where,
          comparison: school === null ? null : progressOf(id, definition, waves, null, same),
        })),
      ),
    ),
    items,
    choices: asked.flatMap(({ report, question }) => {
      const places = new Map(
        (question.outline.options ?? []).flatMap(({ code, cites = [] }) =>
          cites
            .flatMap((one) => place(report.questionnaire.plan, one))
            .slice(0, 1)
            .map((where) => [code, where] as const),
        ),
      )
      return places.size > 1 && question.result ? [{ report, question, places }] : []
    }),
    gaps: read
      .flatMap(({ report, gaps }) =>
        gaps.map((gap) => ({
          ...gap,
          report,
          places: found(report.survey.slug, gap.question, gap.item),
        })),
      )
      .sort((a, b) => b.difference - a.difference),
  }
}

/** The plan and element that an indicator is defined by. */
export const elementOf = ({ plans }: Pick<PlanReport, 'plans'>, { plan, definition }: Progress) => {
  const own = plans.find(({ id }) => id === plan)
  const element = own && findElement(own, definition.code)
  return own && element ? { plan: own, element } : undefined
}
