import { type Enrolment, marginsBy, populationOf } from '../../district/enrolment.ts'
import type { Text } from '../../language/text.ts'
import type { Reader, Words } from '../reader.ts'
import type { Report } from '../report.ts'
import { labelOf, titleOf } from '../say.ts'
import { named, type ReportSource } from '../source.ts'
import type { Table } from '../tables.ts'
import { survey } from '../tally.ts'
import type { WeightedFigure } from './figures.ts'
import { nameless, places } from './weighted.ts'
import { fewestInCategory, type Refusal, type Weighting } from './weights.ts'

/** Who answered beside who could have: of one code of one dimension; null where it may not be shown or is not known. */
export type Represented = {
  code: string
  n: number | null
  share: number | null
  enrolled: number | null
  of: number | null
  rate: number | null
}
export type Representation = {
  dimension: 'group' | 'level' | 'zone' | 'grade' | 'language'
  rows: Represented[]
}

/** views/report/weights.ejs: who was heard, and answers with weights beside those without. */
export type WeightsPage = {
  title: Words
  sample: boolean
  back: string
  suppressed: boolean
  table: { day: string; source: string; old: boolean } | undefined
  heard: Table[]
  /** Why there are no weights, in a sentence; or what they are. */
  why: string | undefined
  facts: string[]
  refused: string[]
  questions: { id: string; words: Words; table: Table }[]
  json: string
}

/**
 * Shares of the answers beside shares of enrolment, everybody of a part together. A part is told only where the report
 * shows every school or option in it. Rates are of groups that the table counts; a level's are of students alone.
 */
