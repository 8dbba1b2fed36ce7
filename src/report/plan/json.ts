import { guardCell } from '../../response/formula.ts'
import { type Maker, type Manifest, manifestOf } from '../manifest.ts'
import { type ReadChanges, readChanges } from './changes.ts'
import type { PlacedProgress, PlanReport } from './compose.ts'
import { elementOf } from './compose.ts'
import { lineWeights } from './planWeights.ts'
import type { Change, ToldFigure, WaveFigure } from './progress.ts'

const figure = ({ n, count, share, low, high, suppressed, bound }: ToldFigure) => ({
  n,
  count,
  share,
  low,
  high,
  ...(suppressed && { suppressed }),
  ...(bound && { suppressed: true, bound }),
})

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** A plan's indicators over all waves, and the latest wave's statements and gaps: codes and numbers only. */
export function planJson(report: PlanReport): object {
  const { plan, school, waves, indicators, items, gaps } = report
  const read = readChanges(indicators)
  return {
    plan: plan.id,
    school,
    waves: waves.map(({ key, at, sources }) => ({
      wave: key,
      began: day(at),
      surveys: sources.map(({ survey }) => survey.slug),
    })),
    ...(report.weights && {
      weights: report.weights.map(({ source, weighted: { why, made } }) => ({
        survey: source.survey.slug,
        why,
        ...made,
      })),
    }),
    indicators: indicators.map(({ plan: of, definition, place, lines }) => ({
      plan: of,
      code: definition.code,
      priority: place.priority,
      statistic: definition.statistic,
      rule: definition.rule,
      populations: lines.map((line) => ({
        population: line.population,
        waves: line.waves
          .filter(({ asked }) => asked)
          .map((one) => ({
            wave: one.wave,
            ...figure(one),
            ...(report.weights &&
              one === line.latest && {
                weighted: lineWeights(report.weights, { plan: of, definition }, line),
              }),
            parts: one.parts.map((part) => ({ code: part.code, ...figure(part) })),
          })),
        change: line.change && changeJson(line.change, read),
        broken: line.broken,
        ...(line.same.length > 0 && { same: line.same }),
      })),
    })),
    items: items
      .filter(({ places }) => places.length > 0)
      .map(({ report: { survey }, question, item, places }) => ({
        survey: survey.slug,
        question: question.question.code,
        item: item.code,
        priorities: [...new Set(places.map(({ priority }) => priority))],
        n: item.summary?.n ?? null,
        share: item.summary?.share ?? null,
        ...(item.bound && { bound: item.bound }),
      })),
    gaps: gaps
      .filter(({ places }) => places.length > 0)
      .map(({ report: { survey }, places: _, ...gap }) => ({ survey: survey.slug, ...gap })),
  }
}

function changeJson(change: Change, read: ReadChanges) {
  const { from, to, difference, low, high, count, p, test, partial } = change
  const found = read.get(change)
  return {
    from,
    to,
    difference,
    low,
    high,
    count,
    p,
    test,
    holm: found?.holm ?? null,
    beyondChance: found?.beyondChance ?? false,
    partial,
  }
}

/** How the pages of a plan came to be. `told`: planJson, where it is there already. The fingerprint is over the numbers without weights. */
export function planManifest(report: PlanReport, maker: Maker, told?: unknown): Manifest {
  const sources = report.waves.flatMap((wave) => wave.sources)
  return manifestOf(
    (!report.weights && told) || planJson({ ...report, weights: null }),
    {
      surveys: sources.map(({ survey, veil }) => ({
        slug: survey.slug,
        version: survey.version,
        responses: veil('', { school: report.school, group: null }),
      })),
      filter: { school: report.school, group: null },
      minimumGroup: Math.max(0, ...sources.map(({ survey }) => survey.minimumGroup)),
      several: report.weights?.map(({ source, weighted }) => ({ survey: source.survey.slug, weighted })),
    },
    maker,
  )
}

const head = [
  'plan',
  'indicator',
  'text',
  'statistic',
  'population',
  'wave',
  'began',
  'n',
  'count',
  'share',
  'low',
  'high',
  'told',
  'change',
  'change_low',
  'change_high',
  'p_holm',
  'beyond_chance',
]

/** Indicators as rows of a CSV, head first: one for each population and wave. `code`: of one indicator alone. */
export function indicatorRows(report: PlanReport, code?: string): string[][] {
  const wanted = report.indicators.filter((one) => code === undefined || one.definition.code === code)
  const read = readChanges(wanted)
  return [head, ...wanted.flatMap((one) => rowsOf(report, one, read)).map((row) => row.map(guardCell))]
}

const cell = (value: number | string | null | undefined): string =>
  value === null || value === undefined ? '' : String(value)

/** Whether a figure stands there, or why it does not. */
const standing = ({ suppressed, bound, share }: WaveFigure): string => {
  if (bound)
    return 'under' in bound
      ? `<${bound.under}`
      : 'over' in bound
        ? `>${bound.over}`
        : `${bound.from}-${bound.to}`
  return suppressed ? 'suppressed' : share === null ? 'nobody' : 'yes'
}

function rowsOf(report: PlanReport, progress: PlacedProgress, read: ReadChanges): string[][] {
  const { plan, definition, lines } = progress
  const known = elementOf(report, progress)
  const text = known?.element.text[known.plan.language] ?? ''
  return lines.flatMap(({ population, waves, change }) =>
    waves
      .filter(({ asked }) => asked)
      .map((one) => {
        const found = change?.to === one.wave ? read.get(change) : undefined
        return [
          plan,
          definition.code,
          text,
          definition.statistic,
          population,
          one.wave,
          day(one.at),
          cell(one.n),
          cell(one.count),
          cell(one.share),
          cell(one.low),
          cell(one.high),
          standing(one),
          cell(found?.difference),
          cell(found?.low),
          cell(found?.high),
          cell(found?.holm),
          found ? (found.beyondChance ? 'yes' : 'no') : '',
        ]
      }),
  )
}
