import type { Text } from '../language/text.ts'
import { type Origin, plainLines } from '../language/translating.ts'
import type { Questionnaire } from './definition.ts'
import { kinds } from './kinds.ts'
import { everyText, type PlacedText } from './untranslated.ts'

/** Texts of a questionnaire by ids that say where they stand, and stay the same when a question is moved. */

/** "survey:title", "section:rides:intro", "question:ride:options.bus.label"; an XML name token, as XLIFF 2 asks. */
export const idOf = ({ section, question, path }: Omit<PlacedText, 'text'>): string =>
  question ? `question:${question}:${path}` : section ? `section:${section}:${path}` : `survey:${path}`

export type SurveyString = PlacedText & { id: string }

/** Every text that is written in the source language, in the order of the pages. A questionnaire may be unsound. */
export function stringsOf(questionnaire: Questionnaire): SurveyString[] {
  const sections = questionnaire.sections.map((section) => ({
    ...section,
    questions: section.questions.filter(({ kind }) => kinds.has(kind)),
  }))
  return everyText({ ...questionnaire, sections })
    .filter(({ text }) => (text[questionnaire.source] ?? '').trim() !== '')
    .map((placed) => ({ ...placed, id: idOf(placed) }))
}

type Holder = Record<string, unknown>
const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null

/** The questionnaire with these words in one language, by id; '' takes them out. Ids that are not there are passed over. */
export function withWords(
  questionnaire: Questionnaire,
  tag: string,
  words: ReadonlyMap<string, string>,
): Questionnaire {
  const own = new Set(stringsOf(questionnaire).map(({ id }) => id))
  const result = structuredClone(questionnaire)
  for (const [id, said] of words) {
    if (!own.has(id)) continue
    const [where = '', ...rest] = id.split(':')
    const [code, path] = where === 'survey' ? ['', rest[0] ?? ''] : [rest[0] ?? '', rest[1] ?? '']
    const holder =
      where === 'survey'
        ? result
        : where === 'section'
          ? result.sections.find((one) => one.code === code)
          : result.sections.flatMap(({ questions }) => questions).find((one) => one.code === code)
    const text = at(holder, path.split('.'))
    if (!text) continue
    if (said.trim() === '') delete text[tag]
    else text[tag] = said
  }
  return result
}

/** The text at a path, in which things of a list go by their code. */
function at(holder: unknown, [step, ...rest]: string[]): Text | undefined {
  if (!isHolder(holder)) return undefined
  if (step === undefined) return holder as Text
  const next: unknown = Array.isArray(holder)
    ? holder.find((one) => isHolder(one) && one.code === step)
    : Object.hasOwn(holder, step)
      ? holder[step]
      : undefined
  return at(next, rest)
}

/** Where the words of each text came from, by id and language: what the saved states of a questionnaire tell. */
export type Origins = ReadonlyMap<string, ReadonlyMap<string, Origin & { words: string }>>

/** A saved state of a questionnaire: who saved it, when. */
export type Saved = { questionnaire: Questionnaire; by: string; at: number }

/**
 * Goes on through saved states, the oldest first. Words were made from the source that stood beside them when they were
 * last changed; so a change of the source alone, by anybody, leaves them outdated.
 */
export function traced(before: Origins, states: readonly Saved[]): Origins {
  let known = before
  for (const { questionnaire, by, at } of states) {
    const { source: from } = questionnaire
    const next = new Map<string, Map<string, Origin & { words: string }>>()
    for (const { id, text } of stringsOf(questionnaire)) {
      const source = text[from] ?? ''
      const was = known.get(id)
      const now = new Map<string, Origin & { words: string }>()
      for (const [tag, words] of Object.entries(text)) {
        if (tag === from || words.trim() === '') continue
        const old = was?.get(tag)
        const same = old !== undefined && plainLines(old.words) === plainLines(words)
        now.set(tag, same ? old : { words, source, by, at })
      }
      next.set(id, now)
    }
    known = next
  }
  return known
}

/** A source text and its words in one language, as one key. */
const pairKey = (tag: string, source: string, words: string): string =>
  JSON.stringify([tag, source, plainLines(words)])

/** Pairs of a source text and its translation that a machine wrote and nobody has read. */
export type Unread = { has: (tag: string, source: string, words: string) => boolean }

/** The translations that come with Heard, in whatever it is made from: a machine wrote them (docs/languages.md). */
export function unreadIn(shipped: readonly unknown[], from = 'en'): Unread {
  const pairs = new Set<string>()
  const walk = (value: unknown): void => {
    if (!isHolder(value)) return
    const source = Array.isArray(value) ? undefined : value[from]
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner !== 'string') walk(inner)
      else if (typeof source === 'string' && name !== from) pairs.add(pairKey(name, source, inner))
    }
  }
  walk(shipped)
  return { has: (tag, source, words) => pairs.has(pairKey(tag, source, words)) }
}

/** Where the words of one text came from: out of the box, or as the saved states tell. */
export function originIn(
  origins: Origins,
  unread: Unread,
  { id, text }: Pick<SurveyString, 'id' | 'text'>,
  { from, tag }: { from: string; tag: string },
): Origin | undefined {
  const known = origins.get(id)?.get(tag)
  const source = known?.source ?? text[from] ?? ''
  return unread.has(tag, source, text[tag] ?? '') ? { source, state: 'machine' } : known
}
