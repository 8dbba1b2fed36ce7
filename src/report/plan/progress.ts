import { wilson } from '../../climate/wilson.ts'
import type { ReportSource } from '../source.ts'
import {
  addFigures,
  changeBetween,
  type Figured,
  type IndicatorChange,
  type IndicatorFigure,
  indicatorOf,
  type PopulationFigure,
} from './indicator.ts'
import type { IndicatorDefinition } from './indicatorDefinition.ts'
import { type Asking, askingOf, classesOf, type SameQuestion } from './sameAsked.ts'
import type { Wave } from './waves.ts'

/** A figure as it may be told: of few people near none or all only a bound, and then nothing else but `n`. */
export type ToldFigure = Figured

/** A population at one time. `asked` false: no survey of the wave asks it all parts. */
export type WaveFigure = ToldFigure & {
  wave: string
  at: number
  asked: boolean
  parts: (ToldFigure & { code: string })[]
}

/**
 * From one wave to another, both by key. Only what both asked in the same words, with the same answers to choose from
 * and of the same readers is compared: `before` and `after` are of that, and `partial` tells that it is not all.
 */
export type Change = IndicatorChange & {
  from: string
  to: string
  before: ToldFigure
  after: ToldFigure
  partial: boolean
}

/** One population over all waves. `change`: since the wave before; `sinceFirst`: since the baseline, if that is another. */
export type Line = {
  population: string
  waves: WaveFigure[]
  latest: WaveFigure | null
  baseline: WaveFigure | null
  change: Change | null
  sinceFirst: Change | null
  /** Keys of waves that cannot be set beside the one before them, since they asked otherwise. */
  broken: string[]
  /** Waves that ask otherwise than before although the office says that it is the same, with its reason. */
  same: { wave: string; reason: string }[]
}

/** How an indicator went. `lines`: each population apart, then all `together` where there are several. */
export type Progress = { plan: string; definition: IndicatorDefinition; lines: Line[] }

export const TOGETHER = 'together'

/** Figures are asked for by several pages while the same counts are kept. */
const known = new WeakMap<ReportSource, Map<string, IndicatorFigure>>()

export function figureOf(
  plan: string,
  definition: IndicatorDefinition,
  source: ReportSource,
  school: string | null,
): IndicatorFigure {
  const kept = known.get(source) ?? new Map<string, IndicatorFigure>()
  known.set(source, kept)
  const key = JSON.stringify([plan, definition.code, school])
  const found = kept.get(key) ?? indicatorOf(definition, source, school)
  kept.set(key, found)
  return found
}

/** An indicator of `plan` over the waves, of one school or of all (null). */
export function progressOf(
  plan: string,
  definition: IndicatorDefinition,
  waves: readonly Wave[],
  school: string | null = null,
  same: readonly SameQuestion[] = [],
): Progress {
  const read = waves.map((wave) => ({
    wave,
    figures: wave.sources.map((source) => ({
      source,
      figure: figureOf(plan, definition, source, school),
    })),
  }))
  const exact = definition.populations.map(({ code }) => ({
    population: code,
    waves: classed(
      read.map(({ wave, figures }) => ({ wave, ...populationIn(definition, code, figures) })),
      same,
    ),
  }))
  const several = exact.length > 1 && definition.rule !== 'mean'
  const whole = read.map(({ wave }, at): Exact => {
    const own = exact.flatMap(({ population, waves: all }) => {
      const one = all[at]
      return one ? [{ population, ...one }] : []
    })
    const asked = own.every((one) => one.asked)
    const by = asked
      ? own.flatMap(({ population, by: each }) =>
          each.map((one) => ({ ...one, asking: `${population} ${one.asking}` })),
        )
      : []
    return { wave, asked, figure: addFigures(by.map(({ figure }) => figure)), by, parts: [] }
  })
  const all = several ? [...exact, { population: TOGETHER, waves: whole }] : exact
  return { plan, definition, lines: all.map(({ population, waves: own }) => lineOf(population, own)) }
}

type Exact = {
  wave: Wave
  asked: boolean
  figure: Figured
  /** Each survey by itself. `asking` is the same only where they ask the same; `reasons` as in SameAsked. */
  by: { asking: string; figure: Figured; reasons: readonly string[] }[]
  parts: { code: string; figure: Figured }[]
}

