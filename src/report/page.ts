import { sayNumber } from '../language/format.ts'
import { textOf } from '../plan/plan.ts'
import type { EquityPage } from './equity/equityPage.ts'
import { heardRows } from './heardRows.ts'
import type { ItemPage } from './itemPage.ts'
import { type Manifest, type ManifestLine, sayManifest } from './manifest.ts'
import { groupsOf, numbersOf, unnamed } from './means.ts'
import { sayConversations } from './published/heardPage.ts'
import type { ShownConversations } from './published/snapshot.ts'
import { type RankedWay, rankedWays } from './rankingTables.ts'
import { type Reader, roundedPercent, type Words } from './reader.ts'
import type { Choice, QuestionReport, Report } from './report.ts'
import { type Result, weightsIn } from './result.ts'
import { type ChartRow, ratingRows, shareRows, toneKey } from './rows.ts'
import { labelOf, sayFilter, sayFinding, titleOf } from './say.ts'
import { sayAgreement } from './sayAgreement.ts'
import { filterQuery } from './slice.ts'
import type { Table } from './tables.ts'
import { type ThemeRow, themeNotes, themeRows } from './themes/bars.ts'
import { type CommentsPage, type Told, type VoiceList, voicesOf } from './voices.ts'
import { queryOf, type WeightingShown, weightingShown } from './weights/weightingShown.ts'

/** A link with words of its own language. */
export type Link = { href: string; label: Words }
export type SelectOption = { code: string; label: Words; selected: boolean; disabled: boolean }

/** One question on the page. `rows` are the chart; empty where there is none. `few`: too few people to be shown. */
export type FigurePage = {
  id: string
  heading: string
  question: Words
  plan: Link[]
  few: boolean
  key: { svg: string; words: string }[]
  rows: ChartRow[]
  base: string
  notes: string[]
  table: Table | undefined
  groups: Table | undefined
  /** Of a ranking that is told whole: each pair, and the rounds of the runoff. `csv`: all of it as a file. */
  ways: (RankedWay & { csv: string })[]
  voices: VoiceList[]
  /** Addresses of its chart as a picture and of its numbers; null where there is no chart. */
  files: { svg: string; csv: string } | null
  /** Pages of its statements, one by one. */
  items: Link[]
}

/** views/report/summary.ejs */
export type SummaryPage = {
  title: Words
  sample: boolean
  /** When the counts were read, in words. */
  asOf: string
  plan: Link | null
  /** The filter in words, and whether there is one. */
  filtered: boolean
  said: string
  action: string
  /** The address of everyone together. */
  everyone: string
  groups: SelectOption[]
  schools: SelectOption[]
  /** What was asked for is not shown: too few people, or it would give away others. */
  suppressed: boolean
  /** The smallest group that is shown. */
  minimum: string
  /** "2,105 people answered." */
  responses: string
  /** "52 hours of conversation and 2,105 survey responses", of everyone; null without conversations. */
  conversations: string | null
  /** `asked`: what the finding answers, the section of a set of ratings or the question. */
  findings: { href: string; words: string; asked: Words }[]
  heard: { rows: ChartRow[]; notShown: Words[]; rest: string | null }
  /** What comments were about; null while none was read, or where it may not be shown. */
  themes: { rows: ThemeRow[]; under: string[]; href: string } | null
  sections: { id: string; title: Words; figures: FigurePage[] }[]
  json: string
  /** Who was heard, and answers with weights. */
  weights: string
  weighting: WeightingShown
  /** Where groups are set side by side. */
  cross: string
  equity: string
  /** What changed since the surveys before it; null where it stands alone. */
  changed: string | null
  /** What the district does about what it heard. */
  does: string
  board: string
  manifest: { term: string; words: string }[]
}

/** The pages of this place and their models. */
export type ReportPages = {
  'report/summary': SummaryPage
  'report/comments': CommentsPage & { manifest: ManifestLine[] }
  'report/item': ItemPage
  'report/equity': EquityPage
  /** The same as the summary, laid out to be printed and kept. */
  'report/board': SummaryPage & { district: Words; indicators: Table | undefined }
}

