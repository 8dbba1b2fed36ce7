import { pipeline } from 'node:stream/promises'
import { type RequestHandler, Router } from 'express'
import { ageInDays } from '../../district/enrolment.ts'
import { sayDate } from '../../language/format.ts'
import { pick } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { profileQuestion } from '../../questionnaire/known.ts'
import { csvText } from '../../report/export/csv.ts'
import { watchBody } from '../../report/turnout/page.ts'
import { watchRows } from '../../report/turnout/rows.ts'
import { guardCell } from '../../response/formula.ts'
import type { Survey } from '../../store/stores.ts'
import { notFound } from '../../web/errors.ts'
import { requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { render } from '../pages.ts'
import { standingOf } from './office.ts'
import { closingDay, officeReader, sayDay, type WatchShelf, watchedOf } from './watching.ts'

/** Seconds until the page loads itself again, while the survey is open. */
const every = 30

/** Who has answered, beside who could: for the office, which sends the reminders. Nobody's answers are here. */
export function watchRoutes(stores: WatchShelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const home = '/office/surveys/:slug/watch'
  router.get(home, requireDoor('office'), showWatch(stores, messages, now))
  router.get(`${home}.csv`, requireDoor('office'), sendWatch(stores, messages, now))
  return router
}

type Named = RequestHandler<{ slug: string }>

const showWatch =
  (stores: WatchShelf, messages: Messages, now: () => number): Named =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const { lang } = readerLanguage(req, res, messages.tags)
    const time = now()
    const [watched, refusals] = await Promise.all([
      watchedOf(stores, survey, time),
      stores.refusals.count(survey.id),
    ])
    const { slug, questionnaire, sample } = survey
    const { reader, nameOf } = officeReader(messages, lang, survey)
    const { timeZone } = watched.district
    const standing = standingOf(survey, time)
    const again = standing === 'open' && req.query.pause === undefined
    // No script is needed, and none runs where somebody pauses it: the pause is the first control of the page.
    if (again) res.set('Refresh', String(every))
    const { enrolment } = watched
    const body = watchBody(watched, { reader, nameOf, minimum: survey.minimumGroup })
    render(res, 'office/watch', {
      ...body,
      slug,
      title: pick(questionnaire.title, lang, questionnaire.source),
      sample,
      standing,
      at: sayDate(lang, time, { dateStyle: 'medium', timeStyle: 'medium', timeZone }),
      every: again ? every : undefined,
      table: enrolment && {
        day: sayDay(lang, enrolment.asOf),
        source: enrolment.source,
        old: ageInDays(enrolment.asOf, closingDay(survey, timeZone, time)) > 366,
      },
      refused: questionnaire.assent || refusals > 0 ? reader.number(refusals) : undefined,
      kits: body.under.list.map(({ to }) => kitOf(survey, to)),
    })
  }

const sendWatch =
  (stores: WatchShelf, messages: Messages, now: () => number): Named =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const { lang } = readerLanguage(req, res, messages.tags)
    const watched = await watchedOf(stores, survey, now())
    const rows = watchRows(watched, { ...officeReader(messages, lang, survey), minimum: survey.minimumGroup })
    res.type('text/csv').attachment(`${survey.slug}-watch.csv`)
    await pipeline(
      csvText(
        rows.map((row) => row.map(guardCell)),
        { bom: true },
      ),
      res,
    )
  }

/** The kit to send out, for that school, group and language as far as the survey offers them. */
function kitOf({ slug, questionnaire }: Survey, to: Record<string, string>): string {
  const query = new URLSearchParams()
  for (const name of ['school', 'group'] as const) {
    const code = to[name]
    if (code && profileQuestion(questionnaire, name)?.options.some((option) => option.code === code))
      query.set(name, code)
  }
  const { language } = to
  const form =
    language && questionnaire.languages.find((tag) => tag === language || tag.split('-')[0] === language)
  if (form) query.set('language', form)
  return `/office/surveys/${slug}/kit${query.size > 0 ? `?${query}` : ''}`
}

async function named(stores: WatchShelf, slug: string): Promise<Survey> {
  const survey = await stores.surveys.find(slug)
  if (!survey) throw notFound('error.noSurvey')
  return survey
}
