import type { Text } from '../../language/text.ts'
import {
  findQuestion,
  type Item,
  type Question,
  type Questionnaire,
  questions,
} from '../../questionnaire/definition.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import { isMatching } from '../../questionnaire/matching.ts'

/** What makes answers comparable: everything of a question, or of one row of it, that a person answers to. */
export type Meaning = {
  question: Question
  item: Item | undefined
  /** Languages that a comparison of words may use, the source first. */
  languages: string[]
  /** The question's own words, and those of the row. */
  words: Text[]
  /** Options or points in their order: code, words, and what they count for. */
  answers: { code: string; label: Text; counts: string }[]
  /** Other things that change what a share means. */
  reversed: boolean
}

/** Why two askings do not measure the same. */
export type Break = 'kind' | 'words' | 'answers' | 'favorable' | 'reversed' | 'language'

/** What a code stands for in a questionnaire: a question, or a row of one. Undefined when it asks no such thing. */
export function meaningOf(questionnaire: Questionnaire, asked: string): Meaning | undefined {
  const [code = '', row] = asked.split('.')
  const question = findQuestion(questionnaire, code)
  if (!question) return undefined
  const { items = [], options = [], points = [] } = kindOf(question).outline(question)
  const item = row === undefined ? undefined : items.find((one) => one.code === row)
  if (row !== undefined && !item) return undefined
  const { source, languages } = questionnaire
  return {
    question,
    item,
    languages: [source, ...languages.filter((tag) => tag !== source)],
    // The one item of a scale bears the question's own words.
    words: item && item.label !== question.title ? [question.title, item.label] : [question.title],
    answers: [
      ...options.map(({ code: option, label }) => ({ code: option, label, counts: '' })),
      ...points.map(({ code: point, label, value, favorable }) => ({
        code: point,
        label,
        counts: `${value}${favorable ? ' favorable' : ''}`,
      })),
    ],
    reversed: item?.reversed === true,
  }
}

/** Spaces, the way in which letters are put together and the shape of quotation marks are no change of words. */
const plain = (words: string): string =>
  words
    .normalize('NFC')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, ' ')
    .trim()

/**
 * Why what is asked now is not what was asked before; empty when it is the same. Words are compared in a language that
 * both have, the source of the earlier one if possible: a better translation is no change, a new source wording is.
 */
export function breaksBetween(before: Meaning, after: Meaning): Break[] {
  if (before.question.kind !== after.question.kind || before.words.length !== after.words.length)
    return ['kind']
  const lang = before.languages.find((tag) => after.languages.includes(tag))
  if (lang === undefined) return ['language']
  const say = (text: Text) => plain(text[lang] ?? '')
  const same = (one: readonly string[], other: readonly string[]) =>
    one.length === other.length && one.every((words, at) => words === other[at])
  const labels = ({ answers }: Meaning) => answers.map(({ code, label }) => `${code} ${say(label)}`)
  // Of the answers that both have: others are a break of their own.
  const both = before.answers.filter(({ code }) => after.answers.some((one) => one.code === code))
  const counts = ({ answers }: Meaning) =>
    both.map(({ code }) => `${code} ${answers.find((one) => one.code === code)?.counts}`)
  const asked = before.question.kind === 'profile' ? [] : [labels(before), labels(after)]
  return [
    ...(same(before.words.map(say), after.words.map(say)) ? [] : (['words'] as const)),
    ...(same(asked[0] ?? [], asked[1] ?? []) ? [] : (['answers'] as const)),
    ...(same(counts(before), counts(after)) ? [] : (['favorable'] as const)),
    ...(before.reversed === after.reversed ? [] : (['reversed'] as const)),
  ]
}

/** Everything in a questionnaire that waves are lined up by: questions, and rows of grids. Not who people are. */
export function thingsAsked(questionnaire: Questionnaire): string[] {
  return questions(questionnaire).flatMap((question) => {
    if (question.attribute !== undefined || isMatching(question)) return []
    const { measure, outline } = kindOf(question)
    if (measure === 'choice' || measure === 'ranking') return [question.code]
    if (measure !== 'points') return []
    return (outline(question).items ?? []).map(({ code }) => thingOf(question.code, code))
  })
}

/** The code of a row; a scale is its own only row. */
export const thingOf = (question: string, item: string): string =>
  question === item ? question : `${question}.${item}`

/** What two waves ask alike, otherwise and not at all, by code. */
export type Lineup = {
  alike: string[]
  broken: { asked: string; breaks: Break[]; before: Meaning; after: Meaning }[]
  onlyBefore: string[]
  onlyAfter: string[]
}

export function lineUp(before: Questionnaire, after: Questionnaire): Lineup {
  const [first, second] = [thingsAsked(before), thingsAsked(after)]
  const both = first.flatMap((asked) => {
    const [a, b] = [meaningOf(before, asked), meaningOf(after, asked)]
    return second.includes(asked) && a && b
      ? [{ asked, breaks: breaksBetween(a, b), before: a, after: b }]
      : []
  })
  return {
    alike: both.filter(({ breaks }) => breaks.length === 0).map(({ asked }) => asked),
    broken: both.filter(({ breaks }) => breaks.length > 0),
    onlyBefore: first.filter((asked) => !second.includes(asked)),
    onlyAfter: second.filter((asked) => !first.includes(asked)),
  }
}
