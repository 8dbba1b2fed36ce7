import { sayNumber } from '../../language/format.ts'
import { shareBar } from '../charts/bars.ts'
import type { Reader, Words } from '../reader.ts'
import type { ChartRow } from '../rows.ts'
import { beyondChance, readChanges } from './changes.ts'
import type { PlacedItem, PlanReport } from './compose.ts'
import { elementOf } from './compose.ts'
import { directionOf, elementAddress, type IndicatorLine, indicatorLine, isSilent } from './indicatorLine.ts'
import { extremes, type GapLine, gapLines, type ItemLine } from './itemLines.ts'
import { headOf, type PlanHead, type PlanTold } from './pages.ts'
import { type ChosenLine, chosenLines, type RankedLine, rankedLines } from './rankedLines.ts'
import { planName, sayFigure, sayPopulation, type Teller, type Tone, toneOf } from './say.ts'

export type PriorityBlock = {
  code: string
  href: string
  name: Words
  ranked: RankedLine[]
  chosen: ChosenLine[]
  indicators: IndicatorLine[]
  top: ItemLine[]
  low: ItemLine[]
  gaps: GapLine[]
  /** Groups were set beside each other, whether a gap came out or not. */
  compared: boolean
  strategies: { href: string; code: string; text: Words }[]
  /** Nothing that was asked belongs here. */
  empty: boolean
}

/** A sentence that leads to what it speaks of. */
export type Sentence = { href: string; words: string; aside: Words | null; base: string | null; tone: Tone }

/** views/report/plan.ejs */
export type DashboardPage = PlanHead & {
  /** No survey of this plan has answers. */
  nothing: boolean
  findings: Sentence[]
  heard: { rows: ChartRow[]; surveys: { href: string; title: Words; words: string }[] }
  changed: Sentence[]
  changedNote: string
  /** What the district has promised, with how far it has come. */
  promised: { href: string; words: Words; status: string }[]
  /** What the plan says it will do, by priority. */
  will: { href: string; words: Words }[]
  priorities: PriorityBlock[]
  json: string
  csv: string
}

const MOST_SAID = 5
const MOST_CHANGED = 5
const MOST_PROMISED = 6

export function dashboardPage(report: PlanReport, told: PlanTold, teller: Teller): DashboardPage {
  const { reader } = teller
  const { plan, query } = report
  const path = `/reports/plan/${plan.id}`
  const read = readChanges(report.indicators)
  return {
    ...headOf(report, told, reader, { title: planName(plan, reader), path, crumbs: [] }),
    nothing: report.reports.every(({ responses }) => responses === null),
    findings: saidFirst(report, reader),
    heard: heardOf(report, reader),
    ...changedOf(report, read, teller),
    promised: told.promised.slice(0, MOST_PROMISED).map(({ slug, commitment }) => ({
      href: `/reports/${slug}/commitments`,
      words: reader.words(commitment.words),
      status: reader.t(`told.status.${commitment.status}`),
    })),
    will: plan.priorities.map(({ code, name }) => ({
      href: `/plans/${plan.id}#${code}`,
      words: reader.words(name),
    })),
    priorities: plan.priorities.map((priority) => priorityBlock(report, priority.code, read, teller)),
    json: `${path}/data.json${query}`,
    csv: `${path}/indicators.csv${query}`,
  }
}

export const inPriority =
  (priority: string) =>
  ({ places }: Pick<PlacedItem, 'places'>): boolean =>
    places.some((place) => place.priority === priority)

/** One priority: the same on the dashboard and on its own page. `read`: the changes of that page. */
export function priorityBlock(
  report: PlanReport,
  code: string,
  read: ReturnType<typeof readChanges>,
  teller: Teller,
): PriorityBlock {
  const { reader } = teller
  const { plan, query } = report
  const priority = plan.priorities.find((one) => one.code === code)
  const within = inPriority(code)
  const items = report.items.filter(within)
  const block = {
    ranked: rankedLines(report, code, reader),
    chosen: chosenLines(report, code, reader),
    indicators: report.indicators
      .filter(({ place }) => place.priority === code)
      .map((one) => indicatorLine(report, one, read, teller)),
    ...lists(extremes(items, query, reader)),
    gaps: gapLines(report, within, reader),
    compared: report.gaps.some(within),
  }
  return {
    code,
    href: elementAddress(plan.id, code, query),
    name: priority ? reader.words(priority.name) : reader.own(code),
    ...block,
    strategies: (priority?.strategies ?? []).map(({ code: strategy, text }) => ({
      href: elementAddress(plan.id, strategy, query),
      code: strategy,
      text: reader.words({
        ...text.translations,
        [plan.language]: text.wordings[text.shown]?.words ?? '',
      }),
    })),
    empty: block.ranked.length + block.chosen.length + block.indicators.length + block.top.length === 0,
  }
}

const lists = ({ top, low }: ReturnType<typeof extremes>) => ({ top, low })