type Unclassed = Omit<Exact, 'wave' | 'by'> & { by: { asking: Asking; figure: Figured }[] }

/** The waves of a population, each survey with the class of what it asks. */
function classed(waves: readonly (Unclassed & { wave: Wave })[], same: readonly SameQuestion[]): Exact[] {
  const { of, reasons } = classesOf(
    waves.flatMap(({ by }) => by.map(({ asking }) => asking)),
    same,
  )
  return waves.map((one) => ({
    ...one,
    by: one.by.map(({ asking, figure }) => ({
      asking: String(of.get(asking)),
      figure,
      reasons: reasons.get(asking) ?? [],
    })),
  }))
}

function populationIn(
  { rule, parts }: IndicatorDefinition,
  code: string,
  figures: readonly { source: ReportSource; figure: IndicatorFigure }[],
): Unclassed {
  const found = figures.flatMap(({ source: { survey, questionnaire }, figure: { populations } }) =>
    populations
      .filter((one) => one.code === code && one.asked)
      .map((figure) => ({ figure, asking: askingOf({ slug: survey.slug, questionnaire }, figure) })),
  )
  const asked = found.map(({ figure }) => figure)
  return {
    asked: asked.length > 0,
    by: found,
    figure: rule === 'mean' ? meanOver(asked) : addFigures(asked),
    parts: parts.map((part) => ({
      code: part.code,
      figure: addFigures(asked.flatMap((one) => one.parts.filter((each) => each.code === part.code))),
    })),
  }
}

/** Means of several surveys, each weighing as many people as it rests on. */
function meanOver(asked: readonly PopulationFigure[]): Figured {
  const [only, ...others] = asked
  if (only && others.length === 0) return only
  const sum = addFigures(asked.map((one) => ({ ...one, count: (one.share ?? 0) * (one.n ?? 0) })))
  const interval = sum.n ? wilson((sum.share ?? 0) * sum.n, sum.n) : null
  return { ...sum, count: null, low: interval?.low ?? null, high: interval?.high ?? null }
}

/** What two waves asked alike: the figures of that, before and after. Undefined where there is nothing. */
function alike(a: Exact, b: Exact) {
  const common = new Set(a.by.map(({ asking }) => asking)).intersection(
    new Set(b.by.map(({ asking }) => asking)),
  )
  if (common.size === 0) return undefined
  const of = ({ by }: Exact) =>
    addFigures(by.filter(({ asking }) => common.has(asking)).map(({ figure }) => figure))
  return {
    before: of(a),
    after: of(b),
    partial: common.size < Math.max(a.by.length, b.by.length),
  }
}

function lineOf(population: string, exact: readonly Exact[]): Line {
  const waves = exact.map(
    ({ wave, asked, figure, parts }): WaveFigure => ({
      wave: wave.key,
      at: wave.at,
      asked,
      ...figure,
      parts: parts.map((part) => ({ code: part.code, ...part.figure })),
    }),
  )
  const answered = exact.filter(
    ({ asked, figure: { n, suppressed } }) => asked && (suppressed || (n ?? 0) > 0),
  )
  const [latest, before, baseline] = [answered.at(-1), answered.at(-2), answered.at(0)]
  const between = (from: Exact | undefined): Change | null => {
    const same = latest && from && from !== latest ? alike(from, latest) : undefined
    const change = same && changeBetween(same.before, same.after)
    return change ? { ...change, ...same, from: from?.wave.key ?? '', to: latest?.wave.key ?? '' } : null
  }
  const toldOf = (one: Exact | undefined) => waves.find(({ wave }) => wave === one?.wave.key) ?? null
  return {
    population,
    waves,
    latest: toldOf(latest),
    baseline: toldOf(baseline),
    change: between(before),
    sinceFirst: baseline === before ? null : between(baseline),
    broken: answered.flatMap((one, at) => {
      const last = answered[at - 1]
      return last && !alike(last, one) ? [one.wave.key] : []
    }),
    same: answered.flatMap(({ wave, by }) =>
      [...new Set(by.flatMap(({ reasons }) => reasons))].map((reason) => ({ wave: wave.key, reason })),
    ),
  }
}
