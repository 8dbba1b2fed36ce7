import { stances } from '../../climate/favorable.ts'
import type { Item } from '../../questionnaire/definition.ts'
import { findQuestion, type Questionnaire } from '../../questionnaire/definition.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import { readPoint, unansweredCell } from '../../response/together.ts'
import type { Count } from '../slice.ts'
import { choosers, item as itemOf, type Row, survey, type Tally } from '../tally.ts'
import { type Said, type Told, tell } from './told.ts'
import type { Veil } from './veil.ts'

/** What may be told of the answers to a question, or to one item of it. Decided once, whatever is looked at. */
export type Tellings = (question: string, item?: string) => Told

const everything: Told = {
  exact: () => true,
  together: () => true,
  everywhere: true,
  whole: false,
  bound: () => undefined,
}

/** The answers of a survey that may be told exactly, and bounds for those that may not. See told.ts. */
export function tellings(questionnaire: Questionnaire, tally: Tally, veil: Veil, minimum: number): Tellings {
  const decided = new Map<string, Told>()
  const everybody = tally.people.get(survey) ?? []
  const decide = (code: string, item: string | undefined): Told => {
    const question = findQuestion(questionnaire, code)
    if (!question) return everything
    const kind = kindOf(question)
    const outline = kind.outline(question)
    const shown = (thing: string) => ({ size: (slice: Parameters<Veil>[1]) => veil(thing, slice) })
    const rows = tally.cells.get(code) ?? []
    if (kind.measure === 'points') {
      const one = outline.items?.find((each) => each.code === item)
      if (!one) return everything
      const thing = itemOf(code, one.code)
      const said = [{ code: 'favorable', counts: favorable(rows, one, outline.points ?? []) }]
      const points = [...(outline.points ?? []).map((point) => point.code), 'na']
      return tell(tally.people.get(thing) ?? [], said, shown(thing), {
        ...{ whole: false, parts: points.length - 1, minimum, everybody },
        beside: (hidden) =>
          points.map((point) => ({
            code: point,
            counts: rows.filter((row) => row.cell === `${one.code}=${point}` && hidden(row)),
          })),
      })
    }
    const people = tally.people.get(code) ?? []
    const said = (cell: string) => (kind.measure === 'choice' ? cell : (cell.split('>')[0] ?? ''))
    // Also what an earlier version offered: those who chose it are left over where all others are told.
    const codes = new Set([
      ...(outline.options ?? []).map((option) => option.code),
      ...rows.map(({ cell }) => said(cell)).filter((option) => option !== '' && option !== unansweredCell),
    ])
    const options = [...codes].map((option): Said => {
      if (kind.measure === 'choice')
        return { code: option, counts: tally.people.get(choosers(code, option)) ?? [] }
      return { code: option, counts: rows.filter(({ cell }) => said(cell) === option) }
    })
    if (kind.measure === 'choice') {
      const chosen = options.reduce((all, { counts }) => all + total(counts), 0)
      const whole = chosen === total(people)
      // Who gave several answers, and that everybody gave one, follow from the sums.
      return tell(people, options, shown(code), {
        ...{ whole, amongMany: !whole, minimum, everybody },
        ...(!whole && { beside: (hidden) => severally(people.filter(hidden), options, hidden) }),
      })
    }
    if (kind.measure !== 'ranking') return everything
    const ranked = options.reduce((all, { counts }) => all + total(counts), 0)
    return tell(people, options, shown(code), {
      ...{ whole: ranked === total(people), minimum, everybody },
    })
  }
  return (question, item) => {
    const key = item === undefined ? question : itemOf(question, item)
    const known = decided.get(key) ?? decide(question, item)
    decided.set(key, known)
    return known
  }
}

const total = (counts: readonly Count[]): number => counts.reduce((sum, { n }) => sum + n, 0)

type Within = (place: { school: string; group: string }) => boolean

/** Who answered without an option, and, of two options that everybody chose from, who chose both. */
function severally(people: readonly Count[], options: readonly Said[], hidden: Within): Said[] {
  const less = ({ counts }: Said): Count[] => counts.filter(hidden).map((one) => ({ ...one, n: -one.n }))
  const without = options.map((one) => ({ code: `not ${one.code}`, counts: [...people, ...less(one)] }))
  const [a, b] = options
  if (!a || !b || options.length > 2) return without
  const both = [
    ...a.counts.filter(hidden),
    ...b.counts.filter(hidden),
    ...people.map((one) => ({ ...one, n: -one.n })),
  ]
  return [...without, { code: 'both', counts: both }]
}

/** Who gave a favorable answer to an item. */
function favorable(rows: readonly Row[], one: Item, points: Parameters<typeof stances>[0]): Row[] {
  const stance = stances(points, one.reversed === true)
  return rows.filter(({ cell }) => {
    const { item, point } = readPoint(cell)
    return item === one.code && stance.get(point) === 'favorable'
  })
}
