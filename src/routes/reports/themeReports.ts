import { type Request, type RequestHandler, Router } from 'express'
import type { Messages } from '../../language/wording.ts'
import { findQuestion } from '../../questionnaire/definition.ts'
import { commentList, isListed } from '../../report/comments.ts'
import { sayManifest } from '../../report/manifest.ts'
import { quoteShown } from '../../report/published/heardPage.ts'
import type { Reader } from '../../report/reader.ts'
import type { Report } from '../../report/report.ts'
import { mayQuote, type ReportSource } from '../../report/source.ts'
import { themesPage } from '../../report/themes/pages.ts'
import { type ThemeWave, themePage } from '../../report/themes/themePage.ts'
import { partManifest } from '../../report/wholeJson.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import { findTheme } from '../../theme/codebook.ts'
import { audit } from '../../web/audit.ts'
import { notFound } from '../../web/errors.ts'
import { requireDoor } from '../../web/guard.ts'
import { maker } from '../../web/maker.ts'
import { render } from '../pages.ts'
import { sayDay, shownQuote, staffReader, surveyNamed, type ToldShelf } from '../told/told.ts'
import { keptSources, reportFor, sourceFor } from './reports.ts'

type Shelf = ToldShelf & Pick<Stores, 'series'>
type Slug = { slug: string }

/** What comments were about: all themes of a survey, and one theme with its quotes and commitments. */
export function themeReportRoutes(stores: Shelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const door = requireDoor('reports')
  const source = keptSources(stores, now)
  const sayLanguage = (tag: string) => messages.name(tag)
  router.get('/reports/:slug/themes', door, showThemes())
  router.get('/reports/:slug/themes/:code', door, showTheme())
  return router

  function showThemes(): RequestHandler<Slug> {
    return async (req, res) => {
      const survey = await surveyNamed(stores, req.params.slug)
      const read = sourceFor(req, await source(survey))
      const reader = staffReader(req, res, messages, survey)
      const report = reportFor(req, read)
      render(res, 'report/themes', {
        ...themesPage(report, read, reader, sayLanguage),
        manifest: sayManifest(manifestOf(report, read), reader),
      })
    }
  }

  function showTheme(): RequestHandler<Slug & { code: string }> {
    return async (req, res) => {
      const survey = await surveyNamed(stores, req.params.slug)
      const read = sourceFor(req, await source(survey))
      const report = reportFor(req, read)
      const theme = read.themes && findTheme(read.themes.codebook, req.params.code)
      if (!theme) throw notFound()
      const reader = staffReader(req, res, messages, survey)
      const commitments = await stores.commitments.list(survey.id)
      const quotes = await quotesOf(survey, read, report, theme.code)
      if (quotes.length > 0) await audit(stores, req, now(), 'looked-at-comments', survey.slug, theme.code)
      const page = themePage(report, read, theme, reader, {
        quotes: quotes.map((quote) => quoteShown(quote, reader)),
        commitments: commitments.filter(({ about }) => about.kind === 'theme' && about.code === theme.code),
        waves: await wavesOf(req, report, survey, reader),
        sayLanguage,
        sayDay: sayDay(reader.lang),
      })
      render(res, 'report/theme', { ...page, manifest: sayManifest(manifestOf(report, read), reader) })
    }
  }

  /** Approved quotes of the filter, as far as the reader may read comments at all. */
  async function quotesOf(survey: Survey, read: ReportSource, report: Report, theme: string) {
    const { filter, reach } = report
    if (!mayQuote(reach, filter) || report.responses === null) return []
    const quotes = await stores.quotes.list(survey.id, { state: 'approved', theme })
    const ours = quotes.filter(({ group }) => filter.group === null || group === filter.group)
    const there = await Promise.all(
      ours.map(async ({ comment }) => {
        if (filter.school === null) return true
        const found = await stores.comments.find(survey.id, comment)
        const asked = found && findQuestion(survey.questionnaire, found.question)
        if (!found || !asked || found.school !== filter.school) return false
        // As the list of the school's comments, since a quote is known by its words there.
        const list = commentList(read, asked, found.about, filter, reach)
        return list.n !== null && isListed(list, found)
      }),
    )
    return ours.filter((_, at) => there[at]).map((quote) => shownQuote(quote, read, filter.school))
  }

  /** The theme in every wave of the series that the survey belongs to, in the same filter; each as its report shows it. */
  async function wavesOf(req: Request, report: Report, survey: Survey, reader: Reader): Promise<ThemeWave[]> {
    const series = await stores.series.of(survey.id)
    if (!series) return []
    const surveys = await stores.surveys.list()
    const waves = series.waves.toSorted((a, b) => (a.day < b.day ? -1 : 1))
    const shown = await Promise.all(
      waves.map(async (wave): Promise<ThemeWave[]> => {
        const one = surveys.find(({ id }) => id === wave.survey)
        const themes = one && sourceFor(req, await source(one)).themes?.of(report.filter)
        return themes ? [{ label: reader.words(wave.label), shown: themes }] : []
      }),
    )
    return shown.flat()
  }
}

const manifestOf = (report: Report, { themes }: ReportSource) =>
  partManifest(report.themes, report, maker, { themes })
