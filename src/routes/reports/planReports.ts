import { pipeline } from 'node:stream/promises'
import { type Request, type Response, Router } from 'express'
import { momentOf, wallTime } from '../../district/clock.ts'
import type { District } from '../../district/district.ts'
import { schoolsOf } from '../../district/people.ts'
import { sayDate } from '../../language/format.ts'
import type { Text } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import type { Crosswalk } from '../../plan/crosswalk.ts'
import { findElement } from '../../plan/elements.ts'
import type { PlanParts } from '../../plan/parts.ts'
import type { Plan } from '../../plan/plan.ts'
import { csvText } from '../../report/export/csv.ts'
import { composePlan, type PlanReport } from '../../report/plan/compose.ts'
import { dashboardPage } from '../../report/plan/dashboardPage.ts'
import { indicatorChart } from '../../report/plan/indicatorChart.ts'
import type { IndicatorDefinitions } from '../../report/plan/indicatorDefinition.ts'
import { indicatorPage } from '../../report/plan/indicatorPage.ts'
import { indicatorRows, planJson, planManifest } from '../../report/plan/json.ts'
import type { PlanTold } from '../../report/plan/pages.ts'
import { priorityPage, strategyPage } from '../../report/plan/priorityPage.ts'
import type { SameQuestion } from '../../report/plan/sameAsked.ts'
import { type Teller, tellerOf } from '../../report/plan/say.ts'
import { type DatedSource, wavesOf } from '../../report/plan/waves.ts'
import { withinReach } from '../../report/privacy/reach.ts'
import { readerOf } from '../../report/reader.ts'
import type { Reach, ReportSource } from '../../report/source.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import { forbidden, notFound, signedOut } from '../../web/errors.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { maker } from '../../web/maker.ts'
import { enrolmentOf } from '../office/watching.ts'
import { render } from '../pages.ts'
import { keptSources } from './reports.ts'

type Shelf = Parameters<typeof keptSources>[0] & Pick<Stores, 'series' | 'commitments' | 'enrolments'>
/** What belongs to plans and stands beside them. */
export type PlanKnowledge = {
  crosswalk: Crosswalk | null
  measures: ReadonlyMap<string, IndicatorDefinitions>
  parts: readonly PlanParts[]
}

