import type { About, Commitment, Status } from '../../commitment/commitment.ts'
import type { Finding as Answered, Told } from '../../commitment/findings.ts'
import type { Text } from '../../language/text.ts'
import { findElement } from '../../plan/elements.ts'
import type { Question } from '../../questionnaire/definition.ts'
import type { Finding } from '../finding.ts'
import type { Heard } from '../heard.ts'
import type { Report } from '../report.ts'
import type { Result } from '../result.ts'
import type { ReportSurvey } from '../source.ts'

/** A comment in its words, with the words that a person put beside it in other languages. `by`: a role, or nobody. */
export type ShownQuote = {
  words: string
  language: string
  translations: Record<string, string>
  by: Text | null
  group: string
  theme: string | null
  /** Which quote it is; pages that were published long ago do not say. */
  id?: number
}

/** A commitment as families read it. */
export type ShownCommitment = {
  words: Text
  owner: Text
  status: Status
  on: string | null
  element: { code: string; text: Text } | null
}

/** What was said by one group or about one theme, and what is done about it. */
export type ShownAnswer = { about: About; label: Text; told: Told; commitments: ShownCommitment[] }

/** One theme with the people who spoke of it; `told` null where that may not be shown. */
export type ShownTheme = { code: string; name: Text; told: Told }

/** What comments were about. `several`: one person may be in more than one theme. */
export type ShownThemes = {
  people: number
  comments: number
  themes: ShownTheme[]
  several: boolean
  /** Themes of which a machine's codes count too, with what was measured. `confidence`: from which on; old pages do not say. */
  machine: { theme: string; precision: number | null; recall: number | null; confidence?: number }[]
}

/** Hours of conversation beside the survey, from the log of them. */
export type ShownConversations = { count: number; hours: number }

/**
 * All that the public page of a survey says, in every language, as counted on the day it was published. Only numbers
 * that the report shows of everyone together are in it, so nothing can be worked out from it that the report hides.
 */
export type HeardSnapshot = {
  form: 1
  survey: ReportSurvey
  title: Text
  /** The language of fall-backs, and those in which the page can be read. */
  source: string
  languages: string[]
  district: Text
  /** `machine`: languages in which its words are a machine's. */
  plan: { id: string; title: Text; machine?: string[] } | null
  responses: number
  heard: Heard
  questions: { question: Question; result: Result; finding: Finding }[]
  themes: ShownThemes | null
  quotes: ShownQuote[]
  answers: ShownAnswer[]
  /** Groups and themes without an answer so far. */
  gaps: { about: About; label: Text; told: Told }[]
  conversations: ShownConversations | null
}

/** What is put beside the report: all of it may be shown to everybody. */
export type Beside = {
  district: Text
  planTitle: Text | null
  themes: ShownThemes | null
  quotes: ShownQuote[]
  findings: { groups: Answered[]; themes: Answered[] }
  conversations: ShownConversations | null
}

/** The page as it would be published now; undefined while too few people answered. `report` is that of everyone. */
export function heardSnapshot(report: Report, beside: Beside): HeardSnapshot | undefined {
  const { survey, questionnaire, plan, responses, heard, sections } = report
  if (responses === null) return undefined
  const all = [...beside.findings.groups, ...beside.findings.themes]
  const element = (code: string | null) => {
    const found = code !== null && plan ? findElement(plan, code) : undefined
    return found ? { code: found.code, text: found.text } : null
  }
  const shown = ({ words, owner, status, on, element: code }: Commitment): ShownCommitment => ({
    ...{ words, owner, status, on },
    element: element(code),
  })
  const { slug, version, minimumGroup, sample } = survey
  return {
    form: 1,
    survey: { slug, version, minimumGroup, sample },
    title: questionnaire.title,
    source: questionnaire.source,
    languages: [...questionnaire.languages],
    district: beside.district,
    plan:
      plan && beside.planTitle
        ? {
            id: plan.id,
            title: beside.planTitle,
            ...(plan.machineTranslated && { machine: plan.machineTranslated }),
          }
        : null,
    responses,
    heard,
    questions: sections.flatMap(({ questions }) =>
      questions.flatMap(({ question, result, finding }) =>
        result && finding && charted(result) && finding.rule !== 'nobody'
          ? [{ question, result, finding }]
          : [],
      ),
    ),
    themes: beside.themes,
    quotes: beside.quotes,
    answers: all
      .filter(({ gap, commitments }) => !gap && commitments.length > 0)
      .map(({ about, label, told, commitments }) => ({
        ...{ about, label, told },
        commitments: commitments.map(shown),
      })),
    gaps: all.filter(({ gap }) => gap).map(({ about, label, told }) => ({ about, label, told })),
    conversations: beside.conversations,
  }
}

/** A quote as it stands now, whatever a page said of it earlier. */
export type QuoteNow = {
  id: number
  words: string
  language: string
  translations: Record<string, string>
  state: 'proposed' | 'approved' | 'withdrawn'
}

/**
 * A published page without what is no longer fit to be shown: numbers stay as they were, but a quote leaves at once when
 * it was withdrawn, taken away, or put into other words, and a translation when it was changed.
 */
export function stillFit(content: HeardSnapshot, quotes: readonly QuoteNow[]): HeardSnapshot {
  const fit = content.quotes.flatMap((shown): ShownQuote[] => {
    const now = quotes.find(
      ({ id, words, language, state }) =>
        state !== 'withdrawn' &&
        words === shown.words &&
        language === shown.language &&
        (shown.id === undefined || shown.id === id),
    )
    if (!now) return []
    const same = Object.entries(shown.translations).filter(([tag, words]) => now.translations[tag] === words)
    return [{ ...shown, translations: Object.fromEntries(same) }]
  })
  return { ...content, quotes: fit }
}

/** Shares are told to families; means of typed numbers and counts of comments are not. */
const charted = ({ measure }: Result): boolean =>
  measure === 'choice' || measure === 'ranking' || measure === 'points'

/** Why a page may not be published: wording keys `told.mayNot.<key>`. */
export type MayNot = 'open' | 'few' | 'near'

/**
 * A page is published of a survey that is closed: of one that goes on, two pages would tell by their difference what
 * the few who came in between said. For the same reason a page differs from each one published before by nobody, or by
 * at least `minimum` people. Sample data may be published at any time.
 */
export function mayNotPublish(
  survey: { closed: boolean; sample: boolean; minimumGroup: number },
  responses: number | null,
  before: readonly { responses: number }[],
): MayNot[] {
  const near = (other: number) =>
    responses !== null && other !== responses && Math.abs(other - responses) < survey.minimumGroup
  return [
    ...(!survey.closed && !survey.sample ? (['open'] as const) : []),
    ...(responses === null ? (['few'] as const) : []),
    ...(!survey.sample && before.some((page) => near(page.responses)) ? (['near'] as const) : []),
  ]
}
