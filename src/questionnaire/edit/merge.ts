import type { Question, Questionnaire } from '../definition.ts'
import {
  codedLists,
  codeFrom,
  isCodedList,
  keptParts,
  nothingFrozen,
  takenQuestions,
  takenSections,
} from './codes.ts'
import { type Flat, flatten, type Head, inside } from './flat.ts'
import { mergedOrder } from './order.ts'
import { changeQuestion } from './questions.ts'
import { renameParts, renameQuestion, renameSection } from './rename.ts'
import { same, tidy } from './tidy.ts'

/**
 * Two questionnaires that were both made from `base`, as one. What only one of the two changed is taken from it; what
 * both changed the same way is no matter; what both changed differently is a clash, for a person to decide.
 */

/**
 * Something that both changed, by its place: codes of section and question ('' above them) and the path below.
 * `undefined` is what is not there, or was taken out.
 */
export type Clash = {
  key: string
  section: string
  question: string
  path: string[]
  base: unknown
  mine: unknown
  theirs: unknown
}

export type Side = 'mine' | 'theirs'
export type Merged = { questionnaire: Questionnaire; clashes: Clash[] }

/** Names whose value is one thing: half of one condition and half of another would be a third that nobody meant. */
const whole = new Set(['showIf', 'cites', 'languages', 'audience', 'protectedAreas', 'levels'])

/**
 * Merges. `settled` says for clashes, by their key, whose value to take; for the others mine stands in the result, and
 * they are told. Additions of both under one code are two things: mine gets another code.
 */
export function merge(
  base: Questionnaire,
  mine: Questionnaire,
  theirs: Questionnaire,
  settled: ReadonlyMap<string, Side> = new Map(),
): Merged {
  const [was, their] = [flatten(tidy(base)), flatten(tidy(theirs))]
  const my = flatten(withFreeCodes(base, tidy(mine), theirs))
  const clashes: Clash[] = []
  const choosing =
    (section: string, question: string): Choose =>
    (path, values) => {
      const key = [section, question, ...path].join('/')
      const side = settled.get(key)
      if (side === undefined) clashes.push({ key, section, question, path, ...values })
      return side === 'theirs' ? values.theirs : values.mine
    }
  const about = mergeValue(was.about, my.about, their.about, choosing('', ''))
  const heads = mergeParts(was.sections, my.sections, their.sections, (code) => choosing(code, ''))
  const asked = mergeParts(was.questions, my.questions, their.questions, (code) =>
    choosing(my.homes.get(code) ?? their.homes.get(code) ?? '', code),
  )
  const homes = new Map([...asked.keys()].map((code) => [code, home(code, was, my, their)]))
  // A section that one took out stays while it holds what the other put or kept there: a removal takes nothing along.
  for (const code of homes.values()) {
    const head = my.sections.get(code) ?? their.sections.get(code)
    if (!heads.has(code) && head) heads.set(code, head)
  }
  const sections = mergedOrder(
    [...was.sections.keys()],
    [...my.sections.keys()],
    [...their.sections.keys()],
    (code) => heads.has(code),
  ).map((code) => ({
    ...(heads.get(code) as Head),
    questions: mergedOrder(
      inside(was, code),
      inside(my, code),
      inside(their, code),
      (question) => homes.get(question) === code,
    ).map((question) => asked.get(question) as Question),
  }))
  return { questionnaire: { ...(about as Flat['about']), sections }, clashes }
}

/** The section that a question comes to stand in: where I moved it, else where they have it. */
function home(code: string, was: Flat, my: Flat, their: Flat): string {
  const [before, mine, theirs] = [was, my, their].map(({ homes }) => homes.get(code))
  return (mine !== undefined && (mine !== before || theirs === undefined) ? mine : theirs) ?? ''
}

/** The parts that are left of either, by code. */
function mergeParts<T>(
  was: ReadonlyMap<string, T>,
  my: ReadonlyMap<string, T>,
  their: ReadonlyMap<string, T>,
  choosing: (code: string) => Choose,
): Map<string, T> {
  const merged = new Map<string, T>()
  for (const code of new Set([...my.keys(), ...their.keys()])) {
    const part = mergeValue(was.get(code), my.get(code), their.get(code), choosing(code))
    if (part !== undefined) merged.set(code, part as T)
  }
  return merged
}

