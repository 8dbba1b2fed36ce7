import { reportJson } from './json.ts'
import { type Maker, type Manifest, manifestOf } from './manifest.ts'
import { type IndicatorFigure, indicatorOf } from './plan/indicator.ts'
import type { IndicatorDefinitions } from './plan/indicatorDefinition.ts'
import type { Report } from './report.ts'
import type { ReportSource } from './source.ts'

/** How indicators are measured, by plan. */
export type Measures = ReadonlyMap<string, IndicatorDefinitions>

/** The indicators of the survey's own plan, in the report's school. None within a group: they name their groups. */
function indicatorsIn({ filter }: Report, source: ReportSource, measures: Measures): IndicatorFigure[] {
  const own = measures.get(source.questionnaire.plan ?? '')?.indicators ?? []
  if (filter.group !== null) return []
  return own
    .map((definition) => indicatorOf(definition, source, filter.school))
    .filter(({ populations }) => populations.some(({ asked }) => asked))
}

/** Every number that is told, in the order of the questionnaire and the plan. */
const numbers = (report: Report, source: ReportSource, measures: Measures): object => ({
  ...(reportJson(report) as object),
  indicators: indicatorsIn(report, source, measures),
})

const manifestWith = (
  told: object,
  { survey, filter, responses, questionnaire }: Report,
  maker: Maker,
): Manifest =>
  manifestOf(
    [told, questionnaire],
    {
      surveys: [{ slug: survey.slug, version: survey.version, responses }],
      filter,
      minimumGroup: survey.minimumGroup,
    },
    maker,
  )

/** How a report of one survey came to be. */
export const reportManifest = (
  report: Report,
  source: ReportSource,
  measures: Measures,
  maker: Maker,
): Manifest => manifestWith(numbers(report, source, measures), report, maker)

/** Everything that the pages of a report tell, with its manifest: for programs, the same bytes for the same numbers. */
export function wholeJson(report: Report, source: ReportSource, measures: Measures, maker: Maker): object {
  const told = numbers(report, source, measures)
  return { ...told, manifest: manifestWith(told, report, maker) }
}
