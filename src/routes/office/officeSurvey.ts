import { type RequestHandler, Router } from 'express'
import { momentOf } from '../../district/clock.ts'
import type { Messages } from '../../language/wording.ts'
import { type Fielding, keptParts, longestKept, mayNotOpen } from '../../questionnaire/fielding.ts'
import { siteAddress } from '../../web/address.ts'
import { audit } from '../../web/audit.ts'
import { badRequest } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { render } from '../pages.ts'
import { dateProblem } from './dates.ts'
import { linksPage, surveyPage } from './officeSurveyPages.ts'
import { addressOf, back, type Config, named, type Shelf, type Show, type Slug } from './surveyShared.ts'
import { makeSheet, optOut, voidSheet } from './surveySheets.ts'

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

export const done = ['dates', 'fielding', 'life', 'void', 'nobody', 'opened', 'closed']

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
