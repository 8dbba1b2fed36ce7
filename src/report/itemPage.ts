import { type GroupPart, gapsBetween, readTogether } from '../climate/gaps.ts'
import { exactParts, type PartKind, type PartOfDistrict, partsOfItem } from './byPart.ts'
import { dotRow } from './charts/dots.ts'
import { crossable } from './cross/cross.ts'
import { groupParts } from './equity/equity.ts'
import type { Manifest } from './manifest.ts'
import { sayManifest } from './manifest.ts'
import { hasNoFavorable, numbersOf, unnamed } from './means.ts'
import type { Link, SelectOption } from './page.ts'
import { choicesOf, otherwise, planLinks, weighed } from './page.ts'
import { type Figured, figured } from './plan/indicator.ts'
import { axisOf, type Reader, type Words } from './reader.ts'
import type { QuestionReport, Report } from './report.ts'
import { type ChartRow, ratingRows, toneKey } from './rows.ts'
import { sayFilter, titleOf } from './say.ts'
import { partName, sayParts } from './sayParts.ts'
import { profileQuestion, type ReportSource } from './source.ts'
import type { Table } from './tables.ts'
import { sayTogether } from './verdict.ts'
import { queryOf, type WeightingShown, weightingShown } from './weights/weightingShown.ts'

/** One way to part the people: groups, schools, levels, zones. */
export type PartsList = { id: string; heading: string; rows: ChartRow[]; gap: string | null }

/** views/report/item.ejs */
export type ItemPage = {
  title: Words
  question: Words
  sample: boolean
  asOf: string
  said: string
  crumbs: Link[]
  plan: Link[]
  filtered: boolean
  action: string
  everyone: string
  groups: SelectOption[]
  schools: SelectOption[]
  few: boolean
  key: { svg: string; words: string }[]
  rows: ChartRow[]
  /** Base, non-response, "does not apply". */
  facts: string[]
  table: Table | undefined
  lists: PartsList[]
  /** The ends and the middle of the lists' scale, in words. */
  axis: string[]
  minimum: string
  manifest: { term: string; words: string }[]
  weighting: WeightingShown
  /** Where it is told by grade and home language too. */
  cross: string
  beside: { href: string; words: string }[]
}

type Told = { asOf: string; manifest: Manifest }

/** One rated statement: how it was answered, and by whom. Undefined where the survey has no such item. */
export function itemPage(
  report: Report,
  source: ReportSource,
  asked: { question: string; item: string },
  reader: Reader,
  { asOf, manifest }: Told,
): ItemPage | undefined {
  const one = report.sections
    .flatMap(({ questions }) => questions)
    .find(({ question }) => question.code === asked.question)
  const outline = one?.outline.items?.find(({ code }) => code === asked.item)
  if (!one || !outline) return undefined
  const { survey, filter } = report
  const alone = onlyItem(one, asked.item)
  const result = alone.result?.measure === 'points' ? alone.result : null
  const item = result?.items[0]
  const path = `/reports/${survey.slug}/q/${asked.question}/${asked.item}`
  const cites = { ...one, cites: source.cites([...(outline.cites ?? []), ...(one.question.cites ?? [])]) }
  return {
    title: reader.words(outline.label),
    question: titleOf(one.question, reader),
    sample: survey.sample,
    asOf,
    said: sayFilter(report, reader),
    crumbs: [
      {
        href: `/reports/${survey.slug}${queryOf(report)}`,
        label: reader.words(report.questionnaire.title),
      },
    ],
    plan: planLinks(report, cites, reader),
    filtered: filter.group !== null || filter.school !== null,
    action: path,
    everyone: report.reach === undefined ? path : `${path}?school=`,
    groups: choicesOf(report.choices.groups, filter.group, reader),
    schools: choicesOf(report.choices.schools, filter.school, reader),
    few: !item || (!item.summary && !item.bound),
    key: result ? toneKey(alone, reader) : [],
    rows: result ? ratingRows(alone, result, reader, 'item') : [],
    facts: item
      ? [
          ...facts(item, reader),
          ...unnamed(alone, reader),
          ...weighed(report, alone, reader),
          ...otherwise(report, one, reader),
        ]
      : [],
    table: numbersOf(alone, reader),
    lists: listsOf(report, source, one, asked.item, reader),
    axis: axisOf(reader),
    minimum: reader.number(survey.minimumGroup),
    manifest: sayManifest(manifest, reader),
    weighting: weightingShown(report, path, reader),
    cross: `/reports/${survey.slug}/cross`,
    // Set side by side are favorable answers.
    beside: (hasNoFavorable(alone) ? [] : crossable)
      .filter((by) => by !== 'group' && profileQuestion(report.questionnaire, by))
      .map((by) => {
        const looked = asked.item === asked.question ? asked.question : `${asked.question}.${asked.item}`
        const query = new URLSearchParams({ rows: by, question: looked })
        return { href: `/reports/${survey.slug}/cross?${query}`, words: reader.t(`dashboard.by.${by}`) }
      }),
  }
}

