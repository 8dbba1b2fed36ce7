import { type Request, type RequestHandler, type Response, Router } from 'express'
import { sayDate } from '../../language/format.ts'
import { direction } from '../../language/tags.ts'
import type { Text } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { heardPage } from '../../report/published/heardPage.ts'
import { type HeardSnapshot, mayNotPublish, stillFit } from '../../report/published/snapshot.ts'
import { readerOf } from '../../report/reader.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import { audit } from '../../web/audit.ts'
import { conflict, notFound } from '../../web/errors.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { HeardOfficePage } from '../models/told.ts'
import { render } from '../pages.ts'
import { openness } from '../respond/visit.ts'
import { gatherTold, sayDay, snapshotOf, staffReader, surveyNamed, type ToldShelf } from './told.ts'

type Slug = { slug: string }

/** "What we heard": the public page of a survey, and where the office shows and hides it. */
export function heardRoutes(stores: ToldShelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const door = requireDoor('office')
  const home = '/office/surveys/:slug/heard'
  router.get('/heard/:slug', showHeard(stores, messages))
  router.get(home, door, showOffice(stores, messages, now))
  router.get(`${home}/preview`, door, showPreview(stores, messages, now))
  router.post(`${home}/publish`, door, publish(stores, now))
  router.post(`${home}/hide`, door, hide(stores, now))
  return router
}

/** What was published, in any language of the survey, but for quotes that were withdrawn since. */
const showHeard =
  (stores: ToldShelf, messages: Messages): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await stores.surveys.find(req.params.slug)
    const shown = survey && (await stores.heardPages.shown(survey.id))
    if (!shown) throw notFound('told.notShown')
    const [{ timeZone }, quotes] = await Promise.all([
      stores.settings.district(),
      stores.quotes.list(survey.id),
    ])
    show(req, res, messages, stillFit(shown.content, quotes), { at: shown.at, timeZone, preview: false })
  }

/** The page as it would be published now. */
const showPreview =
  (stores: ToldShelf, messages: Messages, now: () => number): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await surveyNamed(stores, req.params.slug)
    const content = snapshotOf(await gatherTold(stores, survey, now))
    if (!content) throw notFound('told.notEnough')
    const { timeZone } = await stores.settings.district()
    show(req, res, messages, content, { at: now(), timeZone, preview: true })
  }

function show(
  req: Request,
  res: Response,
  messages: Messages,
  content: HeardSnapshot,
  { at, timeZone, preview }: { at: number; timeZone: string; preview: boolean },
): void {
  const { lang } = readerLanguage(req, res, content.languages, content.source)
  const t = messages.t(lang)
  const reader = readerOf(lang, (key, values) => t(key, values ?? {}), content.source)
  const published = t('told.heard.published', { date: sayDate(lang, at, { dateStyle: 'long', timeZone }) })
  const page = heardPage(content, reader, {
    published: preview ? '' : published,
    preview,
    sayDay: sayDay(lang),
  })
  const languages = content.languages.map((tag) => ({ tag, name: messages.name(tag), dir: direction(tag) }))
  render(res, 'heard/show', page, { lang, languages })
}

const done = ['shown', 'hidden']

const showOffice =
  (stores: ToldShelf, messages: Messages, now: () => number): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await surveyNamed(stores, req.params.slug)
    const told = await gatherTold(stores, survey, now)
    const content = snapshotOf(told)
    const [before, people, { timeZone }] = await Promise.all([
      stores.heardPages.list(survey.id),
      stores.people.list(),
      stores.settings.district(),
    ])
    const reader = staffReader(req, res, messages, survey)
    const moment = (at: number) => ({
      words: sayDate(reader.lang, at, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
      iso: new Date(at).toISOString(),
    })
    const shown = before.find(({ hidden }) => hidden === null)
    const page: HeardOfficePage = {
      title: reader.words(survey.questionnaire.title),
      slug: survey.slug,
      sample: survey.sample,
      mayNot: mayNotPublish(standing(survey, now()), told.report.responses, before),
      minimum: reader.number(survey.minimumGroup),
      shown: shown && moment(shown.at),
      address: `/heard/${survey.slug}`,
      missing: content ? missing(content, messages, reader.number) : [],
      gaps: told.found.gaps,
      before: before.map(({ number, at, by, responses, hidden }) => ({
        number,
        at: moment(at),
        by: people.find(({ id }) => id === by)?.email ?? '',
        responses: reader.number(responses),
        hidden: hidden === null ? undefined : moment(hidden),
      })),
      done: done.includes(String(req.query.done)) ? `told.publish.${req.query.done}` : undefined,
    }
    render(res, 'office/heard', page)
  }

/** How many texts that the office writes for this page are not there in each language. */
function missing(content: HeardSnapshot, messages: Messages, number: (n: number) => string) {
  const texts: Text[] = content.answers.flatMap(({ commitments }) =>
    commitments.flatMap(({ words, owner }) => [words, ...(Object.keys(owner).length > 0 ? [owner] : [])]),
  )
  const quotes = (tag: string) =>
    content.quotes.filter(
      ({ language, translations }) => language.split('-')[0] !== tag.split('-')[0] && !translations[tag],
    ).length
  return content.languages.flatMap((tag) => {
    const count = texts.filter((text) => !text[tag]?.trim()).length + quotes(tag)
    return count > 0 ? [{ name: messages.name(tag), count: number(count) }] : []
  })
}

/** A survey is over when it was closed or when its last moment is past. */
const standing = (survey: Survey, now: number) => ({
  ...{ sample: survey.sample, minimumGroup: survey.minimumGroup },
  closed: openness(survey, now) === 'closed',
})

const publish =
  (stores: ToldShelf, now: () => number): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await surveyNamed(stores, req.params.slug)
    const told = await gatherTold(stores, survey, now, { anew: true })
    const content = snapshotOf(told)
    const before = await stores.heardPages.list(survey.id)
    const mayNot = mayNotPublish(standing(survey, now()), told.report.responses, before)
    if (!content || mayNot.length > 0) throw conflict(`told.mayNotError.${mayNot[0] ?? 'few'}`)
    const number = await stores.heardPages.show(survey.id, content, content.responses, idOf(req), now())
    await audit(stores, req, now(), 'shown', survey.slug, `heard ${number}`)
    res.redirect(303, `/office/surveys/${survey.slug}/heard?done=shown`)
  }

const hide =
  (stores: ToldShelf, now: () => number): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await surveyNamed(stores, req.params.slug)
    if (await stores.heardPages.hide(survey.id, idOf(req), now()))
      await audit(stores, req, now(), 'hidden', survey.slug, 'heard')
    res.redirect(303, `/office/surveys/${survey.slug}/heard?done=hidden`)
  }

const idOf = (req: object): string => currentPerson(req)?.id ?? ''

/** The address of a survey's public page while it is shown, for the pages of those who answer. */
export const heardAddress = async (
  stores: Pick<Stores, 'heardPages'>,
  survey: { id: number; slug: string },
): Promise<string | undefined> =>
  (await stores.heardPages.isShown(survey.id)) ? `/heard/${survey.slug}` : undefined