export function representation(
  report: Report,
  source: ReportSource,
  enrolment: Enrolment | undefined,
): Representation[] {
  if (report.responses === null) return []
  const sizes = (source.tally.people.get(survey) ?? []).filter(({ n }) => n > 0)
  const total = report.responses
  const of = (
    dimension: Representation['dimension'],
    counted: Map<string, number | null>,
  ): Representation => {
    const enrolled = new Map(enrolment ? marginsBy(enrolment, dimension).map(({ code, n }) => [code, n]) : [])
    if (dimension === 'group' && enrolment)
      for (const code of counted.keys()) {
        const n = populationOf(enrolment, { group: code })?.n
        if (n !== undefined) enrolled.set(code, n)
      }
    const all = [...enrolled.values()].reduce((sum, n) => sum + n, 0)
    const whole = dimension !== 'group' || [...counted.keys()].every((code) => enrolled.has(code))
    const rows = [...new Set([...counted.keys(), ...enrolled.keys()])].map((code): Represented => {
      const n = counted.has(code) ? (counted.get(code) ?? null) : 0
      const population = enrolled.get(code) ?? null
      // Families answer too, so a rate is told only of a group that is counted itself.
      const rate =
        dimension === 'group' && n !== null && population !== null && population > 0 ? n / population : null
      return {
        code,
        n,
        share: n === null || total === 0 ? null : n / total,
        enrolled: population,
        // A share of those groups alone that the table counts would be read as one of everybody.
        of: population === null || all === 0 || !whole ? null : population / all,
        rate,
      }
    })
    return { dimension, rows }
  }
  const groups = new Map(
    report.heard.groups.filter(({ code }) => code !== '').map(({ code, n }) => [code, n] as const),
  )
  const places = (by: 'level' | 'zone') => {
    const sums = new Map<string, number | null>()
    for (const { code, ...school } of source.district.schools) {
      const place = school[by]
      if (!place) continue
      const here = sizes.some((one) => one.school === code)
      const n = here ? source.veil(survey, { school: code, group: null }) : 0
      const before = sums.has(place) ? sums.get(place) : 0
      sums.set(place, n === null || before === null || before === undefined ? null : before + n)
    }
    return sums
  }
  const profile = (attribute: 'grade' | 'language') => {
    const found = report.sections
      .flatMap(({ questions }) => questions)
      .find(({ question }) => question.attribute === attribute)
    return found?.result?.measure === 'choice'
      ? new Map(found.result.options.map(({ code, n }) => [code, n] as const))
      : undefined
  }
  const [grades, languages] = [profile('grade'), profile('language')]
  const asksSchool = sizes.some(({ school }) => school !== '')
  return [
    of('group', groups),
    ...(asksSchool ? [of('level', places('level')), of('zone', places('zone'))] : []),
    ...(grades ? [of('grade', grades)] : []),
    ...(languages ? [of('language', languages)] : []),
  ].filter(({ rows }) => rows.length > 0)
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
              head: labelOf(one, item ?? option ?? '', reader),
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

function labelsOf(source: ReportSource, dimension: string, code: string, reader: Reader): Words {
  const { district } = source
  const lists: Record<string, readonly { code: string; label: Text }[]> = {
    group: named(source, 'group'),
    school: district.schools,
    grade: district.grades,
    language: district.homeLanguages,
  }
  const found = lists[dimension]?.find((one) => one.code === code)
  return found ? reader.words(found.label) : reader.own(code)
}

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

function factsOf(weighting: Extract<Weighting, { why: null }>, source: ReportSource, reader: Reader) {
  const { t } = reader
  const { raked, dimensions, groups, like, asTheyAre, margin } = weighting
  const decimal = (value: number) => reader.decimal(value)
  const names = (codes: readonly string[]) =>
    reader.list(
      codes.map((code) =>
        code === '' ? t('report.didNotSay') : labelsOf(source, 'group', code, reader).words,
      ),
    )
  return [
    t('weights.fact.by', {
      dimensions: reader.list([
        ...(groups ? [t('watching.column.group')] : []),
        ...dimensions.map((one) => t(`watching.column.${one}`)),
      ]),
    }),
    ...(groups ? [] : [t('weights.fact.within')]),
    ...(like.length > 0 ? [t('weights.fact.like', { groups: names(like) })] : []),
    ...(asTheyAre.length > 0 ? [t('weights.fact.asTheyAre', { groups: names(asTheyAre) })] : []),
    t('weights.fact.converged', { count: raked.rounds }),
    ...(nobodyHidden(source)
      ? [
          t('weights.fact.range', { least: decimal(raked.least), most: decimal(raked.most) }),
          ...(raked.trimmed.people > 0
            ? [t('weights.fact.trimmed', { n: reader.number(raked.trimmed.people) })]
            : []),
        ]
      : [t('weights.fact.limits')]),
    t('weights.fact.effect', {
      effect: decimal(raked.designEffect),
      n: reader.number(raked.n),
      effective: reader.number(Math.round(raked.effective)),
    }),
    ...(margin === null ? [] : [t('weights.fact.margin', { points: decimal(margin * 100) })]),
  ]
}

/**
 * Whether all schools and groups are shown. From the range of weights, or from how many are at a limit, the size of a
 * hidden group could be read: enrollment is known, and a weight is the one over the other.
 */
const nobodyHidden = ({ tally, veil }: ReportSource): boolean =>
  (tally.people.get(survey) ?? []).every(
    ({ n, school, group }) => n === 0 || veil(survey, { school, group }) !== null,
  )

function sayRefusal({ dimensions, why, category }: Refusal, source: ReportSource, reader: Reader): string {
  const { t } = reader
  const [group = '', code] = category.split('|')
  const place = code === undefined ? '' : labelsOf(source, dimensions[0] ?? '', code, reader).words
  return t(`weights.refused.${why}`, {
    dimensions: reader.list(
      dimensions.length > 0
        ? dimensions.map((one) => t(`watching.column.${one}`))
        : [t('watching.column.group')],
    ),
    part:
      why === 'few'
        ? t('weights.refused.somePart')
        : [group && labelsOf(source, 'group', group, reader).words, place].filter(Boolean).join(', '),
    n: reader.number(fewestInCategory),
  })
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
