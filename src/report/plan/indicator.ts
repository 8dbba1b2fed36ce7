import { pOfDifference } from '../../climate/chance.ts'
import { type Difference, differenceOf } from '../../climate/difference.ts'
import { namesFavorable, stances, summarizeItem } from '../../climate/favorable.ts'
import { jointReader } from '../../climate/together.ts'
import { wilson } from '../../climate/wilson.ts'
import type { Plan } from '../../plan/plan.ts'
import { type Item, type Question, questions } from '../../questionnaire/definition.ts'
import type { Outline } from '../../questionnaire/kind.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import { citingKey, itemKey, readPoint, unansweredCell } from '../../response/together.ts'
import type { Bound } from '../privacy/bounded.ts'
import { protect } from '../privacy/suppression.ts'
import { type Told, tell } from '../privacy/told.ts'
import { cellsOf } from '../privacy/veil.ts'
import { type Count, holds, placeKey, type Slice } from '../slice.ts'
import type { ReportSource } from '../source.ts'
import { item, survey } from '../tally.ts'
import type { IndicatorDefinition } from './indicatorDefinition.ts'

/** A share with its base and 95 % interval; all null where it may not be shown, `suppressed` then. */
export type Exactly = {
  n: number | null
  count: number | null
  share: number | null
  low: number | null
  high: number | null
  suppressed: boolean
}
/** Where a bound may be told instead, it stands in `bound`, and `n` is the base that it is of. */
export type Figured = Exactly & { bound?: Bound }

/** One part of an indicator in one population, with the item that asked it: of those who answered that item. */
export type PartFigure = Figured & { code: string; question: string; item: string }

/** `asked` false: this survey does not ask the population all parts. `count` is null for the rule "mean". */
export type PopulationFigure = Figured & {
  code: string
  groups: string[]
  asked: boolean
  parts: PartFigure[]
}

export type IndicatorFigure = {
  code: string
  statistic: IndicatorDefinition['statistic']
  unit: IndicatorDefinition['unit']
  rule: IndicatorDefinition['rule']
  /** Each population apart, in the order of the definition. */
  populations: PopulationFigure[]
  /** All populations added up, after they were told apart; null where there is but one or one may not be shown. */
  together: Figured | null
}

const hidden: Exactly = { n: null, count: null, share: null, low: null, high: null, suppressed: true }
const empty: Exactly = { n: 0, count: 0, share: null, low: null, high: null, suppressed: false }

/** The figure of `count` of `n` people. */
export function figured(count: number, n: number): Exactly {
  const interval = wilson(count, n)
  if (!interval) return empty
  return { n, count, share: count / n, ...interval, suppressed: false }
}

/**
 * That none of some people answered is told where each group of them may be shown; of the others it would say something
 * of each, also where others answered at other schools alone.
 */
function emptyIn({ veil, tally }: ReportSource, school: string | null, groups: readonly string[]): Exactly {
  const slices = groups.map((group): Slice => ({ school, group }))
  const anybody = (slice: Slice) => tally.people.get(survey)?.some((one) => one.n > 0 && holds(slice, one))
  return slices.some((slice) => anybody(slice) && veil(survey, slice) === null) ? hidden : empty
}

/** Of those who answered all parts, how many can have said yes to all: nobody where none of enough people did to one part. */
function whoCanHave(
  { tally, survey: { minimumGroup } }: ReportSource,
  way: readonly Asked[],
  answered: readonly Count[],
): Count[] {
  const yes = way.map(({ question, outline, item: one }) => {
    const stance = stances(outline.points ?? [], one.reversed === true)
    const rows = (tally.cells.get(question.code) ?? []).filter(({ cell, n }) => {
      const { item: code, point } = readPoint(cell)
      return n > 0 && code === one.code && stance.get(point) === 'favorable'
    })
    return new Set(rows.map(placeKey))
  })
  const there = new Map((tally.people.get(survey) ?? []).map((count) => [placeKey(count), count.n]))
  return answered.filter(
    (count) =>
      (there.get(placeKey(count)) ?? 0) < minimumGroup || yes.every((places) => places.has(placeKey(count))),
  )
}

/** Whether anybody of a slice gave a point to any of these items. */
const answeredIn = ({ tally }: ReportSource, way: readonly Asked[], slice: Slice): boolean =>
  way.some(({ question, item: one }) =>
    tally.people.get(item(question.code, one.code))?.some((count) => count.n > 0 && holds(slice, count)),
  )

/** The figure as far as it may be told. */
function toldIn(told: Told, slice: Slice, code: string, count: number, n: number): Figured {
  if (told.exact(slice)) return figured(count, n)
  const bound = told.bound(slice, code)
  return { ...hidden, ...(bound && { n, bound }) }
}

