import { namesFavorable } from '../../climate/favorable.ts'
import { readTogether } from '../../climate/gaps.ts'
import type { Text } from '../../language/text.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import { isMatching } from '../../questionnaire/matching.ts'
import { changeBetween, type Exactly, figured, type IndicatorChange } from '../plan/indicator.ts'
import type { Bound } from '../privacy/bounded.ts'
import type { QuestionReport, Report } from '../report.ts'
import { type Break, breaksBetween, meaningOf, thingOf } from './meaning.ts'

/** One wave as a reader may see it: the report has suppressed already what must be. `versions`: all that were answered. */
export type WaveReport = {
  survey: number
  slug: string
  label: Text
  /** "2021-05-28" */
  day: string
  report: Report
  versions: readonly Questionnaire[]
}

/** The office says that `after` asks what `before` asked: a question, or a row of one. */
export type SameAs = {
  before: number
  after: number
  askedBefore: string
  askedAfter: string
  reason: string
}

/** A line's value in one wave. `asked` false: this wave does not ask it. */
export type WavePoint = Exactly & {
  asked: boolean
  bound: Bound | null
  /** Why it does not go on from the wave before; null: it does, or it is the first. Never joined when it is not null. */
  broken: Break[] | null
  /** Why the office says that it is the same although it is worded otherwise. */
  same: string | null
  /** Versions of this very wave differ in words or answers. */
  mixed: boolean
}

export type WaveChange = IndicatorChange & {
  /** Places of the waves. */
  from: number
  to: number
  holm: number
  beyondChance: boolean
}

/**
 * What one item (percent favorable), one option of a choice (who chose it) or one option of a ranking (who put it
 * first) came to in every wave. `asked`: its code in the last wave that asks it.
 */
export type Line = {
  asked: string
  option: string | null
  measure: 'favorable' | 'chosen' | 'first'
  /** Words of the question, of the row and of the option, as the last wave asks them; whether the row is turned round. */
  words: { question: Text; item: Text | null; option: Text | null; reversed: boolean }
  points: WavePoint[]
  /** From each point to the next one that it is joined to. */
  changes: WaveChange[]
  /** From the first to the last point of the unbroken end of the line, where those are not neighbours. */
  overall: WaveChange | null
}

const nothing = { n: null, count: null, share: null, low: null, high: null, suppressed: false }
const notAsked: WavePoint = {
  ...nothing,
  asked: false,
  bound: null,
  broken: null,
  same: null,
  mixed: false,
}

type Thread = { asked: string; option: string | null; places: (string | undefined)[] }

/**
 * Surveys lined up by the code of what they ask. A line is broken, and no change is worked out over the break, where
 * the source words, the answers that are offered, what counts as favorable or the kind are not the same as in the wave
 * before, unless the office has said that it is the same. p is corrected (Holm) over all changes of the page.
 */
export function linesOf(waves: readonly WaveReport[], same: readonly SameAs[] = []): Line[] {
  const lines = threadsOf(waves, same)
    .filter((thread) => hasShare(thread, waves))
    .map((thread) => lineOf(thread, waves, same))
  const told = lines.flatMap((line, at) => {
    const pairs = joined(line.points)
    const [first, last] = [pairs.at(0), pairs.at(-1)]
    const ends = wholeOf(line.points)
    return [
      ...pairs.map((pair) => ({ ...pair, at, overall: false })),
      ...(ends && pairs.length > 1 && first && last ? [{ ...ends, at, overall: true }] : []),
    ].flatMap(({ from, to, ...where }) => {
      const [a, b] = [line.points[from], line.points[to]]
      const change = a && b && !a.bound && !b.bound && changeBetween(a, b)
      return change ? [{ ...change, from, to, ...where }] : []
    })
  })
  const read = readTogether(told)
  return lines.map((line, at) => {
    const own = read.filter((one) => one.at === at)
    const strip = ({ at: _, overall: __, ...change }: (typeof own)[number]): WaveChange => change
    const whole = own.find(({ overall }) => overall)
    return {
      ...line,
      changes: own.filter(({ overall }) => !overall).map(strip),
      overall: whole ? strip(whole) : null,
    }
  })
}

