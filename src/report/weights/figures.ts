import { stances } from '../../climate/favorable.ts'
import { weightedShare } from '../../climate/raking.ts'
import { wilson } from '../../climate/wilson.ts'
import { readPoint } from '../../response/together.ts'
import type { QuestionReport, Report } from '../report.ts'
import type { ReportSource } from '../source.ts'
import { item as itemThing, type Row, survey } from '../tally.ts'
import { hiddenCells, type WeightOf } from './hidden.ts'
import { layersOf } from './layers.ts'
import { type HiddenCell, leavesOpen } from './open.ts'
import { coarse, key, type Weighting } from './weights.ts'

/**
 * One share with weights beside the same without. Weighted ones are rounded to whole hundredths (of few people in steps,
 * see inSteps): more would be one more exact sum over people who are hidden elsewhere. Null where it may not be told.
 */
export type WeightedFigure = {
  question: string
  item: string | null
  option: string | null
  n: number
  share: number
  weighted: Weighed | null
}

/**
 * `points`: of a rated statement, the weighted share of every point. `effective`: how many people it counts like. Where
 * anybody is hidden it is told in steps (see `coarse`), and the interval is that of the two as they are told: to the
 * last person, how many answers count like would be one sum more, and so would the interval that is made from it.
 */
export type Weighed = {
  share: number
  low: number
  high: number
  effective: number
  points?: Record<string, number>
}

/** Everything of the report of everyone that is a share of people. Nothing in a filter: weights are for the whole. */
export function weightedFigures(
  report: Report,
  source: ReportSource,
  weighting: Weighting,
): WeightedFigure[] {
  const { filter } = report
  if (weighting.why !== null || filter.school !== null || filter.group !== null || report.responses === null)
    return []
  return report.sections.flatMap(({ questions }) =>
    questions
      .filter(({ question }) => question.attribute === undefined)
      .flatMap((one) => figuresOf(one, source, weighting.weightOf)),
  )
}

function figuresOf(
  { question, outline, result }: QuestionReport,
  source: ReportSource,
  weightOf: WeightOf,
): WeightedFigure[] {
  if (!result) return []
  const rows = source.tally.cells.get(question.code) ?? []
  const decided = new Map<string, { safe: boolean; hidden: HiddenCell[] }>()
  const decide = (thing: string, item: string | null) => {
    const asked = { exact: source.told(question.code, item ?? undefined).exact, weightOf }
    const own = hiddenCells(thing, source, asked)
    const safe = leavesWhole(thing, item, own)
    return { safe, hidden: [...own, ...hiddenCells(survey, source, { ...asked, exact: () => true })] }
  }
  /** Whether it stays open what everybody who is hidden said, once every share of it is printed with weights. */
  const leavesWhole = (thing: string, item: string | null, hidden: readonly HiddenCell[]): boolean => {
    const layers = layersOf({ question, outline, result }, source, item)
    const sums = new Map<string, number>()
    for (const { shares, counts } of layers)
      for (const [place, n] of counts) {
        const [group = '', school = ''] = place.split('|')
        for (const share of shares) sums.set(share, (sums.get(share) ?? 0) + n * weightOf(school, group))
      }
    const people = source.tally.people.get(thing) ?? []
    const said = layers.reduce(
      (sum, { counts }) => sum + [...counts.values()].reduce((all, n) => all + n, 0),
      0,
    )
    const answered = people.reduce((sum, { n }) => sum + n, 0)
    return leavesOpen(hidden, layers, {
      alone: said === answered,
      base: people.reduce((sum, { n, school, group }) => sum + n * weightOf(school, group), 0),
      ...{ sums, minimum: source.survey.minimumGroup },
      printed: (share) => inSteps(share, answered),
    })
  }
  const figure = (
    { item = null, option = null }: { item?: string | null; option?: string | null },
    base: (row: Row) => boolean,
    counts: (row: Row) => boolean,
    told: { n: number; share: number },
    points?: (row: Row) => string | undefined,
  ): WeightedFigure => {
    const parts = new Map<string, { weight: number; n: number; favorable: number }>()
    const pointed = new Map<string, number>()
    for (const row of rows) {
      const place = key(row.school, row.group)
      const part = parts.get(place) ?? { weight: weightOf(row.school, row.group), n: 0, favorable: 0 }
      if (base(row)) part.n += row.n
      if (counts(row)) part.favorable += row.n
      parts.set(place, part)
      const point = points?.(row)
      if (point !== undefined) pointed.set(point, (pointed.get(point) ?? 0) + row.n * part.weight)
    }
    const thing = item === null ? question.code : itemThing(question.code, item)
    const { safe, hidden } = decided.get(thing) ?? decide(thing, item)
    decided.set(thing, { safe, hidden })
    const found = weightedShare([...parts.values()])
    const { share, base: weight } = found
    const weights = hidden.map((cell) => cell.weight)
    const printed = (value: number) => (hidden.length === 0 ? hundredths(value) : inSteps(value, told.n))
    const effective = coarse(found.effective, { n: told.n, base: weight, hidden: weights })
    const { low = null, high = null } =
      hidden.length === 0 || share === null || effective === null
        ? found
        : (wilson(printed(share) * effective, effective) ?? {})
    return {
      question: question.code,
      item,
      option,
      ...told,
      weighted:
        safe && effective !== null && share !== null && low !== null && high !== null
          ? {
              share: printed(share),
              low: hundredths(low),
              high: hundredths(high),
              effective: Math.round(effective),
              ...(points && {
                points: Object.fromEntries([...pointed].map(([code, sum]) => [code, printed(sum / weight)])),
              }),
            }
          : null,
    }
  }
  if (result.measure === 'points')
    return result.items.flatMap(({ code, summary }) => {
      if (!summary || summary.share === null) return []
      const reversed = outline.items?.find((one) => one.code === code)?.reversed === true
      const stance = stances(outline.points ?? [], reversed)
      const said = ({ cell }: Row) => {
        const read = readPoint(cell)
        return read.item === code ? stance.get(read.point) : undefined
      }
      return [
        figure(
          { item: code },
          (row) => said(row) !== undefined,
          (row) => said(row) === 'favorable',
          { n: summary.n, share: summary.share },
          (row) => (said(row) === undefined ? undefined : readPoint(row.cell).point),
        ),
      ]
    })
  if (result.measure === 'choice')
    return result.options.flatMap(({ code, share }) =>
      share === null
        ? []
        : [
            figure(
              { option: code },
              ({ cell }) => cell === '',
              ({ cell }) => cell === code,
              { n: result.n, share },
            ),
          ],
    )
  if (result.measure === 'ranking') {
    const codes = new Set(result.options.map(({ code }) => code))
    const first = ({ cell }: Row) => cell.split('>')[0] ?? ''
    return result.options.flatMap(({ code, firstShare }) =>
      firstShare === null
        ? []
        : [
            figure(
              { option: code },
              (row) => codes.has(first(row)),
              (row) => first(row) === code,
              { n: result.n, share: firstShare },
            ),
          ],
    )
  }
  return []
}

const hundredths = (value: number): number => Math.round(value * 100) / 100

/**
 * Rounded to the first of 1, 2, 5 and 10 percent that is at least two of all `n` people, so that which of a few people
 * said a thing is not read from a weighted share. Half a step is then at least one person of the mean weight.
 */
export function inSteps(share: number, n: number): number {
  const step = [1, 2, 5, 10].find((one) => (one * n) / 100 >= 2) ?? 10
  return (Math.round((100 * share) / step) * step) / 100
}