/** The question as if it had this item alone. */
const onlyItem = (one: QuestionReport, code: string): QuestionReport => ({
  ...one,
  outline: { ...one.outline, items: (one.outline.items ?? []).filter((item) => item.code === code) },
  result:
    one.result?.measure === 'points'
      ? { ...one.result, items: one.result.items.filter((item) => item.code === code) }
      : one.result,
})

function facts(
  {
    summary,
    nonResponse,
  }: {
    summary: { n: number; notApplicable: number | null } | null
    nonResponse: { asked: number; missing: number; share: number | null } | null
  },
  { t, number, figure }: Reader,
): string[] {
  if (!summary) return []
  if (summary.n === 0 && summary.notApplicable)
    return [t('dashboard.item.onlyNa', { count: summary.notApplicable, n: number(summary.notApplicable) })]
  return [
    t('report.answered', { count: summary.n, n: number(summary.n) }),
    ...(summary.notApplicable !== null && summary.notApplicable > 0
      ? [t('dashboard.item.na', { count: summary.notApplicable, n: number(summary.notApplicable) })]
      : []),
    ...(nonResponse && nonResponse.share !== null
      ? [
          t('dashboard.item.missing', {
            figure: figure(nonResponse.share, nonResponse.missing),
            asked: number(nonResponse.asked),
          }),
        ]
      : []),
  ]
}

function listsOf(
  report: Report,
  source: ReportSource,
  one: QuestionReport,
  item: string,
  reader: Reader,
): PartsList[] {
  const { filter, reach } = report
  const groups: PartOfDistrict[] = one.groups.flatMap(({ code, result }) => {
    const found = result?.measure === 'points' ? result.items.find((each) => each.code === item) : undefined
    const label = report.choices.groups.find((each) => each.code === code)?.label ?? null
    if (!found) return []
    const { summary, bound } = found
    if (summary?.n === 0 || hasNoFavorable(one)) return []
    const figure: Figured = summary
      ? figured(summary.favorable ?? 0, summary.n)
      : {
          n: bound?.n ?? null,
          count: null,
          share: null,
          low: null,
          high: null,
          suppressed: true,
          ...(bound && { bound }),
        }
    return [{ code, label, figure }]
  })
  const parts =
    filter.school === null ? partsOfItem(source, one.question, item, filter.group, reach) : undefined
  const kinds: ['group' | PartKind, PartOfDistrict[], GroupPart[]][] = [
    ['group', groups, groupParts(one, item)],
    ...(['school', 'level', 'zone'] as const).map(
      (kind): ['group' | PartKind, PartOfDistrict[], GroupPart[]] => [
        kind,
        parts?.[kind] ?? [],
        exactParts(parts?.[kind] ?? []),
      ],
    ),
  ]
  const found = kinds.filter(([, all]) => all.length > 1)
  return found.map(([kind, all, exact]) => {
    // All pairs of a list are read together; it tells the widest.
    const read = readTogether(gapsBetween(exact))
    const [widest] = read
    const name = nameIn(all, kind, reader)
    return {
      id: `by-${kind}`,
      heading: reader.t(`dashboard.by.${kind}`),
      rows: rowsOf(all, kind, reader),
      gap: widest
        ? [sayParts(widest, exact, name, reader), ...sayTogether('gaps', read.length, reader)].join(' · ')
        : null,
    }
  })
}

const nameIn = (all: readonly PartOfDistrict[], kind: string, reader: Reader) => (code: string) =>
  partName(all.find((one) => one.code === code) ?? { code, label: null }, kind, reader).words

/** Dots with intervals, most favorable first; what is not shown stands last and says so. */
function rowsOf(all: readonly PartOfDistrict[], kind: string, reader: Reader): ChartRow[] {
  return all
    .toSorted((a, b) => (b.figure.share ?? -1) - (a.figure.share ?? -1))
    .map((part) => {
      const { share, low, high, count, n, bound } = part.figure
      const label = partName(part, kind, reader)
      const exact = share !== null && count !== null && low !== null && high !== null
      const number = exact
        ? reader.figure(share, count)
        : bound
          ? reader.bound(bound)
          : reader.t('report.notShown')
      const desc = exact
        ? `${number}. ${reader.t('dashboard.interval', { low: reader.percent(low), high: reader.percent(high) })}`
        : number
      const caption = { id: `${kind}-${part.code}`, title: label.words, desc, lang: label.lang }
      return {
        label,
        hint: null,
        number,
        aside: n === null ? null : reader.t('dashboard.ofPeople', { count: n, n: reader.number(n) }),
        svg: exact ? dotRow(caption, { share, low, high }, reader.dir) : '',
      }
    })
}