/** Findings that stand at the top of the page; the rest is below. */
const MOST_FINDINGS = 8

/** The summary in a reader's words. `voices`: the first comments of each list that may be shown. */
export function summaryPage(
  report: Report,
  reader: Reader,
  told: Told & {
    asOf: string
    manifest: Manifest
    conversations: ShownConversations | null
    /** The series that it is a wave of, where that has others. */
    series: number | null
  },
  page: '' | '/board' = '',
): SummaryPage {
  const { t } = reader
  const { survey, questionnaire, plan, filter, responses } = report
  const address = `/reports/${survey.slug}`
  return {
    title: reader.words(questionnaire.title),
    sample: survey.sample,
    asOf: told.asOf,
    plan: plan
      ? { href: planHref(report, plan.id), label: reader.words(textOf(plan.title, plan.language)) }
      : null,
    filtered: filter.group !== null || filter.school !== null,
    said: sayFilter(report, reader),
    action: address,
    // Without any query a reader of some schools gets their own.
    everyone: report.reach === undefined ? address : `${address}?school=`,
    groups: choicesOf(report.choices.groups, filter.group, reader),
    schools: choicesOf(report.choices.schools, filter.school, reader),
    suppressed: responses === null,
    minimum: reader.number(survey.minimumGroup),
    responses: t('report.responses', { count: responses ?? 0, n: reader.number(responses ?? 0) }),
    conversations:
      told.conversations && responses !== null && filter.group === null && filter.school === null
        ? sayConversations({ conversations: told.conversations, responses }, reader)
        : null,
    findings: findings(report, reader),
    heard: heardRows(report, reader),
    themes: themesOf(report, reader),
    sections: sectionsOf(report, reader, told),
    json: `${address}/data.json${filterQuery(filter)}`,
    weights: `${address}/weights`,
    weighting: weightingShown(report, `${address}${page}`, reader),
    cross: `${address}/cross`,
    equity: `${address}/equity${filterQuery(filter)}`,
    changed: told.series === null ? null : `/reports/series/${told.series}${filterQuery(filter)}`,
    does: `${address}/commitments`,
    board: `${address}/board${queryOf(report)}`,
    manifest: sayManifest(told.manifest, reader),
  }
}

/** Themes that the summary itself shows. */
const MOST_THEMES = 6

function themesOf(report: Report, reader: Reader): SummaryPage['themes'] {
  const { themes, survey, filter } = report
  if (!themes?.base) return null
  return {
    rows: themeRows(report, themes, reader).slice(0, MOST_THEMES),
    under: themeNotes(themes, reader),
    href: `/reports/${survey.slug}/themes${filterQuery(filter)}`,
  }
}

const figureId = ({ question }: QuestionReport): string => `q-${question.code}`

/** Comments that explain the choice of an option stand under that option, not as a figure of their own. */
const standsAlone = ({ question, comments }: QuestionReport): boolean =>
  question.about === undefined || comments.some(({ n }) => n !== null && n > 0)

const isProfile = ({ question }: QuestionReport): boolean => question.attribute !== undefined

/** What people said comes first; grades and home languages, which say more of who they are, come last, together. */
function sectionsOf(
  report: Report,
  reader: Reader,
  told: Told & { asOf: string; manifest: Manifest },
): SummaryPage['sections'] {
  const drawn = (questions: QuestionReport[]) =>
    questions.filter(standsAlone).map((one) => figure(report, one, reader, told))
  const said = report.sections.map(({ code, title, questions }) => ({
    id: `section-${code}`,
    title: reader.words(title),
    figures: drawn(questions.filter((one) => !isProfile(one))),
  }))
  const who = {
    id: 'who',
    title: reader.own(reader.t('report.more')),
    figures: drawn(report.sections.flatMap(({ questions }) => questions.filter(isProfile))),
  }
  return [...said, who].filter(({ figures }) => figures.length > 0)
}