/** What was ranked first of all, then what people chose between priorities and goals, then the widest gap. */
function saidFirst(report: PlanReport, reader: Reader): Sentence[] {
  const chosen = chosenLines(report, null, reader).map(
    ({ href, words, question, base }): Sentence => ({ href, words, aside: question, base, tone: 'none' }),
  )
  const placed = report.items.filter(({ places }) => places.length > 0)
  const { highest, lowest } = extremes(placed, report.query, reader)
  const item = (key: string, line: ItemLine | undefined): Sentence[] =>
    line
      ? [
          {
            href: line.href,
            words: reader.t(key, { item: line.short.words.replace(/[.。။।]$/u, ''), figure: line.share }),
            aside: line.short.words === line.label.words ? line.survey : line.label,
            base: line.base || null,
            tone: 'none',
          },
        ]
      : []
  const gaps = gapLines(report, ({ places }) => places.length > 0, reader, 1).map(
    ({ href, label, words }): Sentence => ({ href, words, aside: label, base: null, tone: 'none' }),
  )
  return [
    ...chosen,
    ...item('dashboard.highest', highest),
    ...item('dashboard.lowest', lowest),
    ...gaps,
  ].slice(0, MOST_SAID)
}

/**
 * Who answered the surveys of the latest wave, added up over them. A group that one survey hides has no sum: it is in
 * the last bar, with all that are not shown.
 */
function heardOf({ reports, query }: PlanReport, reader: Reader): DashboardPage['heard'] {
  const answered = reports.filter(({ responses }) => responses !== null)
  const groups = new Map<string, { label: Words; n: number | null }>()
  for (const { heard } of answered)
    for (const { code, label, n } of heard.groups) {
      const known = groups.has(code) ? (groups.get(code)?.n ?? null) : 0
      const words = label ? reader.words(label) : reader.own(reader.t('report.didNotSay'))
      groups.set(code, { label: words, n: n === null || known === null ? null : known + n })
    }
  const shown = [...groups]
    .flatMap(([code, { label, n }]) => (n === null || n === 0 ? [] : [{ code: code || '-', label, n }]))
    .sort((a, b) => b.n - a.n)
  const total = answered.reduce((sum, { responses }) => sum + (responses ?? 0), 0)
  const rest = total - shown.reduce((sum, { n }) => sum + n, 0)
  const all = [
    ...shown,
    ...(rest > 0 ? [{ code: '--', label: reader.own(reader.t('report.otherGroups')), n: rest }] : []),
  ]
  const longest = total > 0 ? Math.max(0, ...all.map(({ n }) => n)) / total : 0
  return {
    rows: all.map(({ code, label, n }) => {
      const number = reader.figure(n / total, n)
      const caption = { id: `heard-${code}`, title: label.words, desc: number, lang: label.lang }
      const svg = shareBar(caption, { share: n / total, longest, strong: false, dir: reader.dir })
      return { label, hint: null, number, aside: null, svg }
    }),
    surveys: reports.map(({ survey, questionnaire, responses }) => ({
      href: `/reports/${survey.slug}${query}`,
      title: reader.words(questionnaire.title),
      words:
        responses === null
          ? reader.t('report.notShown')
          : reader.t('report.responses', { count: responses, n: reader.number(responses) }),
    })),
  }
}

function changedOf(
  report: PlanReport,
  read: ReturnType<typeof readChanges>,
  teller: Teller,
): Pick<DashboardPage, 'changed' | 'changedNote'> {
  const { reader, month } = teller
  const { t } = reader
  const found = beyondChance(report.indicators, read)
  const first = report.waves.at(-2)?.at
  const latest = report.waves.at(-1)?.at
  const asked = report.indicators.filter((one) => !isSilent(one)).length
  return {
    changed: found.slice(0, MOST_CHANGED).map(({ progress, line, change }) => {
      const { definition, plan } = progress
      const known = elementOf(report, progress)
      return {
        href: elementAddress(plan, definition.code, report.query),
        words: t(change.difference > 0 ? 'dashboard.rose' : 'dashboard.fell', {
          code: definition.code,
          who: sayPopulation(teller, definition, line.population),
          from: sayFigure(reader, { ...definition, statistic: 'percent' }, change.before).value,
          to: sayFigure(reader, { ...definition, statistic: 'percent' }, change.after).value,
          points: sayNumber(reader.lang, Math.round(Math.abs(change.difference) * 100)),
        }),
        aside: known ? reader.words(known.element.text) : null,
        base: null,
        tone: known ? toneOf(change, directionOf(known.plan, definition.code)) : 'none',
      }
    }),
    changedNote:
      asked === 0
        ? t('dashboard.noIndicators')
        : first === undefined || latest === undefined || read.size === 0
          ? t(first === undefined ? 'dashboard.firstWave' : 'dashboard.noneTold')
          : t(found.length === 0 ? 'dashboard.noChange' : 'dashboard.holm', {
              since: month(first),
              count: read.size,
              n: reader.number(read.size),
              found: reader.number(found.length),
            }),
  }
}
