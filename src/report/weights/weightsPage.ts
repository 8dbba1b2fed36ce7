import type { Enrolment } from '../../district/enrolment.ts'
import type { Reader, Words } from '../reader.ts'
import type { Report } from '../report.ts'
import { labelOf, statementOf, titleOf } from '../say.ts'
import type { ReportSource } from '../source.ts'
import type { Table } from '../tables.ts'
import type { WeightedFigure } from './figures.ts'
import type { Representation } from './representation.ts'
import { nameless, places } from './weighted.ts'
import type { Weighting } from './weights.ts'
import { factsOf, labelsOf, nobodyHidden, sayRefusal } from './weightsFacts.ts'

/** views/report/weights.ejs: who was heard, and answers with weights beside those without. */
export type WeightsPage = {
  title: Words
  sample: boolean
  back: string
  suppressed: boolean
  table: { day: string; source: string; old: boolean } | undefined
  heard: Table[]
  /** More people of some group answered than are enrolled. */
  over: boolean
  /** Why there are no weights, in a sentence; or what they are. */
  why: string | undefined
  facts: string[]
  refused: string[]
  questions: { id: string; words: Words; table: Table }[]
  json: string
}

export function weightsPage(
  report: Report,
  source: ReportSource,
  weighting: Weighting,
  figures: readonly WeightedFigure[],
  reader: Reader,
  told: { heard: Representation[]; table: WeightsPage['table'] },
): WeightsPage {
  const { t } = reader
  const questions = report.sections.flatMap((section) => section.questions)
  return {
    title: reader.words(report.questionnaire.title),
    sample: report.survey.sample,
    back: `/reports/${report.survey.slug}`,
    suppressed: report.responses === null,
    table: told.table,
    heard: told.heard.map((one) => heardTable(one, source, reader)),
    over: told.heard.some(({ dimension, rows }) =>
      rows.some(({ n, enrolled, rate }) => (rate ?? 0) > 1 || (dimension === 'group' && enrolled === 0 && n)),
    ),
    why: weighting.why === null ? undefined : t(`weights.why.${weighting.why}`),
    facts: weighting.why === null ? factsOf(weighting, source, reader) : [],
    refused: weighting.refused.map((one) => sayRefusal(one, source, reader)),
    questions: questions.flatMap((one) => {
      const own = figures.filter(({ question }) => question === one.question.code)
      if (own.length === 0) return []
      return [
        {
          id: `q-${one.question.code}`,
          words: titleOf(one.question, reader),
          table: {
            caption: t(`weights.measure.${one.result?.measure === 'points' ? 'points' : 'options'}`),
            head: ['answer', 'without', 'with', 'interval', 'effective'].map((name) =>
              reader.own(t(`weights.column.${name}`)),
            ),
            rows: own.map(({ item, option, n, share, weighted }) => ({
              head: item === null ? labelOf(one, option ?? '', reader) : statementOf(one, item, reader).label,
              cells: [
                t('weights.share', { share: reader.percent(share), n: reader.number(n) }),
                ...(weighted
                  ? [
                      reader.percent(weighted.share),
                      t('report.fromTo', {
                        low: reader.percent(weighted.low),
                        high: reader.percent(weighted.high),
                      }),
                      reader.number(weighted.effective),
                    ]
                  : [t('report.notShown'), '–', '–']),
              ],
            })),
          },
        },
      ]
    }),
    json: `/reports/${report.survey.slug}/weights.json`,
  }
}

const none = '–'

function heardTable({ dimension, rows }: Representation, source: ReportSource, reader: Reader): Table {
  const { t } = reader
  const share = (value: number | null) => (value === null ? none : reader.percent(value))
  return {
    caption: t(`watching.column.${dimension}`),
    head: ['part', 'answered', 'ofAnswers', 'enrolled', 'ofEnrolled', 'rate'].map((name) =>
      reader.own(t(`weights.column.${name}`)),
    ),
    rows: rows.map((row) => ({
      head: labelsOf(source, dimension, row.code, reader),
      cells: [
        row.n === null ? t('report.notShown') : reader.number(row.n),
        share(row.share),
        row.enrolled === null ? none : reader.number(row.enrolled),
        share(row.of),
        share(row.rate),
      ],
    })),
  }
}

/** Codes and numbers of the page. */
export function weightsJson(
  report: Report,
  source: ReportSource,
  enrolment: Enrolment | undefined,
  weighting: Weighting,
  figures: readonly WeightedFigure[],
  heard: readonly Representation[],
): object {
  const made = weighting.why === null ? weighting : undefined
  return {
    survey: report.survey.slug,
    version: report.survey.version,
    responses: report.responses,
    ...(report.responses === null && { suppressed: true }),
    enrolment: enrolment ? { asOf: enrolment.asOf, source: enrolment.source } : null,
    heard,
    weights: {
      why: weighting.why,
      refused: weighting.refused.map(nameless),
      ...(made && {
        by: [...(made.groups ? ['group'] : []), ...made.dimensions],
        likeStudents: made.like,
        asTheyAre: made.asTheyAre,
        converged: made.raked.converged,
        rounds: made.raked.rounds,
        ...(nobodyHidden(source) && {
          trimmed: made.raked.trimmed.people,
          least: made.raked.least,
          most: made.raked.most,
        }),
        designEffect: places(made.raked.designEffect, 2),
        effective: Math.round(made.raked.effective),
        marginOfError: made.margin === null ? null : places(made.margin, 3),
      }),
    },
    figures: figures.map(({ weighted, ...one }) => ({
      ...one,
      weighted: weighted ?? { share: null, suppressed: true },
    })),
  }
}