/** What surveys say of a plan: the whole, its priorities, strategies and indicators. */
export function planReportRoutes(
  stores: Shelf,
  messages: Messages,
  known: PlanKnowledge,
  now: () => number = Date.now,
): Router {
  const router = Router()
  const guard = requireDoor('reports')
  const source = keptSources(stores, now)

  router.get('/reports/plan/:plan', guard, async (req, res) => {
    const { report, told, teller } = await load(req, res)
    render(res, 'report/plan', dashboardPage(report, told, teller))
  })

  router.get('/reports/plan/:plan/data.json', guard, async (req, res) => {
    const { report } = await load(req, res)
    const told = planJson(report)
    res.json({ ...told, manifest: planManifest(report, maker, told) })
  })

  router.get('/reports/plan/:plan/indicators.csv', guard, async (req, res) => {
    const { report } = await load(req, res)
    res.type('text/csv').attachment(`indicators-${report.plan.id}.csv`)
    await pipeline(csvText(indicatorRows(report), { bom: true }), res)
  })

  router.get('/reports/plan/:plan/:code/waves.csv', guard, async (req, res) => {
    const { report } = await load(req, res)
    const rows = indicatorRows(report, String(req.params.code))
    if (rows.length < 2) throw notFound()
    res.type('text/csv').attachment(`${req.params.code}.csv`)
    await pipeline(csvText(rows, { bom: true }), res)
  })

  router.get('/reports/plan/:plan/:code/chart.svg', guard, async (req, res) => {
    const { report, told, teller } = await load(req, res)
    const school = told.schools.find(({ code }) => code === report.school)
    const said = school ? teller.reader.words(school.label).words : teller.reader.t('dashboard.allSchools')
    const svg = indicatorChart(report, String(req.params.code), teller, { asOf: told.asOf, said })
    if (!svg) throw notFound()
    res.type('image/svg+xml').send(svg)
  })

  router.get('/reports/plan/:plan/:code', guard, async (req, res) => {
    const { report, told, teller } = await load(req, res)
    const code = String(req.params.code)
    const priority = priorityPage(report, code, told, teller)
    if (priority) return render(res, 'report/priority', priority)
    const strategy = strategyPage(report, code, told, teller)
    if (strategy) return render(res, 'report/strategy', strategy)
    const indicator = indicatorPage(report, code, { ...told, parts: known.parts }, teller)
    if (indicator) return render(res, 'report/indicator', indicator)
    // Nothing is asked of people about other parts; what they are stands in the plan.
    if (!findElement(report.plan, code)) throw notFound()
    res.redirect(303, `/plans/${report.plan.id}#${code}`)
  })

  async function load(
    req: Request,
    res: Response,
  ): Promise<{ report: PlanReport; told: PlanTold; teller: Teller }> {
    const [plans, district] = await Promise.all([stores.plans.list(), stores.settings.district()])
    const plan = plans.find(({ id }) => id === req.params.plan)
    if (!plan) throw notFound()
    const { school, reach } = schoolOf(req, district)
    const waves = wavesOf(await dated(plans, district.timeZone, reach), yearIn(district.timeZone))
    const query =
      school === null ? (reach === undefined ? '' : '?school=') : `?school=${encodeURIComponent(school)}`
    const { lang } = readerLanguage(req, res, messages.tags)
    const t = messages.t(lang)
    const reader = readerOf(lang, (key, values) => t(key, values ?? {}), plan.language)
    const day = sayDate(lang, now(), { dateStyle: 'long', timeZone: district.timeZone })
    const { crosswalk, measures } = known
    const enrolments =
      req.query.weighted === '1' ? await enrolmentsOf(waves.at(-1)?.sources ?? []) : undefined
    const input = { plan, plans, crosswalk, measures, waves, school, query, enrolments }
    return {
      report: composePlan({ ...input, same: await sameOf() }),
      told: {
        maker,
        promised: await promisedOf(waves.at(-1)?.sources ?? []),
        asOf: t('report.asOf', { date: day }),
        schools: district.schools.filter(({ code }) => reach?.includes(code) ?? true),
        narrow: reach !== undefined,
        statements: statementsOf(known, plans),
      },
      teller: tellerOf(reader, district, waves),
    }
  }

  /** Surveys that speak of some plan and were answered, each from when it could be. */
  async function dated(plans: readonly Plan[], timeZone: string, reach: Reach): Promise<DatedSource[]> {
    const surveys = (await stores.surveys.list()).filter(
      ({ state, questionnaire }) => state !== 'draft' && plans.some(({ id }) => id === questionnaire.plan),
    )
    const read = surveys.map(async (survey) => ({
      source: withinReach(await source(survey), reach),
      at: await began(survey, timeZone),
      n: await stores.responses.count(survey.id),
    }))
    return (await Promise.all(read)).filter(({ n }) => n > 0)
  }

  /** The enrollment that each survey is held against when it is weighted. */
  async function enrolmentsOf(sources: readonly ReportSource[]) {
    const found = sources.map(async (one) => {
      const survey = await stores.surveys.find(one.survey.slug)
      const table = survey && (await enrolmentOf(stores, survey, { district: one.district, now: now() }))
      return [one, table] as const
    })
    return new Map(await Promise.all(found))
  }

  /** What the office says is asked the same again although it is worded otherwise, of every series. */
  async function sameOf(): Promise<SameQuestion[]> {
    const series = (await stores.series.list()).filter(({ waves }) => waves.length > 1)
    const said = (await Promise.all(series.map(({ id }) => stores.series.same(id)))).flat()
    if (said.length === 0) return []
    const slugs = new Map((await stores.surveys.list()).map(({ id, slug }) => [id, slug]))
    return said.map((one) => ({
      ...one,
      before: slugs.get(one.before) ?? '',
      after: slugs.get(one.after) ?? '',
    }))
  }

  async function promisedOf(sources: readonly ReportSource[]): Promise<PlanTold['promised']> {
    const lists = sources.map(async ({ survey: { slug } }) => {
      const survey = await stores.surveys.find(slug)
      const all = survey ? await stores.commitments.list(survey.id) : []
      return all.map((commitment) => ({ slug, commitment }))
    })
    return (await Promise.all(lists)).flat()
  }

  /** The day that its series gives it, or else when it could first be answered. */
  async function began({ id, opensAt }: Survey, timeZone: string): Promise<number> {
    const day = (await stores.series.of(id))?.waves.find(({ survey }) => survey === id)?.day
    const noon = day === undefined ? undefined : momentOf(`${day}T12:00`, timeZone)
    return noon ?? opensAt ?? (await stores.surveys.versions(id))[0]?.published ?? 0
  }

  return router
}

/** The school that is asked for, within what the reader may read: the whole district may be, to compare with. */
function schoolOf(
  req: Request,
  { schools }: District,
): { school: string | null; reach: readonly string[] | undefined } {
  const person = currentPerson(req)
  if (!person) throw signedOut()
  const reach = schoolsOf(person)
  if (reach?.length === 0) throw forbidden('error.noSchool')
  const typed = req.query.school
  const own = schools.find(({ code }) => reach?.includes(code))?.code
  if (typed === '' || (typed === undefined && reach === undefined)) return { school: null, reach }
  const school = typed === undefined ? own : schools.find(({ code }) => code === typed)?.code
  if (school === undefined) throw notFound()
  if (reach && !reach.includes(school)) throw forbidden('error.otherSchool')
  return { school, reach }
}

/** The school year that a time lies in, by the year in which it begins: July to June. */
const yearIn =
  (timeZone: string) =>
  (at: number): string => {
    const [year = 0, month = 1] = wallTime(at, timeZone).split('-').map(Number)
    return String(month >= 7 ? year : year - 1)
  }

/** Who says which question measures what, and what of one plan continues what of another. */
function statementsOf({ measures, crosswalk }: PlanKnowledge, plans: readonly Plan[]): Text[] {
  return [
    ...[...measures.values()]
      .filter(({ plan }) => plans.some(({ id }) => id === plan))
      .map(({ statement }) => statement),
    ...(crosswalk && plans.length > 1 ? [crosswalk.statement] : []),
  ]
}
