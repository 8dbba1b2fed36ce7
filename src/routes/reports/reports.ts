import { type Request, type Response, Router } from 'express'
import type { District } from '../../district/district.ts'
import { schoolsOf } from '../../district/people.ts'
import { sayDate as sayDay } from '../../language/format.ts'
import type { Messages } from '../../language/wording.ts'
import { findQuestion } from '../../questionnaire/definition.ts'
import type { CommentList } from '../../report/comments.ts'
import { sayManifest } from '../../report/manifest.ts'
import { askedOtherwise } from '../../report/otherwise.ts'
import { summaryPage } from '../../report/page.ts'
import { withinReach } from '../../report/privacy/reach.ts'
import { type Reader, readerOf } from '../../report/reader.ts'
import { composeReport, type Report } from '../../report/report.ts'
import { filterWithin, mayQuote, type ReportSource, readSource } from '../../report/source.ts'
import { survey as wholeSurvey } from '../../report/tally.ts'
import { acceptedModels, type ThemeInput } from '../../report/themes/source.ts'
import {
  commentsPage,
  FIRST_VOICES,
  findList,
  PAGE_OF_VOICES,
  type StoredWords,
} from '../../report/voices.ts'
import { withWeights } from '../../report/weights/weighted.ts'
import { type Measures, partManifest, reportManifest, wholeJson } from '../../report/wholeJson.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import { hide } from '../../theme/mask.ts'
import { hiddenBy, ownWordsKey, readOwnWords } from '../../theme/ownWords.ts'
import { audit } from '../../web/audit.ts'
import { forbidden, notFound, signedOut } from '../../web/errors.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { maker } from '../../web/maker.ts'
import { enrolmentOf } from '../office/watching.ts'
import { render } from '../pages.ts'
import { hoursOf } from '../told/hours.ts'
import { ownOfEveryone } from './ownParts.ts'

export type Shelf = Pick<
  Stores,
  | 'surveys'
  | 'tallies'
  | 'responses'
  | 'plans'
  | 'settings'
  | 'crossings'
  | 'comments'
  | 'codebooks'
  | 'codings'
  | 'acceptances'
  | 'themeModels'
>
type Desk = Shelf & Pick<Stores, 'audit' | 'enrolments' | 'conversations' | 'series'>

/** What leadership reads of one survey: the summary, its numbers as JSON, its comments. `now` tells the time. */
export function reportRoutes(
  stores: Desk,
  messages: Messages,
  now: () => number = Date.now,
  measures: Measures = new Map(),
): Router {
  const router = Router()
  const guard = requireDoor('reports')
  const source = keptSources(stores, now)

  router.get('/reports/:slug', guard, async (req, res) => {
    const { survey, read, report, district } = await load(req)
    const reader = reading(req, res, survey)
    const voices = await firstVoices(stores, survey, report)
    const asOf = reader.t('report.asOf', { date: sayDate(reader, now(), district) })
    render(
      res,
      'report/summary',
      summaryPage(report, reader, {
        asOf,
        voices,
        attributions: signatures(district),
        manifest: reportManifest(report, read, measures, maker),
        conversations: await hoursOf(stores, survey, now()),
        series: await seriesOf(survey),
      }),
    )
  })

  router.get('/reports/:slug/data.json', guard, async (req, res) => {
    const { survey, read, report } = await load(req)
    const enrolment = await enrolmentOf(stores, survey, { district: read.district, now: now() })
    const told = report.plain ?? report
    const own = await ownOfEveryone(stores, survey, read, told.filter)
    res.json(wholeJson(told, read, enrolment, measures, maker, { own }))
  })

  router.get('/reports/:slug/comments', guard, async (req, res) => {
    const { survey, report, district } = await load(req)
    // Narrower than the report: the whole district's comments are those of other schools too.
    if (!mayQuote(report.reach, report.filter)) throw forbidden('error.otherSchool')
    const { question, about } = req.query
    const found = findList(report, String(question), typeof about === 'string' ? about : null)
    if (!found) throw notFound()
    const from = Math.min(
      Math.max(0, Number.parseInt(String(req.query.from ?? 0), 10) || 0),
      found.list.n ?? 0,
    )
    await audit(stores, req, now(), 'looked-at-comments', survey.slug, found.list.question)
    const voices = await voicesOf(stores, survey, report, found.list, { limit: PAGE_OF_VOICES, offset: from })
    const told = { from, voices, attributions: signatures(district) }
    const reader = reading(req, res, survey)
    render(res, 'report/comments', {
      ...commentsPage(report, found, reader, told),
      manifest: sayManifest(partManifest(toldOf(found.list), report, maker), reader),
    })
  })

  async function seriesOf({ id }: Survey): Promise<number | null> {
    const series = await stores.series.of(id)
    return series && series.waves.length > 1 ? series.id : null
  }

  async function load(req: Request) {
    const survey = await stores.surveys.find(String(req.params.slug))
    if (!survey) throw notFound()
    const read = sourceFor(req, await source(survey))
    const report = await weightedFor(stores, req, survey, read, now())
    return { survey, read, report, district: read.district }
  }

  function reading(req: Request, res: Response, survey: Survey): Reader {
    const { lang } = readerLanguage(req, res, messages.tags)
    const t = messages.t(lang)
    return readerOf(lang, (key, values) => t(key, values ?? {}), survey.questionnaire.source)
  }
  return router
}