function findings({ sections }: Report, reader: Reader): SummaryPage['findings'] {
  return sections
    .flatMap(({ title, questions }) =>
      questions
        .filter((one) => !isProfile(one) && speaks(one))
        .map((one) => ({
          href: `#${figureId(one)}`,
          words: heading(one, reader),
          asked: one.result?.measure === 'points' ? reader.words(title) : titleOf(one.question, reader),
        })),
    )
    .slice(0, MOST_FINDINGS)
}

/** Findings worth the first screen: a number that was counted, not that people wrote something. */
function speaks({ finding }: QuestionReport): boolean {
  return finding !== null && !['written', 'middle', 'nobody', 'unsure'].includes(finding.rule)
}

/** A chart is headed by what it found; one of grades or home languages finds nothing, it describes. */
const heading = (one: QuestionReport, reader: Reader): string =>
  isProfile(one)
    ? reader.words(one.question.short ?? one.question.title).words
    : one.finding
      ? sayFinding(one, one.finding, reader)
      : reader.t('report.few.heading')

function figure(
  report: Report,
  one: QuestionReport,
  reader: Reader,
  told: Told & { asOf: string },
): FigurePage {
  const { result } = one
  const id = figureId(one)
  const names = new Map(report.choices.groups.map(({ code, label }) => [code, reader.words(label)]))
  return {
    id,
    heading: heading(one, reader),
    question: titleOf(one.question, reader),
    plan: planLinks(report, one, reader),
    few: result === null,
    key: result?.measure === 'points' ? toneKey(one, reader) : [],
    rows: result?.measure === 'points' ? ratingRows(one, result, reader, id) : shareRows(one, reader, id),
    base: result ? base(report, result.n, reader, told.asOf) : '',
    notes: [
      ...weighed(report, one, reader),
      ...otherwise(report, one, reader),
      ...notes(one, reader),
      ...unnamed(one, reader),
      ...ranked(one, reader),
      ...heldTogether(one, reader),
    ],
    table: numbersOf(one, reader),
    groups: groupsOf(
      one,
      names,
      reader,
      report.weighted?.made !== undefined && report.weighted.made !== null,
    ),
    ways: rankedWays(one, reader).map((way) => ({ ...way, csv: wayFile(report, one, way) })),
    voices: voicesOf(report, one, reader, told),
    files: filesOf(report, one),
    items:
      result?.measure === 'points'
        ? result.items.map(({ code }) => ({
            href: `/reports/${report.survey.slug}/q/${one.question.code}/${code}${queryOf(report)}`,
            label: labelOf(one, code, reader),
          }))
        : [],
  }
}

function filesOf(report: Report, { question, result }: QuestionReport): FigurePage['files'] {
  if (!result || result.measure === 'words' || result.measure === 'number') return null
  return { svg: chartFile(report, question.code, 'svg'), csv: chartFile(report, question.code, 'csv') }
}

const chartFile = (report: Report, code: string, kind: 'svg' | 'csv'): string =>
  `/reports/${report.survey.slug}/charts/${code}.${kind}${queryOf(report)}`

function wayFile(report: Report, { question }: QuestionReport, { name }: RankedWay): string {
  const file = chartFile(report, question.code, 'csv')
  return `${file}${file.includes('?') ? '&' : '?'}table=${name}`
}

/** "2,077 people answered this; 28 did not. Counted on ..." */
function base(report: Report, n: number, { t, number }: Reader, asOf: string): string {
  const skipped = (report.responses ?? n) - n
  const answered = t('report.answered', { count: n, n: number(n) })
  const rest = skipped > 0 ? ` ${t('report.skipped', { count: skipped, n: number(skipped) })}` : ''
  return `${answered}${rest} ${asOf}`
}