type Values = { base: unknown; mine: unknown; theirs: unknown }
type Choose = (path: string[], values: Values) => unknown

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function mergeValue(
  base: unknown,
  mine: unknown,
  theirs: unknown,
  choose: Choose,
  path: string[] = [],
): unknown {
  if (same(mine, theirs) || same(base, theirs)) return mine
  if (same(base, mine)) return theirs
  const name = path.at(-1) ?? ''
  if (!whole.has(name) && isRecord(mine) && isRecord(theirs) && (isRecord(base) || base === undefined)) {
    const names = new Set([...Object.keys(base ?? {}), ...Object.keys(theirs), ...Object.keys(mine)])
    return tidy(
      Object.fromEntries(
        [...names].map((inner) => [
          inner,
          mergeValue(base?.[inner], mine[inner], theirs[inner], choose, [...path, inner]),
        ]),
      ),
    )
  }
  const lists = [base ?? [], mine, theirs].map((list) => (isList(list) ? list : undefined))
  const [was, my, their] = lists
  if (was && my && their && !whole.has(name)) return mergeList(was, my, their, choose, path)
  return choose(path, { base, mine, theirs })
}

type List = { code: string }[]
const isList = (value: unknown): value is List =>
  isCodedList(value) || (Array.isArray(value) && value.length === 0)

function mergeList(base: List, mine: List, theirs: List, choose: Choose, path: string[]): List {
  const find = (list: List, code: string) => list.find((one) => one.code === code)
  const codes = (list: List) => list.map(({ code }) => code)
  const merged = new Map<string, unknown>()
  for (const code of new Set([...codes(mine), ...codes(theirs)])) {
    const thing = mergeValue(find(base, code), find(mine, code), find(theirs, code), choose, [...path, code])
    if (thing !== undefined) merged.set(code, thing)
  }
  return mergedOrder(codes(base), codes(mine), codes(theirs), (code) => merged.has(code)).map(
    (code) => merged.get(code) as { code: string },
  )
}

/** Mine, with other codes for what I added under a code that they added something else under. */
function withFreeCodes(base: Questionnaire, mine: Questionnaire, theirs: Questionnaire): Questionnaire {
  const [was, my, their] = [flatten(base), flatten(mine), flatten(theirs)]
  let own = mine
  for (const [code, head] of my.sections) {
    const there = their.sections.get(code)
    if (!there || was.sections.has(code) || same(head, there)) continue
    const taken = [mine, own, theirs].flatMap((one) => takenSections(one, nothingFrozen))
    own = renameSection(own, code, codeFrom(code, taken, 'section'))
  }
  for (const [code, question] of my.questions) {
    const [before, there] = [was.questions.get(code), their.questions.get(code)]
    if (!there || same(question, there)) continue
    if (before) {
      own = withFreeParts(own, before, question, there)
      continue
    }
    const taken = [mine, own, theirs].flatMap((one) => takenQuestions(one, nothingFrozen))
    own = renameQuestion(own, code, codeFrom(code, taken, 'question'))
  }
  return own
}

/** The same for options, items and points that both added to one question. */
function withFreeParts(
  own: Questionnaire,
  before: Question,
  mine: Question,
  theirs: Question,
): Questionnaire {
  const renamed = new Map<string, string>()
  for (const [name, list] of codedLists(mine)) {
    const [was, their] = [before[name], theirs[name]]
    if (!isCodedList(their)) continue
    const taken = new Set([...list, ...their].map(({ code }) => code).concat(keptParts))
    for (const one of list) {
      const twin = their.find(({ code }) => code === one.code)
      const old = isCodedList(was) && was.some(({ code }) => code === one.code)
      if (!twin || old || same(twin, one)) continue
      const free = codeFrom(one.code, taken, 'option')
      taken.add(free)
      renamed.set(one.code, free)
    }
  }
  if (renamed.size === 0) return own
  const recoded = changeQuestion(own, mine.code, (question) => ({
    ...question,
    ...Object.fromEntries(
      codedLists(question).map(([name, list]) => [
        name,
        list.map((one) => ({ ...one, code: renamed.get(one.code) ?? one.code })),
      ]),
    ),
  }))
  return renameParts(recoded, mine.code, renamed)
}
