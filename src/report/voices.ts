import { direction } from '../language/tags.ts'
import type { Text } from '../language/text.ts'
import type { CommentList } from './comments.ts'
import type { Reader, Words } from './reader.ts'
import type { QuestionReport, Report } from './report.ts'
import { labelOf, sayFilter, titleOf } from './say.ts'
import { filterQuery } from './slice.ts'

/** A comment as the store gives it. */
export type StoredWords = {
  question: string
  about: string | null
  words: string
  language: string
  group: string
}

/** A comment as a page shows it; `by` is how its writer is named: by stakeholder group only, or not at all. */
export type Voice = { words: string; lang: string; dir: 'ltr' | 'rtl'; by: string | null }

/** Comments of one option (`label` null: of no option). `more`: where all of them are; null when these are all. */
export type VoiceList = {
  label: Words | null
  question: Words
  count: string
  few: boolean
  voices: Voice[]
  more: string | null
}

/** views/report/comments.ejs: all comments of one list, a page at a time. */
export type CommentsPage = {
  title: Words
  question: Words
  option: Words | null
  sample: boolean
  said: string
  count: string
  few: boolean
  voices: Voice[]
  back: string
  previous: string | null
  next: string | null
}

/** Comments of each list that the summary itself shows. */
export const FIRST_VOICES = 4
/** Comments on a page of their own. */
export const PAGE_OF_VOICES = 20

/** The address of all comments of a list, in the same filter. */
export function voicesAddress(report: Report, list: CommentList, from = 0): string {
  const query = new URLSearchParams(filterQuery(report.filter))
  query.set('question', list.question)
  if (list.about !== null) query.set('about', list.about)
  if (from > 0) query.set('from', String(from))
  return `/reports/${report.survey.slug}/comments?${query}`
}

/** What a page needs beside the report: comments that were fetched, and how groups sign theirs. */
export type Told = { voices: readonly StoredWords[]; attributions: ReadonlyMap<string, Text> }

/** How a comment's writer is named, where groups may be told apart: `signed` holds those groups. */
export function voiceOf(
  { words, language, group }: StoredWords,
  list: Pick<CommentList, 'signed'>,
  attributions: Told['attributions'],
  reader: Reader,
): Voice {
  const label = list.signed.includes(group) ? attributions.get(group) : undefined
  return { words, lang: language, dir: direction(language), by: label ? reader.words(label).words : null }
}

/** The comments under a question, option by option, in the order of the options. */
export function voicesOf(report: Report, one: QuestionReport, reader: Reader, told: Told): VoiceList[] {
  const source = report.sections.flatMap(({ questions }) => questions)
  return one.comments
    .filter(({ n }) => n === null || n > 0)
    .map((list) => {
      const first = told.voices.filter(
        ({ question, about }) => question === list.question && about === list.about,
      )
      const text = source.find(({ question }) => question.code === list.question)
      return {
        label: list.about === null ? null : labelOf(one, list.about, reader),
        question: titleOf(text?.question ?? one.question, reader),
        count: reader.t('report.comments', { count: list.n ?? 0, n: reader.number(list.n ?? 0) }),
        few: list.n === null,
        voices: list.n === null ? [] : first.map((voice) => voiceOf(voice, list, told.attributions, reader)),
        more: list.n !== null && list.n > first.length ? voicesAddress(report, list) : null,
      }
    })
}

/** One list of a report, by its question and option; undefined when there is none. */
export function findList(report: Report, question: string, about: string | null) {
  for (const one of report.sections.flatMap(({ questions }) => questions)) {
    const list = one.comments.find((each) => each.question === question && each.about === about)
    if (list) return { one, list }
  }
  return undefined
}

/** All comments of a list, those from place `from` on. Comments of too few people are not among `told`. */
export function commentsPage(
  report: Report,
  found: NonNullable<ReturnType<typeof findList>>,
  reader: Reader,
  told: Told & { from: number },
): CommentsPage {
  const { one, list } = found
  const text = findList(report, list.question, null)?.one ?? one
  const n = list.n ?? 0
  const turn = (from: number) => voicesAddress(report, list, from)
  return {
    title: reader.words(report.questionnaire.title),
    question: titleOf(text.question, reader),
    option: list.about === null ? null : labelOf(one, list.about, reader),
    sample: report.survey.sample,
    said: sayFilter(report, reader),
    count: reader.t('report.comments', { count: n, n: reader.number(n) }),
    few: list.n === null,
    voices:
      list.n === null ? [] : told.voices.map((voice) => voiceOf(voice, list, told.attributions, reader)),
    back: `/reports/${report.survey.slug}${filterQuery(report.filter)}#q-${one.question.code}`,
    previous: told.from > 0 ? turn(Math.max(0, told.from - PAGE_OF_VOICES)) : null,
    next: told.from + PAGE_OF_VOICES < n ? turn(told.from + PAGE_OF_VOICES) : null,
  }
}
