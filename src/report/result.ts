import { type ItemSummary, summarizeItem } from '../climate/favorable.ts'
import type { Item, Question } from '../questionnaire/definition.ts'
import type { Measure, Outline } from '../questionnaire/kind.ts'
import { type Ballot, ballotCount, ballotOf } from '../ranking/ballots.ts'
import { borda } from '../ranking/borda.ts'
import { firstChoices } from '../ranking/firstChoice.ts'
import { type InstantRunoff, instantRunoff } from '../ranking/instantRunoff.ts'
import { meanRanks } from '../ranking/meanRank.ts'
import { condorcet, type Pairwise, pairwise } from '../ranking/pairwise.ts'
import { readPoint } from '../response/together.ts'
import type { Slice } from './slice.ts'
import { item } from './tally.ts'
import type { Veil } from './veil.ts'

/** `n` is null for an option that stands for too few people to be shown. */
export type ChosenOption = { code: string; n: number | null; share: number | null }
export type RankedOption = {
  code: string
  first: number
  firstShare: number | null
  ranked: number
  meanRank: number | null
  borda: number
}
/** An item that too few people answered has no summary. */
export type RatedItem = { code: string; summary: ItemSummary | null }

/** What one question came to, by its measure. `n` is the base of its shares: those who answered it. */
export type Result =
  | { measure: 'choice'; n: number; several: boolean; options: ChosenOption[] }
  | {
      measure: 'ranking'
      n: number
      options: RankedOption[]
      pairwise: Pairwise
      condorcet: string | null
      irv: InstantRunoff
    }
  | { measure: 'points'; n: number; items: RatedItem[] }
  | { measure: 'number'; n: number; mean: number | null; median: number | null }
  | { measure: 'words'; n: number }

export type Measured<M extends Measure> = Extract<Result, { measure: M }>

/** Reads the sums of a question's cells by its measure, never by the name of its kind. */
export function resultOf(
  question: Question,
  measure: Measure,
  outline: Outline,
  cells: ReadonlyMap<string, number>,
  behind: { veil: Veil; slice: Slice },
): Result {
  const n = cells.get('') ?? 0
  switch (measure) {
    case 'choice':
      return choice(outline, cells, n)
    case 'ranking':
      return ranking(outline, cells)
    case 'points':
      return { measure, n, items: ratings(question, outline, cells, behind) }
    case 'number':
      return { measure, n, ...middle(cells) }
    case 'words':
      return { measure, n }
  }
}

function choice(
  { options = [] }: Outline,
  cells: ReadonlyMap<string, number>,
  n: number,
): Measured<'choice'> {
  const counts = options.map(({ code }) => ({ code, n: cells.get(code) ?? 0 }))
  return {
    measure: 'choice',
    n,
    several: counts.reduce((sum, option) => sum + option.n, 0) > n,
    options: counts.map((option) => ({ ...option, share: n > 0 ? option.n / n : null })),
  }
}

function ranking({ options = [] }: Outline, cells: ReadonlyMap<string, number>): Measured<'ranking'> {
  const codes = options.map(({ code }) => code)
  const ballots = [...cells]
    .map(([cell, n]) => ballotOf(cell, n, codes))
    .filter((ballot): ballot is Ballot => ballot !== undefined)
  const places = new Map(meanRanks(codes, ballots).map((mean) => [mean.code, mean]))
  const points = borda(codes, ballots)
  const matrix = pairwise(codes, ballots)
  return {
    measure: 'ranking',
    n: ballotCount(ballots),
    options: firstChoices(codes, ballots).map(({ code, first, firstShare }) => ({
      code,
      first,
      firstShare,
      ranked: places.get(code)?.ranked ?? 0,
      meanRank: places.get(code)?.meanRank ?? null,
      borda: points.get(code) ?? 0,
    })),
    pairwise: matrix,
    condorcet: condorcet(codes, matrix),
    irv: instantRunoff(codes, ballots),
  }
}

function ratings(
  question: Question,
  { items = [], points = [] }: Outline,
  cells: ReadonlyMap<string, number>,
  { veil, slice }: { veil: Veil; slice: Slice },
): RatedItem[] {
  const byItem = new Map<string, Map<string, number>>()
  for (const [cell, n] of cells) {
    if (cell === '') continue
    const { item: code, point } = readPoint(cell)
    byItem.set(code, (byItem.get(code) ?? new Map()).set(point, n))
  }
  const summary = ({ code, reversed }: Item) =>
    summarizeItem(points, byItem.get(code) ?? new Map(), reversed === true)
  return items.map((one) => ({
    code: one.code,
    summary: veil(item(question.code, one.code), slice) === null ? null : summary(one),
  }))
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