/** Whether any wave tells a share of it: a scale that names no favorable points has none. */
const hasShare = ({ places }: Thread, waves: readonly WaveReport[]): boolean =>
  waves.some(({ report }, at) => {
    const asked = places[at]
    const question = asked === undefined ? undefined : questionOf(report, asked)
    if (!question) return false
    const { measure } = kindOf(question.question)
    return measure !== 'points' || namesFavorable(question.outline.points ?? [])
  })

/** Whether a point can be joined to others: it has a share that may be shown. */
const shows = (point: WavePoint): boolean => point.asked && point.share !== null

/** Each point with the next one on the same unbroken stretch; a wave that does not ask it is passed over. */
function joined(points: readonly WavePoint[]): { from: number; to: number }[] {
  const pairs: { from: number; to: number }[] = []
  let last: number | undefined
  points.forEach((point, at) => {
    if (!point.asked) return
    if (point.broken) last = undefined
    if (!shows(point)) return
    if (last !== undefined) pairs.push({ from: last, to: at })
    last = at
  })
  return pairs
}

/** First and last place of the last unbroken stretch. */
function wholeOf(points: readonly WavePoint[]): { from: number; to: number } | undefined {
  const start = Math.max(
    0,
    points.findLastIndex(({ asked, broken }) => asked && broken !== null),
  )
  const places = points.flatMap((point, at) => (at >= start && shows(point) ? [at] : []))
  const [from, to] = [places[0], places.at(-1)]
  return from !== undefined && to !== undefined && to > from ? { from, to } : undefined
}

/** What is asked anywhere, by the code that the last wave knows it under, with its code in every wave. */
function threadsOf(waves: readonly WaveReport[], same: readonly SameAs[]): Thread[] {
  const threads: Thread[] = []
  waves.forEach((wave, at) => {
    for (const { asked, option } of askedBy(wave.report)) {
      // The office's word first, then the same code.
      const said = same.find((one) => one.after === wave.survey && one.askedAfter === asked)
      const known =
        threads.find(
          (one) =>
            said !== undefined &&
            one.option === option &&
            one.places[waves.findIndex(({ survey }) => survey === said.before)] === said.askedBefore,
        ) ?? threads.find((one) => one.option === option && one.asked === asked)
      const thread = known ?? { asked, option, places: [] }
      if (!known) threads.push(thread)
      thread.places[at] = asked
      thread.asked = asked
    }
  })
  // In the order of the last wave, then what only earlier ones asked.
  const order = waves.toReversed().flatMap(({ report }) => askedBy(report))
  const placeOf = ({ asked, option }: Thread) =>
    order.findIndex((one) => one.asked === asked && one.option === option)
  return threads.sort((a, b) => placeOf(a) - placeOf(b))
}

/** Everything in a report that a line can be made of. Questions of who people are, and of codes, are none. */
function askedBy({ sections }: Report): { asked: string; option: string | null }[] {
  return sections.flatMap(({ questions }) =>
    questions.flatMap(({ question, outline }): { asked: string; option: string | null }[] => {
      if (question.attribute !== undefined || isMatching(question)) return []
      const { measure } = kindOf(question)
      if (measure === 'points')
        return (outline.items ?? []).map(({ code }) => ({
          asked: thingOf(question.code, code),
          option: null,
        }))
      if (measure === 'choice' || measure === 'ranking')
        return (outline.options ?? []).map(({ code }) => ({ asked: question.code, option: code }))
      return []
    }),
  )
}

function questionOf({ sections }: Report, asked: string): QuestionReport | undefined {
  const [code] = asked.split('.')
  return sections.flatMap(({ questions }) => questions).find(({ question }) => question.code === code)
}

