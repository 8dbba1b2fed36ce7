import type { Alpha } from '../climate/alpha.ts'
import { type ItemSummary, summarizeItem } from '../climate/favorable.ts'
import { type ScaleSummary, summarizeScale } from '../climate/scale.ts'
import { alphaFrom } from '../climate/together.ts'
import type { Item, Question } from '../questionnaire/definition.ts'
import type { Measure, Outline } from '../questionnaire/kind.ts'
import { type Agreement, agreementOf } from '../ranking/agreement.ts'
import { ballotCount, ballotsOf } from '../ranking/ballots.ts'
import { borda } from '../ranking/borda.ts'
import { firstChoices } from '../ranking/firstChoice.ts'
import { type InstantRunoff, type Runoff, runoff } from '../ranking/instantRunoff.ts'
import { meanRanks } from '../ranking/meanRank.ts'
import { condorcet, type Pairwise, pairwise } from '../ranking/pairwise.ts'
import { schulze } from '../ranking/schulze.ts'
import { topShares } from '../ranking/topShare.ts'
import { readPoint, unansweredCell } from '../response/together.ts'
import type { Bound } from './privacy/bounded.ts'
import type { Tellings } from './privacy/tellings.ts'
import type { Told } from './privacy/told.ts'
import type { Veil } from './privacy/veil.ts'
import type { Slice } from './slice.ts'
import { item } from './tally.ts'
import type { Weighed } from './weights/figures.ts'

/**
 * Only in a report with weights (weights/weighted.ts): what a share would be without them, and what it rests on. Null
 * where the share stands without weights, since with them it would tell of a small group. Counts are never weighted.
 */
export type ShareWeights = (Weighed & { plain: number }) | null

/**
 * `n` is null for an option that stands for too few people to be shown, and in a group whose answers are not told
 * exactly (see told.ts); then there may be a `bound`.
 */
export type ChosenOption = {
  code: string
  n: number | null
  share: number | null
  bound?: Bound
  weights?: ShareWeights
}
export type RankedOption = {
  code: string
  first: number
  firstShare: number | null
  ranked: number
  meanRank: number | null
  borda: number
  /** Ballots that put it first or second. */
  top: number
  topShare: number | null
  weights?: ShareWeights
}
/** Of those who were asked an item, how many gave no point and did not say that it does not apply. */
export type NonResponse = { asked: number; missing: number; share: number | null }
/** To how many an item does not apply (null where that is not told apart from how many left it out), and the rest. */
export type ToldSummary = Omit<ItemSummary, 'notApplicable'> & { notApplicable: number | null }
/** An item that too few people answered has neither. One whose answers are not told exactly may have a `bound`. */
export type RatedItem = {
  code: string
  summary: ToldSummary | null
  nonResponse: NonResponse | null
  bound?: Bound & { n: number }
  weights?: ShareWeights
}

/**
 * What one question came to, by its measure. `n` is the base of its shares: those who answered it. `asked`: those who
 * came to it, whether they answered or not; answers that were counted before this was kept count as asked.
 */
export type Result = { n: number; asked: number } & (
  | {
      measure: 'choice'
      several: boolean
      options: ChosenOption[]
      /** These are the first choices of a ranking, of which no more is told here. */
      ranked?: true
    }
  | {
      measure: 'ranking'
      options: RankedOption[]
      pairwise: Pairwise
      condorcet: string | null
      irv: InstantRunoff
      /** The base of each round, and rounds that only the rule for ties decided. */
      runoff: Pick<Runoff, 'counting' | 'ties'>
      schulze: string[][]
      agreement: Agreement
    }
  | {
      measure: 'points'
      items: RatedItem[]
      /** All items read as one, and how they hold together; null for a single item, or where too few answered all. */
      scale: ScaleSummary | null
      alpha: Alpha | null
    }
  | { measure: 'number'; mean: number | null; median: number | null }
  | { measure: 'words' }
)

