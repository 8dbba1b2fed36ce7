import { pick, type Text } from '../language/text.ts'
import { comparisons } from './condition.ts'
import {
  type Comparison,
  type Condition,
  findQuestion,
  type Question,
  type Questionnaire,
} from './definition.ts'
import { kindOf } from './kinds.ts'

/** Faults of questions that were already read by their kinds: what a person who writes a survey gets wrong unseen. */

/** Comparisons that can never be true because they name what the question does not have: mostly misspelt codes. */
export function conditionFaults(condition: Condition | undefined, questionnaire: Questionnaire): string[] {
  return (condition ? comparisons(condition) : []).flatMap((comparison) => {
    const question = findQuestion(questionnaire, comparison.question)
    return question ? comparisonFaults(comparison, question) : []
  })
}

function comparisonFaults({ item, is = [], includes = [], atLeast, atMost }: Comparison, question: Question) {
  const { measure, outline } = kindOf(question)
  const { options, items = [], points = [] } = outline(question)
  const rows = measure === 'points' && items.some(({ code }) => code !== question.code) ? items : []
  if (rows.length === 0 && item !== undefined)
    return [`the condition names the item "${item}" of "${question.code}", which has no items`]
  if (
    rows.length > 0 &&
    item === undefined &&
    (is.length > 0 || includes.length > 0 || (atLeast ?? atMost) !== undefined)
  )
    return [`the condition compares "${question.code}" without saying which item of it`]
  if (item !== undefined && !rows.some(({ code }) => code === item))
    return [`the condition looks at the item "${item}", which "${question.code}" does not have`]
  const known =
    options ?? (points.length > 0 ? [...points, ...(rows.length > 0 ? [{ code: 'na' }] : [])] : undefined)
  const faults = [...is, ...includes]
    .filter((code) => known && !known.some((thing) => thing.code === code))
    .map((code) => `the condition waits for "${code}", which "${question.code}" does not offer`)
  if ((atLeast ?? atMost) !== undefined && measure !== 'points' && measure !== 'number')
    faults.push(`the condition compares "${question.code}" with a number, but its answers are none`)
  return faults
}

/** A comment is kept with the option that its writer chose; of any other question there is no one option. */
export function explainsNothing(question: Question, questionnaire: Questionnaire): string[] {
  const about = typeof question.about === 'string' ? findQuestion(questionnaire, question.about) : undefined
  if (!about) return []
  const kind = kindOf(about)
  const oneOf = kind.outline(about).options?.some(({ code }) => kind.fits(about, code)) === true
  return oneOf ? [] : [`it is about "${about.code}", which is not a choice of one option`]
}

/** Texts without words in the source language. A district's own lists may be in any language that it has. */
export function unworded(questionnaire: Questionnaire): string[] {
  const lacks = (text: Text | undefined): boolean =>
    text !== undefined && (text[questionnaire.source] ?? '').trim() === ''
  const tell = (place: string, texts: Record<string, Text | undefined>) =>
    Object.entries(texts)
      .filter(([, text]) => lacks(text))
      .map(([path]) => `${place}: ${path} has no words in the source language "${questionnaire.source}"`)
  const { title, intro, thanks, assent, notice, sections } = questionnaire
  return [
    ...tell('definition', { title, intro, thanks, assent, notice }),
    ...sections.flatMap((section) => [
      ...tell(`section ${section.code}`, { title: section.title, intro: section.intro }),
      ...section.questions.flatMap((question) => {
        const place = `section ${section.code}, question ${question.code}`
        const { title, help, short } = question
        const parts = kindOf(question)
          .texts(question)
          .filter(
            ({ text }) => question.attribute === undefined || pick(text, questionnaire.source).words === '',
          )
        return [
          ...tell(place, { title, help, short }),
          ...tell(place, Object.fromEntries(parts.map(({ path, text }) => [path, text]))),
        ]
      }),
    ]),
  ]
}
