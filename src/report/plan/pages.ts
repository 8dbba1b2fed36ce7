import type { Commitment } from '../../commitment/commitment.ts'
import type { Text } from '../../language/text.ts'
import { byMachine } from '../../plan/plan.ts'
import { type Maker, sayManifest } from '../manifest.ts'
import type { Link, SelectOption } from '../page.ts'
import { axisOf, type Reader, type Words } from '../reader.ts'
import type { ChartRow } from '../rows.ts'
import type { WeightingShown } from '../weights/weightingShown.ts'
import type { PlanReport } from './compose.ts'
import type { DashboardPage } from './dashboardPage.ts'
import type { IndicatorPage } from './indicatorPage.ts'
import { planManifest } from './json.ts'
import { planWeighting } from './planWeights.ts'
import type { PriorityPage, StrategyPage } from './priorityPage.ts'
import { planName } from './say.ts'

/** What every page of a plan has at its head. */
export type PlanHead = {
  title: Words
  sample: boolean
  asOf: string
  crumbs: Link[]
  said: string
  filtered: boolean
  action: string
  everyone: string
  groups: SelectOption[]
  schools: SelectOption[]
  /** Whose reading decides what belongs where, in the plan's own language. */
  statements: Words[]
  /** The words of the plan are a machine's in the reader's language. */
  machine: boolean
  /** The smallest group that any of the surveys shows. */
  minimum: string
  manifest: { term: string; words: string }[]
  weighting: WeightingShown
  /** The ends and the middle of the charts' scale, in words. */
  axis: string[]
}

/** Schools to choose from, and what the reader may read. */
export type PlanTold = {
  maker: Maker
  asOf: string
  schools: { code: string; label: Record<string, string> }[]
  /** True where the reader sees some schools only. */
  narrow: boolean
  statements: Text[]
  /** What the district has said it does, of the surveys of the latest wave. */
  promised: { slug: string; commitment: Commitment }[]
}

export type PlanReportPages = {
  'report/plan': DashboardPage
  'report/priority': PriorityPage
  'report/strategy': StrategyPage
  'report/indicator': IndicatorPage
}

export type { ChartRow }

export const dashboardAddress = ({ plan, query }: Pick<PlanReport, 'plan' | 'query'>): string =>
  `/reports/plan/${plan.id}${query}`

/** The head of a page. `crumbs`: the pages between the plan and this one; `path`: the address without its query. */
export function headOf(
  report: PlanReport,
  told: PlanTold,
  reader: Reader,
  page: { title: Words; path: string; crumbs: Link[] },
): PlanHead {
  const chosen = told.schools.find(({ code }) => code === report.school)
  return {
    title: page.title,
    sample: report.waves.some(({ sources }) => sources.some(({ survey }) => survey.sample)),
    asOf: told.asOf,
    crumbs: page.crumbs,
    said: chosen ? reader.words(chosen.label).words : reader.t('dashboard.allSchools'),
    filtered: report.school !== null,
    action: page.path,
    everyone: told.narrow ? `${page.path}?school=` : page.path,
    groups: [],
    schools: told.schools.map(({ code, label }) => ({
      code,
      label: reader.words(label),
      selected: code === report.school,
      disabled: false,
    })),
    minimum: reader.number(
      Math.max(0, ...report.waves.flatMap(({ sources }) => sources.map(({ survey }) => survey.minimumGroup))),
    ),
    manifest: sayManifest(planManifest(report, told.maker), reader),
    statements: told.statements.map((text) => reader.words(text)),
    machine: byMachine(report.plan, reader.lang),
    weighting: planWeighting(report, { path: page.path, narrow: told.narrow }, reader),
    axis: axisOf(reader),
  }
}

/** The crumb of the whole plan. */
export const planCrumb = (report: PlanReport, reader: Reader): Link => ({
  href: dashboardAddress(report),
  label: planName(report.plan, reader),
})