/** Weights of every share of a result that could have any. */
export function weightsIn(result: Result): ShareWeights[] {
  const parts = result.measure === 'points' ? result.items : 'options' in result ? result.options : []
  return parts.flatMap(({ weights }) => (weights === undefined ? [] : [weights]))
}

export type Measured<M extends Measure> = Extract<Result, { measure: M }>

/**
 * Reads the sums of a question's cells by its measure, never by the name of its kind. Of a ranking, what goes beyond
 * first choices tells how answers go together, so it is told of everyone, and where nothing of them is hidden.
 */
export function resultOf(
  question: Question,
  measure: Measure,
  outline: Outline,
  cells: ReadonlyMap<string, number>,
  behind: Behind,
): Result {
  const told = behind.told(question.code)
  const n = cells.get('') ?? 0
  const asked = n + (cells.get(unansweredCell) ?? 0)
  switch (measure) {
    case 'choice':
      return { asked, ...choice(outline, cells, n, { told, slice: behind.slice }) }
    case 'ranking':
      return told.together(behind.slice)
        ? { asked, ...ranking(outline, cells) }
        : { asked, ...firstAlone(outline, cells, { told, slice: behind.slice }) }
    case 'points':
      return { measure, n, asked, ...rated(question, outline, cells, { ...behind, asked }) }
    case 'number':
      return { measure, n, asked, ...middle(cells) }
    case 'words':
      return { measure, n, asked }
  }
}

/** What may be shown and told, of whom, and the smallest group. */
type Behind = { veil: Veil; told: Tellings; slice: Slice; minimum: number }

function choice(
  { options = [] }: Outline,
  cells: ReadonlyMap<string, number>,
  n: number,
  { told, slice }: { told: Told; slice: Slice },
): Omit<Measured<'choice'>, 'asked'> {
  const exact = told.exact(slice)
  const counts = options.map(({ code }) => ({ code, n: cells.get(code) ?? 0 }))
  return {
    measure: 'choice',
    n,
    // Of people whose answers are not told exactly it would be one sum more.
    several: exact ? counts.reduce((sum, option) => sum + option.n, 0) > n : !told.whole,
    options: counts.map((option): ChosenOption => {
      if (exact) return { ...option, share: n > 0 ? option.n / n : null }
      const bound = told.bound(slice, option.code)
      return { code: option.code, n: null, share: null, ...(bound && { bound }) }
    }),
  }
}

/** A ranking as a choice of what is put first. */
function firstAlone(
  outline: Outline,
  cells: ReadonlyMap<string, number>,
  behind: { told: Told; slice: Slice },
): Omit<Measured<'choice'>, 'asked'> {
  const codes = (outline.options ?? []).map(({ code }) => code)
  const ballots = ballotsOf(cells, codes)
  const firsts = new Map(firstChoices(codes, ballots).map(({ code, first }) => [code, first]))
  return { ...choice(outline, firsts, ballotCount(ballots), behind), several: false, ranked: true }
}

function ranking(
  { options: offered = [] }: Outline,
  cells: ReadonlyMap<string, number>,
): Omit<Measured<'ranking'>, 'asked'> {
  const codes = offered.map(({ code }) => code)
  const ballots = ballotsOf(cells, codes)
  const places = new Map(meanRanks(codes, ballots).map((mean) => [mean.code, mean]))
  const tops = new Map(topShares(codes, ballots).map((top) => [top.code, top]))
  const points = borda(codes, ballots)
  const matrix = pairwise(codes, ballots)
  const options = firstChoices(codes, ballots).map(({ code, first, firstShare }) => ({
    code,
    first,
    firstShare,
    ranked: places.get(code)?.ranked ?? 0,
    meanRank: places.get(code)?.meanRank ?? null,
    borda: points.get(code) ?? 0,
    top: tops.get(code)?.top ?? 0,
    topShare: tops.get(code)?.topShare ?? null,
  }))
  const counted = {
    options,
    pairwise: matrix,
    condorcet: condorcet(codes, matrix),
    schulze: schulze(codes, matrix),
    runoff: runoff(codes, ballots),
  }
  const { winner, rounds, counting, ties } = counted.runoff
  return {
    measure: 'ranking',
    n: ballotCount(ballots),
    options,
    pairwise: matrix,
    condorcet: counted.condorcet,
    irv: { winner, rounds },
    runoff: { counting, ties },
    schulze: counted.schulze.order,
    agreement: agreementOf(counted),
  }
}

