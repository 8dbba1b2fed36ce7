import { randomBytes } from 'node:crypto'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { momentOf } from '../../district/clock.ts'
import { pick } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { type Fielding, keptParts, longestKept, mayNotOpen } from '../../questionnaire/fielding.ts'
import { newCode, readCode } from '../../response/code.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import { siteAddress } from '../../web/address.ts'
import { audit } from '../../web/audit.ts'
import { hashCode } from '../../web/codeHash.ts'
import { badRequest, conflict, notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { SurveyPage } from '../models/officeSurvey.ts'
import { render } from '../pages.ts'
import { dateProblem } from './dates.ts'
import { linksPage, listsOf, nextSheet, sheetPage, surveyPage } from './officeSurveyPages.ts'

type Shelf = Pick<Stores, 'surveys' | 'responses' | 'codes' | 'refusals' | 'settings' | 'audit'>
type Config = { baseUrl?: string | undefined }
type Slug = { slug: string }
type News = Partial<Pick<SurveyPage, 'typed' | 'optOut' | 'problems' | 'done'>> & {
  dates?: { opens: string; closes: string }
  keeps?: SurveyPage['keeps']
}

/** Cards of one sheet, and codes of one list: what one request may ask for. */
const mostCards = 500

/** One survey: who may answer, when and how; its links, its sheets of codes, and what is not translated. */
export function officeSurveyRoutes(
  stores: Shelf,
  messages: Messages,
  config: Config,
  now: () => number,
): Router {
  const router = Router()
  const door = requireDoor('office')
  const show = shower(stores, messages, config, now)
  const home = '/office/surveys/:slug'
  router.get(home, door, showSurvey(stores, show))
  router.get(`${home}/links`, door, showLinks(stores, messages, config))
  router.post(`${home}/open`, door, openSurvey(stores, show, now))
  router.post(`${home}/close`, door, closeSurvey(stores, now))
  router.post(`${home}/dates`, door, setDates(stores, show, now))
  router.post(`${home}/fielding`, door, setFielding(stores, show, now))
  router.post(`${home}/life`, door, setLife(stores, show, now))
  router.post(`${home}/sheets`, door, makeSheet(stores, messages, config, show, now))
  router.post(`${home}/sheets/:sheet/void`, door, voidSheet(stores, now))
  router.post(`${home}/opt-out`, door, optOut(stores, show))
  return router
}

type Show = (res: Response, survey: Survey, news?: News) => Promise<void>

/** Shows the page of a survey, with what was just done or could not be. */
const shower =
  (stores: Shelf, messages: Messages, config: Config, now: () => number): Show =>
  async (res, survey, news = {}) => {
    const { lang } = readerLanguage(res.req, res, messages.tags)
    if (news.problems?.length) res.status(422)
    const address = siteAddress(res.req, config)
    render(res, 'office/survey', {
      ...(await surveyPage(stores, survey, { lang, messages, address, now: now() }, news.dates)),
      ...(news.keeps && { keeps: news.keeps }),
      typed: news.typed ?? { school: '', group: '', number: '30', codes: '' },
      optOut: news.optOut,
      problems: news.problems ?? [],
      done: news.done,
    })
  }

const done = ['dates', 'fielding', 'life', 'void', 'nobody', 'opened', 'closed']

const showSurvey =
  (stores: Shelf, show: Show): RequestHandler<Slug> =>
  async (req, res) => {
    const word = done.find((known) => known === req.query.done)
    await show(res, await named(stores, req.params.slug), word ? { done: `officeSurvey.done.${word}` } : {})
  }

const showLinks =
  (stores: Shelf, messages: Messages, config: Config): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const { lang } = readerLanguage(req, res, messages.tags)
    render(res, 'office/survey-links', await linksPage(survey, lang, siteAddress(req, config)))
  }

/**
 * Opening means that people can answer now: a first day to come or a last day past is taken away, unless it is asked
 * to open by its dates. What the law asks for first is asked for here.
 */
const openSurvey =
  (stores: Shelf, show: Show, now: () => number): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const missing = mayNotOpen(survey.questionnaire, survey.fielding)
    if (missing.length > 0)
      return show(res, survey, {
        problems: missing.map((key) => ({ field: `need-${key}`, key: `office.mayNot.${key}` })),
      })
    if (formField(req, 'by') !== 'dates') {
      const { opensAt, closesAt } = survey
      await stores.surveys.setDates(
        survey.id,
        opensAt !== null && opensAt > now() ? null : opensAt,
        closesAt !== null && closesAt <= now() ? null : closesAt,
      )
    }
    await stores.surveys.setState(survey.id, 'open')
    await audit(stores, req, now(), 'opened', survey.slug)
    back(req, res, 'opened')
  }

