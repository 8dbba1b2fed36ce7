import { type Request, type Response, Router } from 'express'
import { schoolsOf } from '../../district/people.ts'
import type { Messages } from '../../language/wording.ts'
import { type Cross, crossingOf, crossOf, readCross } from '../../report/cross/cross.ts'
import { crossJson, crossPage } from '../../report/cross/crossPage.ts'
import { sayManifest } from '../../report/manifest.ts'
import { withinReach } from '../../report/privacy/reach.ts'
import { type Reader, readerOf } from '../../report/reader.ts'
import { everyone } from '../../report/slice.ts'
import type { ReportSource } from '../../report/source.ts'
import { partManifest } from '../../report/wholeJson.ts'
import type { Survey } from '../../store/stores.ts'
import { forbidden, notFound, signedOut } from '../../web/errors.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { maker } from '../../web/maker.ts'
import { render } from '../pages.ts'
import { crossedWith } from './crossed.ts'
import { type KeptSource, keptSources, type Shelf } from './reports.ts'

/** Two profile questions set against each other, by what was said: a page, and the same as JSON. */
export function crossRoutes(stores: Shelf, messages: Messages, now: () => number = Date.now): Router {
  const router = Router()
  const guard = requireDoor('reports')
  const source = keptSources(stores, now)
  /** Tables of the same counts are the same. */
  const made = new WeakMap<ReportSource, Map<string, Promise<Cross>>>()

  router.get('/reports/:slug/cross', guard, async (req, res) => {
    const { survey, read, cross, filters } = await load(req)
    const reader = reading(req, res, survey)
    const whole = { ...read, filter: everyone, responses: read.veil('', everyone) }
    const manifest = partManifest(cross ? crossJson(read, cross) : null, whole, maker)
    render(res, 'report/cross', {
      ...crossPage(read, reader, { cross, filters }),
      manifest: sayManifest(manifest, reader),
    })
  })

  router.get('/reports/:slug/cross.json', guard, async (req, res) => {
    const { read, cross } = await load(req)
    if (!cross) throw notFound()
    res.json(crossJson(read, cross))
  })

  async function load(req: Request) {
    const survey = await stores.surveys.find(String(req.params.slug))
    if (!survey) throw notFound()
    const person = currentPerson(req)
    if (!person) throw signedOut()
    const reach = schoolsOf(person)
    if (reach?.length === 0) throw forbidden('error.noSchool')
    const whole = await source(survey)
    const read = withinReach(whole, reach)
    const { rows } = req.query
    const asked = rows === undefined ? undefined : readCross(read, req.query)
    if (rows !== undefined && asked === undefined) throw notFound()
    const filters = asked === 'filters'
    const cross = asked === undefined || asked === 'filters' ? undefined : await counted(survey, read, asked)
    return { survey, read, cross, filters }
  }

  async function counted(
    survey: Survey,
    read: KeptSource,
    asked: Exclude<ReturnType<typeof readCross>, string | undefined>,
  ) {
    const tables = made.get(read) ?? new Map<string, Promise<Cross>>()
    made.set(read, tables)
    const key = JSON.stringify([asked.rows, asked.columns, asked.by?.code])
    const table =
      tables.get(key) ??
      crossedWith(stores, survey, read, crossingOf(read, asked)).then((counts) =>
        crossOf(read, asked, counts),
      )
    tables.set(key, table)
    table.catch(() => tables.delete(key))
    return table
  }

  function reading(req: Request, res: Response, survey: Survey): Reader {
    const { lang } = readerLanguage(req, res, messages.tags)
    const t = messages.t(lang)
    return readerOf(lang, (key, values) => t(key, values ?? {}), survey.questionnaire.source)
  }
  return router
}
