import { lineChart } from '../charts/lines.ts'
import { standalone } from '../charts/standalone.ts'
import { axisOf } from '../reader.ts'
import { elementOf, type PlanReport } from './compose.ts'
import { momentsOf } from './indicatorPage.ts'
import { sayFigure, sayPopulation, type Teller } from './say.ts'

/** The lines of an indicator as a picture of its own; undefined where nobody was asked. */
export function indicatorChart(
  report: PlanReport,
  code: string,
  teller: Teller,
  told: { asOf: string; said: string },
): string | undefined {
  const { reader, month } = teller
  const progress = report.indicators.find(
    (one) => one.plan === report.plan.id && one.definition.code === code,
  )
  const known = progress && elementOf(report, progress)
  const lines = progress?.lines.filter(({ latest }) => latest !== null) ?? []
  if (!progress || !known || lines.length === 0) return undefined
  const { definition } = progress
  const sample = report.waves.some(({ sources }) => sources.some(({ survey }) => survey.sample))
  return standalone({
    title: `${code} ${reader.words(known.element.text).words}`,
    under: [told.said, told.asOf, ...(sample ? [reader.t('report.sample')] : [])].join(' · '),
    lang: reader.lang,
    dir: reader.dir,
    rows: lines.map((line) => {
      const latest = sayFigure(reader, definition, line.latest)
      const caption = { id: line.population, title: '', desc: '', lang: reader.lang }
      return {
        label: sayPopulation(teller, definition, line.population),
        number: latest.value,
        aside: latest.base,
        svg: lineChart(caption, momentsOf(line), reader.dir),
        axis: axisOf(reader),
        columns: line.waves
          .filter(({ asked }) => asked)
          .map((one) => [month(one.at), sayFigure(reader, definition, one).value]),
      }
    }),
  })
}
