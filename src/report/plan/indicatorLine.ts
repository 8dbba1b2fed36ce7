import type { Plan } from '../../plan/plan.ts'
import type { Words } from '../reader.ts'
import type { ReadChanges } from './changes.ts'
import { elementOf, type PlacedProgress, type PlanReport } from './compose.ts'
import { sayLineWeights } from './planWeights.ts'
import type { Progress } from './progress.ts'
import {
  drawFigure,
  type FigureWords,
  planName,
  sayChange,
  sayFigure,
  sayPopulation,
  type Teller,
  type Tone,
  toneOf,
} from './say.ts'

/** An indicator in a list, with a row for each population. */
export type IndicatorLine = {
  href: string
  code: string
  text: Words
  /** The plan that it is of, where that is another than the page's. */
  borrowed: Words | null
  /** No survey asks it yet. */
  silent: boolean
  rows: {
    who: string
    figure: FigureWords
    /** The whole district, where a school is read. */
    compared: string | null
    /** The same share with weights, in words. */
    weighted: string | null
    svg: string
    change: string | null
    /** The latest wave cannot be set beside the one before: it asked otherwise. */
    broken: boolean
    tone: Tone
  }[]
}

/** The page of a priority, strategy or indicator. `query` carries the school. */
export const elementAddress = (plan: string, code: string, query: string): string =>
  `/reports/plan/${plan}/${code}${query}`

/** The direction that the plan wants; null where it prints none. */
export function directionOf(plan: Plan, code: string): 'increase' | 'decrease' | null {
  const indicators = plan.priorities.flatMap(({ strategies }) =>
    strategies.flatMap(({ indicators }) => indicators),
  )
  return [...indicators, ...plan.goals].find((one) => one.code === code)?.direction ?? null
}

export function indicatorLine(
  report: PlanReport,
  progress: PlacedProgress,
  read: ReadChanges,
  teller: Teller,
): IndicatorLine {
  const { reader } = teller
  const { definition, lines, comparison } = progress
  const known = elementOf(report, progress)
  return {
    href: elementAddress(progress.plan, definition.code, report.query),
    code: definition.code,
    text: known ? reader.words(known.element.text) : reader.own(definition.code),
    borrowed: progress.place.own || !known ? null : planName(known.plan, reader),
    silent: isSilent(progress),
    rows: lines
      .filter(({ latest }) => latest !== null)
      .map((line) => {
        const { population, latest, change } = line
        const who = sayPopulation(teller, definition, population)
        const figure = sayFigure(reader, definition, latest)
        const found = change ? read.get(change) : undefined
        const before = found && !found.partial ? found.before : null
        const whole = comparison?.lines.find((one) => one.population === population)?.latest ?? null
        const said = found ? sayChange(teller, definition, line, found) : null
        return {
          who,
          figure,
          compared: comparison ? sayFigure(reader, definition, whole).value : null,
          weighted: sayLineWeights(report, progress, line, reader),
          svg: drawFigure(
            reader,
            `i-${definition.code}-${population}`,
            who,
            latest,
            before,
            [figure.value, figure.interval, said].filter(Boolean).join('. '),
          ),
          change: said,
          broken: latest !== null && line.broken.includes(latest.wave),
          tone: found && known ? toneOf(found, directionOf(known.plan, definition.code)) : 'none',
        }
      }),
  }
}

/** Whether nobody has been asked it in any wave. */
export const isSilent = ({ lines }: Progress): boolean => lines.every(({ latest }) => latest === null)