function rated(
  question: Question,
  { items = [], points = [] }: Outline,
  cells: ReadonlyMap<string, number>,
  { veil, told, slice, minimum, asked }: Behind & { asked: number },
): Pick<Measured<'points'>, 'items' | 'scale' | 'alpha'> {
  const byItem = new Map<string, Map<string, number>>()
  for (const [cell, n] of cells) {
    if (cell === '') continue
    const { item: code, point } = readPoint(cell)
    byItem.set(code, (byItem.get(code) ?? new Map()).set(point, n))
  }
  const read = (one: Item): RatedItem => {
    const summary = summarizeItem(points, byItem.get(one.code) ?? new Map(), one.reversed === true)
    // Of everyone together it is told that it applied to nobody; of a part only what is told of those who gave a point.
    const toNobody =
      slice.school === null && slice.group === null && summary.n === 0 && summary.notApplicable >= minimum
    if (!toNobody && veil(item(question.code, one.code), slice) === null)
      return { code: one.code, summary: null, nonResponse: null }
    const missing = Math.max(0, asked - summary.n - summary.notApplicable)
    const nonResponse = { asked, missing, share: asked > 0 ? missing / asked : null }
    if (toNobody) return { code: one.code, summary, nonResponse }
    const may = told(question.code, one.code)
    if (may.exact(slice)) {
      // One sum more of each part of the people would tell what few of them said.
      const apart = question.notApplicable !== true || may.together(slice)
      if (!apart) return { code: one.code, summary: { ...summary, notApplicable: null }, nonResponse: null }
      return { code: one.code, summary, nonResponse }
    }
    const bound = may.bound(slice, 'favorable')
    // With how many left it out, the base would tell exactly to how many it does not apply.
    return {
      code: one.code,
      summary: null,
      nonResponse: null,
      ...(bound && { bound: { ...bound, n: summary.n } }),
    }
  }
  const all = items.map(read)
  if (items.length < 2) return { items: all, scale: null, alpha: null }
  const values = points.map(({ value }) => value)
  const ends = values.length > 0 ? { least: Math.min(...values), most: Math.max(...values) } : null
  const alpha = alphaFrom({ items, points }, cells)
  // How items go together of a school and of a group that meet would give it of people who are hidden beside them.
  const everyone = veil(question.code, { school: null, group: null }) === (cells.get('') ?? 0)
  const apart = everyone || items.every((one) => told(question.code, one.code).everywhere)
  return {
    items: all,
    // Of the items together nothing is told while one of them is not: the rest would give it away.
    scale: all.some(({ summary }) => !summary)
      ? null
      : summarizeScale(
          all.map(({ summary }, at) => ({ summary, reversed: items[at]?.reversed === true })),
          ends,
        ),
    alpha: !apart || all.some(({ summary }) => !summary) || (alpha.n > 0 && alpha.n < minimum) ? null : alpha,
  }
}

/** Mean and median of typed numbers; the median of an even count is the mean of the two in the middle. */
function middle(cells: ReadonlyMap<string, number>): { mean: number | null; median: number | null } {
  const values = [...cells]
    .filter(([cell]) => cell !== '')
    .map(([cell, n]) => ({ value: Number(cell), n }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => a.value - b.value)
  const n = values.reduce((sum, one) => sum + one.n, 0)
  if (n === 0) return { mean: null, median: null }
  const at = (place: number) => {
    let passed = 0
    for (const { value, n: people } of values) {
      passed += people
      if (passed > place) return value
    }
    return 0
  }
  return {
    mean: values.reduce((sum, one) => sum + one.value * one.n, 0) / n,
    median: (at(Math.floor((n - 1) / 2)) + at(Math.floor(n / 2))) / 2,
  }
}
