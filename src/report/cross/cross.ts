import { namesFavorable, stances } from '../../climate/favorable.ts'
import { type Question, questions } from '../../questionnaire/definition.ts'
import type { Measure, Outline } from '../../questionnaire/kind.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import { isMatching } from '../../questionnaire/matching.ts'
import { type Bound, stepOf } from '../privacy/bounded.ts'
import { protect, protectCells, protectProfile, type Shown } from '../privacy/suppression.ts'
import type { Said } from '../privacy/told.ts'
import { type Count, everyone, type Slice } from '../slice.ts'
import { profileQuestion, type ReportSource } from '../source.ts'
import { item as itemOf, survey } from '../tally.ts'
import { answersApart, basesTold, merged, total } from './apart.ts'

/**
 * What people are told apart by. Not by school: tables of schools by group and of schools by grade would together give
 * away small sets that neither does (the attacker of test/report found some). Schools are the filters of the report.
 */
export const crossable = ['group', 'grade', 'language'] as const
export type Attribute = (typeof crossable)[number]

/** What is looked at: all of a question, or one item of it. `code` is the question's, for an item with a point and the item's behind it. */
export type Looked = { code: string; question: Question; item: string | undefined }
export type CrossAsked = { rows: Attribute; columns: Attribute | null; by: Looked | null }

/** n people of these codes ('' not given), by what they said: JSON, or the bare code of a part; null: nothing. */
export type CrossCount = { profiles: string[]; value: string | null; n: number }

/**
 * Of a cell: `n` null where it is not shown; `said` in the order of `Cross.said`, null where there is nothing to say.
 * `n` is the base of the shares in a table of rows alone. With columns it is how many people there are, and shares are
 * of those of them who answered: of so small parts nobody tells how many left a question out.
 */
export type CrossCell = {
  n: number | null
  said: { code: string; n: number | null; share: number | null; bound?: Bound }[] | null
}
export type Cross = {
  asked: CrossAsked
  rows: string[]
  columns: string[]
  /** What shares are of: options of a question, or "favorable" of an item; empty where people are counted alone. */
  said: string[]
  cells: CrossCell[][]
  rowTotals: CrossCell[]
  columnTotals: CrossCell[]
  everyone: CrossCell
}

/** The profile questions that may be set against each other. */
export const dimensions = ({ questionnaire }: Pick<ReportSource, 'questionnaire'>): Attribute[] =>
  crossable.filter((one) => profileQuestion(questionnaire, one))

/** Everything that can be looked at by profile: choices, items of grids, scales, and who was ranked first. */
export function lookable({ questionnaire }: Pick<ReportSource, 'questionnaire'>): Looked[] {
  return questions(questionnaire).flatMap((question): Looked[] => {
    if (question.attribute !== undefined || isMatching(question)) return []
    const kind = kindOf(question)
    if (kind.measure === 'choice' || kind.measure === 'ranking')
      return [{ code: question.code, question, item: undefined }]
    if (kind.measure !== 'points') return []
    const { items = [], points = [] } = kind.outline(question)
    return (namesFavorable(points) ? items : []).map(({ code }) =>
      code === question.code
        ? { code, question, item: code }
        : { code: `${question.code}.${code}`, question, item: code },
    )
  })
}

/** What an address asks for. Undefined: there is no such thing. 'filters': by school, as the filters of the report are. */
export function readCross(
  source: ReportSource,
  typed: { rows?: unknown; columns?: unknown; question?: unknown },
): CrossAsked | 'filters' | undefined {
  if (typed.rows === 'school' || typed.columns === 'school') return 'filters'
  const offered = dimensions(source)
  const rows = offered.find((one) => one === typed.rows)
  const columns = typed.columns ? offered.find((one) => one === typed.columns) : null
  const by = typed.question ? lookable(source).find(({ code }) => code === typed.question) : null
  if (!rows || columns === undefined || by === undefined || rows === columns) return undefined
  return { rows, columns, by }
}

type Line = { attribute: Attribute; codes: string[] }
/** A row or column: of `all` people, of those who answered (`size`), and what is told of their answers. */
type Margin = {
  all: (code: string) => number | null
  size: (code: string) => number | null
  told: (code: string, answer: string) => boolean
  bound: (code: string, answer: string, n: number) => Bound | undefined
}

/**
 * A table of two profile questions, by what was said. One policy with the rest of the report (docs/privacy.md):
 * - rows and columns are shown where the report itself shows them (group), or as they would be alone, so that every
 *   table of the same question has the same margins; of a grade or language answers are told exactly only where
 *   enough people gave them and did not give them;
 * - cells are then protected against everything that the margins and the other cells give away, the same way round
 *   whichever is asked for as rows;
 * - what people of a cell said is told in steps of the minimum alone, which add nothing to what can be worked out;
 * - it is never narrowed by a filter.
 */
