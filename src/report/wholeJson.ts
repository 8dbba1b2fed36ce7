import type { Questionnaire } from '../questionnaire/definition.ts'
import { reportJson } from './json.ts'
import { type Maker, type Manifest, manifestOf } from './manifest.ts'
import type { Report } from './report.ts'

/** How a report of one survey came to be. */
export function reportManifest(report: Report, maker: Maker, told: unknown = reportJson(report)): Manifest {
  const { survey, filter, responses } = report
  const asked: Questionnaire = report.questionnaire
  return manifestOf(
    [told, asked],
    {
      surveys: [{ slug: survey.slug, version: survey.version, responses }],
      filter,
      minimumGroup: survey.minimumGroup,
    },
    maker,
  )
}

/** Everything that the pages of a report tell, with its manifest: for programs, the same bytes for the same numbers. */
export function toldJson(report: Report, maker: Maker): object {
  const told = reportJson(report) as object
  return { ...told, manifest: reportManifest(report, maker, told) }
}
