import { findElement } from '../../plan/elements.ts'
import { textOf } from '../../plan/plan.ts'
import type { Words } from '../reader.ts'
import { readChanges } from './changes.ts'
import type { PlanReport } from './compose.ts'
import { inPriority, type PriorityBlock, priorityBlock } from './dashboardPage.ts'
import { elementAddress, type IndicatorLine, indicatorLine } from './indicatorLine.ts'
import { type GapLine, gapLines, type ItemLine, itemLine } from './itemLines.ts'
import { headOf, type PlanHead, type PlanTold, planCrumb } from './pages.ts'
import type { Teller } from './say.ts'

/** views/report/priority.ejs */
export type PriorityPage = PlanHead & {
  block: PriorityBlock
  statement: Words | null
  items: ItemLine[]
  plan: string
}

/** views/report/strategy.ejs */
export type StrategyPage = PlanHead & {
  code: string
  indicators: IndicatorLine[]
  items: ItemLine[]
  gaps: GapLine[]
  actions: { code: string; text: Words }[]
  plan: string
}

/** Undefined where the plan has no such priority. */
export function priorityPage(
  report: PlanReport,
  code: string,
  told: PlanTold,
  teller: Teller,
): PriorityPage | undefined {
  const { reader } = teller
  const { plan, query } = report
  const priority = plan.priorities.find((one) => one.code === code)
  if (!priority) return undefined
  const read = readChanges(report.indicators.filter(({ place }) => place.priority === code))
  return {
    ...headOf(report, told, reader, {
      title: reader.words(priority.name),
      path: elementAddress(plan.id, code, ''),
      crumbs: [planCrumb(report, reader)],
    }),
    block: priorityBlock(report, code, read, teller),
    statement: reader.words(textOf(priority.statement.text, plan.language)),
    items: sorted(report, inPriority(code)).map((one) => itemLine(one, query, reader)),
    plan: `/plans/${plan.id}#${code}`,
  }
}

/** Undefined where the plan has no such strategy. */
export function strategyPage(
  report: PlanReport,
  code: string,
  told: PlanTold,
  teller: Teller,
): StrategyPage | undefined {
  const { reader } = teller
  const { plan, query } = report
  const priority = plan.priorities.find(({ strategies }) => strategies.some((one) => one.code === code))
  const strategy = priority?.strategies.find((one) => one.code === code)
  if (!priority || !strategy) return undefined
  const own = report.indicators.filter(({ place }) => place.strategy === code)
  const read = readChanges(own)
  const within = ({ places }: { places: { strategy: string | null }[] }) =>
    places.some((place) => place.strategy === code)
  const element = findElement(plan, code)
  return {
    ...headOf(report, told, reader, {
      title: element ? reader.words(element.text) : reader.own(code),
      path: elementAddress(plan.id, code, ''),
      crumbs: [
        planCrumb(report, reader),
        { href: elementAddress(plan.id, priority.code, query), label: reader.words(priority.name) },
      ],
    }),
    code,
    indicators: own.map((one) => indicatorLine(report, one, read, teller)),
    items: sorted(report, within).map((one) => itemLine(one, query, reader)),
    gaps: gapLines(report, within, reader, 5),
    actions: strategy.actions.map((action) => ({
      code: action.code,
      text: reader.words(textOf(action.text, plan.language)),
    })),
    plan: `/plans/${plan.id}#${code}`,
  }
}

/** Most favorable first; what is not shown last. */
const sorted = (report: PlanReport, within: (one: PlanReport['items'][number]) => boolean) =>
  report.items
    .filter(within)
    .toSorted((a, b) => (b.item.summary?.share ?? -1) - (a.item.summary?.share ?? -1))
