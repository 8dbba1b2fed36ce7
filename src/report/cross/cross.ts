import { stances } from '../../climate/favorable.ts'
import { type Question, questions } from '../../questionnaire/definition.ts'
import type { Measure, Outline } from '../../questionnaire/kind.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import { isMatching } from '../../questionnaire/matching.ts'
import type { Bound } from '../privacy/bounded.ts'
import { protect, protectCells, protectProfile, type Shown } from '../privacy/suppression.ts'
import { type Near, type Said, type Told, tell } from '../privacy/told.ts'
import { type Count, everyone, type Slice } from '../slice.ts'
import { profileQuestion, type ReportSource } from '../source.ts'
import { item as itemOf, survey } from '../tally.ts'

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

/** Of a cell: `n` null where it is not shown; `said` in the order of `Cross.said`, null where there is nothing to say. */
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
    return (kind.outline(question).items ?? []).map(({ code }) =>
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
type Margin = { size: (code: string) => number | null; told: (code: string) => boolean; bound: Told['bound'] }

/**
 * A table of two profile questions, by what was said. One policy with the rest of the report (docs/privacy.md):
 * - rows and columns are shown, and told exactly, where the report itself does (group), or as they would be
 *   alone, so that every table of the same question has the same margins;
 * - cells are then protected against everything that the margins and the other cells give away;
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
  const total = (list: readonly Count[]) => list.reduce((sum, { n }) => sum + n, 0)
  const whole = said.reduce((sum, one) => sum + total(one.counts), 0) === total(answered)
  const near: Near = measured?.measure === 'ranking' ? 'all' : 'ends'

  const margin = (one: Line, along: 'school' | 'group'): Margin => {
    const slice = (code: string): Slice => ({ school: null, group: code })
    if (one.attribute === 'group') {
      const told = by ? source.told(by.question.code, by.item) : undefined
      return {
        size: (code) => source.veil(thing, slice(code)),
        told: (code) => told?.exact(slice(code)) ?? true,
        bound: ({ school, group }, code) => told?.bound(slice(school ?? group ?? ''), code),
      }
    }
    const alone = (list: readonly Count[]): Count[] =>
      merged(list.map((each) => ({ school: each[along], group: '', n: each.n })))
    const open = protectProfile(new Map(alone(people).map(({ school, n }) => [school, n])), minimum)
    const within: Shown = { size: ({ school }) => (school === null || open(school) ? 0 : null) }
    const shown = protect(alone(answered), minimum, within)
    const told = tell(
      alone(answered),
      said.map(({ code, counts: list }) => ({ code, counts: alone(list) })),
      shown,
      { near, whole, minimum },
    )
    return {
      size: (code) => shown.size({ school: code, group: null }),
      told: (code) => told.exact({ school: code, group: null }),
      bound: ({ school, group }, code) => told.bound({ school: school ?? group, group: null }, code),
    }
  }
  const row = margin(rows, 'school')
  const column = columns ? margin(columns, 'group') : undefined
  const shares = (
    holds: (count: Count) => boolean,
    n: number | null,
    exact: boolean,
    bound: BoundOf,
  ): CrossCell => {
    if (n === null) return { n: null, said: null }
    const told = said.map(({ code, counts: list }) => {
      const sum = total(list.filter(holds))
      if (exact) return { code, n: sum, share: n > 0 ? sum / n : null }
      const found = bound(code)
      return { code, n: null, share: null, ...(found && { bound: found }) }
    })
    return { n, said: said.length > 0 ? told : null }
  }
  const cells = column && cellsOf()
  function cellsOf() {
    const margins = (list: readonly Count[], within?: Shown) =>
      protectCells(
        list,
        minimum,
        { row: (code) => row.size(code) !== null, column: (code) => column?.size(code) !== null },
        within,
      )
    const shown = margins(answered, margins(people))
    const told = tell(answered, said, shown, {
      near,
      whole,
      minimum,
      banded: (slice, code) =>
        slice.school === null
          ? column?.bound(slice, code)
          : row.bound({ school: slice.school, group: null }, code),
      fixed: ({ school, group }) =>
        school === null
          ? column?.size(group ?? '') !== null && column?.told(group ?? '') === true
          : row.size(school) !== null && row.told(school),
    })
    return { shown, told }
  }
  return {
    asked,
    rows: rows.codes,
    columns: columns?.codes ?? [],
    said: said.map(({ code }) => code),
    cells: rows.codes.map((school) =>
      (columns?.codes ?? []).map((group) => {
        const slice = { school, group }
        return shares(
          (count) => count.school === school && count.group === group,
          cells?.shown.size(slice) ?? null,
          cells?.told.exact(slice) ?? false,
          (code) => cells?.told.bound(slice, code),
        )
      }),
    ),
    rowTotals: rows.codes.map((code) =>
      shares(
        ({ school }) => school === code,
        row.size(code),
        row.told(code),
        (one) => row.bound({ school: code, group: null }, one),
      ),
    ),
    columnTotals: (columns?.codes ?? []).map((code) =>
      shares(
        ({ group }) => group === code,
        column?.size(code) ?? null,
        column?.told(code) ?? false,
        (one) => column?.bound({ school: null, group: code }, one),
      ),
    ),
    everyone: shares(
      () => true,
      total(answered) >= minimum ? total(answered) : null,
      true,
      () => undefined,
    ),
  }
}
type BoundOf = (code: string) => Bound | undefined

/** The options of a profile question, and '' for those who did not say. */
function codesOf({ questionnaire }: ReportSource, attribute: Attribute): string[] {
  const question = profileQuestion(questionnaire, attribute)
  const options = question ? (kindOf(question).outline(question).options ?? []) : []
  return [...options.map(({ code }) => code), '']
}

function merged(counts: readonly Count[]): Count[] {
  const sums = new Map<string, Count>()
  for (const { school, group, n } of counts) {
    const key = JSON.stringify([school, group])
    const known = sums.get(key)
    if (known) known.n += n
    else sums.set(key, { school, group, n })
  }
  return [...sums.values()]
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