/** Figures of different people added up, as of two surveys that ask the same; hidden where one of them is. */
export function addFigures(figures: readonly Figured[]): Figured {
  const [only] = figures
  if (only && figures.length === 1) {
    // A figure may be of something that has a code of its own; that is not passed on.
    const { n, count, share, low, high, suppressed, bound } = only
    return { n, count, share, low, high, suppressed, ...(bound && { bound }) }
  }
  if (figures.some(({ suppressed }) => suppressed)) return hidden
  const sum = (of: 'count' | 'n') => figures.reduce((all, one) => all + (one[of] ?? 0), 0)
  return figured(sum('count'), sum('n'))
}

const known = new WeakMap<ReportSource, WeakMap<IndicatorDefinition, Map<string | null, IndicatorFigure>>>()

/** An indicator's figures in one survey, of one school or of all (null). The same counts give the same figures. */
export function indicatorOf(
  definition: IndicatorDefinition,
  source: ReportSource,
  school: string | null = null,
): IndicatorFigure {
  const here = known.get(source) ?? new WeakMap<IndicatorDefinition, Map<string | null, IndicatorFigure>>()
  known.set(source, here)
  const figures = here.get(definition) ?? new Map<string | null, IndicatorFigure>()
  here.set(definition, figures)
  const figure = figures.get(school) ?? figureOf(definition, source, school)
  figures.set(school, figure)
  return figure
}

function figureOf(
  definition: IndicatorDefinition,
  source: ReportSource,
  school: string | null,
): IndicatorFigure {
  const populations = definition.populations.map((population) =>
    populationOf(definition, population, source, school),
  )
  const asked = populations.filter((one) => one.asked)
  const several = asked.length > 1 && definition.rule !== 'mean'
  return {
    code: definition.code,
    statistic: definition.statistic,
    unit: definition.unit,
    rule: definition.rule,
    populations,
    together: several && !asked.some(({ suppressed }) => suppressed) ? addFigures(asked) : null,
  }
}

type Asked = { part: string; question: Question; outline: Outline; item: Item }

/** The items that ask each part, wherever they stand in the questionnaire. */
function asking({ code: element, parts, rule }: IndicatorDefinition, source: ReportSource): Asked[] {
  // Points given together are counted only of items that cite the element.
  const counted = ({ cites = [] }: Item) => rule !== 'all' || cites.includes(element)
  return questions(source.questionnaire).flatMap((question) => {
    const kind = kindOf(question)
    if (kind.measure !== 'points') return []
    const outline = kind.outline(question)
    if (!namesFavorable(outline.points ?? [])) return []
    return parts.flatMap(({ code, banks }) => {
      const found = outline.items?.find(
        (one) => one.bank !== undefined && banks.includes(one.bank) && counted(one),
      )
      return found ? [{ part: code, question, outline, item: found }] : []
    })
  })
}

/**
 * The slices that a population's answers lie in: everyone's where nobody else answered, else each group by itself.
 * Empty where nobody of the population answered.
 */
function slicesOf(
  source: ReportSource,
  name: string,
  groups: readonly string[],
  school: string | null,
): Slice[] {
  const rows = (source.tally.cells.get(name) ?? []).filter(({ cell, n }) => cell !== unansweredCell && n > 0)
  const answered = new Set(rows.map(({ group }) => group))
  const own = groups.filter((group) => answered.has(group))
  if (own.length === answered.size && own.length > 0) return [{ school, group: null }]
  return own.map((group) => ({ school, group }))
}

function populationOf(
  definition: IndicatorDefinition,
  { code, groups }: IndicatorDefinition['populations'][number],
  source: ReportSource,
  school: string | null,
): PopulationFigure {
  const found = asking(definition, source)
    .map((asked) => ({ asked, slices: slicesOf(source, asked.question.code, groups, school) }))
    .filter(({ slices }) => slices.length > 0)
  const parts = found.map(({ asked, slices }) => partOf(source, asked, slices, { groups, school }))
  const complete = definition.parts.every((part) => parts.some((one) => one.code === part.code))
  const whole = {
    one: () => addFigures(parts),
    all: () =>
      jointly(
        source,
        definition,
        found.map(({ asked }) => asked),
        { groups, school },
      ),
    mean: () => meanOf(parts),
  }[definition.rule]
  return { code, groups, asked: complete, ...(complete ? whole() : empty), parts }
}

function partOf(
  source: ReportSource,
  { part, question, outline, item: one }: Asked,
  slices: readonly Slice[],
  { groups, school }: { groups: readonly string[]; school: string | null },
): PartFigure {
  const figure = (slice: Slice): Figured => {
    const counts = new Map<string, number>()
    for (const [cell, n] of cellsOf(source.tally, question.code, slice)) {
      const { item: code, point } = readPoint(cell)
      if (code === one.code) counts.set(point, n)
    }
    const { n, favorable } = summarizeItem(outline.points ?? [], counts, one.reversed === true)
    if (n === 0) return emptyIn(source, school, groups)
    if (source.veil(item(question.code, one.code), slice) === null) return hidden
    return toldIn(source.told(question.code, one.code), slice, 'favorable', favorable ?? 0, n)
  }
  return { code: part, question: question.code, item: one.code, ...addFigures(slices.map(figure)) }
}

