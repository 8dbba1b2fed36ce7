import type { Enrolment } from '../district/enrolment.ts'
import type { Cross } from './cross/cross.ts'
import { crossTable } from './cross/crossPage.ts'
import type { Own, OwnParts } from './equity/equityPage.ts'
import { partsJson } from './equity/partsJson.ts'
import { reportJson } from './json.ts'
import { type Maker, type Manifest, manifestOf } from './manifest.ts'
import { type IndicatorFigure, indicatorOf } from './plan/indicator.ts'
import type { IndicatorDefinitions } from './plan/indicatorDefinition.ts'
import type { Report } from './report.ts'
import { everyone } from './slice.ts'
import type { ReportSource } from './source.ts'
import type { ThemeSource } from './themes/source.ts'
import { representation } from './weights/representation.ts'
import { type Weighted, weightedJson, weightsOf } from './weights/weighted.ts'

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

const manifestWith = (told: object, report: Report, source: ReportSource, maker: Maker): Manifest =>
  partManifest(told, report, maker, {
    ...(report.weighted && { weighted: report.weighted }),
    themes: report.themes ? source.themes : undefined,
  })

const manifests = new WeakMap<Report, { source: ReportSource; measures: Measures; manifest: Manifest }>()

/** How a report of one survey came to be; worked out once for a report. */
export function reportManifest(
  report: Report,
  source: ReportSource,
  measures: Measures,
  maker: Maker,
): Manifest {
  const known = manifests.get(report)
  if (known?.source === source && known.measures === measures) return known.manifest
  const manifest = manifestWith(numbers(unweighted(report), source, measures), report, source, maker)
  manifests.set(report, { source, measures, manifest })
  return manifest
}

/**
 * The fingerprint is over the numbers without weights, whether or not a page shows them with; the weights' own stands
 * beside it. So a page and the JSON have the same.
 */
const unweighted = (report: Report): Report => report.plain ?? report

/** What pages tell of a survey that is counted over several of its questions, and so is gathered first. */
export type Gathered = { own?: ReadonlyMap<Own, OwnParts>; crosses?: readonly Cross[] }

/**
 * Everything that the pages of a report tell, with its manifest: for programs, the same bytes for the same numbers.
 * Under `askedOtherwise`: codes of questions that an earlier version asked otherwise, where there are any; under
 * `weighted`: the same shares with weights by this table of enrolment, or why there are none; under
 * `represented`: who was heard beside that table; under `parts` and `gaps`: statements by school, level, zone, grade
 * and home language (partsJson); under `cross`: tables of who people are, where they were gathered.
 */
export function wholeJson(
  report: Report,
  source: ReportSource,
  enrolment: Enrolment | undefined,
  measures: Measures,
  maker: Maker,
  { own, crosses }: Gathered = {},
): object {
  const told = numbers(report, source, measures)
  const weighted = weightsOf(report, source, enrolment)
  const { school, group } = report.filter
  return {
    ...told,
    ...(report.otherwise.length > 0 && { askedOtherwise: report.otherwise }),
    weighted: weightedJson(weighted),
    ...(school === null && group === null && { represented: representation(report, source, enrolment) }),
    ...partsJson(report, source, own),
    ...(crosses && { cross: crosses.map((one) => crossTable(one)) }),
    manifest: manifestWith(told, { ...report, weighted }, source, maker),
  }
}

type Whole = Pick<Report, 'survey' | 'filter' | 'responses' | 'questionnaire'>

/** How a page came to be that tells a part of a survey: `told` are its own numbers. `themes`: where it names any. */
export const partManifest = (
  told: unknown,
  { survey, filter, responses, questionnaire }: Whole,
  maker: Maker,
  { weighted, themes }: { weighted?: Weighted; themes?: ThemeSource | undefined } = {},
): Manifest =>
  manifestOf(
    [told, questionnaire],
    {
      surveys: [{ slug: survey.slug, version: survey.version, responses }],
      filter,
      minimumGroup: survey.minimumGroup,
      weighted,
      codebook: themes?.codebook,
    },
    maker,
  )

/** How a page came to be that sets surveys side by side. `told` are its own numbers. */
export const togetherManifest = (told: unknown, reports: readonly Whole[], maker: Maker): Manifest =>
  manifestOf(
    [told, ...reports.map(({ questionnaire }) => questionnaire)],
    {
      surveys: reports.map(({ survey, responses }) => ({
        slug: survey.slug,
        version: survey.version,
        responses,
      })),
      filter: reports.at(-1)?.filter ?? everyone,
      minimumGroup: Math.max(0, ...reports.map(({ survey }) => survey.minimumGroup)),
    },
    maker,
  )
