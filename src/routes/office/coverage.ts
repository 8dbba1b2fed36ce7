import { pipeline } from 'node:stream/promises'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { sayList } from '../../language/format.ts'
import { pick, type Text, type Worded } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import type { PlanParts } from '../../plan/parts.ts'
import { type Plan, textOf } from '../../plan/plan.ts'
import { type Bank, noBank } from '../../questionnaire/bank/bank.ts'
import type { Ask, CoveredSurvey } from '../../report/coverage/asks.ts'
import { type Coverage, type CoverageRow, coverage, type Need } from '../../report/coverage/coverage.ts'
import { coverageRows } from '../../report/coverage/coverageRows.ts'
import { csvText } from '../../report/export/csv.ts'
import type { Stores } from '../../store/stores.ts'
import { requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { AskLine, CoverageLine, CoveragePage, NeedLine } from '../models/coverage.ts'
import { render } from '../pages.ts'

type Shelf = Pick<Stores, 'definitions' | 'surveys' | 'settings' | 'plans'>
type Shop = { stores: Shelf; messages: Messages; bank: Bank; parts: readonly PlanParts[] }

/** Which parts of a plan are measured by which items of which surveys: /office/coverage. */
export function coverageRoutes(
  stores: Shelf,
  messages: Messages,
  { bank = noBank, parts }: { bank?: Bank | undefined; parts: readonly PlanParts[] },
): Router {
  const router = Router()
  const shop: Shop = { stores, messages, bank, parts }
  router.get('/office/coverage', requireDoor('office'), show(shop))
  router.get('/office/coverage.csv', requireDoor('office'), saveAsFile(shop))
  return router
}

type Looked = {
  lang: string
  plans: Plan[]
  plan: Plan | undefined
  year: string | undefined
  offered: CoveredSurvey[]
  chosen: Set<string>
  found: Coverage | undefined
  groupName: (code: string) => string
  parts: PlanParts | undefined
}

const listOf = (value: unknown): string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string' && one !== '')

/** What the address asks for: a plan (the newest unless told), a school year, and the surveys to look at. */
async function look({ stores, messages, bank, parts }: Shop, req: Request, res: Response): Promise<Looked> {
  const { lang } = readerLanguage(req, res, messages.tags)
  const [plans, district, published, works] = await Promise.all([
    stores.plans.list(),
    stores.settings.district(),
    stores.surveys.list(),
    stores.definitions.list(),
  ])
  const offered: CoveredSurvey[] = [
    ...published.map(({ slug, questionnaire }) => ({ key: slug, slug, work: false, questionnaire })),
    ...works.map(({ slug, questionnaire }) => ({ key: `work.${slug}`, slug, work: true, questionnaire })),
  ]
  const newest = plans.toSorted((a, b) => b.years.from - a.years.from)
  const plan = plans.find(({ id }) => id === req.query.plan) ?? newest[0]
  const year = plan?.schoolYears.find((one) => one.year === req.query.year)?.year
  const asked = listOf(req.query.survey).filter((key) => offered.some((one) => one.key === key))
  // What is published counts, and what is not yet; work on a published survey would count the same items twice.
  const usual = offered.filter(({ slug, work }) => !work || !published.some((one) => one.slug === slug))
  const chosen = new Set(asked.length > 0 ? asked : usual.map(({ key }) => key))
  const own = parts.find((one) => one.plan === plan?.id)
  const groups = district.groups.map(({ code }) => code)
  return {
    lang,
    plans: newest,
    plan,
    year,
    offered,
    chosen,
    parts: own,
    groupName: (code) =>
      pick(district.groups.find((one) => one.code === code)?.label ?? {}, lang).words || code,
    found:
      plan &&
      coverage({
        plan,
        parts: own,
        bank,
        surveys: offered.filter(({ key }) => chosen.has(key)),
        groups,
        year,
      }),
  }
}

const show =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const looked = await look(shop, req, res)
    render(res, 'office/coverage', pageOf(looked, req.originalUrl))
  }

const noCoverage: Coverage = {
  by: 'strategy',
  priorities: [],
  surveys: [],
  others: [],
  sums: { all: [], measured: [], half: [], none: [], twice: [] },
}

