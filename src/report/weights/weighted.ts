import { rakingRule } from '../../climate/raking.ts'
import type { Enrolment } from '../../district/enrolment.ts'
import { findingOf } from '../finding.ts'
import type { QuestionReport, Report } from '../report.ts'
import type { Result } from '../result.ts'
import type { ReportSource } from '../source.ts'
import { type WeightedFigure, weightedFigures } from './figures.ts'
import { type Refusal, type Weighting, weighFor } from './weights.ts'

/**
 * Why a report has no weights although they were asked for: those of `weigh`, or since it is of a school or group
 * (`part`: weights are of the whole survey); `hidden` too where nothing of it may be shown.
 */
export type NoWeights = Exclude<Weighting['why'], null> | 'part'

/** How weights were made: what a manifest prints of them. Rounded, since from exact ones hidden sizes could be read. */
export type WeightsMade = {
  method: 'raking'
  by: string[]
  enrolment: { asOf: string; source: string }
  /** Bounds that weights were held within, as multiples of the mean weight, and whether any lies on one. */
  trimming: { least: number; most: number; trimmed: boolean }
  iterations: number
  n: number
  designEffect: number
  effective: number
  marginOfError: number | null
}

export type Weighted = {
  why: NoWeights | null
  refused: Refusal[]
  made: WeightsMade | null
  figures: WeightedFigure[]
}

/** Rounded to so many decimal places. */
export const places = (value: number, digits: number): number =>
  Math.round(value * 10 ** digits) / 10 ** digits

/** Weights of a report: of the whole survey alone. */
export function weightsOf(report: Report, source: ReportSource, enrolment: Enrolment | undefined): Weighted {
  const without = (why: NoWeights, refused: Refusal[] = []): Weighted => ({
    why,
    refused,
    made: null,
    figures: [],
  })
  const { filter, reach } = report
  if (filter.school !== null || filter.group !== null) return without('part')
  if (report.responses === null) return without('hidden')
  const weighting = weighFor(reach, source, enrolment)
  if (weighting.why !== null) return without(weighting.why, weighting.refused)
  if (!enrolment) return without('noTable')
  const { raked, dimensions, groups, margin, refused } = weighting
  return {
    why: null,
    refused,
    made: {
      method: 'raking',
      by: [...(groups ? ['group'] : []), ...dimensions],
      enrolment: { asOf: enrolment.asOf, source: enrolment.source },
      trimming: { ...(rakingRule.bounds ?? { least: 0, most: 0 }), trimmed: raked.trimmed.people > 0 },
      iterations: raked.rounds,
      n: raked.n,
      designEffect: places(raked.designEffect, 2),
      effective: Math.round(raked.effective),
      marginOfError: margin === null ? null : places(margin, 3),
    },
    figures: weightedFigures(report, source, weighting),
  }
}

/**
 * The report with its shares weighted, as far as they may be; counts stay as they are, and so do numbers that are no
 * share (mean ranks, points, means of typed numbers), what is told of groups, and who people are. A share that may not
 * be told with weights stands without, and says so. Where there are no weights the report is the same but for why.
 */
export function withWeights(report: Report, source: ReportSource, enrolment: Enrolment | undefined): Report {
  const weighted = weightsOf(report, source, enrolment)
  if (weighted.why !== null) return { ...report, weighted }
  const byQuestion = Map.groupBy(weighted.figures, ({ question }) => question)
  return {
    ...report,
    weighted,
    plain: report,
    sections: report.sections.map((section) => ({
      ...section,
      questions: section.questions.map((one) => weightedQuestion(one, byQuestion.get(one.question.code))),
    })),
  }
}

function weightedQuestion(one: QuestionReport, figures: readonly WeightedFigure[] = []): QuestionReport {
  const { result, finding } = one
  if (!result || figures.length === 0) return one
  const read = weightedResult(result, figures)
  const { elements: _, ...rest } = one
  return { ...rest, elements: undefined, result: read, finding: finding && findingOf(read) }
}

function weightedResult(result: Result, figures: readonly WeightedFigure[]): Result {
  const of = (code: string) => figures.find(({ item, option }) => code === (item ?? option))
  const weights = (code: string) => {
    const found = of(code)
    if (!found) return undefined
    return found.weighted && { ...found.weighted, plain: found.share }
  }
  switch (result.measure) {
    case 'choice':
      return {
        ...result,
        options: result.options.map((option) => {
          const found = weights(option.code)
          if (found === undefined) return option
          return { ...option, weights: found, share: found?.share ?? option.share }
        }),
      }
    case 'ranking':
      return {
        ...result,
        options: result.options.map((option) => {
          const found = weights(option.code)
          if (found === undefined) return option
          return { ...option, weights: found, firstShare: found?.share ?? option.firstShare }
        }),
      }
    case 'points':
      return {
        ...result,
        items: result.items.map((item) => {
          const found = weights(item.code)
          if (found === undefined || !item.summary) return item
          if (!found) return { ...item, weights: null }
          const { share, low, high } = found
          return { ...item, weights: found, summary: { ...item.summary, share, low, high } }
        }),
      }
    default:
      return result
  }
}

/** The weights of a report in codes and numbers, question by question, beside the unweighted ones. */
export const weightedJson = ({ why, refused, made, figures }: Weighted): object => ({
  why,
  ...(refused.length > 0 && { refused: refused.map(nameless) }),
  ...made,
  ...(why === null && {
    questions: [...Map.groupBy(figures, ({ question }) => question)].map(([code, own]) => ({
      code,
      n: Math.max(...own.map(({ n }) => n)),
      [own[0]?.item == null ? 'options' : 'items']: own.map(({ item, option, n, weighted }) => ({
        code: item ?? option,
        n,
        ...(weighted ?? { share: null, low: null, high: null, effective: null, suppressed: true }),
      })),
    })),
  }),
})

/** Which part had too few people is for the office alone: it is told of no group that is hidden. */
export const nameless = (refusal: Refusal): Refusal =>
  refusal.why === 'few' ? { ...refusal, category: '' } : refusal
