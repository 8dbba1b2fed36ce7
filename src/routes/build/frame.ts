import { type Request, type RequestHandler, type Response, Router, urlencoded } from 'express'
import type { Messages } from '../../language/wording.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { editQuestion } from '../../questionnaire/edit/question.ts'
import { sectionOf } from '../../questionnaire/edit/questions.ts'
import { everydayFielding } from '../../questionnaire/fielding.ts'
import type { FormBody } from '../../questionnaire/kind.ts'
import { kinds } from '../../questionnaire/kinds.ts'
import { withDistrict } from '../../questionnaire/publish.ts'
import { type Page, pagesOf } from '../../response/pages.ts'
import { parsePage, withPage } from '../../response/parse.ts'
import type { Answers } from '../../response/response.ts'
import { walk } from '../../response/walk.ts'
import type { Survey } from '../../store/stores.ts'
import { notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { requireDoor } from '../../web/guard.ts'
import { framedByOwnPages } from '../../web/headers.ts'
import type { Chosen } from '../../web/render.ts'
import { sameOrigin } from '../../web/sameOrigin.ts'
import { render } from '../pages.ts'
import {
  noPage,
  reviewPage,
  sectionPage,
  startPage,
  surveyHead,
  thanksPage,
} from '../respond/respondPages.ts'
import { tongue } from './wording.ts'
import { bodyOf, enter, homeOf, presetOf, type Shop, type Work } from './work.ts'

/**
 * The questionnaire under work as people will answer it: the respondents' own pages, with a draft that goes along in
 * the form and is never stored.
 */

const voices = { 'grades-3-5': 'child', 'grades-6-12': 'student' } as const

/** Kinds that no module has: their questions cannot be shown. */
export const strangeKinds = ({ sections }: Questionnaire): string[] => [
  ...new Set(
    sections.flatMap(({ questions }) => questions.flatMap(({ kind }) => (kinds.has(kind) ? [] : [kind]))),
  ),
]

export const everyPage = ({ sections, readers }: Questionnaire): Page[] =>
  sections.flatMap((section) => (section.questions.length > 0 ? pagesOf(section, readers) : []))

type At = { lang: string; mirrored: boolean }
export function frameAddress(slug: string, page: string, { lang, mirrored }: At): string {
  const query = new URLSearchParams({ lang, ...(mirrored && { mirror: 'yes' }) })
  return `${homeOf(slug)}/frame${page && `/${page}`}?${query}`
}

/** A draft that the form carries along: answers so far, and the pages that were passed. */
type Carried = { answers: Answers; passed: string[] }

const sealed = (carried: Carried): string => Buffer.from(JSON.stringify(carried)).toString('base64url')
function opened(token: string): Carried {
  try {
    const { answers, passed } = JSON.parse(Buffer.from(token, 'base64url').toString()) as Partial<Carried>
    return { answers: { ...answers }, passed: Array.isArray(passed) ? passed.map(String) : [] }
  } catch {
    return { answers: {}, passed: [] }
  }
}

type Seen = Parameters<typeof sectionPage>[0]
/** One look into the frame. */
type Look = { seen: Seen; at: At; chosen: Chosen; slug: string; work: Work }

async function look(shop: Shop, req: Request, res: Response): Promise<Look> {
  const { lang: typed, mirror } = req.query
  // Here ?lang= is about the survey, and must not change the language of the whole office.
  const work = await enter(shop, req, res, { lang: 'en' })
  const questionnaire = withDistrict(work.questionnaire, work.district)
  if (strangeKinds(questionnaire).length > 0) throw notFound()
  const switched = formField(req, 'switch')
  const lang = [switched, typed].find((tag) => questionnaire.languages.includes(String(tag)))
  return lookAt(shop.messages, work, questionnaire, {
    lang: typeof lang === 'string' ? lang : questionnaire.source,
    mirrored: mirror === 'yes',
  })
}

function lookAt(messages: Messages, work: Work, questionnaire: Questionnaire, at: At): Look {
  const { slug, district } = work
  const { lang, mirrored } = at
  const voice = questionnaire.readers && voices[questionnaire.readers]
  const own = tongue(messages, lang).dir
  const survey: Survey = {
    id: 0,
    // The respondents' pages link to /s/ and this; a browser makes the address of the frame of it.
    slug: `../office/build/${slug}/frame`,
    state: 'open',
    opensAt: null,
    closesAt: null,
    version: 1,
    minimumGroup: 10,
    sample: false,
    fielding: everydayFielding,
    questionnaire,
  }
  const seen: Seen = {
    survey,
    questionnaire,
    head: surveyHead(survey, questionnaire, district, lang),
    lang,
    draft: undefined,
    known: {},
    kiosk: false,
    t: messages.t(lang, voice),
    timeZone: district.timeZone,
    district,
  }
  const languages = questionnaire.languages.map((tag) => tongue(messages, tag))
  const dir = mirrored ? (own === 'rtl' ? 'ltr' : 'rtl') : own
  return { seen, at, chosen: { lang, voice, dir, languages }, slug, work }
}

/** The pages inside the frame. Comes before the check of form tokens: the respondents' forms have none, and nothing is written. */
export function frameRoutes(shop: Shop): Router {
  const router = Router()
  const home = '/office/build/:slug/frame'
  const door = requireDoor('office')
  const form = urlencoded({ extended: false, limit: '2mb', parameterLimit: 2000 })
  router.get(home, door, async (req, res) => showStart(await look(shop, req, res), res, shop.now()))
  router.get(`${home}/:page`, door, async (req, res) => {
    const seen = await look(shop, req, res)
    if (req.params.page === 'no') return showOut(seen, res)
    const page = everyPage(seen.seen.questionnaire).find(({ code }) => code === req.params.page)
    if (!page) throw notFound()
    showPage(seen, res, page, { answers: {}, passed: [] })
  })
  router.post(`${home}/:page`, door, form, sameOrigin, async (req, res) => {
    const seen = await look(shop, req, res)
    const carried = opened(formField(req, 'token'))
    const { page } = req.params
    if (page === 'no') return showOut(seen, res)
    const again = formField(req, 'switch') !== '' || formField(req, 'go') === 'later'
    if (page === 'review') return again ? showReview(seen, res, carried) : showThanks(seen, res)
    const pages = everyPage(seen.seen.questionnaire)
    const at = pages.findIndex(({ code }) => code === page)
    const here = pages[at]
    if (!here) throw notFound()
    const shown = stepOf(seen, here, carried)
    const { given, problems } = parsePage(shown.questions, bodyOf(req), seen.at.lang)
    if (again) return showPage(seen, res, here, carried, { typed: bodyOf(req), problems: [] })
    if (formField(req, 'go') !== 'back' && problems.length > 0)
      return showPage(seen, res, here, carried, { typed: bodyOf(req), problems })
    const answers = withPage(carried.answers, given, shown.questions)
    const next = { answers, passed: [...new Set([...carried.passed, here.code])] }
    const onPath = new Set(walk(seen.seen.questionnaire, answers, []).steps.map(({ code }) => code))
    const to =
      formField(req, 'go') === 'back'
        ? pages.slice(0, at).findLast(({ code }) => onPath.has(code))
        : pages.slice(at + 1).find(({ code }) => onPath.has(code))
    if (to) return showPage(seen, res, to, next)
    if (formField(req, 'go') === 'back') return showStart(seen, res, shop.now())
    showReview(seen, res, next)
  })
  return router
}

function framed(res: Response): void {
  framedByOwnPages(res)
  res.set('Cache-Control', 'no-store')
}

function showStart({ seen, at, chosen, slug }: Look, res: Response, now: number): void {
  framed(res)
  const first = everyPage(seen.questionnaire)[0]?.code ?? ''
  const begin = frameAddress(slug, first, at)
  const start = startPage(seen, { state: 'open', begin, noCookies: false, entry: undefined, now })
  const carried = at.mirrored ? '&mirror=yes' : ''
  render(res, 'respond/start', { ...start, carried, resume: undefined, notice: undefined }, chosen)
}

/** The page with the questions that apply, or with all of them when none would: it was asked for by its name. */
function stepOf({ seen }: Look, page: Page, carried: Carried) {
  const { steps } = walk(seen.questionnaire, carried.answers, carried.passed)
  return steps.find(({ code }) => code === page.code) ?? { ...page, done: false }
}

type Typed = { typed: FormBody; problems: ReturnType<typeof parsePage>['problems'] }

function showPage(looked: Look, res: Response, page: Page, carried: Carried, typed?: Typed): void {
  const { seen, at, chosen, slug } = looked
  framed(res)
  const pages = everyPage(seen.questionnaire)
  const path = walk(seen.questionnaire, carried.answers, carried.passed)
  const step = stepOf(looked, page, carried)
  const steps = path.steps.includes(step as never)
    ? path.steps
    : pages.map((one) => (one.code === page.code ? step : { ...one, done: false }))
  const shown = sectionPage(seen, { ...path, steps }, step, {
    // The seed of shuffled options: the same for every look.
    token: 'preview',
    typed: typed?.typed,
    problems: typed?.problems ?? [],
    fromReview: false,
  })
  render(
    res,
    'respond/section',
    { ...shown, token: sealed(carried), action: frameAddress(slug, page.code, at), mark: '' },
    chosen,
  )
}

function showReview({ seen, at, chosen, slug }: Look, res: Response, carried: Carried): void {
  framed(res)
  const path = walk(seen.questionnaire, carried.answers, carried.passed)
  const shown = reviewPage({ ...seen }, path, sealed(carried))
  const back = frameAddress(slug, path.steps.at(-1)?.code ?? '', at)
  render(
    res,
    'respond/review',
    {
      ...shown,
      sections: shown.sections.map((section) => ({
        ...section,
        change: undefined,
        questions: section.questions.map((question) => ({ ...question, change: undefined })),
      })),
      action: frameAddress(slug, 'review', at),
      back,
    },
    chosen,
  )
}

function showThanks({ seen, at, chosen, slug }: Look, res: Response): void {
  framed(res)
  render(res, 'respond/thanks', { ...thanksPage(seen, 0), again: frameAddress(slug, '', at) }, chosen)
}

function showOut({ seen, at, chosen, slug }: Look, res: Response): void {
  framed(res)
  render(res, 'respond/no', { ...noPage(seen), again: frameAddress(slug, '', at) }, chosen)
}

/** One question with what is typed into its form just now, for the frame beside the form. Nothing is saved. */
export const showTyped =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const work = await enter(shop, req, res)
    const { questionnaire, frozen, tags } = work
    const edited = editQuestion(questionnaire, String(req.params.code), bodyOf(req), {
      tags,
      frozen,
      preset: presetOf(shop.messages, questionnaire),
    })
    const filled = withDistrict(edited.questionnaire, work.district)
    const section = sectionOf(filled, edited.code)
    const question = section?.questions.find(({ code }) => code === edited.code)
    if (!section || !question || !kinds.has(question.kind)) throw notFound()
    const lang = tags.find((tag) => tag === formField(req, 'shown')) ?? filled.source
    const looked = lookAt(shop.messages, work, filled, { lang, mirrored: false })
    const page = { code: section.code, section: { ...section, intro: undefined }, questions: [question] }
    framed(res)
    const step = { ...page, done: false }
    const shown = sectionPage(looked.seen, { steps: [step], answers: {}, open: undefined }, step, {
      token: 'preview',
      typed: undefined,
      problems: [],
      fromReview: false,
    })
    const action = frameAddress(work.slug, section.code, looked.at)
    render(res, 'respond/section', { ...shown, action, mark: '' }, looked.chosen)
  }
