import { type Question, questions } from '../questionnaire/definition.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import { countsWithin } from './privacy/bounded.ts'
import { holds, type Slice } from './slice.ts'
import { named, type Reach, type ReportSource } from './source.ts'
import { choosers, explained } from './tally.ts'

/**
 * Comments of one question on one option (null: on none). `n` null: too few people could have written them.
 * `signed`: stakeholder groups whose comments may be told apart. `without`: places whose comments are not in this list.
 */
export type CommentList = {
  question: string
  about: string | null
  n: number | null
  signed: string[]
  without: Place[]
}
export type Place = { school: string; group: string }

/** Whether a comment of this place stands in a list. */
export const isListed = ({ without }: Pick<CommentList, 'without'>, { school, group }: Place): boolean =>
  !without.some((one) => one.school === school && one.group === group)

/**
 * Comments are known by their words, so who finds one in the list of a school and in that of a group knows both of its
 * writer, and who counts them knows how many there are. In the list of a school are therefore only those of groups that
 * may be shown of it, and whose answers are told exactly where comments explain one; the others are in the list of their
 * group. Whoever reads of some schools alone has no list of a
 * group to hold beside it, and finds all of them.
 */
function outOf(
  source: ReportSource,
  behind: string,
  chosen: Question | undefined,
  { school, group }: Slice,
  reach: Reach,
): Place[] {
  if (school === null || group !== null || reach !== undefined) return []
  // Also of whom nobody wrote: the list looks alike whether or not.
  const wrote = (source.tally.people.get(behind) ?? []).map((one) => one.group)
  return [...new Set([...named(source, 'group').map(({ code }) => code), '', ...wrote])]
    .map((one) => ({ school, group: one }))
    .filter(
      (place) => source.veil(behind, place) === null || (chosen && !source.told(chosen.code).exact(place)),
    )
}

/**
 * How many comments there are in a slice. A comment can be told to be from one of those who chose its option (or,
 * with no option, who answered its question); where these are too few to be shown, so are the comments. Where shares of
 * the options are told as bounds, comments are shown as long as no more people wrote than a bound says chose the option,
 * but for whoever reads of some schools alone and has no other list beside.
 */
export function commentList(
  source: ReportSource,
  text: Question,
  about: string | null,
  slice: Slice,
  reach?: Reach,
): CommentList {
  const chosen = explained(source.questionnaire, text)
  const behind = about !== null && chosen ? choosers(chosen.code, about) : text.code
  const without = outOf(source, behind, about === null ? undefined : chosen, slice, reach)
  const written = (part: Slice) =>
    source.comments
      .filter((one) => one.question === text.code && one.about === about && holds(part, one))
      .reduce((sum, one) => sum + (isListed({ without }, one) ? one.n : 0), 0)
  const shown = (part: Slice) =>
    source.veil(behind, part) !== null &&
    (about === null ||
      !chosen ||
      reach !== undefined ||
      written(part) <= leastTold(source, chosen, about, part))
  return {
    question: text.code,
    about,
    n: shown(slice) ? written(slice) : null,
    signed: named(source, 'group')
      .map(({ code }) => code)
      .filter((group) => shown({ school: slice.school, group: slice.group ?? group })),
    without,
  }
}

/** As many people at least are told to have chosen an option, who may all have written. */
function leastTold({ told, tally }: ReportSource, { code }: Question, option: string, slice: Slice): number {
  if (told(code).exact(slice)) return Number.POSITIVE_INFINITY
  const bound = told(code).bound(slice, option)
  const answered = (tally.people.get(code) ?? []).reduce(
    (sum, one) => sum + (holds(slice, one) ? one.n : 0),
    0,
  )
  return bound ? countsWithin(bound, answered).least : 0
}

/** The lists that belong under a question: its own comments, and those that explain its options. */
export function commentsOf(
  source: ReportSource,
  question: Question,
  slice: Slice,
  reach?: Reach,
): CommentList[] {
  const kind = kindOf(question)
  if (kind.measure === 'words') return [commentList(source, question, null, slice, reach)]
  const options = kind.outline(question).options ?? []
  return questions(source.questionnaire)
    .filter((text) => text.about === question.code && kindOf(text).measure === 'words')
    .flatMap((text) => options.map(({ code }) => commentList(source, text, code, slice, reach)))
}