/**
 * The report that a request asks for, within what its reader may read: the one way in for every page that is
 * filtered by school or group. A page that says so for another school; no such page for what the survey knows not.
 */
export function reportFor(
  req: Request,
  source: ReportSource,
  typed: { group?: unknown; school?: unknown } = req.query,
): Report {
  const person = currentPerson(req)
  if (!person) throw signedOut()
  const reach = schoolsOf(person)
  const filter = filterWithin(source, typed, reach)
  if (!filter) throw notFound()
  if (filter === 'elsewhere') throw forbidden(reach?.length ? 'error.otherSchool' : 'error.noSchool')
  return keptReport(source, filter, reach)
}

/** Reports of the same counts that stay ready: there is one for each school and group. */
const mostReports = 30
const reports = new WeakMap<ReportSource, Map<string, Report>>()

function keptReport(source: ReportSource, filter: Report['filter'], reach: Report['reach']): Report {
  const here = reports.get(source) ?? new Map<string, Report>()
  reports.set(source, here)
  const key = JSON.stringify([filter.school, filter.group, reach])
  const report = here.get(key) ?? composeReport(source, filter, reach)
  here.delete(key)
  here.set(key, report)
  for (const old of [...here.keys()].slice(0, -mostReports)) here.delete(old)
  return report
}

/** The report that a request asks for, with weights where it asks for them (`weighted=1`). */
export async function weightedFor(
  stores: Pick<Stores, 'enrolments'>,
  req: Request,
  survey: Survey,
  source: ReportSource,
  now: number,
): Promise<Report> {
  const report = reportFor(req, source)
  if (req.query.weighted !== '1') return report
  return withWeights(report, source, await enrolmentOf(stores, survey, { district: source.district, now }))
}

/** The counts as this reader may see them. Pages that are made from more than the report take these. */
export function sourceFor(req: Request, source: KeptSource): KeptSource {
  const person = currentPerson(req)
  if (!person) throw signedOut()
  return withinReach(source, schoolsOf(person))
}

/** Everything that a report of this survey is made from; the same for the page and the command line. */
export async function gatherReport(stores: Shelf, survey: Survey): Promise<ReportSource> {
  const { questionnaire } = survey
  const [plan, district, comments, rows, themes, otherwise] = await Promise.all([
    questionnaire.plan === undefined ? undefined : stores.plans.find(questionnaire.plan),
    stores.settings.district(),
    stores.tallies.commentCounts(survey.id),
    Array.fromAsync(stores.tallies.all(survey.id)),
    gatherThemes(stores, survey),
    gatherOtherwise(stores, survey),
  ])
  return readSource({ survey, questionnaire, otherwise, plan, district, rows, comments, themes })
}

