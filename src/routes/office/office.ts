import { type RequestHandler, Router } from 'express'
import { schoolsOf } from '../../district/people.ts'
import { sayDate, sayNumber } from '../../language/format.ts'
import { pick } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { textOf } from '../../plan/plan.ts'
import { watchLine } from '../../report/turnout/page.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { Moment, OfficeSurvey, Standing } from '../models/office.ts'
import { render } from '../pages.ts'
import { officeReader, type WatchShelf, watchedOf } from './watching.ts'

type Shelf = WatchShelf & Pick<Stores, 'plans' | 'responses' | 'series'>

/** The office's first page, and the list of reports that leaders start from. */
export function officeRoutes(stores: Shelf, messages: Messages): Router {
  const router = Router()
  router.get('/office', requireDoor('office'), showOffice(stores, messages))
  router.get('/reports', requireDoor('reports'), showReports(stores, messages))
  return router
}

const done = ['opened', 'closed']

const showOffice =
  (stores: Shelf, messages: Messages): RequestHandler =>
  async (req, res) => {
    const { lang } = readerLanguage(req, res, messages.tags)
    const surveys = await listed(stores, lang, (survey) => lineOf(stores, messages, survey, lang))
    const word = done.find((known) => known === req.query.done)
    render(res, 'office/home', { surveys, done: word && `office.done.${word}` })
  }

const showReports =
  (stores: Shelf, messages: Messages): RequestHandler =>
  async (req, res) => {
    const { lang } = readerLanguage(req, res, messages.tags)
    const surveys = await listed(stores, lang)
    const under = (n: number) => messages.t(lang)('report.under', { share: sayNumber(lang, n) })
    const person = currentPerson(req)
    const series = (await stores.series.list()).filter(({ waves }) => waves.length > 0)
    const plans = (await stores.plans.list()).toSorted((a, b) => b.years.from - a.years.from)
    render(res, 'office/reports', {
      plans: plans.map(({ id, title, language }) => ({
        href: `/reports/plan/${id}`,
        name: pick(textOf(title, language), lang, language),
      })),
      series: series.map(({ id, name, waves }) => ({
        id,
        name: pick(name, lang),
        count: waves.length,
      })),
      closed: person === undefined || schoolsOf(person)?.length === 0,
      surveys: surveys
        .filter(({ standing }) => standing !== 'draft')
        // What the report itself would hide is not told by the list of reports.
        .map((survey) => (survey.few === undefined ? survey : { ...survey, responses: under(survey.few) })),
    })
  }

/** How many of those who could have answered so far. */
const lineOf = async (stores: Shelf, messages: Messages, survey: Survey, lang: string) =>
  watchLine(await watchedOf(stores, survey, Date.now()), {
    ...officeReader(messages, lang, survey),
    minimum: survey.minimumGroup,
  })

/** Open surveys first, then drafts, then those that are over; the newest first within each. */
async function listed(
  stores: Shelf,
  lang: string,
  heardOf: (survey: Survey) => Promise<string | undefined> = async () => undefined,
): Promise<OfficeSurvey[]> {
  const [surveys, district] = await Promise.all([stores.surveys.list(), stores.settings.district()])
  const now = Date.now()
  const day = { dateStyle: 'medium', timeStyle: 'short', timeZone: district.timeZone } as const
  const moment = (at: number | null): Moment | undefined =>
    at === null ? undefined : { words: sayDate(lang, at, day), iso: new Date(at).toISOString() }
  const rows = surveys.map(async (survey): Promise<OfficeSurvey & { id: number }> => {
    const { id, slug, questionnaire, sample } = survey
    const standing = standingOf(survey, now)
    const n = await stores.responses.count(id)
    return {
      id,
      slug,
      title: pick(questionnaire.title, lang, questionnaire.source),
      standing,
      sample,
      opens: moment(survey.opensAt),
      closes: moment(survey.closesAt),
      responses: sayNumber(lang, n),
      heard: standing === 'open' && n > 0 ? await heardOf(survey) : undefined,
      few: n < survey.minimumGroup ? survey.minimumGroup : undefined,
      answer: standing === 'draft' ? undefined : `/s/${slug}`,
      report: `/reports/${slug}`,
      exported: `/office/surveys/${slug}/export.csv`,
      codebook: `/office/surveys/${slug}/codebook.csv`,
      change: standing === 'open' ? 'close' : 'open',
    }
  })
  const order: Standing[] = ['open', 'waiting', 'draft', 'over', 'closed']
  return (await Promise.all(rows)).sort(
    (a, b) => order.indexOf(a.standing) - order.indexOf(b.standing) || b.id - a.id,
  )
}

/** How a survey stands at `now` (epoch milliseconds), its dates considered. */
export function standingOf(survey: Pick<Survey, 'state' | 'opensAt' | 'closesAt'>, now: number): Standing {
  if (survey.state !== 'open') return survey.state
  if (survey.opensAt !== null && now < survey.opensAt) return 'waiting'
  return survey.closesAt !== null && now >= survey.closesAt ? 'over' : 'open'
}