function notes({ result, elements, question }: QuestionReport, reader: Reader): string[] {
  const { t } = reader
  const found: string[] = []
  if (result?.measure === 'choice') {
    const total = result.options.reduce((sum, { share }) => sum + roundedPercent(share ?? 0), 0)
    const hidden = result.options.some(({ n }) => n === null)
    if (result.several) found.push(t('report.note.several'))
    else if (!hidden && isGone(result)) found.push(t('report.note.gone'))
    else if (!hidden && result.n > 0 && total !== 100) found.push(t('report.note.rounding'))
    if (hidden) found.push(t('report.note.hidden'))
  }
  if (result?.measure === 'number' && result.mean !== null) {
    found.push(t('report.note.mean', { mean: reader.decimal(result.mean) }))
  }
  if (result?.measure === 'points' && typeof question.favorableFrom === 'number') {
    found.push(t('report.note.favorableFrom', { from: reader.number(question.favorableFrom) }))
  }
  for (const { code, n, share } of elements ?? []) {
    const figure = share === null ? '' : reader.figure(share, n)
    found.push(
      code === null ? t('report.note.noElement', { figure }) : t('report.note.element', { code, figure }),
    )
  }
  return found
}

/** Whether people chose, in an earlier version, what is no longer offered. */
const isGone = ({ options, n }: Extract<Result, { measure: 'choice' }>): boolean =>
  options.reduce((sum, option) => sum + (option.n ?? 0), 0) < n

/** Where an earlier version of the survey asked something else under this code. */
export const otherwise = (report: Report, { question }: QuestionReport, { t }: Reader): string[] =>
  report.otherwise.includes(question.code) ? [t('report.note.otherwise')] : []

/** Whether a figure's shares are weighted, where some of the page are. */
export function weighed({ weighted }: Report, { result }: QuestionReport, { t, number }: Reader): string[] {
  if (!weighted?.made || !result) return []
  const all = weightsIn(result)
  const effective = all.flatMap((one) => (one ? [one.effective] : []))
  if (effective.length === 0) return [t(all.includes(null) ? 'report.weighted.few' : 'report.weighted.none')]
  const [least, most] = [Math.min(...effective), Math.max(...effective)]
  return [
    least === most
      ? t('report.weighted.base', { count: least, n: number(least) })
      : t('report.weighted.baseFromTo', { least: number(least), most: number(most) }),
    ...(result.measure === 'ranking' ? [t('report.weighted.firstAlone')] : []),
  ]
}

/** Whether the ways of counting a ranking agree, or that first choices alone are told. */
function ranked(one: QuestionReport, reader: Reader): string[] {
  const { result } = one
  if (result?.measure === 'ranking') return [sayAgreement(one, result.agreement, reader)]
  return result?.measure === 'choice' && result.ranked ? [reader.t('report.note.firstAlone')] : []
}

/** How well a grid's statements go together, with what to beware of. */
function heldTogether({ result }: QuestionReport, reader: Reader): string[] {
  const alpha = result?.measure === 'points' ? result.alpha : null
  if (alpha?.value == null) return []
  const values = {
    alpha: sayNumber(reader.lang, alpha.value, { maximumFractionDigits: 2 }),
    n: reader.number(alpha.n),
    items: reader.number(alpha.items),
  }
  return [
    reader.t('report.note.alpha', values),
    ...alpha.cautions.map((caution) => reader.t(`report.note.caution.${caution}`)),
  ]
}

/** What all surveys say of a plan, or of a part of it, within the school that is read. */
const planHref = ({ filter: { school } }: Report, path: string): string =>
  `/reports/plan/${path}${filterQuery({ school, group: null })}`

/** The parts of the plan that a question is about, with their priority first. */
export function planLinks(report: Report, { cites, priorities }: QuestionReport, reader: Reader): Link[] {
  const { plan } = report
  if (!plan) return []
  const known = plan.priorities.filter(({ code }) => priorities.includes(code))
  const others = cites.filter(({ code }) => !priorities.includes(code))
  return [
    ...known.map(({ code, name }) => ({ code, label: reader.words(name) })),
    ...others.map(({ code, text }) => ({ code, label: reader.words(text) })),
  ].map(({ code, label }) => ({
    href: planHref(report, `${plan.id}/${code}`),
    label: { ...label, words: `${code} ${label.words}` },
  }))
}

export function choicesOf(list: readonly Choice[], chosen: string | null, reader: Reader): SelectOption[] {
  return list.map(({ code, label, shown }) => ({
    code,
    label: reader.words(label),
    selected: code === chosen,
    disabled: !shown && code !== chosen,
  }))
}
