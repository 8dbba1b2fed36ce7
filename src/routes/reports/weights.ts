import { type Request, Router } from 'express'
import { ageInDays } from '../../district/enrolment.ts'
import type { Messages } from '../../language/wording.ts'
import { sayManifest } from '../../report/manifest.ts'
import { weightedFigures } from '../../report/weights/figures.ts'
import { representation } from '../../report/weights/representation.ts'
import { weightsOf } from '../../report/weights/weighted.ts'
import { weighFor } from '../../report/weights/weights.ts'
import { weightsJson, weightsPage } from '../../report/weights/weightsPage.ts'
import { partManifest } from '../../report/wholeJson.ts'
import { notFound } from '../../web/errors.ts'
import { requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { maker } from '../../web/maker.ts'
import { closingDay, officeReader, sayDay, type WatchShelf, watchedOf } from '../office/watching.ts'
import { render } from '../pages.ts'
import { keptSources, reportFor, type Shelf, sourceFor } from './reports.ts'

/** Who was heard, and what everyone said with weights beside what they said without. Of the whole survey alone. */
export function weightRoutes(stores: Shelf & WatchShelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const door = requireDoor('reports')
  const source = keptSources(stores, now)

  async function gather(req: Request) {
    const survey = await stores.surveys.find(String(req.params.slug))
    if (!survey) throw notFound()
    const read = sourceFor(req, await source(survey))
    const report = reportFor(req, read, { group: '', school: '' })
    const { enrolment } = await watchedOf(stores, survey, now())
    const weighting = weighFor(report.reach, read, enrolment)
    return {
      survey,
      read,
      report,
      enrolment,
      weighting,
      figures: weightedFigures(report, read, weighting),
      heard: representation(report, read, enrolment),
    }
  }

  router.get('/reports/:slug/weights', door, async (req, res) => {
    const { survey, read, report, enrolment, weighting, figures, heard } = await gather(req)
    const { lang } = readerLanguage(req, res, messages.tags)
    const { reader } = officeReader(messages, lang, survey)
    const table = enrolment && {
      day: sayDay(lang, enrolment.asOf).words,
      source: enrolment.source,
      old: ageInDays(enrolment.asOf, closingDay(survey, read.district.timeZone, now())) > 366,
    }
    const told = weightsJson(report, read, enrolment, weighting, figures, heard)
    const manifest = partManifest(told, report, maker, { weighted: weightsOf(report, read, enrolment) })
    render(res, 'report/weights', {
      ...weightsPage(report, read, weighting, figures, reader, { heard, table }),
      manifest: sayManifest(manifest, reader),
    })
  })

  router.get('/reports/:slug/weights.json', door, async (req, res) => {
    const { read, report, enrolment, weighting, figures, heard } = await gather(req)
    res.json(weightsJson(report, read, enrolment, weighting, figures, heard))
  })
  return router
}
