import { pipeline } from 'node:stream/promises'
import { type Request, type Response, Router } from 'express'
import { sayDate } from '../../language/format.ts'
import type { Messages } from '../../language/wording.ts'
import { charted, questionChart, questionRows } from '../../report/chartFile.ts'
import { equityPage } from '../../report/equity/equityPage.ts'
import { csvText } from '../../report/export/csv.ts'
import { itemPage } from '../../report/itemPage.ts'
import { summaryPage } from '../../report/page.ts'
import { indicatorTable } from '../../report/plan/boardIndicators.ts'
import { withinReach } from '../../report/privacy/reach.ts'
import { rankingRows, rankingTables } from '../../report/rankingTables.ts'
import { readerOf } from '../../report/reader.ts'
import { type Measures, partManifest, reportManifest } from '../../report/wholeJson.ts'
import type { Stores } from '../../store/stores.ts'
import { notFound } from '../../web/errors.ts'
import { requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { maker } from '../../web/maker.ts'
import { render } from '../pages.ts'
import { hoursOf } from '../told/hours.ts'
import { ownOf, ownPartsOf } from './ownParts.ts'
import { keptSources, reportFor, sourceFor, weightedFor } from './reports.ts'

type Shelf = Parameters<typeof keptSources>[0] & Pick<Stores, 'enrolments' | 'conversations'>

/** Beside a survey's summary: one statement, the gaps between groups, the report to print, charts as files. */
export function reportPageRoutes(
  stores: Shelf,
  messages: Messages,
  now: () => number = Date.now,
  measures: Measures = new Map(),
): Router {
  const router = Router()
  const guard = requireDoor('reports')
  const source = keptSources(stores, now)

  router.get('/reports/:slug/equity', guard, async (req, res) => {
    const { survey, report, read, reader, told } = await load(req, res)
    const by = ownOf(read, req.query.by)
    if (req.query.by !== undefined && !by) throw notFound()
    if (!by) return render(res, 'report/equity', equityPage(report, read, reader, told))
    // Of everyone alone, whatever school a reader starts with.
    const whole = reportFor(req, read, { group: '', school: '' })
    const within = withinReach(read, whole.reach)
    const parts = await ownPartsOf(stores, survey, within, { by, upTo: read.upTo })
    const manifest = partManifest([by, [...parts]], whole, maker)
    render(res, 'report/equity', equityPage(whole, within, reader, { ...told, manifest, own: { by, parts } }))
  })

  router.get('/reports/:slug/q/:question/:item', guard, async (req, res) => {
    const { report, read, reader, told } = await load(req, res)
    const asked = { question: String(req.params.question), item: String(req.params.item) }
    const page = itemPage(report, read, asked, reader, told)
    if (!page) throw notFound()
    render(res, 'report/item', page)
  })

  router.get('/reports/:slug/board', guard, async (req, res) => {
    const { report, read, reader, told } = await load(req, res)
    const more = {
      ...{ voices: [], attributions: new Map() },
      conversations: await hoursOf(stores, report.survey, now()),
      series: null,
    }
    const page = summaryPage(report, reader, { ...told, ...more }, '/board')
    const { plan, filter } = report
    const definitions = measures.get(plan?.id ?? '')
    const indicators = indicatorTable(read, { plan, definitions, filter }, read.district, reader)
    render(res, 'report/board', { ...page, district: reader.words(read.district.name), indicators })
  })

  router.get('/reports/:slug/charts/:question.svg', guard, async (req, res) => {
    const { report, reader, told } = await load(req, res)
    const one = charted(report, String(req.params.question))
    if (!one) throw notFound()
    res.type('image/svg+xml').send(questionChart(report, one, reader, told.asOf))
  })

  router.get('/reports/:slug/charts/:question.csv', guard, async (req, res) => {
    const { report, reader } = await load(req, res)
    const one = charted(report, String(req.params.question))
    if (!one) throw notFound()
    const table = rankingTables.find((name) => name === req.query.table)
    if (req.query.table !== undefined && !table) throw notFound()
    const rows = table ? rankingRows(one, table, reader) : questionRows(one, reader)
    if (!rows) throw notFound()
    const name = [report.survey.slug, one.question.code, ...(table ? [table] : [])].join('-')
    res.type('text/csv').attachment(`${name}.csv`)
    await pipeline(csvText(rows, { bom: true }), res)
  })

  async function load(req: Request, res: Response) {
    const survey = await stores.surveys.find(String(req.params.slug))
    if (!survey) throw notFound()
    const whole = await source(survey)
    const read = sourceFor(req, whole)
    const report = await weightedFor(stores, req, survey, read, now())
    const { lang } = readerLanguage(req, res, messages.tags)
    const t = messages.t(lang)
    const reader = readerOf(lang, (key, values) => t(key, values ?? {}), survey.questionnaire.source)
    const date = sayDate(lang, now(), { dateStyle: 'long', timeZone: read.district.timeZone })
    return {
      survey,
      report,
      read,
      reader,
      told: { asOf: t('report.asOf', { date }), manifest: reportManifest(report, read, measures, maker) },
    }
  }
  return router
}