export function crossOf(source: ReportSource, asked: CrossAsked, counts: readonly CrossCount[]): Cross {
  const { by } = asked
  const thing = by ? (by.item === undefined ? by.question.code : itemOf(by.question.code, by.item)) : survey
  // Where the whole may not be read, nothing that adds up to it may.
  const minimum =
    source.veil(thing, everyone) === null ? Number.POSITIVE_INFINITY : source.survey.minimumGroup
  const measured = by ? measuredBy(by) : undefined
  const line = (attribute: Attribute): Line => ({ attribute, codes: codesOf(source, attribute) })
  const [rows, columns] = [line(asked.rows), asked.columns ? line(asked.columns) : undefined]
  const place = ({ profiles: [row = '', column = ''], n }: CrossCount): Count => ({
    school: row,
    group: column,
    n,
  })
  const people = merged(counts.map(place))
  const answers = measured
    ? counts.flatMap((one) => measured.read(one.value).map((code) => ({ one, code })))
    : []
  const answered = measured
    ? merged(counts.filter(({ value }) => measured.answered(value)).map(place))
    : people
  const said: Said[] = (measured?.codes ?? []).map((code) => ({
    code,
    counts: merged(answers.filter((each) => each.code === code).map(({ one }) => place(one))),
  }))
  const whole = said.reduce((sum, one) => sum + total(one.counts), 0) === total(answered)

  const alone = (list: readonly Count[], along: 'school' | 'group'): Count[] =>
    merged(list.map((each) => ({ school: each[along], group: '', n: each.n })))
  /** Of whom a row or column may be shown: of all people, and of those who answered. */
  const sizes = ({ attribute }: Line, along: 'school' | 'group') => {
    const of = (about: string) => (code: string) => source.veil(about, { school: null, group: code })
    if (attribute === 'group') return { people: of(survey), answered: of(thing) }
    const open = protectProfile(new Map(alone(people, along).map(({ school, n }) => [school, n])), minimum)
    const within: Shown = { size: ({ school }) => (school === null || open(school) ? 0 : null) }
    const [all, some] = [people, answered].map((list) => protect(alone(list, along), minimum, within))
    const size = (shown: Shown | undefined) => (code: string) =>
      shown?.size({ school: code, group: null }) ?? null
    const apart = basesTold(alone(people, along), alone(answered, along), {
      minimum,
      ...{ everybody: source.tally.people.get(survey) ?? [], those: source.tally.people.get(thing) ?? [] },
    })
    return { people: size(all), answered: (code: string) => (apart(code) ? size(some)(code) : null) }
  }
  const margin = (one: Line, along: 'school' | 'group'): Margin => {
    const { people: all, answered: size } = sizes(one, along)
    if (one.attribute === 'group') {
      const told = by ? source.told(by.question.code, by.item) : undefined
      const slice = (code: string): Slice => ({ school: null, group: code })
      return {
        ...{ all, size },
        told: (code) => told?.exact(slice(code)) ?? true,
        bound: (code, answer) => told?.bound(slice(code), answer),
      }
    }
    const counted = said.map(({ code, counts: list }) => ({ code, counts: alone(list, along) }))
    const told = answersApart(alone(answered, along), counted, {
      whole,
      minimum,
      open: (code) => size(code) !== null,
    })
    return { ...{ all, size, told }, bound: (code, _, n) => stepOf(n, size(code) ?? 0, minimum) }
  }
  const row = margin(rows, 'school')
  const column = columns ? margin(columns, 'group') : undefined
  const shares = (
    holds: (count: Count) => boolean,
    { n, all }: { n: number | null; all: number | null },
    exact: (answer: string) => boolean,
    bound: (answer: string, n: number) => Bound | undefined,
  ): CrossCell => {
    if (n === null || (columns && all === null)) return { n: null, said: null }
    const told = said.map(({ code, counts: list }) => {
      const sum = total(list.filter(holds))
      if (exact(code)) return { code, n: sum, share: n > 0 ? sum / n : null }
      const found = bound(code, sum)
      return { code, n: null, share: null, ...(found && { bound: found }) }
    })
    return { n: columns ? all : n, said: said.length > 0 ? told : null }
  }
  const inMargin = (one: Margin, code: string, holds: (count: Count) => boolean): CrossCell =>
    shares(
      holds,
      { n: one.size(code), all: one.all(code) },
      (answer) => one.told(code, answer),
      (answer, n) => one.bound(code, answer, n),
    )
  const cells = column && shownCells()
  function shownCells(): Record<'people' | 'answered', Shown['size']> {
    const turned =
      columns !== undefined && crossable.indexOf(rows.attribute) > crossable.indexOf(columns.attribute)
    const turn = (list: readonly Count[]) =>
      turned ? list.map(({ school, group, n }) => ({ school: group, group: school, n })) : list
    const margins = (of: 'all' | 'size') => {
      const open = {
        row: (code: string) => row[of](code) !== null,
        column: (code: string) => column?.[of](code) !== null,
      }
      return turned ? { row: open.column, column: open.row } : open
    }
    const size = (shown: Shown): Shown['size'] =>
      turned ? ({ school, group }) => shown.size({ school: group, group: school }) : shown.size
    const among = protectCells(turn(people), minimum, margins('all'))
    return {
      people: size(among),
      answered: size(by ? protectCells(turn(answered), minimum, margins('size'), among) : among),
    }
  }
  return {
    asked,
    rows: rows.codes,
    columns: columns?.codes ?? [],
    said: said.map(({ code }) => code),
    cells: rows.codes.map((school) =>
      (columns?.codes ?? []).map((group) => {
        const here = (count: Count) => count.school === school && count.group === group
        const n = cells?.answered({ school, group }) ?? null
        const all = cells?.people({ school, group }) ?? null
        return shares(here, { n, all }, never, (_, sum) => stepOf(sum, n ?? 0, minimum))
      }),
    ),
    rowTotals: rows.codes.map((code) => inMargin(row, code, ({ school }) => school === code)),
    columnTotals: (columns?.codes ?? []).map((code) =>
      column ? inMargin(column, code, ({ group }) => group === code) : { n: null, said: null },
    ),
    everyone: shares(
      () => true,
      total(answered) >= minimum ? { n: total(answered), all: total(people) } : { n: null, all: null },
      () => true,
      () => undefined,
    ),
  }
}