const closeSurvey =
  (stores: Shelf, now: () => number): RequestHandler<Slug> =>
  async (req, res) => {
    const { id, slug } = await named(stores, req.params.slug)
    const gone = await stores.surveys.setState(id, 'closed')
    await audit(stores, req, now(), 'closed', slug)
    if (gone > 0) await audit(stores, req, now(), 'list-deleted', slug, String(gone))
    back(req, res, 'closed')
  }

/** To the page whose button was pressed: the list of surveys, or the survey's own. */
const back = (req: Request<Slug>, res: Response, word: string): void =>
  res.redirect(
    303,
    formField(req, 'from') === 'survey' ? addressOf(req.params.slug, word) : `/office?done=${word}`,
  )

const addressOf = (slug: string, word: string, part = ''): string =>
  `/office/surveys/${slug}?done=${word}${part && `#${part}`}`

/** Typed by the clock of the district; an empty box means: no limit. */
const setDates =
  (stores: Shelf, show: Show, now: () => number): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const { timeZone } = await stores.settings.district()
    const typed = { opens: formField(req, 'opens').trim(), closes: formField(req, 'closes').trim() }
    const read = (wall: string) => (wall === '' ? null : momentOf(wall.slice(0, 16), timeZone))
    const opens = read(typed.opens)
    const closes = read(typed.closes)
    const problems = [
      ...(opens === undefined ? [dateProblem('opens', typed.opens, timeZone)] : []),
      ...(closes === undefined ? [dateProblem('closes', typed.closes, timeZone)] : []),
      ...(opens && closes && closes <= opens ? [{ field: 'closes', key: 'officeSurvey.problem.order' }] : []),
    ]
    if (problems.length > 0 || opens === undefined || closes === undefined)
      return show(res, survey, { problems, dates: typed })
    await stores.surveys.setDates(survey.id, opens, closes)
    await audit(stores, req, now(), 'scheduled', survey.slug)
    res.redirect(303, addressOf(survey.slug, 'dates', 'dates'))
  }

const setFielding =
  (stores: Shelf, show: Show, now: () => number): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const access = formField(req, 'access')
    if (access !== 'open' && access !== 'codes') throw badRequest()
    const fielding: Fielding = {
      ...survey.fielding,
      access,
      kiosk: formField(req, 'kiosk') === 'yes',
      doubleEntry: formField(req, 'doubleEntry') === 'yes',
    }
    // An open survey may not lose what it had to have before it opened.
    if (survey.state === 'open' && mayNotOpen(survey.questionnaire, fielding).includes('codes'))
      return show(res, survey, { problems: [{ field: 'access-open', key: 'office.mayNot.codes' }] })
    await stores.surveys.setFielding(survey.id, fielding)
    await audit(stores, req, now(), 'changed-access', survey.slug, access)
    res.redirect(303, addressOf(survey.slug, 'fielding', 'access'))
  }

/** How long things are kept after the end, in days, and whether responses can be taken back. */
const setLife =
  (stores: Shelf, show: Show, now: () => number): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const keeps = keptParts.map((name) => ({ name, days: formField(req, `keep-${name}`).trim().slice(0, 6) }))
    const wrong = keeps.filter(
      ({ days }) => days !== '' && !(/^\d+$/.test(days) && Number(days) <= longestKept),
    )
    if (wrong.length > 0)
      return show(res, survey, {
        keeps,
        problems: wrong.map(({ name }) => ({
          field: `keep-${name}`,
          key: 'life.problem.days',
          values: { most: longestKept },
        })),
      })
    const set = keeps.filter(({ days }) => days !== '').map(({ name, days }) => [name, Number(days)] as const)
    const withdrawal = formField(req, 'withdrawal') === 'yes'
    await stores.surveys.setFielding(survey.id, {
      ...survey.fielding,
      withdrawal,
      keep: Object.fromEntries(set),
    })
    const detail = [...set.map((one) => one.join(' ')), ...(withdrawal ? ['withdrawal'] : [])].join(', ')
    await audit(stores, req, now(), 'settings-changed', survey.slug, detail)
    res.redirect(303, addressOf(survey.slug, 'life', 'life'))
  }

