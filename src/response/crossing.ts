import { type Question, type Questionnaire, questions } from '../questionnaire/definition.ts'
import type { Answer } from '../questionnaire/kind.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import { isMatching } from '../questionnaire/matching.ts'
import type { Answers } from './response.ts'
import { onlyGroup } from './settle.ts'
import { itemKey } from './together.ts'

/** What people are told apart by in tables of two: see report/cross. */
export const crossed = ['group', 'grade', 'language'] as const
export type Crossable = (typeof crossed)[number]

/**
 * One thing that somebody said. `asked`: a question's code (of a grid, with a dot and the item's code); '' is
 * everybody. `said`: the point of an item and the first of a ranking by their bare codes, any other answer as JSON.
 */
export type Said = { asked: string; said: string }

/** What a response adds to tables of two: who says it ('' where they did not tell), and everything that they said. */
export function crossingOf(
  questionnaire: Questionnaire,
  answers: Answers,
): { who: Record<Crossable, string>; said: Said[] } {
  const who = { group: onlyGroup(questionnaire), grade: '', language: '' }
  const said: Said[] = [everybody]
  for (const question of questions(questionnaire)) {
    const answer = answers[question.code]
    if (answer === undefined) continue
    const { attribute } = question
    if (attribute === 'group' || attribute === 'grade' || attribute === 'language')
      who[attribute] = String(answer)
    else for (const one of saidIn(question, answer)) said.push(one)
  }
  return { who, said }
}

const everybody: Said = { asked: '', said: '' }
const nothing: readonly Said[] = []

/**
 * What many say is read once for each question, and is then one object for all who said it; `each`: also when they said
 * other things beside it, as in a grid.
 */
type Known = {
  plain: Map<Answer, readonly Said[]>
  things: WeakMap<object, readonly Said[]>
  each: Map<string, Said>
}
const known = new WeakMap<Question, Known>()
const mostKnown = 5_000

function saidIn(question: Question, answer: Answer): readonly Said[] {
  const here = known.get(question) ?? { plain: new Map(), things: new WeakMap(), each: new Map() }
  known.set(question, here)
  if (typeof answer !== 'object' || answer === null) {
    const made = here.plain.get(answer) ?? read(question, answer).map((said) => one(here, said))
    if (here.plain.size < mostKnown) here.plain.set(answer, made)
    return made
  }
  if (!Object.isFrozen(answer)) return read(question, answer)
  const made = here.things.get(answer) ?? read(question, answer).map((said) => one(here, said))
  here.things.set(answer, made)
  return made
}

function one({ each }: Known, said: Said): Said {
  const key = `${said.asked}\0${said.said}`
  const there = each.get(key) ?? said
  if (each.size < mostKnown) each.set(key, there)
  return there
}

function read(question: Question, answer: Answer): readonly Said[] {
  const { measure } = kindOf(question)
  if (question.attribute !== undefined || isMatching(question)) return nothing
  const asked = question.code
  if (measure === 'ranking') {
    const [said] = (answer as { order: string[] }).order
    return said === undefined ? nothing : [{ asked, said }]
  }
  if (measure === 'points' && typeof answer === 'object' && answer !== null)
    return Object.entries(answer).map(([item, point]) => ({
      asked: itemKey(question.code, item),
      said: String(point),
    }))
  return measure === 'points' || measure === 'choice' ? [{ asked, said: JSON.stringify(answer) }] : nothing
}
