import { hash, randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import type { TFunction } from 'i18next'
import type { District } from '../../district/district.ts'
import { direction } from '../../language/tags.ts'
import type { Messages, Voice } from '../../language/wording.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { mayNotOpen } from '../../questionnaire/fielding.ts'
import type { FormBody } from '../../questionnaire/kind.ts'
import { type Known, knownAnswers, readKnown } from '../../questionnaire/known.ts'
import { type Path, walk } from '../../response/walk.ts'
import type { Draft, Stores, Survey } from '../../store/stores.ts'
import { leaveCookie } from '../../web/cookie.ts'
import { forbidden, notFound } from '../../web/errors.ts'
import { cookies, readerLanguage } from '../../web/language.ts'
import type { Chosen } from '../../web/render.ts'
import type { SurveyHead } from '../models/respond.ts'
import { type Admission, findAdmission } from './admission.ts'
import { inKiosk, mayIdle } from './kioskMode.ts'
import { surveyHead } from './respondPages.ts'

/** One request to a survey: which survey, in which language, and what this browser has answered so far. */
export type Visit = {
  survey: Survey
  /** The version that the draft was begun on, or the one answered now. */
  questionnaire: Questionnaire
  head: SurveyHead
  lang: string
  /** A language that the link asked for and that is not offered. */
  refused: string | undefined
  token: string | undefined
  draft: Draft | undefined
  /** The access code that this browser was let in with, where the survey needs one. */
  admission: Admission | undefined
  /** What the link or the code says of the reader; a new draft begins with it. */
  known: Known
  /** A shared tablet: nothing of one person may be there for the next. */
  kiosk: boolean
  district: District
  timeZone: string
  t: TFunction
  /** For rendering: the language settled on, and those offered. */
  chosen: Chosen
}

/** How the pages speak to young readers. */
const voices = { 'grades-3-5': 'child', 'grades-6-12': 'student' } as const
export const voiceOf = ({ readers }: Questionnaire): Voice | undefined => readers && voices[readers]

export const draftCookie = 'draft'
/** The minute in which this browser began to answer; see footsteps.ts. */
export const beganCookie = 'began'
const draftLasts = 14 * 24 * 3600 * 1000

/**
 * The store knows a draft by this hash alone; the token itself is only in the respondent's browser. A token that was
 * begun or used up in one survey (by its id) is a new one in every other.
 */
export const hashOf = (token: string, survey: number): string =>
  hash('sha256', `${survey} ${token}`, 'base64url')
export const newToken = (): string => randomBytes(16).toString('base64url')
const tokenShape = /^[A-Za-z0-9_-]{22}$/

/**
 * Makes what each handler of a survey begins with. A survey that is unknown or not published is not found. The
 * token of the cookie counts; the form's own is for a browser that has lost its cookies. `secret` signs admissions;
 * `unopened` lets in to a survey that was never opened, for what families read before.
 */
export function arrival(stores: Stores, messages: Messages, secret: string) {
  const offered = listed(messages)
  return async (req: Request, res: Response, { unopened = false } = {}): Promise<Visit> => {
    const survey = await stores.surveys.find(String(req.params.slug))
    if (!survey || (survey.state === 'draft' && !unopened)) throw notFound('error.noSurvey')
    const sent = (req.body as FormBody | undefined)?.token
    const token = [cookies(req)[draftCookie], typeof sent === 'string' ? sent : ''].find(
      (candidate) => candidate !== undefined && tokenShape.test(candidate),
    )
    const draft = token ? await stores.drafts.find(hashOf(token, survey.id)) : undefined
    const questionnaire = draft
      ? await stores.surveys.version(survey.id, draft.version)
      : survey.questionnaire
    const { languages, source } = questionnaire
    const { lang, refused } = readerLanguage(req, res, languages, source)
    const voice = voiceOf(questionnaire)
    const admission = await findAdmission(stores, secret, req, survey)
    const district = await stores.settings.district()
    const kiosk = inKiosk(req, survey)
    if (kiosk) {
      mayIdle(res, survey, 'page')
      res.set('Cache-Control', 'no-store')
    }
    const visit: Visit = {
      survey,
      questionnaire,
      head: surveyHead(survey, questionnaire, district, lang),
      lang,
      refused,
      token,
      draft,
      admission,
      known: known(req, questionnaire, admission),
      kiosk,
      district,
      timeZone: district.timeZone,
      t: messages.t(lang, voice),
      chosen: {
        lang,
        voice,
        languages: offered(languages),
      },
    }
    // For what may still go wrong with this request: see unsaved.ts.
    res.locals.visit = visit
    return visit
  }
}

/** The languages of a questionnaire by their own names, put together once for as long as the wordings stay. */
function listed(messages: Messages): (tags: readonly string[]) => Chosen['languages'] {
  let wordings = messages.t('en')
  let made = new WeakMap<readonly string[], Chosen['languages']>()
  return (tags) => {
    if (messages.t('en') !== wordings) {
      wordings = messages.t('en')
      made = new WeakMap()
    }
    const known =
      made.get(tags) ?? tags.map((tag) => ({ tag, name: messages.name(tag), dir: direction(tag) }))
    made.set(tags, known)
    return known
  }
}

/**
 * What is known of the reader before the first answer: from the link, which the first form carries on in its field
 * `known`, and from the access code, which goes before.
 */
function known(req: Request, questionnaire: Questionnaire, admission: Admission | undefined): Known {
  const carried = (req.body as FormBody | undefined)?.known
  if (carried === undefined && !admission && !req.url.includes('?')) return {}
  const sent = new URLSearchParams(typeof carried === 'string' ? carried.slice(0, 500) : '')
  const own: Known = { school: admission?.school, group: admission?.group }
  return readKnown(questionnaire, (name) => own[name] || (sent.get(name) ?? req.query[name]))
}

/** What is known, for a link; with a leading ? where there is anything. A draft has it already. */
export function knownQuery({ draft, known }: Pick<Visit, 'draft' | 'known'>): string {
  const query = draft ? '' : String(new URLSearchParams(known as Record<string, string>))
  return query && `?${query}`
}

const saidYes = 'part=yes'

/** The way in, where taking part is asked about first: the link of the start page says that it was pressed. */
export const withYes = ({ questionnaire, draft }: Visit, query: string): string =>
  questionnaire.assent && !draft ? `${query ? `${query}&` : '?'}${saidYes}` : query

/**
 * Whether this reader may go past the start page: where a child is asked if it wants to take part, only after saying
 * yes there. An address that was typed, or sent by somebody, leads to the question.
 */
export const agreed = ({ questionnaire, token, draft, admission }: Visit, query: unknown): boolean =>
  // The button under which a code is typed says yes too.
  !questionnaire.assent || draft !== undefined || token !== undefined || !!admission || query === 'yes'

/** The answers so far: the draft's, or those that a new one will begin with. */
export const answersOf = ({ questionnaire, draft, known }: Visit): Draft['answers'] =>
  draft?.answers ?? knownAnswers(questionnaire, known)

export const pathOf = (visit: Visit): Path =>
  visit.draft ? pathAlong(visit.questionnaire, visit.draft) : walk(visit.questionnaire, answersOf(visit), [])

/** The path of each draft that was just read or saved; a draft is never changed, only replaced. */
const walked = new WeakMap<Draft, Path>()

/** As walk, for the draft of this version of its questionnaire. */
export function pathAlong(questionnaire: Questionnaire, draft: Draft): Path {
  const path = walked.get(draft) ?? walk(questionnaire, draft.answers, draft.passed)
  walked.set(draft, path)
  return path
}

/** Whether this browser may answer: always where the link is open, else with a code that is still unused. */
export const admitted = ({ survey, admission }: Visit): boolean =>
  survey.fielding.access === 'open' || admission?.state === 'unused'

/** An address of this survey. */
export const place = ({ survey }: Visit, page = ''): string => `/s/${survey.slug}${page && `/${page}`}`

/**
 * Whether a form was made for this browser's draft. No token at all is a forged form and is refused; another
 * draft's is not (two tabs, a new start in between).
 */
export function genuine(body: FormBody | undefined, { token }: Visit): boolean {
  const sent = body?.token
  if (typeof sent !== 'string' || !tokenShape.test(sent)) throw forbidden()
  return sent === token
}

/** Leaves the draft's token with the browser, for this survey's pages only. */
export function keepToken(res: Response, visit: Visit, token: string): void {
  leaveCookie(res, draftCookie, token, { path: place(visit), maxAge: draftLasts })
}

/**
 * Whether these answers were sent already. A draft goes in the transaction that spends its token and never comes back,
 * so whoever has one has not sent it.
 */
export const spentBy =
  (stores: Pick<Stores, 'responses'>) =>
  async ({ token, draft, survey }: Visit): Promise<boolean> =>
    token !== undefined && draft === undefined && stores.responses.spent(hashOf(token, survey.id))

export const forgetToken = (res: Response, visit: Visit): void => {
  res.clearCookie(draftCookie, { path: place(visit) })
  res.clearCookie(beganCookie, { path: place(visit) })
}

export const emptyDraft = (visit: Visit): Draft => ({
  survey: visit.survey.id,
  version: visit.survey.version,
  language: visit.lang,
  channel: visit.kiosk ? 'kiosk' : 'web',
  answers: knownAnswers(visit.survey.questionnaire, visit.known),
  passed: [],
  typed: {},
})

/** A form came back without the cookie that was left with its page: a browser that was told to keep none. */
export const keepsNoCookies = (req: Request): boolean => cookies(req)[draftCookie] === undefined

/** The language that the language list of a form was pressed for, when the survey offers it. */
export function switched(body: FormBody | undefined, visit: Visit): string | undefined {
  const asked = body?.switch
  return typeof asked === 'string' && visit.questionnaire.languages.includes(asked) ? asked : undefined
}

/** A survey is answered while it is set open, its dates allow it, and the rules for protected areas are met. */
export function openness(survey: Survey, now: number): 'open' | 'soon' | 'closed' {
  if (survey.state === 'closed' || (survey.closesAt !== null && now >= survey.closesAt)) return 'closed'
  if (survey.state === 'draft' || mayNotOpen(survey.questionnaire, survey.fielding).length > 0) return 'soon'
  return survey.opensAt !== null && now < survey.opensAt ? 'soon' : 'open'
}
