import type { Question } from '../questionnaire/definition.ts'
import type { Outline } from '../questionnaire/kind.ts'
import { kindOf } from '../questionnaire/kinds.ts'

/** Counted of a question that was asked and not answered; with the answered ones it gives those who saw it. */
export const unansweredCell = '-'

/**
 * What is counted of items that one person answered together, beside each item by itself (`cells`, "item=point"). Counting it here keeps
 * reports quick at any number of responses, and the recount checks it like every other count. Its cells:
 * - `#k=T`: the person gave a point to all k items of the question; T is the sum of their values, those of reversed
 *   items turned round. With `~` below this is all that Cronbach's alpha needs.
 * - `~item=point`: this point was given by a person who did not answer all items.
 * - `&CODE item=point item=point`: the items that cite the plan's element CODE, those of them that were answered.
 */
export function togetherCells(question: Question, cells: readonly string[]): string[] {
  if (kindOf(question).measure !== 'points') return []
  const { outline, cited } = outlineOf(question)
  const { items = [], points = [] } = outline
  if (items.length < 2) return []
  const given = new Map(cells.map((cell) => readPoint(cell)).map(({ item, point }) => [item, point]))
  const values = new Map(points.map(({ code, value }) => [code, value]))
  const [least, most] = [Math.min(...values.values()), Math.max(...values.values())]
  const scores = items.map(({ code, reversed }) => {
    const value = values.get(given.get(code) ?? '')
    return value === undefined ? undefined : reversed === true ? least + most - value : value
  })
  const complete = scores.filter((score) => score !== undefined)
  const whole = complete.length === items.length
  return [
    ...(whole
      ? [`#${items.length}=${complete.reduce((sum, score) => sum + score, 0)}`]
      : items.flatMap(({ code }, at) => (scores[at] === undefined ? [] : [`~${code}=${given.get(code)}`]))),
    ...[...cited].flatMap(([element, codes]) => {
      const answered = codes.filter((code) => given.has(code))
      return answered.length > 0
        ? [`&${element} ${answered.map((code) => `${code}=${given.get(code)}`).join(' ')}`]
        : []
    }),
  ]
}

/** Items that cite one code together in a question; more than these are not counted together. */
const MOST_TOGETHER = 6

/** The items of a question that cite one plan element, where there are several, by the element's code. */
export function citedTogether({ items = [] }: Outline): Map<string, string[]> {
  const cited = new Map<string, string[]>()
  for (const { code, cites = [] } of items)
    for (const element of new Set(cites)) cited.set(element, [...(cited.get(element) ?? []), code])
  return new Map([...cited].filter(([, codes]) => codes.length > 1 && codes.length <= MOST_TOGETHER))
}

const outlines = new WeakMap<Question, { outline: Outline; cited: Map<string, string[]> }>()

function outlineOf(question: Question) {
  const known = outlines.get(question)
  if (known) return known
  const outline = kindOf(question).outline(question)
  const made = { outline, cited: citedTogether(outline) }
  if (Object.isFrozen(question)) outlines.set(question, made)
  return made
}

/** Parts an "item=point" cell; item codes hold no "=". */
export function readPoint(cell: string): { item: string; point: string } {
  const at = cell.indexOf('=')
  return { item: cell.slice(0, at), point: cell.slice(at + 1) }
}

/** Parts an "&CODE item=point item=point" cell; undefined for any other. */
export function readTogether(cell: string): { element: string; points: Map<string, string> } | undefined {
  if (!cell.startsWith('&')) return undefined
  const [element = '', ...given] = cell.slice(1).split(' ')
  return { element, points: new Map(given.map(readPoint).map(({ item, point }) => [item, point])) }
}
