import type { Text } from '../language/text.ts'
import type { Plan } from '../plan/plan.ts'
import type { Question, Questionnaire } from '../questionnaire/definition.ts'
import type { Outline } from '../questionnaire/kind.ts'
import { kindOf } from '../questionnaire/kinds.ts'
import { isMatching } from '../questionnaire/matching.ts'
import { byElement, type Cited, type ElementShare, prioritiesOf } from './citations.ts'
import { type CommentList, commentList, commentsOf } from './comments.ts'
import { type Finding, findingOf } from './finding.ts'
import { type Heard, heard } from './heard.ts'
import { withinReach } from './privacy/reach.ts'
import { protectProfile } from './privacy/suppression.ts'
import { cellsOf } from './privacy/veil.ts'
import { type Result, resultOf } from './result.ts'
import { holds, type Slice } from './slice.ts'
import { mayQuote, named, type Reach, type ReportSource, type ReportSurvey } from './source.ts'
import { choosers, explained, survey as wholeSurvey } from './tally.ts'
import type { ThemesShown } from './themes/source.ts'
import type { Weighted } from './weights/weighted.ts'

/** One question in a report. `result` is null when the people behind it are too few to be shown. */
export type QuestionReport = {
  question: Question
  outline: Outline
  cites: Cited[]
  /** Codes of the plan priorities it is about. */
  priorities: string[]
  /** Same question, group by group; empty where a group was chosen already. */
  groups: { code: string; result: Result | null }[]
  elements: ElementShare[] | undefined
  comments: CommentList[]
  /** What the comments of a text question were about; absent for other kinds, null while none was read. */
  themes?: ThemesShown | null
  result: Result | null
  finding: Finding | null
}

export type Report = {
  survey: ReportSurvey
  questionnaire: Questionnaire
  /** Questions that an earlier version asked otherwise, by code. */
  otherwise: readonly string[]
  plan: Plan | undefined
  filter: Slice
  /** Schools that the reader may read about; undefined: every one. */
  reach: Reach
  /** Responses in the filter; null when they are too few, or would give away others that are. */
  responses: number | null
  /** Stakeholder groups within the filter. */
  heard: Heard
  /** What can be filtered by, and whether that would show anything. */
  choices: { groups: Choice[]; schools: Choice[] }
  /** What comments were about in the filter; null while none was read. */
  themes: ThemesShown | null
  sections: { code: string; title: Text; questions: QuestionReport[] }[]
  /** Where weights were asked for: what they are, or why there are none. */
  weighted?: Weighted
  /** The same without weights. */
  plain?: Report
}
export type Choice = { code: string; label: Text; shown: boolean }

/**
 * The report of one filter, from counts alone. A reader whose `reach` is narrower is not offered other schools, and
 * of the whole district gets no comments.
 */
export function composeReport(whole: ReportSource, filter: Slice, reach?: Reach): Report {
  const source = withinReach(whole, reach)
  const { questionnaire, survey, plan } = source
  const responses = source.veil(wholeSurvey, filter)
  const choice = (slice: (code: string) => Slice) => (one: { code: string; label: Text }) => ({
    code: one.code,
    label: one.label,
    shown: source.veil(wholeSurvey, slice(one.code)) !== null,
  })
  return {
    survey,
    questionnaire,
    otherwise: source.otherwise ?? [],
    plan,
    filter,
    reach,
    responses,
    heard: heard(source, filter),
    themes: source.themes?.of(filter) ?? null,
    choices: {
      groups: named(source, 'group').map(choice((group) => ({ school: filter.school, group }))),
      schools: named(source, 'school')
        .filter(({ code }) => reach?.includes(code) ?? true)
        .map(choice((school) => ({ school, group: filter.group }))),
    },
    sections: questionnaire.sections
      .map(({ code, title, questions: asked }) => ({
        code,
        title,
        questions: asked
          .filter((question) => reported(question, filter))
          .map((question) => questionReport(source, question, filter, reach))
          .map((one) => (mayQuote(reach, filter) ? one : { ...one, comments: [] })),
      }))
      .filter((section) => section.questions.length > 0),
  }
}

/**
 * Group and school are told as "who was heard". Other profile questions (grade, language at home) part people
 * finer than any filter, so they are told for everyone together and never within a group or school.
 */
function reported(question: Question, filter: Slice): boolean {
  const attribute = question.attribute
  // A part of the code that somebody made up says nothing, and could point at them.
  if (isMatching(question)) return false
  if (attribute === undefined) return true
  return attribute !== 'group' && attribute !== 'school' && filter.school === null && filter.group === null
}

function questionReport(
  source: ReportSource,
  question: Question,
  filter: Slice,
  reach: Reach,
): QuestionReport {
  const { veil: shown, tally, cites } = source
  const kind = kindOf(question)
  const outline = kind.outline(question)
  const profile = question.attribute !== undefined
  const read = (slice: Slice): Result | null => {
    if (shown(question.code, slice) === null || !explains(source, question, slice, reach)) return null
    const cells = cellsOf(tally, question.code, slice)
    return resultOf(question, kind.measure, outline, cells, {
      veil: shown,
      told: source.told,
      slice,
      minimum: source.survey.minimumGroup,
    })
  }
  const whole = read(filter)
  const result = whole && profile ? withoutFew(whole, source.survey.minimumGroup) : whole
  const groups = filter.group === null && !profile ? named(source, 'group') : []
  return {
    question,
    outline,
    cites: cites(question.cites),
    priorities: prioritiesOf(cites, question.cites ?? [], outline.options ?? []),
    groups: groups.map(({ code }) => ({ code, result: read({ school: filter.school, group: code }) })),
    elements:
      result?.measure === 'choice' && !result.several && result.options.every(({ n }) => n !== null)
        ? byElement(cites, outline.options ?? [], result.options, result.n)
        : undefined,
    comments: commentsOf(source, question, filter, reach),
    ...(kind.measure === 'words' && { themes: (result && source.themes?.of(filter, question.code)) ?? null }),
    result,
    finding: result && !profile && tells(result) ? findingOf(result) : null,
  }
}

/**
 * Whether it may be told how many wrote at all. Of comments that explain a choice only where the list of every option is
 * told whole: else all of them less the lists that are told would be those on an option that too few chose.
 */
function explains(source: ReportSource, text: Question, slice: Slice, reach: Reach): boolean {
  const chosen = explained(source.questionnaire, text)
  if (!chosen) return true
  return (kindOf(chosen).outline(chosen).options ?? []).every(({ code }) => {
    const { n, without } = commentList(source, text, code, slice, reach)
    if (n !== null) return without.length === 0
    return source.told(chosen.code).exact(slice) && !someChose(source, choosers(chosen.code, code), slice)
  })
}

const someChose = ({ tally }: ReportSource, thing: string, slice: Slice): boolean =>
  (tally.people.get(thing) ?? []).some((one) => one.n > 0 && holds(slice, one))

/** Whether there is anything to find: not where options, or all items, are hidden or told only as a bound. */
const tells = (result: Result): boolean =>
  result.measure === 'points'
    ? result.items.some(({ summary }) => summary !== null)
    : result.measure !== 'choice' || result.options.every(({ n }) => n !== null)

/** A profile question's options are groups of people: those under the minimum are hidden, and what gives them away. */
function withoutFew(result: Result, minimum: number): Result {
  if (result.measure !== 'choice') return result
  const shown = protectProfile(new Map(result.options.map(({ code, n }) => [code, n ?? 0])), minimum)
  const hide = { n: null, share: null }
  return {
    ...result,
    options: result.options.map((option) => (shown(option.code) ? option : { ...option, ...hide })),
  }
}
