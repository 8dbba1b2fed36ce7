import { stances } from '../../climate/favorable.ts'
import { sayNumber } from '../../language/format.ts'
import { findElement } from '../../plan/elements.ts'
import type { PlanParts } from '../../plan/parts.ts'
import { findQuestion, type Item } from '../../questionnaire/definition.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import { lineChart, type Moment } from '../charts/lines.ts'
import type { Link } from '../page.ts'
import type { Words } from '../reader.ts'
import type { ReportSource } from '../source.ts'
import { type ReadChanges, readChanges } from './changes.ts'
import { elementOf, type PlacedProgress, type PlanReport } from './compose.ts'
import { targetOf } from './indicator.ts'
import { directionOf, elementAddress, isSilent } from './indicatorLine.ts'
import { itemAddress } from './itemLines.ts'
import { headOf, type PlanHead, type PlanTold, planCrumb } from './pages.ts'
import { sayLineWeights } from './planWeights.ts'
import { figureOf, type Line } from './progress.ts'
import {
  drawFigure,
  type FigureWords,
  sayChange,
  sayFigure,
  sayPopulation,
  type Teller,
  type Tone,
  toneOf,
} from './say.ts'

export type WaveColumn = { when: string; figure: FigureWords; baseline: boolean }

/** One population of an indicator over its waves. */
export type LinePage = {
  who: string
  figure: FigureWords
  compared: string | null
  /** The latest share with weights, in words. */
  weighted: string | null
  /** '' where no wave may be shown. */
  svg: string
  columns: WaveColumn[]
  changes: { words: string; tone: Tone }[]
  /** A wave asked otherwise than the one before it. */
  broken: boolean
  /** What the office says of a wave that is worded otherwise. */
  same: string[]
  parts: { words: Words; figure: FigureWords; svg: string }[]
}

/** views/report/indicator.ejs */
export type IndicatorPage = PlanHead & {
  code: string
  /** How it is measured, in words: statistic, rule, direction, target. */
  terms: { term: string; words: string }[]
  silent: boolean
  lines: LinePage[]
  items: { href: string; words: Words; survey: Words; part: Words | null; favorable: string }[]
  note: Words | null
  /** How many changes are read together, where there are several. */
  holm: string | null
  downloads: { svg: string; csv: string } | null
  plan: string
}

/** Undefined where nothing measures this element. */
export function indicatorPage(
  report: PlanReport,
  code: string,
  told: PlanTold & { parts: readonly PlanParts[] },
  teller: Teller,
): IndicatorPage | undefined {
  const { reader } = teller
  const progress = report.indicators.find(
    (one) => one.plan === report.plan.id && one.definition.code === code,
  )
  const known = progress && elementOf(report, progress)
  if (!progress || !known) return undefined
  const { plan, query } = report
  const read = readChanges([progress], true)
  const parts = partNames(told.parts, plan.id, code)
  const path = elementAddress(plan.id, code, '')
  return {
    ...headOf(report, told, reader, {
      title: reader.words(known.element.text),
      path,
      crumbs: crumbs(report, progress, teller),
    }),
    code,
    terms: terms(progress, report, teller),
    silent: isSilent(progress),
    lines: progress.lines
      .filter(({ latest }) => latest !== null)
      .map((line) => linePage(progress, line, { report, read, teller, parts })),
    items: itemsOf(report, progress, parts, teller),
    note: progress.definition.note ? reader.words(progress.definition.note) : null,
    holm:
      read.size > 1
        ? reader.t('dashboard.holmHere', { count: read.size, n: reader.number(read.size) })
        : null,
    downloads: isSilent(progress)
      ? null
      : { svg: `${path}/chart.svg${query}`, csv: `${path}/waves.csv${query}` },
    plan: `/plans/${plan.id}#${code}`,
  }
}

function crumbs(report: PlanReport, { place }: PlacedProgress, { reader }: Teller): Link[] {
  const { plan, query } = report
  const above = [place.priority, place.strategy].flatMap((code) => {
    const element = code === null ? undefined : findElement(plan, code)
    return element
      ? [{ href: elementAddress(plan.id, element.code, query), label: reader.words(element.text) }]
      : []
  })
  return [planCrumb(report, reader), ...above]
}

/** What each part asks, in words: by its code in the definition. */
const partNames = (all: readonly PlanParts[], plan: string, code: string) =>
  new Map((all.find((one) => one.plan === plan)?.elements[code] ?? []).map((part) => [part.code, part.text]))

