import { createHash } from 'node:crypto'
import type { TFunction } from 'i18next'
import type { District } from '../../district/district.ts'
import { sayDate, sayNumber } from '../../language/format.ts'
import { pick, type Text, type Worded } from '../../language/text.ts'
import type { Option, Question, Questionnaire } from '../../questionnaire/definition.ts'
import type { FormBody, Problem } from '../../questionnaire/kind.ts'
import { kindOf } from '../../questionnaire/kinds.ts'
import type { Known } from '../../questionnaire/known.ts'
import { shuffled } from '../../questionnaire/shuffle.ts'
import type { Path, Step } from '../../response/walk.ts'
import type { Draft, Survey } from '../../store/stores.ts'
import { word } from '../../web/markup.ts'
import type {
  NoPage,
  NoticePage,
  QuestionView,
  ReviewPage,
  SectionPage,
  StartPage,
  SurveyHead,
  ThanksPage,
} from '../models/respond.ts'

/** What the models of a survey's pages are made from. */
type Seen = {
  survey: Survey
  questionnaire: Questionnaire
  head: SurveyHead
  lang: string
  refused?: string | undefined
  draft: Draft | undefined
  known: Known
  kiosk: boolean
  district: District
  t: TFunction
  timeZone: string
}

export function surveyHead(
  survey: Survey,
  questionnaire: Questionnaire,
  district: District,
  lang: string,
): SurveyHead {
  return {
    slug: survey.slug,
    title: pick(questionnaire.title, lang, questionnaire.source),
    sample: survey.sample,
    district: pick(district.name, lang, 'en'),
    source: questionnaire.source,
  }
}

const maybe = (seen: Seen, text: Text | undefined): Worded | undefined =>
  text && pick(text, seen.lang, seen.questionnaire.source)

export function startPage(
  seen: Seen,
  at: Pick<StartPage, 'state' | 'begin' | 'noCookies' | 'entry'> & {
    now: number
    heard?: string | undefined
  },
): StartPage {
  const { survey, questionnaire, head, lang } = seen
  const first = survey.opensAt !== null && survey.opensAt > at.now ? survey.opensAt : null
  const date = at.state === 'soon' ? first : survey.closesAt
  const query = new URLSearchParams(seen.known as Record<string, string>)
  const carried = new URLSearchParams([...query, ...(at.entry?.typed ? [['code', at.entry.typed]] : [])])
  return {
    ...head,
    state: at.state,
    intro: maybe(seen, questionnaire.intro),
    minutes: questionnaire.minutes,
    when:
      date === null
        ? ''
        : sayDate(lang, date, { dateStyle: 'full', timeStyle: 'short', timeZone: seen.timeZone }),
    refused: seen.refused,
    noCookies: at.noCookies,
    begin: at.begin,
    begun: seen.draft !== undefined,
    entry: at.entry,
    assent: maybe(seen, questionnaire.assent),
    carried: carried.size > 0 ? `&${carried}` : '',
    known: String(query),
    notice:
      questionnaire.notice && questionnaire.protectedAreas?.length ? `/s/${survey.slug}/notice` : undefined,
    again: `/s/${survey.slug}?again`,
    resume: seen.kiosk ? undefined : `/s/${survey.slug}/resume`,
    heard: at.heard,
    kiosk: seen.kiosk,
  }
}

/** The district's own words on whom to call, else those that the interface has for everywhere. */
export const helpLine = ({ district, lang, t }: Pick<Seen, 'district' | 'lang' | 't'>): Worded =>
  hasWords(district.helpLines)
    ? pick(district.helpLines, lang, 'en')
    : { words: t('safety.call'), lang, fallback: false }

const hasWords = (text: Text | undefined): text is Text =>
  text !== undefined && Object.values(text).some((words) => words.trim() !== '')