function pageOf(looked: Looked, url: string): CoveragePage {
  const { lang, plan, plans, year, offered, chosen, groupName, parts } = looked
  const { by, priorities, surveys, others, sums } = looked.found ?? noCoverage
  const worded = (text: Text, source = plan?.language ?? 'en'): Worded => pick(text, lang, source)
  const titleOf = (one: CoveredSurvey): Worded => {
    const said = pick(one.questionnaire.title, lang, one.questionnaire.source)
    return said.words ? said : { words: one.slug, lang: 'en', fallback: true }
  }
  // Isolated (U+2068, U+2069), so that codes keep their order in a sentence from right to left.
  const listed = (codes: string[]) =>
    sayList(
      lang,
      codes.map((code) => `\u2068${code}\u2069`),
    )
  const askLine = (ask: Ask): AskLine => ({
    words: pick(ask.words, lang, ask.survey.questionnaire.source),
    survey: titleOf(ask.survey),
    work: ask.survey.work,
    href: placeOf(ask),
  })
  const needLine = ({ part, population, asks, missing, twice, fills }: Need, code: string): NeedLine => ({
    part: part && worded(part.text),
    population: population === undefined ? undefined : worded({ [plan?.language ?? 'en']: population }),
    asks: asks.map(askLine),
    missing: asks.length === 0 ? '' : sayList(lang, missing.map(groupName)),
    twice,
    fill:
      fills.length > 0
        ? {
            href: bankAt(`${plan?.id}|${code}`, fills),
            count: fills.length,
          }
        : undefined,
  })
  const line = (row: CoverageRow): CoverageLine => ({
    kind: row.kind,
    code: row.code,
    text: worded(row.text),
    standing: row.standing,
    say: sayOf(row),
    needs: row.needs.map((need) => needLine(need, row.code)),
    asks: row.needs.length > 0 ? [] : row.asks.map(askLine),
    unsaid: row.unsaid.map(askLine),
  })
  const { search } = new URL(url, 'http://here')
  return {
    plans: plans.map((one) => ({
      id: one.id,
      title: pick(textOf(one.title, one.language), lang, one.language),
      chosen: one === plan,
    })),
    years: (plan?.schoolYears ?? []).map((one) => ({ year: one.year, chosen: one.year === year })),
    surveys: offered.map((one) => ({
      key: one.key,
      title: titleOf(one),
      work: one.work,
      chosen: chosen.has(one.key),
    })),
    plan: plan && {
      id: plan.id,
      title: worded(textOf(plan.title, plan.language)),
      href: `/plans/${plan.id}`,
    },
    by,
    counts: { measured: sums.measured.length, all: sums.all.length },
    half: listed(sums.half),
    none: listed(sums.none),
    twice: listed(sums.twice),
    reading: parts && pick(parts.statement, lang, 'en'),
    priorities: priorities.map(({ code, name, rows }) => ({
      code,
      name: worded(name),
      rows: rows.filter(({ standing }) => standing !== 'other').map(line),
      elsewhere: rows
        .filter(({ standing }) => standing === 'other')
        .map(({ code, text }) => ({ code, text: worded(text) })),
    })),
    beside: surveys.map(({ survey, asks, beside }) => ({
      title: titleOf(survey),
      work: survey.work,
      href: survey.work ? `/office/build/${survey.slug}` : `/reports/${survey.slug}`,
      count: asks,
      lines: beside.map(askLine),
    })),
    others: others.map(titleOf),
    csv: `/office/coverage.csv${search}`,
  }
}

/** The bank at a part of the plan, with what would fill a gap ticked while there is little to choose. */
const bankAt = (measures: string, fills: string[]): string =>
  `/office/build/bank?${new URLSearchParams([
    ['measures', measures],
    ...(fills.length <= 3 ? fills : []).map((code): [string, string] => ['item', code]),
  ])}`

/** Strategies and actions have no figures: people are asked about them or not. */
const sayOf = ({ kind, standing }: CoverageRow): CoverageLine['say'] => {
  if (kind === 'indicator' || kind === 'goal') return standing
  if (standing === 'none') return 'notAsked'
  return standing === 'later' ? 'later' : 'askedAbout'
}

/** Where an item is looked at: in the builder while it is under work, else on its survey's own page. */
const placeOf = ({ survey, question }: Ask): string =>
  survey.work ? `/office/build/${survey.slug}/q/${question}` : `/office/surveys/${survey.slug}`

const saveAsFile =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const { plan, found, lang } = await look(shop, req, res)
    res.type('text/csv').attachment(`coverage-${plan?.id ?? 'none'}.csv`)
    await pipeline(csvText(coverageRows(found ?? noCoverage, plan?.id ?? '', lang), { bom: true }), res)
  }