function terms(
  { definition }: PlacedProgress,
  { plan }: PlanReport,
  { reader: { t, lang, number } }: Teller,
): IndicatorPage['terms'] {
  const { statistic, unit, rule, parts, code } = definition
  const direction = directionOf(plan, code)
  const target = targetOf(plan, code)
  const term = (name: string, words: string) => ({ term: t(`dashboard.term.${name}`), words })
  return [
    term('statistic', t(`dashboard.statistic.${statistic}.${unit}`)),
    term('rule', t(`dashboard.rule.${rule}`, { count: parts.length, n: number(parts.length) })),
    term('direction', t(`dashboard.direction.${direction ?? 'none'}`)),
    term(
      'target',
      target
        ? t(`dashboard.target.${target.comparison}`, {
            target: sayNumber(lang, target.target / 100, { style: 'percent', maximumFractionDigits: 1 }),
          })
        : t('dashboard.noTarget'),
    ),
  ]
}

function linePage(
  progress: PlacedProgress,
  line: Line,
  {
    report,
    read,
    teller,
    parts,
  }: { report: PlanReport; read: ReadChanges; teller: Teller; parts: ReturnType<typeof partNames> },
): LinePage {
  const { definition, comparison } = progress
  const { reader, month } = teller
  const who = sayPopulation(teller, definition, line.population)
  const asked = line.waves.filter((one) => one.asked)
  const columns = asked.map((one) => ({
    when: month(one.at),
    figure: sayFigure(reader, definition, one),
    baseline: one === line.baseline,
  }))
  const direction = directionOf(report.plan, definition.code)
  const said = [line.change, line.sinceFirst].flatMap((change) => {
    const found = change && read.get(change)
    return found
      ? [{ words: sayChange(teller, definition, line, found), tone: toneOf(found, direction) }]
      : []
  })
  const whole = comparison?.lines.find(({ population }) => population === line.population)?.latest ?? null
  const moments = momentsOf(line)
  return {
    who,
    figure: sayFigure(reader, definition, line.latest),
    compared: comparison ? sayFigure(reader, definition, whole).value : null,
    weighted: sayLineWeights(report, progress, line, reader),
    svg: moments.every((moment) => moment === null)
      ? ''
      : lineChart(
          {
            id: `line-${line.population}`,
            title: who,
            desc: columns.map(({ when, figure }) => `${when}: ${figure.value}`).join('. '),
            lang: reader.lang,
          },
          moments,
          reader.dir,
        ),
    columns,
    changes: said,
    broken: line.broken.length > 0,
    same: line.same.map(({ wave, reason }) =>
      reader.t('waves.sameSaid', {
        wave: month(line.waves.find((one) => one.wave === wave)?.at ?? 0),
        reason,
      }),
    ),
    parts:
      definition.parts.length < 2
        ? []
        : (line.latest?.parts ?? []).map((part) => {
            const text = parts.get(part.code)
            const words = text ? reader.words(text) : reader.own(part.code)
            const figure = sayFigure(reader, { ...definition, statistic: 'percent' }, part)
            const id = `part-${line.population}-${part.code}`
            return { words, figure, svg: drawFigure(reader, id, words.words, part, null, figure.value) }
          }),
  }
}

/** The waves that asked a line's population, as a chart of lines draws them. */
export const momentsOf = ({ waves, broken }: Line): Moment[] =>
  waves
    .filter(({ asked }) => asked)
    .map(({ wave, share, low, high }) =>
      share === null || low === null || high === null
        ? null
        : { share, low, high, broken: broken.includes(wave) },
    )

function itemsOf(
  report: PlanReport,
  { plan, definition }: PlacedProgress,
  parts: ReturnType<typeof partNames>,
  { reader }: Teller,
): IndicatorPage['items'] {
  const seen = new Set<string>()
  return (report.waves.at(-1)?.sources ?? []).flatMap((source) =>
    figureOf(plan, definition, source, report.school)
      .populations.flatMap((one) => one.parts)
      .flatMap(({ code, question, item }) => {
        const key = `${source.survey.slug} ${question} ${item}`
        const found = itemIn(source, question, item)
        if (seen.has(key) || !found) return []
        seen.add(key)
        const part = definition.parts.length > 1 ? parts.get(code) : undefined
        return [
          {
            href: itemAddress(source.survey.slug, question, item, report.query),
            words: reader.words(found.item.label),
            survey: reader.words(source.questionnaire.title),
            part: part ? reader.words(part) : null,
            favorable: reader.t('dashboard.favorablePoints', {
              points: reader.list(found.points.map((label) => reader.words(label).words)),
            }),
          },
        ]
      }),
  )
}

/** An item with the words of the points that count as favorable. */
function itemIn(
  { questionnaire }: ReportSource,
  code: string,
  item: string,
): { item: Item; points: Record<string, string>[] } | undefined {
  const question = findQuestion(questionnaire, code)
  const outline = question && kindOf(question).outline(question)
  const found = outline?.items?.find((one) => one.code === item)
  if (!outline || !found) return undefined
  const points = outline.points ?? []
  const stance = stances(points, found.reversed === true)
  return {
    item: found,
    points: points.filter((one) => stance.get(one.code) === 'favorable').map(({ label }) => label),
  }
}