/** What earlier versions of a survey asked otherwise. */
async function gatherOtherwise({ surveys }: Pick<Stores, 'surveys'>, survey: Survey): Promise<string[]> {
  const { id, version, questionnaire } = survey
  const earlier = Array.from({ length: version - 1 }, (_, at) => surveys.version(id, at + 1))
  return askedOtherwise(questionnaire, await Promise.all(earlier))
}

/** What comments were found to be about; undefined while nobody has read any and no machine's code counts. */
async function gatherThemes(stores: Shelf, { id }: Survey): Promise<ThemeInput | undefined> {
  const [readings, acceptances] = await Promise.all([
    stores.codings.readings(id),
    stores.acceptances.list(id),
  ])
  const codebook =
    readings.length + acceptances.length > 0 ? await stores.codebooks.find(codebookId) : undefined
  if (!codebook) return undefined
  const [comments, said, models] = await Promise.all([
    stores.comments.places(id),
    stores.codings.list(id, { who: acceptedModels(acceptances) }),
    acceptances.length > 0 ? stores.themeModels.list(id) : [],
  ])
  const upTo = new Map(models.map((model) => [model.number, model.upTo]))
  return { codebook, comments, said, readings, acceptances, upTo }
}

/** The codebook of the district. */
const codebookId = 'default'

/** Longest that counts are kept, so that a mended tally or a changed district shows without a restart. */
const KEPT_FOR = 60_000
/**
 * What changes while a survey is open (answers that came, answers that were taken back) joins its reports together, as
 * much as the smallest group that is shown: who looked before and after each would read what that one said. Of a survey
 * that is over, where nothing more may come, it waits for an hour at most.
 */
const HELD_FOR = 3_600_000
const MOST_KEPT = 20
/**
 * From so many responses on, nobody waits while they are counted again: a reader gets what was counted last, at most so
 * old, and the next one the newer counts, which are made no more often than now and then.
 */
const large = { from: 5_000, oldest: 120_000, between: 5_000, after: 20 }

/** Counts made ready, with the last response that is in them, and how many are. */
export type KeptSource = ReportSource & { upTo: number; counted: number }

/** Counts made ready are kept while no response is added, since deciding what may be shown costs more than reading. */
export function keptSources(stores: Shelf, now: () => number): (survey: Survey) => Promise<KeptSource> {
  const known = shared.get(stores.tallies)
  if (known) return known
  const made = keepSources(stores, now)
  shared.set(stores.tallies, made)
  return made
}

/** One set of kept counts for all pages of a house. */
const shared = new WeakMap<object, (survey: Survey) => Promise<KeptSource>>()