function lineOf(thread: Thread, waves: readonly WaveReport[], same: readonly SameAs[]): Line {
  let earlier: { wave: WaveReport; asked: string } | undefined
  const points = waves.map((wave, at): WavePoint => {
    const asked = thread.places[at]
    if (asked === undefined) return notAsked
    const figure = pointOf(wave.report, asked, thread.option)
    const change = earlier && changed(earlier, { wave, asked }, same)
    earlier = { wave, asked }
    return {
      ...figure,
      asked: true,
      broken: change && change.breaks.length > 0 && change.said === undefined ? change.breaks : null,
      same: change && (change.breaks.length > 0 || change.renamed) ? (change.said ?? null) : null,
      mixed: mixed(wave, asked),
    }
  })
  const last = waves.findLast((_, at) => thread.places[at] !== undefined)
  const question = last && questionOf(last.report, thread.asked)
  const [, row] = thread.asked.split('.')
  const item = question?.outline.items?.find(({ code }) => code === row)
  const option = question?.outline.options?.find(({ code }) => code === thread.option)
  const measure = question ? kindOf(question.question).measure : 'points'
  return {
    asked: thread.asked,
    option: thread.option,
    measure: measure === 'points' ? 'favorable' : measure === 'ranking' ? 'first' : 'chosen',
    words: {
      question: question?.question.title ?? {},
      item: item?.label ?? null,
      option: option?.label ?? null,
      reversed: item?.reversed === true,
    },
    points,
    changes: [],
    overall: null,
  }
}

function changed(
  before: { wave: WaveReport; asked: string },
  after: { wave: WaveReport; asked: string },
  same: readonly SameAs[],
): { breaks: Break[]; said: string | undefined; renamed: boolean } {
  const [a, b] = [before, after].map(({ wave, asked }) => meaningOf(wave.report.questionnaire, asked))
  const said = same.find(
    (one) =>
      one.before === before.wave.survey &&
      one.after === after.wave.survey &&
      one.askedBefore === before.asked &&
      one.askedAfter === after.asked,
  )
  return {
    breaks: a && b ? breaksBetween(a, b) : ['kind'],
    said: said?.reason,
    renamed: before.asked !== after.asked,
  }
}

/** Earlier versions of one survey count under the same codes; where they asked it otherwise, the point says so. */
function mixed({ report, versions }: WaveReport, asked: string): boolean {
  const now = meaningOf(report.questionnaire, asked)
  return versions.some((version) => {
    const then = meaningOf(version, asked)
    return now !== undefined && then !== undefined && breaksBetween(then, now).length > 0
  })
}

const hidden = { ...nothing, suppressed: true, bound: null }

function pointOf(report: Report, asked: string, option: string | null): Exactly & { bound: Bound | null } {
  const result = questionOf(report, asked)?.result
  if (!result) return hidden
  const [code = '', row = code] = asked.split('.')
  switch (result.measure) {
    case 'points': {
      const found = result.items.find((one) => one.code === row)
      if (found?.summary && found.summary.favorable === null)
        return { ...nothing, n: found.summary.n, bound: null }
      if (found?.summary?.favorable != null)
        return { ...figured(found.summary.favorable, found.summary.n), bound: null }
      if (!found?.bound) return hidden
      const { n, ...bound } = found.bound
      return { ...hidden, n, bound }
    }
    case 'choice': {
      const { n, bound } = result.options.find((one) => one.code === option) ?? {}
      if (bound) return { ...hidden, n: result.n, bound }
      return typeof n === 'number' ? { ...figured(n, result.n), bound: null } : hidden
    }
    case 'ranking': {
      const ballots = result.options.reduce((sum, { first }) => sum + first, 0)
      const first = result.options.find((one) => one.code === option)?.first
      return typeof first === 'number' ? { ...figured(first, ballots), bound: null } : hidden
    }
    default:
      return hidden
  }
}
