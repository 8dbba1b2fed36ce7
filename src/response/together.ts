import { type Question, type Questionnaire, questions } from '../questionnaire/definition.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import type { Cell } from './response.ts'

/** Counted of a question that was asked and not answered; with the answered ones it gives those who saw it. */
export const unansweredCell = '-'

/** Parts an "item=point" cell; item codes hold no "=". */
export function readPoint(cell: string): { item: string; point: string } {
  const at = cell.indexOf('=')
  return { item: cell.slice(0, at), point: cell.slice(at + 1) }
}

/**
 * What is counted of a question's items together, beside each by itself (`cells`, "item=point"). Counted as answers
 * come, it keeps reports quick at any number of responses, and the recount checks it like every other count.
 * - `#k=T`: the person gave a point to all k items; T is the sum of their values, those of reversed items turned
 *   round. With `~` it is all that Cronbach's alpha needs.
 * - `~item=point`: this point was given by a person who did not answer all items.
 */
export function scaleCells(question: Question, cells: readonly string[]): string[] {
  const kind = kindOf(question)
  if (kind.measure !== 'points') return []
  const { items = [], points = [] } = kind.outline(question)
  if (items.length < 2) return []
  const given = new Map(cells.map(readPoint).map(({ item, point }) => [item, point]))
  const values = new Map(points.map(({ code, value }) => [code, value]))
  const [least, most] = [Math.min(...values.values()), Math.max(...values.values())]
  const scores = items.flatMap(({ code, reversed }) => {
    const value = values.get(given.get(code) ?? '')
    if (value === undefined) return []
    return [{ code, score: reversed === true ? least + most - value : value }]
  })
  return scores.length === items.length
    ? [`#${items.length}=${scores.reduce((sum, { score }) => sum + score, 0)}`]
    : scores.map(({ code }) => `~${code}=${given.get(code)}`)
}

/** An item anywhere in a questionnaire. Question codes hold no full stop. */
export const itemKey = (question: string, item: string): string => `${question}.${item}`

/** Counts of items that cite the plan element CODE together stand under this name, which is no question's. */
export const citingKey = (element: string): string => `&${element}`
export const isCitingKey = (question: string): boolean => question.startsWith('&')

/** Points given together are counted for at most this many items, since every combination is a count of its own. */
export const mostTogether = 6

const known = new WeakMap<Questionnaire, Map<string, Set<string>>>()

/** Rated items that cite one plan element, where there are several, by the element's code. */
export function citedElements(questionnaire: Questionnaire): ReadonlyMap<string, ReadonlySet<string>> {
  const cited = known.get(questionnaire) ?? citedTogether(questionnaire)
  if (Object.isFrozen(questionnaire)) known.set(questionnaire, cited)
  return cited
}

function citedTogether(questionnaire: Questionnaire): Map<string, Set<string>> {
  const cited = new Map<string, Set<string>>()
  for (const question of questions(questionnaire)) {
    const kind = kindOf(question)
    if (kind.measure !== 'points') continue
    for (const { code, cites = [] } of kind.outline(question).items ?? []) {
      for (const element of cites) {
        const keys = cited.get(element) ?? new Set()
        cited.set(element, keys.add(itemKey(question.code, code)))
      }
    }
  }
  return new Map([...cited].filter(([, keys]) => keys.size > 1))
}

/**
 * What one person said of all items that cite the same plan element, over every question: under `&CODE` the cell
 * "question.item=point question.item=point", of the items that were answered, in the order of the pages. From it come
 * shares such as "feel safe, valued and respected".
 */
export function citingCells(questionnaire: Questionnaire, cells: readonly Cell[]): Cell[] {
  const cited = citedElements(questionnaire)
  if (cited.size === 0) return []
  const given = cells.flatMap(({ question, cell }) => {
    const { item, point } = readPoint(cell)
    return item && !/^[#~]/.test(item) ? [{ key: itemKey(question, item), point }] : []
  })
  return [...cited].flatMap(([element, keys]) => {
    const said = given.filter(({ key }) => keys.has(key))
    if (said.length === 0 || said.length > mostTogether) return []
    return [{ question: citingKey(element), cell: said.map(({ key, point }) => `${key}=${point}`).join(' ') }]
  })
}

/**
 * Reads the point of one item out of cells of citingCells, '' where it was not given: without taking the cell apart,
 * since a report asks hundreds of thousands of them.
 */
export function citedPoint(key: string): (cell: string) => string {
  const [first, later] = [`${key}=`, ` ${key}=`]
  return (cell) => {
    const at = cell.startsWith(first) ? 0 : cell.indexOf(later) + 1
    if (at === 0 && !cell.startsWith(first)) return ''
    const from = at + first.length
    const end = cell.indexOf(' ', from)
    return end < 0 ? cell.slice(from) : cell.slice(from, end)
  }
}
