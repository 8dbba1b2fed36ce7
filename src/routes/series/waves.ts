import { type Request, type RequestHandler, Router } from 'express'
import type { Text } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { matchingParts } from '../../questionnaire/matching.ts'
import { sayManifest } from '../../report/manifest.ts'
import { thingOf } from '../../report/waves/meaning.ts'
import { type Asking, type PairedReport, pairedOf } from '../../report/waves/paired.ts'
import { pairedPage } from '../../report/waves/pairedPage.ts'
import { type Line, linesOf, type WaveReport } from '../../report/waves/waves.ts'
import { wavesJson, wavesPage } from '../../report/waves/wavesPage.ts'
import { togetherManifest } from '../../report/wholeJson.ts'
import { versionOf } from '../../response/recount.ts'
import type { Series, Stores, Survey } from '../../store/stores.ts'
import { notFound, PageError } from '../../web/errors.ts'
import { requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { maker } from '../../web/maker.ts'
import { officeReader, sayDay } from '../office/watching.ts'
import { render } from '../pages.ts'
import { keptSources, reportFor, type Shelf } from '../reports/reports.ts'

type Desk = Shelf & Pick<Stores, 'series'>

/** What leaders read of surveys that ask the same again: lines over the waves, and the same people before and after. */
export function waveRoutes(stores: Desk, messages: Messages, now: () => number): Router {
  const router = Router()
  const door = requireDoor('reports')
  const gather = gatherer(stores, now)
  router.get('/reports/series/:id', door, showWaves(stores, messages, gather))
  router.get('/reports/series/:id/data.json', door, sendWaves(stores, gather))
  return router
}

type Numbered = RequestHandler<{ id: string }>
type Gathered = {
  series: Series
  waves: WaveReport[]
  surveys: Survey[]
  left: Text[]
  paired: { at: number; report: PairedReport }[]
}
type Gather = (req: Request<{ id: string }>) => Promise<Gathered>

export async function seriesNumbered(stores: Pick<Stores, 'series'>, id: string): Promise<Series> {
  const series = /^\d{1,9}$/.test(id) ? await stores.series.find(Number(id)) : undefined
  if (!series) throw notFound()
  return series
}

/** The frozen questionnaires of a survey, by number. */
export async function versionsOf(
  stores: Pick<Stores, 'surveys'>,
  { id }: Survey,
): Promise<Map<number, Questionnaire>> {
  const numbers = await stores.surveys.versions(id)
  return new Map(
    await Promise.all(
      numbers.map(
        async ({ version }): Promise<[number, Questionnaire]> => [
          version,
          await stores.surveys.version(id, version),
        ],
      ),
    ),
  )
}

/**
 * Each wave by the one way in for reports, with the filter that the last wave reads: so the reach of the reader and what
 * is hidden are those of the surveys themselves. A wave that does not know the group or school is left out.
 */
function gatherer(stores: Desk, now: () => number): Gather {
  const source = keptSources(stores, now)
  const matched = keptPairs(stores)
  return async (req) => {
    const series = await seriesNumbered(stores, req.params.id)
    const all = await stores.surveys.list()
    const placed = series.waves.flatMap((wave) => {
      const survey = all.find(({ id, state }) => id === wave.survey && state !== 'draft')
      return survey ? [{ wave, survey }] : []
    })
    const last = placed.at(-1)
    if (!last) return { series, waves: [], surveys: [], left: [], paired: [] }
    const { filter } = reportFor(req as Request, await source(last.survey))
    const typed = { group: filter.group ?? '', school: filter.school ?? '' }
    const left: Text[] = []
    const waves: Placed[] = []
    for (const { wave, survey } of placed) {
      try {
        const read = await source(survey)
        const report = reportFor(req as Request, read, typed)
        const versions = [...(await versionsOf(stores, survey)).values()]
        waves.push({ ...wave, slug: survey.slug, report, versions, whole: survey, upTo: read.upTo })
      } catch (error) {
        if (!(error instanceof PageError) || error.status !== 404) throw error
        left.push(wave.label)
      }
    }
    const everyone = filter.group === null && filter.school === null
    return {
      series,
      waves,
      surveys: waves.map(({ whole }) => whole),
      left,
      paired: everyone ? await pairs(waves, matched) : [],
    }
  }
}

/** `upTo`: the last response that its report counts. */
type Placed = WaveReport & { whole: Survey; upTo: number }

/** Neighbours of which both may be shown and both ask for a code. */
async function pairs(waves: Placed[], matched: ReturnType<typeof keptPairs>): Promise<Gathered['paired']> {
  const found: Gathered['paired'] = []
  for (const [at, after] of waves.entries()) {
    const before = waves[at - 1]
    if (!before || before.report.responses === null || after.report.responses === null) continue
    if (matchingParts(before.whole.questionnaire, after.whole.questionnaire).length === 0) continue
    const report = await matched(before, after)
    if (report) found.push({ at, report })
  }
  return found
}

/** Matching reads every response, so what came of it is kept for as long as the reports beside it stay the same. */
function keptPairs(stores: Pick<Stores, 'surveys' | 'responses'>) {
  const kept = new Map<string, { mark: string; report: Promise<PairedReport | undefined> }>()
  const asking = async ({ whole, upTo }: Placed): Promise<Asking> => {
    const versions = await versionsOf(stores, whole)
    const all = await Array.fromAsync(stores.responses.stream(whole.id), ({ id, version, answers }) => ({
      ...{ id, answers },
      questionnaire: versionOf(versions, version),
    }))
    return { questionnaire: whole.questionnaire, responses: all.filter(({ id }) => id <= upTo) }
  }
  return async (before: Placed, after: Placed): Promise<PairedReport | undefined> => {
    const mark = [before, after]
      .map(({ whole, upTo, report }) => `${whole.version} ${whole.minimumGroup} ${upTo} ${report.responses}`)
      .join()
    // What a reader of some schools alone is not told of everyone is not told of the matched either.
    const told = [before, after].map(({ report }) => ratedIn(report))
    const key = JSON.stringify([before.whole.id, after.whole.id, told])
    const known = kept.get(key)
    if (known?.mark === mark) return known.report
    const report = Promise.all([asking(before), asking(after)]).then(([first, then]) =>
      pairedOf(first, then, Math.max(before.whole.minimumGroup, after.whole.minimumGroup), (asked) =>
        told.every((list) => list.includes(asked)),
      ),
    )
    kept.set(key, { mark, report })
    report.catch(() => kept.delete(key))
    return report
  }
}

/** Every statement of which a report tells what people said. */
const ratedIn = ({ sections }: WaveReport['report']): string[] =>
  sections
    .flatMap(({ questions }) => questions)
    .flatMap(({ question, result }) =>
      result?.measure === 'points'
        ? result.items.flatMap(({ code, summary }) => (summary ? [thingOf(question.code, code)] : []))
        : [],
    )

const showWaves =
  (stores: Desk, messages: Messages, gather: Gather): Numbered =>
  async (req, res) => {
    const { series, waves, surveys, left, paired } = await gather(req)
    const { lang } = readerLanguage(req, res, messages.tags)
    const { reader } = officeReader(messages, lang, surveys.at(-1))
    const lines = linesOf(waves, await stores.series.same(series.id))
    const pages = paired.flatMap(({ at, report }) => {
      const [before, after] = [waves[at - 1], waves[at]]
      if (!before || !after) return []
      const told = { before: before.label, after: after.label, questionnaire: after.report.questionnaire }
      return [pairedPage(report, told, reader)]
    })
    const told = { left, paired: pages, dayOf: (day: string) => sayDay(lang, day).words }
    const manifest = togetherManifest(
      numbersOf({ series, waves, lines, paired }),
      waves.map(({ report }) => report),
      maker,
    )
    render(res, 'report/waves', {
      ...wavesPage(series, waves, lines, reader, told),
      manifest: sayManifest(manifest, reader),
    })
  }

const sendWaves =
  (stores: Desk, gather: Gather): Numbered =>
  async (req, res) => {
    const { series, waves, paired } = await gather(req)
    const lines = linesOf(waves, await stores.series.same(series.id))
    const told = numbersOf({ series, waves, lines, paired })
    const manifest = togetherManifest(
      told,
      waves.map(({ report }) => report),
      maker,
    )
    res.json({ ...told, manifest })
  }

/** Everything that the page tells, in codes and numbers. */
const numbersOf = ({
  series,
  waves,
  lines,
  paired,
}: Pick<Gathered, 'series' | 'waves' | 'paired'> & { lines: Line[] }): object => ({
  ...wavesJson(series.id, waves, lines),
  paired: paired.map(({ at, report }) => ({
    surveys: [waves[at - 1]?.slug, waves[at]?.slug],
    ...report,
  })),
})