/** Makes codes and shows them this once: only their hashes are kept. */
const makeSheet =
  (stores: Shelf, messages: Messages, config: Config, show: Show, now: () => number): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const typed = {
      school: formField(req, 'school'),
      group: formField(req, 'group'),
      number: formField(req, 'number').trim().slice(0, 10),
      codes: '',
    }
    const { schools, groups } = await listsOf(stores, survey)
    const n = /^\d{1,3}$/.test(typed.number) ? Number(typed.number) : 0
    const offered = (list: { code: string }[], code: string) =>
      code === '' || list.some((one) => one.code === code)
    const problems = [
      ...(n < 1 || n > mostCards
        ? [{ field: 'number', key: 'officeSurvey.problem.number', values: { most: mostCards } }]
        : []),
      ...(offered(schools, typed.school) ? [] : [{ field: 'school', key: 'officeSurvey.problem.listed' }]),
      ...(offered(groups, typed.group) ? [] : [{ field: 'group', key: 'officeSurvey.problem.listed' }]),
    ]
    if (problems.length > 0) return show(res, survey, { problems, typed })
    // A form that is sent again (a reload) would make a second sheet: it names the sheet that it is for.
    const sheet = nextSheet(await stores.codes.counts(survey.id))
    if (formField(req, 'sheet') !== String(sheet)) throw conflict('officeSurvey.made')
    const codes = Array.from({ length: n }, () => newCode(randomBytes(64)))
    const hashes = await Promise.all(codes.map((code) => hashCode('access', code)))
    const { school, group } = typed
    await stores.codes.add(survey.id, { sheet, school, group }, hashes)
    await audit(stores, req, now(), 'made-codes', survey.slug, `${sheet}`)
    const { lang } = readerLanguage(req, res, messages.tags)
    const label = (list: typeof schools, code: string) => {
      const text = list.find((one) => one.code === code)?.label
      return text && pick(text, lang, survey.questionnaire.source)
    }
    render(
      res,
      'office/survey-sheet',
      await sheetPage(survey, messages, siteAddress(req, config), {
        lang,
        sheet,
        codes,
        school: label(schools, school),
        group: label(groups, group),
      }),
    )
  }

const voidSheet =
  (stores: Shelf, now: () => number): RequestHandler<Slug & { sheet: string }> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    if (!/^\d{1,6}$/.test(req.params.sheet)) throw notFound()
    await stores.codes.voidSheet(survey.id, Number(req.params.sheet))
    await audit(stores, req, now(), 'voided-codes', survey.slug, req.params.sheet)
    res.redirect(303, addressOf(survey.slug, 'void', 'sheets'))
  }

/** The list of codes whose families opted out, or the word that there is none. */
const optOut =
  (stores: Shelf, show: Show): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const listed = () => stores.surveys.setFielding(survey.id, { ...survey.fielding, optOutListed: true })
    if (formField(req, 'nobody') === 'yes') {
      await listed()
      return res.redirect(303, addressOf(survey.slug, 'nobody', 'opt-out'))
    }
    const pasted = formField(req, 'codes')
    const typed = { school: '', group: '', number: '30', codes: pasted }
    const lines = [...new Set(pasted.split(/[\n\r,;\t]+/).map((line) => line.trim()))].filter(Boolean)
    if (lines.length === 0)
      return show(res, survey, { typed, problems: [{ field: 'codes', key: 'officeSurvey.problem.empty' }] })
    if (lines.length > mostCards)
      return show(res, survey, {
        typed,
        problems: [{ field: 'codes', key: 'officeSurvey.problem.many', values: { most: mostCards } }],
      })
    const read = lines.map((line) => ({ line, letters: readCode(line) }))
    const hashes = await Promise.all(
      read.map(({ letters }) => (letters ? hashCode('access', letters) : Promise.resolve(''))),
    )
    const states = await stores.codes.optOut(survey.id, hashes)
    const unknown = read.filter((_, at) => states[at] === undefined).map(({ line }) => line)
    const count = (...those: string[]) => states.filter((state) => state && those.includes(state)).length
    // A list with a slip in it is not yet the whole list: a family may stand on that line.
    if (unknown.length === 0) await listed()
    await show(res, await named(stores, survey.slug), {
      typed: { ...typed, codes: unknown.join('\n') },
      optOut: { out: count('unused', 'out'), used: count('used'), void: count('void'), unknown },
      problems: unknown.length > 0 ? [{ field: 'codes', key: 'officeSurvey.problem.unknown' }] : [],
    })
  }

async function named(stores: Shelf, slug: string): Promise<Survey> {
  const survey = await stores.surveys.find(slug)
  if (!survey) throw notFound('error.noSurvey')
  return survey
}