const never = () => false

/** The options of a profile question, and '' for those who did not say. */
function codesOf({ questionnaire }: ReportSource, attribute: Attribute): string[] {
  const question = profileQuestion(questionnaire, attribute)
  const options = question ? (kindOf(question).outline(question).options ?? []) : []
  return [...options.map(({ code }) => code), '']
}

type Measured = {
  measure: Measure
  /** What shares are told of. */
  codes: string[]
  /** Those of them that a value says. */
  read: (value: string | null) => string[]
  answered: (value: string | null) => boolean
}

/** How a stored value is read: JSON of a whole answer, the bare code of a part (see the store's crossings). */
function measuredBy({ question, item }: Looked): Measured {
  const kind = kindOf(question)
  const outline: Outline = kind.outline(question)
  const { measure } = kind
  if (measure === 'points') {
    const one = outline.items?.find(({ code }) => code === item)
    const points = outline.points ?? []
    const stance = stances(points, one?.reversed === true)
    const known = new Set(points.map(({ code }) => code))
    return {
      measure,
      codes: ['favorable'],
      answered: (value) => value !== null && known.has(bare(value)),
      read: (value) => (value !== null && stance.get(bare(value)) === 'favorable' ? ['favorable'] : []),
    }
  }
  const codes = (outline.options ?? []).map(({ code }) => code)
  const read = (value: string | null): string[] => {
    if (value === null) return []
    if (measure === 'ranking') return codes.includes(value) ? [value] : []
    const answer: unknown = JSON.parse(value)
    return kind.fits(question, answer) ? kind.cells(question, answer) : []
  }
  return {
    measure,
    codes,
    read,
    answered:
      measure === 'ranking' ? (value) => value !== null && codes.includes(value) : (value) => value !== null,
  }
}

/** A scale is kept as JSON, the point of a grid's item as its code. */
const bare = (value: string): string => (value.startsWith('"') ? String(JSON.parse(value)) : value)

/** What the store is asked to count for a table. */
export function crossingOf(source: ReportSource, { rows, columns, by }: CrossAsked) {
  const code = (attribute: Attribute): string =>
    attribute === 'group' ? '@group' : (profileQuestion(source.questionnaire, attribute)?.code ?? '')
  const measure = by && kindOf(by.question).measure
  return {
    profiles: [rows, ...(columns ? [columns] : [])].map(code),
    ...(by && {
      by: {
        question: by.question.code,
        ...(by.item !== undefined && by.item !== by.question.code && { item: by.item }),
        ...(measure === 'ranking' && { first: true }),
      },
    }),
  }
}