/**
 * People who said yes to all parts. One survey may ask a part in several places of different people, so every way to
 * take one item for each part is counted; a person answers in one of them. What may be shown is decided over these
 * people as over any other thing, within what the survey shows of itself.
 */
function jointly(
  source: ReportSource,
  { code, parts }: IndicatorDefinition,
  found: readonly Asked[],
  { groups, school }: { groups: readonly string[]; school: string | null },
): Figured {
  const name = citingKey(code)
  const ways = parts.reduce<Asked[][]>(
    (before, part) =>
      before.flatMap((way) => found.filter((one) => one.part === part.code).map((one) => [...way, one])),
    [[]],
  )
  const figures = ways.map((way): Figured => {
    const read = jointReader(
      way.map(({ question, outline, item: one }) => ({
        key: itemKey(question.code, one.code),
        points: outline.points ?? [],
        reversed: one.reversed === true,
      })),
    )
    const said = (source.tally.cells.get(name) ?? []).filter(({ cell }) => read(cell) !== undefined)
    // By place alone: there are a hundred times as many ways to answer all parts.
    const rows = byPlace(said)
    const shown = protect(rows, source.survey.minimumGroup, {
      size: (slice) =>
        way.every(({ question }) => source.veil(question.code, slice) !== null)
          ? source.veil(survey, slice)
          : null,
    })
    const yes = byPlace(said.filter(({ cell }) => read(cell)))
    const told = tell(rows, [{ code: 'all', counts: yes }], shown, {
      ...{ whole: false, minimum: source.survey.minimumGroup },
      everybody: source.tally.people.get(survey) ?? [],
      limit: whoCanHave(source, way, rows),
    })
    const figure = (slice: Slice): Figured => {
      const own = rows.filter((row) => holds(slice, row))
      const n = own.reduce((sum, row) => sum + row.n, 0)
      // That nobody gave all parts says something of those who gave one.
      if (n === 0) return answeredIn(source, way, slice) ? hidden : emptyIn(source, school, groups)
      if (shown.size(slice) === null) return hidden
      const count = yes.filter((row) => holds(slice, row)).reduce((sum, row) => sum + row.n, 0)
      return toldIn(told, slice, 'all', count, n)
    }
    const answered = new Set(rows.map(({ group }) => group))
    const own = groups.filter((group) => answered.has(group))
    const all = own.length === answered.size
    // Where nobody of the population answered, that too is told only as far as its groups may be shown.
    const parts = own.length > 0 ? own : groups
    return addFigures(
      all ? [figure({ school, group: null })] : parts.map((group) => figure({ school, group })),
    )
  })
  return addFigures(figures)
}

function byPlace(counts: readonly Count[]): Count[] {
  const sums = new Map<string, Count>()
  for (const { school, group, n } of counts) {
    const key = placeKey({ school, group })
    const known = sums.get(key)
    if (known) known.n += n
    else sums.set(key, { school, group, n })
  }
  return [...sums.values()]
}

/** The mean of shares, with an interval as if the fewest had answered all parts, and alike: never too narrow. */
function meanOf(parts: readonly PartFigure[]): Figured {
  if (parts.some(({ suppressed }) => suppressed)) return hidden
  const shares = parts.flatMap(({ share }) => share ?? [])
  const n = Math.min(...parts.map((part) => part.n ?? 0))
  if (shares.length === 0 || shares.length < parts.length || n <= 0) return { ...empty, count: null }
  const share = shares.reduce((sum, one) => sum + one, 0) / shares.length
  const interval = wilson(share * n, n)
  return {
    n,
    count: null,
    share,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    suppressed: false,
  }
}

/** From one wave to the next, of people who are not matched; null where either may not be shown or is empty. */
export type IndicatorChange = Difference & { p: number; test: 'score' | 'fisher'; count: number }

/** `count` is how many more people; the interval and p are of the shares. Correct p over a page with readTogether. */
export function changeBetween(before: Exactly, after: Exactly): IndicatorChange | null {
  const [a, b] = [after, before].map(({ count, n }) => (count === null || n === null ? null : { count, n }))
  if (!a || !b) return null
  const [difference, chance] = [differenceOf(a, b), pOfDifference(a, b)]
  return difference && chance && { ...difference, ...chance, count: a.count - b.count }
}

/** What a plan prints to reach; null: no target set. A plan prints none for its indicators, only for some goals. */
export const targetOf = (
  plan: Plan,
  code: string,
): { comparison: string; target: number; unit: string | null } | null => {
  const goal = plan.goals.find((one) => one.code === code)
  return goal && goal.target !== null && goal.comparison !== null
    ? { comparison: goal.comparison, target: goal.target, unit: goal.unit }
    : null
}
