import { wilson } from '../../climate/wilson.ts'
import type { Enrolment } from '../../district/enrolment.ts'
import { sayDate } from '../../language/format.ts'
import type { Reader } from '../reader.ts'
import type { Report } from '../report.ts'
import type { ReportSource } from '../source.ts'
import { type Weighted, weightsOf } from '../weights/weighted.ts'
import type { WeightingShown } from '../weights/weightingShown.ts'
import type { PlanReport } from './compose.ts'
import { figureOf, type Line, type Progress } from './progress.ts'

/**
 * Weights on the pages of a plan: of the latest wave alone, beside the numbers without. A change is never worked out of
 * weighted shares: each survey is weighted by what its own answers and table of enrollment allow (schools in one, levels
 * in another), so that it would be a change of weights too; and the tests of change are of people counted, not weighed.
 */
export type PlanWeights = { source: ReportSource; weighted: Weighted }[]

/** `enrolments`: the table that each survey is held against. */
export const planWeights = (
  read: readonly { source: ReportSource; report: Report }[],
  enrolments: ReadonlyMap<ReportSource, Enrolment | undefined>,
): PlanWeights =>
  read.map(({ source, report }) => ({
    source,
    weighted: weightsOf(report, source, enrolments.get(source)),
  }))

/** The share of a line's latest wave with weights: what the reports of its survey tell of its statements, and no more. */
export type LineWeights = {
  share: number
  low: number
  high: number
  effective: number
  designEffect: number
}

/**
 * Null where it has none: several surveys are added up, or one of which only a part answered it, since weights are of
 * everybody; people who said yes to several statements at once; or a share that would tell of a small group.
 */
export function lineWeights(
  weights: PlanWeights | null,
  { plan, definition }: Pick<Progress, 'plan' | 'definition'>,
  { population, latest }: Line,
): LineWeights | null {
  if (!weights || !latest || definition.rule === 'all') return null
  const asked = weights.flatMap(({ source, weighted }) => {
    const found = figureOf(plan, definition, source, null).populations.find(
      (one) => one.code === population && one.asked,
    )
    return found ? [{ weighted, parts: found.parts }] : []
  })
  const [only] = asked
  const made = only?.weighted.made
  if (!only || !made || asked.length > 1 || only.parts.length !== definition.parts.length) return null
  const figures = only.parts.map(({ question, item, n, share }) =>
    // The same base and the same share: everybody who answered it is of this population.
    only.weighted.figures.find(
      (one) => one.question === question && one.item === item && one.n === n && one.share === share,
    ),
  )
  const shares = figures.flatMap((one) => one?.weighted ?? [])
  const [first, ...others] = shares
  if (!first || shares.length < figures.length) return null
  const { designEffect } = made
  if (others.length === 0) {
    const { share, low, high, effective } = first
    return { share, low, high, effective, designEffect }
  }
  const share = shares.reduce((sum, one) => sum + one.share, 0) / shares.length
  const effective = Math.min(...shares.map((one) => one.effective))
  const interval = wilson(share * effective, effective)
  return interval && { share, ...interval, effective, designEffect }
}

/** A weighted share in words, beside the one without; null where the page is read without weights. */
export function sayLineWeights(
  { weights }: Pick<PlanReport, 'weights'>,
  progress: Pick<Progress, 'plan' | 'definition'>,
  line: Line,
  { t, percent, number, decimal }: Reader,
): string | null {
  if (!weights || !line.latest) return null
  const found = lineWeights(weights, progress, line)
  if (!found) return t('dashboard.weighted.not')
  return t('dashboard.weighted.is', {
    share: percent(found.share),
    low: percent(found.low),
    high: percent(found.high),
    n: number(found.effective),
    effect: decimal(found.designEffect),
  })
}

/** What the head of a page says of weights. `path`: the page without its query; `narrow`: for who reads of some schools alone. */
export function planWeighting(
  { weights, query, plain, reports }: Pick<PlanReport, 'weights' | 'query' | 'plain' | 'reports'>,
  { path, narrow }: { path: string; narrow: boolean },
  reader: Reader,
): WeightingShown {
  const { t, list, decimal, lang } = reader
  const on = `${path}${plain}${plain === '' ? '?' : '&'}weighted=1`
  const more = `/reports/${reports[0]?.survey.slug ?? ''}/weights`
  if (!weights) return { on: false, offered: !narrow, href: on, why: null, facts: [], more }
  const href = `${path}${plain}`
  const made = weights.find(({ weighted }) => weighted.made)
  const [none] = weights
  if (!made) {
    const why = t(`weights.why.${none?.weighted.why ?? 'nobody'}`)
    return { on: query !== plain, offered: false, href, why, facts: [], more }
  }
  return {
    on: true,
    offered: false,
    href,
    why: null,
    facts: [
      t('dashboard.weighted.beside'),
      t('dashboard.weighted.change'),
      ...weights.map(({ source, weighted }) => {
        const survey = reader.words(source.questionnaire.title).words
        if (!weighted.made)
          return t('dashboard.weighted.without', {
            survey,
            why: t(`weights.why.${weighted.why ?? 'refused'}`),
          })
        const { by, enrolment, designEffect } = weighted.made
        return t('dashboard.weighted.by', {
          survey,
          by: list(by.map((one) => t(`watching.column.${one}`))),
          day: sayDate(lang, Date.parse(enrolment.asOf), { dateStyle: 'long', timeZone: 'UTC' }),
          effect: decimal(designEffect),
        })
      }),
    ],
    more: `/reports/${made.source.survey.slug}/weights`,
  }
}