/** A page of questions; `typed` (what was typed and could not be taken) goes before what was answered. */
export function sectionPage(
  seen: Seen,
  path: Path,
  step: Step,
  page: { token: string; typed: FormBody | undefined; problems: Problem[]; fromReview: boolean },
): SectionPage {
  const { survey, questionnaire, head, t } = seen
  const at = path.steps.indexOf(step)
  const write = step.questions.some((question) => kindOf(question).measure === 'words')
  const worded = page.problems.map((problem) => ({
    ...problem,
    message: t(`problem.${problem.code}`, { ...problem.values }) as string,
  }))
  return {
    ...head,
    code: step.code,
    help: write ? helpLine(seen) : undefined,
    known: seen.draft ? '' : String(new URLSearchParams(seen.known as Record<string, string>)),
    sectionTitle: pick(step.section.title, seen.lang, questionnaire.source),
    // What introduces a section of many pages is said on its first.
    intro: path.steps[at - 1]?.section === step.section ? undefined : maybe(seen, step.section.intro),
    at: at + 1,
    of: path.steps.length,
    questions: step.questions.map((question) => {
      const problem = worded.find((candidate) => candidate.question === question.code)
      const answer = path.answers[question.code]
      return {
        question,
        title: pick(question.title, seen.lang, questionnaire.source),
        help: maybe(seen, question.help),
        options: shownOptions(question, page.token),
        values: page.typed ?? (answer === undefined ? {} : kindOf(question).fill(question, answer)),
        problem: problem?.message,
        problemField: problem?.field,
      } satisfies QuestionView
    }),
    problems: worded.map(({ field, message, question }) => ({
      field,
      message,
      about: pick(titleOf(step, question), seen.lang, questionnaire.source),
    })),
    token: page.token,
    action: `/s/${survey.slug}/${step.code}`,
    hasBack: at > 0,
    fromReview: page.fromReview,
    mark: seen.kiosk ? undefined : markOf(page.token),
    word: word(seen.lang, questionnaire.source),
    number: (value) => sayNumber(seen.lang, value),
    worded: (text) => pick(text, seen.lang, questionnaire.source),
  }
}

const titleOf = (step: Step, code: string): Text =>
  step.part?.title ?? step.questions.find((question) => question.code === code)?.title ?? {}

/** Options in display order: shuffled by the draft's token where the question says so, else as defined. */
export function shownOptions(question: Question, seed: string): Option[] {
  const options = kindOf(question).outline(question).options ?? []
  return question.shuffle === true ? shuffled(options, seed + question.code) : options
}

export function reviewPage(seen: Seen, path: Path, token: string): ReviewPage {
  const { survey, questionnaire, head, lang } = seen
  return {
    ...head,
    sections: [...Map.groupBy(path.steps, ({ section }) => section)].map(([section, steps]) => {
      const whole = steps.every(({ code }) => code === section.code)
      const change = (code: string) => `/s/${survey.slug}/${code}?from=review`
      return {
        title: pick(section.title, lang, questionnaire.source),
        change: whole ? change(section.code) : undefined,
        questions: steps.flatMap((step) =>
          step.questions.map((question) => ({
            title: pick(step.part?.title ?? question.short ?? question.title, lang, questionnaire.source),
            answers: said(step, question, path.answers[question.code], seen),
            ordered: kindOf(question).measure === 'ranking',
            change: whole ? undefined : change(step.code),
          })),
        ),
      }
    }),
    token,
    action: `/s/${survey.slug}/send`,
    back: `/s/${survey.slug}/${path.steps.at(-1)?.code ?? ''}`,
    empty: Object.keys(path.answers).length === 0,
  }
}

/** An answer in words; of a part of a question, its own point alone, since the part's title stands beside it. */
function said({ part }: Step, question: Question, answer: unknown, { lang, questionnaire }: Seen) {
  if (answer === undefined) return []
  const kind = kindOf(question)
  if (!part) return kind.say(question, answer, lang, questionnaire.source)
  const [point] = kind.codes(question, answer, part.code)
  if (point === undefined) return []
  const label = kind.outline(question).points?.find(({ code }) => code === point)?.label
  return [label ? pick(label, lang, questionnaire.source) : { words: '–', lang }]
}

/** `now` in epoch milliseconds; `heard`: the address of what we heard, while it is shown. */
export const thanksPage = (seen: Seen, now: number, heard?: string): ThanksPage => ({
  ...seen.head,
  help: helpLine(seen),
  thanks: maybe(seen, seen.questionnaire.thanks),
  again: `/s/${seen.survey.slug}?again`,
  until:
    seen.survey.closesAt === null || seen.survey.closesAt <= now
      ? ''
      : sayDate(seen.lang, seen.survey.closesAt, {
          dateStyle: 'full',
          timeStyle: 'short',
          timeZone: seen.timeZone,
        }),
  heard: seen.kiosk ? undefined : heard,
  kiosk: seen.kiosk,
  withdraw: undefined,
})

/** The name under which a browser keeps what is typed: known from the token, without leading back to it. */
export const markOf = (token: string): string =>
  createHash('sha256').update(`mark ${token}`).digest('base64url').slice(0, 12)

export const noPage = (seen: Seen): NoPage => ({ ...seen.head, again: `/s/${seen.survey.slug}?again` })

/** Undefined when this survey has no notice. */
export function noticePage(seen: Seen): NoticePage | undefined {
  const { survey, questionnaire, head, lang, timeZone } = seen
  const notice = maybe(seen, questionnaire.notice)
  const day = (at: number | null) => (at === null ? '' : sayDate(lang, at, { dateStyle: 'full', timeZone }))
  return (
    notice && {
      ...head,
      notice,
      areas: [...(questionnaire.protectedAreas ?? [])],
      opens: day(survey.opensAt),
      closes: day(survey.closesAt),
    }
  )
}
