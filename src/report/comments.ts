import { type Question, questions } from '../questionnaire/definition.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import { holds, type Slice } from './slice.ts'
import { named, type ReportSource } from './source.ts'
import { choosers, explained } from './tally.ts'

/**
 * Comments of one question on one option (null: on none). `n` null: too few people could have written them.
 * `signed`: stakeholder groups whose comments may be told apart.
 */
export type CommentList = { question: string; about: string | null; n: number | null; signed: string[] }

/**
 * How many comments there are in a slice. A comment can be told to be from one of those who chose its option (or,
 * with no option, who answered its question); where these are too few to be shown, so are the comments.
 */
export function commentList(
  source: ReportSource,
  text: Question,
  about: string | null,
  slice: Slice,
): CommentList {
  const chosen = explained(source.questionnaire, text)
  const behind = about !== null && chosen ? choosers(chosen.code, about) : text.code
  const n = source.comments.reduce(
    (sum, count) =>
      sum + (count.question === text.code && count.about === about && holds(slice, count) ? count.n : 0),
    0,
  )
  const shown = (part: Slice) => source.veil(behind, part) !== null
  return {
    question: text.code,
    about,
    n: shown(slice) ? n : null,
    signed: named(source, 'group')
      .map(({ code }) => code)
      .filter((group) => shown({ school: slice.school, group: slice.group ?? group })),
  }
}

/** The lists that belong under a question: its own comments, and those that explain its options. */
export function commentsOf(source: ReportSource, question: Question, slice: Slice): CommentList[] {
  const kind = kindOf(question)
  if (kind.measure === 'words') return [commentList(source, question, null, slice)]
  const options = kind.outline(question).options ?? []
  return questions(source.questionnaire)
    .filter((text) => text.about === question.code && kindOf(text).measure === 'words')
    .flatMap((text) => options.map(({ code }) => commentList(source, text, code, slice)))
}
