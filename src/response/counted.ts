import { type Question, type Questionnaire, questions } from '../questionnaire/definition.ts'
import type { Answer } from '../questionnaire/kind.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import type { Cell } from './response.ts'
import { citedElements, citingKey, itemKey, mostTogether, readPoint, scaleCells } from './together.ts'

/**
 * What one answer adds to the counts. `cells`: of its own question, '' (it was answered) first. `alone`: of plan elements
 * that no other question cites. `parts`: what it says of elements that others cite too, "question.item=point".
 */
export type Counted = {
  cells: readonly Cell[]
  alone: readonly Cell[]
  parts: readonly (readonly [element: string, said: readonly string[]])[]
}

/** What is counted of the answers to one question; undefined for what does not fit it. */
export type Counter = (answer: Answer) => Counted | undefined

/**
 * Answers that are kept ready for a question. A million people choose among few answers, so that reading a file, and
 * counting again, works out each of them once.
 */
const mostReady = 3_000

const counters = new WeakMap<Questionnaire, ReadonlyMap<string, Counter>>()

/** A counter for each question of a questionnaire, by code; made once for one that is published and so never changes. */
export function countersOf(questionnaire: Questionnaire): ReadonlyMap<string, Counter> {
  const known = counters.get(questionnaire)
  if (known) return known
  const cited = citedElements(questionnaire)
  const made = new Map(
    questions(questionnaire).map((question) => {
      const count: Counter = (answer) => counted(question, answer, cited)
      return [question.code, Object.isFrozen(questionnaire) ? remembered(count) : count]
    }),
  )
  if (Object.isFrozen(questionnaire)) counters.set(questionnaire, made)
  return made
}

/** Only what can never change is remembered: plain values, and objects that are frozen and shared. */
function remembered(fresh: Counter): Counter {
  const plain = new Map<Answer, Counted | undefined>()
  const things = new WeakMap<object, { counted: Counted | undefined }>()
  // A cell is one object in all answers that hold it: those of a grid differ, what they say of an item hardly.
  const each = new Map<string, Cell>()
  const one = (cell: Cell): Cell => {
    const key = `${cell.question}\0${cell.cell}`
    const there = each.get(key) ?? cell
    if (each.size < mostReady) each.set(key, there)
    return there
  }
  const count: Counter = (answer) => {
    const made = fresh(answer)
    return made && { cells: made.cells.map(one), alone: made.alone.map(one), parts: made.parts }
  }
  return (answer) => {
    if (typeof answer !== 'object' || answer === null) {
      const known = plain.get(answer)
      if (known !== undefined) return known
      const made = count(answer)
      if (made !== undefined && plain.size < mostReady) plain.set(answer, made)
      return made
    }
    const known = things.get(answer)
    if (known) return known.counted
    const made = count(answer)
    if (Object.isFrozen(answer)) things.set(answer, { counted: made })
    return made
  }
}

function counted(
  question: Question,
  answer: Answer,
  cited: ReturnType<typeof citedElements>,
): Counted | undefined {
  const kind = kindOf(question)
  if (!kind.fits(question, answer)) return undefined
  const own = kind.cells(question, answer)
  // The cell '' counts who answered the question: the base of its shares.
  const cells = ['', ...own, ...scaleCells(question, own)].map((cell) => ({ question: question.code, cell }))
  const alone: Cell[] = []
  const parts: [string, string[]][] = []
  if (kind.measure === 'points') {
    const points = own.map(readPoint).map(({ item, point }) => ({ key: itemKey(question.code, item), point }))
    for (const [element, keys] of cited) {
      const said = points.filter(({ key }) => keys.has(key)).map(({ key, point }) => `${key}=${point}`)
      if (said.length === 0) continue
      const shared = [...keys].some((key) => !key.startsWith(`${question.code}.`))
      if (shared) parts.push([element, said])
      else if (said.length <= mostTogether) alone.push({ question: citingKey(element), cell: said.join(' ') })
    }
  }
  return { cells, alone, parts }
}

/** The cells of elements that several questions cite, from what one person said in each of them, in their order. */
export function sharedCells(parts: Iterable<Counted['parts'][number]>): Cell[] {
  const said = new Map<string, readonly string[]>()
  for (const [element, more] of parts) {
    const known = said.get(element)
    said.set(element, known ? [...known, ...more] : more)
  }
  const cells: Cell[] = []
  for (const [element, all] of said)
    if (all.length <= mostTogether) cells.push({ question: citingKey(element), cell: all.join(' ') })
  return cells
}