function keepSources(stores: Shelf, now: () => number): (survey: Survey) => Promise<KeptSource> {
  type Kept = { mark: string; stamp: string; at: number; source: Promise<KeptSource> }
  const kept = new Map<number, Kept>()
  async function serves(known: Kept, survey: Survey, counted: number, coded: string): Promise<boolean> {
    const { mark, stamp, at, source } = known
    if (mark !== markOf(survey)) return false
    const age = now() - at
    const before = await source
    const came = await stores.crossings.since(survey.id, before.upTo)
    const went = before.counted + came - counted
    // What is put on comments shows at once, but never together with answers that are held.
    if (came === 0 && went === 0) return age < KEPT_FOR && stamp === coded
    // More than came are gone, or fewer: the counts themselves were mended.
    if (went < 0) return false
    return came + went < survey.minimumGroup && (survey.state === 'open' || age < HELD_FOR)
  }
  const count = (survey: Survey, stamp: string): Promise<KeptSource> => {
    const source = gatherUpTo(stores, survey)
    kept.delete(survey.id)
    kept.set(survey.id, { mark: markOf(survey), stamp, at: now(), source })
    source.catch(() => kept.delete(survey.id))
    for (const id of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(id)
    return source
  }
  const counting = new Set<number>()
  /** Counts again while the last counts go on being read. */
  const countBehind = (survey: Survey, last: Kept, stamp: string): void => {
    if (counting.has(survey.id) || now() - last.at < large.between) return
    counting.add(survey.id)
    const behind = async () => {
      // Not before the page that found this out is sent.
      await new Promise((done) => setTimeout(done, large.after).unref())
      const source = await gatherUpTo(stores, survey)
      if (kept.get(survey.id) === last)
        kept.set(survey.id, { mark: markOf(survey), stamp, at: now(), source: Promise.resolve(source) })
    }
    void behind()
      .catch(() => {})
      .finally(() => counting.delete(survey.id))
  }
  return async (survey) => {
    const [n, stamp] = await Promise.all([stores.responses.count(survey.id), stores.codings.stamp(survey.id)])
    const known = kept.get(survey.id)
    if (known && (await serves(known, survey, n, stamp))) return known.source
    // Another request may have begun to count meanwhile.
    const other = kept.get(survey.id)
    if (other && other !== known) return other.source
    if (
      known &&
      known.mark === markOf(survey) &&
      known.stamp === stamp &&
      (await known.source).counted >= large.from &&
      now() - known.at < large.oldest
    ) {
      countBehind(survey, known, stamp)
      return known.source
    }
    return count(survey, stamp)
  }
}

const markOf = ({ version, minimumGroup, state }: Survey): string => `${version} ${minimumGroup} ${state}`

/** The counts, and the last response that is in them; read again where one came in between, a few times. */
async function gatherUpTo(stores: Shelf, survey: Survey): Promise<KeptSource> {
  for (let turn = 1; ; turn += 1) {
    const upTo = await stores.crossings.newest(survey.id)
    const source = await gatherReport(stores, survey)
    if (turn === 3 || upTo === (await stores.crossings.newest(survey.id)))
      return { ...source, upTo, counted: total(source.tally.people.get(wholeSurvey) ?? []) }
  }
}

const total = (counts: readonly { n: number }[]): number => counts.reduce((sum, { n }) => sum + n, 0)

/** What a list tells. Whose comments are not in it is not told, and a fingerprint over it could be tried out. */
const toldOf = ({ question, about, n }: CommentList) => ({ question, about, n })

type List = Pick<CommentList, 'question' | 'about' | 'n' | 'without'>

/** Comments of a list in the report's filter; none when they may not be shown. */
async function voicesOf(
  stores: Shelf,
  survey: Survey,
  { filter }: Report,
  { question, about, n, without }: List,
  page: { limit: number; offset?: number },
): Promise<StoredWords[]> {
  // Those that came since the counts were made wait for the next ones.
  const limit = Math.min(page.limit, (n ?? 0) - (page.offset ?? 0))
  if (limit <= 0) return []
  const [found, kept, { schools }] = await Promise.all([
    stores.tallies.comments(survey.id, {
      question,
      // Where comments explain no option at all, there is none to narrow to.
      about: findQuestion(survey.questionnaire, question)?.about === undefined ? undefined : (about ?? ''),
      group: filter.group ?? undefined,
      school: filter.school ?? undefined,
      without,
      ...page,
      limit,
    }),
    stores.settings.find(ownWordsKey),
    stores.settings.district(),
  ])
  const own = readOwnWords(kept)
  const known = schools.flatMap(({ label }) => Object.values(label))
  // Who reads a report did not come to read names. What is only perhaps one stays: a person did not look at these.
  return found.map((one) => {
    const parts = hiddenBy(own, one.words, known).filter(({ sure }) => sure)
    return { ...one, words: hide(one.words, parts, one.language) }
  })
}

async function firstVoices(stores: Shelf, survey: Survey, report: Report): Promise<StoredWords[]> {
  const lists = report.sections.flatMap(({ questions }) => questions.flatMap(({ comments }) => comments))
  const found = lists.map((list) => voicesOf(stores, survey, report, list, { limit: FIRST_VOICES }))
  return (await Promise.all(found)).flat()
}

const signatures = ({ groups }: District) =>
  new Map(groups.map(({ code, attribution, label }) => [code, attribution ?? label]))

function sayDate({ lang }: Reader, now: number, { timeZone }: District): string {
  return sayDay(lang, now, { dateStyle: 'long', timeZone })
}
