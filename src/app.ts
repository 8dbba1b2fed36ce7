import compression from 'compression'
import express, { type Express, urlencoded } from 'express'
import type { Config } from './config.ts'
import { type Learner, openLearner } from './learning/learner.ts'
import { codebookInUse } from './learning/train.ts'
import type { Mail } from './mail.ts'
import type { Crosswalk } from './plan/crosswalk.ts'
import type { PlanParts } from './plan/parts.ts'
import type { Bank } from './questionnaire/bank/bank.ts'
import type { Template } from './questionnaire/template.ts'
import type { IndicatorDefinitions } from './report/plan/indicatorDefinition.ts'
import { accountRoutes } from './routes/account/account.ts'
import { forgotRoutes } from './routes/account/forgot.ts'
import { accountLetters } from './routes/account/letters.ts'
import { openIdRoutes } from './routes/account/openid.ts'
import { ownAccountRoutes } from './routes/account/ownAccount.ts'
import { peopleRoutes } from './routes/account/people.ts'
import { sureRoutes } from './routes/account/sure.ts'
import { buildForms, buildRoutes } from './routes/build.ts'
import { healthRoutes } from './routes/health.ts'
import { homeRoutes } from './routes/home.ts'
import { languageRoutes } from './routes/languages.ts'
import { auditRoutes } from './routes/office/auditLog.ts'
import { coverageRoutes } from './routes/office/coverage.ts'
import { enrolmentForms, enrolmentRoutes } from './routes/office/enrolment.ts'
import { officeRoutes } from './routes/office/office.ts'
import { officeSurveyRoutes } from './routes/office/officeSurvey.ts'
import { watchRoutes } from './routes/office/watch.ts'
import { entryRoutes } from './routes/paper/entry.ts'
import { paperRoutes } from './routes/paper/paper.ts'
import { planRoutes } from './routes/plans.ts'
import { crossRoutes } from './routes/reports/cross.ts'
import { exportAllRoutes } from './routes/reports/exportAll.ts'
import { exportRoutes } from './routes/reports/exports.ts'
import { planReportRoutes } from './routes/reports/planReports.ts'
import { reportPageRoutes } from './routes/reports/reportPages.ts'
import { reportRoutes } from './routes/reports/reports.ts'
import { themeReportRoutes } from './routes/reports/themeReports.ts'
import { weightRoutes } from './routes/reports/weights.ts'
import { accessRoutes } from './routes/respond/access.ts'
import { keptPages } from './routes/respond/keptPages.ts'
import { kioskRoutes } from './routes/respond/kiosk.ts'
import { laterRoutes } from './routes/respond/later.ts'
import { respondRoutes } from './routes/respond/respond.ts'
import { startKept } from './routes/respond/startKept.ts'
import { unsaved } from './routes/respond/unsaved.ts'
import { withdrawRoutes } from './routes/respond/withdraw.ts'
import { helpRoutes } from './routes/safety/help.ts'
import { helpLineRoutes } from './routes/safety/helpLines.ts'
import { wordRoutes } from './routes/safety/words.ts'
import { listForms, listRoutes } from './routes/sending/contactList.ts'
import { kitRoutes } from './routes/sending/kit.ts'
import { mailingRoutes } from './routes/sending/mailing.ts'
import { stopRoutes } from './routes/sending/stop.ts'
import { earlierForms, earlierRoutes } from './routes/series/earlier.ts'
import { seriesRoutes } from './routes/series/series.ts'
import { waveRoutes } from './routes/series/waves.ts'
import { askRoutes } from './routes/talks/ask.ts'
import { noteRoutes } from './routes/talks/notes.ts'
import { talkForms, talkRoutes } from './routes/talks/talks.ts'
import { themeForms, themeRoutes } from './routes/themes.ts'
import { commitmentRoutes } from './routes/told/commitments.ts'
import { heardRoutes } from './routes/told/heard.ts'
import { quoteRoutes } from './routes/told/quotes.ts'
import { ownTexts } from './routes/translate/wordings.ts'
import { translateForms, translateRoutes } from './routes/translate.ts'
import type { Stores } from './store/stores.ts'
import type { Codebook } from './theme/codebook.ts'
import { busyPage } from './web/busyPage.ts'
import { errorPage, type FaultLog, notFoundPage } from './web/errorPage.ts'
import { staffFormToken } from './web/formToken.ts'
import { always, securityHeaders } from './web/headers.ts'
import { inTurn } from './web/inTurn.ts'
import { onlyNamed } from './web/named.ts'
import { openOpenId } from './web/openid.ts'
import { shareLimits } from './web/rateLimit.ts'
import type { Renderer } from './web/render.ts'
import { staffSession } from './web/session.ts'
import { openTraffic, type Traffic } from './web/traffic.ts'

/** What the site is made from. `now` is the clock: the only one that routes know. */
export type Parts = {
  stores: Stores
  renderer: Renderer
  crosswalk: Crosswalk | null
  /** Surveys to begin a new one from. */
  templates?: readonly Template[]
  /** Items to ask with; none when absent. */
  bank?: Bank
  /** How indicators of plans are measured, by plan; none when absent. */
  measures?: ReadonlyMap<string, IndicatorDefinitions>
  /** How plans' elements that ask two things are taken apart. */
  planParts?: readonly PlanParts[]
  config: Config & { sessionSecret: string }
  /** The codebook that comes with Heard; an empty one when absent. */
  codebook?: Codebook
  /** Learns themes in the background; the server's own, so that it can stop in order. */
  learner?: Learner
  /** The mail server, where there is one. */
  mail?: Mail | undefined
  log: FaultLog
  /** Who watches the door; the server's own, so that it can stop in order. */
  traffic?: Traffic
  now: () => number
}

const noCodebook: Codebook = {
  ...{ id: 'default', name: { en: 'Themes' }, language: 'en', version: 1, themes: [], history: [] },
}

/** The site: middleware and routers in the order in which a request meets them. */
export function createApp(parts: Parts): Express {
  const { stores, renderer, crosswalk, templates = [], bank, planParts = [], config, mail, log, now } = parts
  const { traffic = openTraffic(), measures = new Map(), codebook: shipped = noCodebook } = parts
  const learner =
    parts.learner ?? openLearner({ stores, codebook: () => codebookInUse(stores, shipped, now()), log, now })
  const { messages, assets } = renderer
  const letters = accountLetters(mail, messages, config)
  const openid = config.openid && openOpenId(config.openid, now)
  const ways = { letters: letters !== undefined, openid: openid?.label }
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('trust proxy', config.trustProxy)
  app.locals.renderer = renderer
  if (stores.several) shareLimits(app, stores.limits, config.sessionSecret, now)

  const headers = securityHeaders(config)
  traffic.turnAwayWith(busyPage(messages, headers))
  const kept = keptPages()
  const own = ownTexts(stores, messages, log, now)
  app.use(
    inTurn(
      own.keepFresh,
      startKept({ stores, messages, kept, headers, traffic, now }),
      always(headers),
      onlyNamed(healthRoutes(stores, traffic, config), 0),
      traffic.watch,
      assets.serve,
    ),
  )
  app.use(
    '/s',
    inTurn(
      onlyNamed(accessRoutes(stores, messages, kept, config, now), 1),
      onlyNamed(kioskRoutes(stores, messages, config), 1),
      onlyNamed(laterRoutes(stores, messages, config, now), 1),
      onlyNamed(withdrawRoutes(stores, messages, config, now), 1),
      respondRoutes(stores, messages, kept, config, now),
    ),
  )
  app.use('/s', unsaved(messages, log))
  app.use(stopRoutes(stores, messages))
  app.use(askRoutes(stores, messages, now))

  app.use(compression())
  app.use(staffSession(stores, config))
  app.use(listForms())
  app.use(buildForms(stores, messages, now))
  app.use(enrolmentForms())
  app.use(earlierForms())
  app.use(talkForms())
  app.use(translateForms())
  app.use(themeForms())
  app.use(urlencoded({ extended: false, limit: '100kb' }))
  app.use(staffFormToken)
  app.use(homeRoutes(stores, messages, now))
  app.use(planRoutes(stores, messages, crosswalk))
  app.use(openIdRoutes(stores, config, openid, ways, log, now))
  app.use(accountRoutes(stores, config, ways, log, now))
  app.use(forgotRoutes(stores, messages, letters, log, now))
  app.use(ownAccountRoutes(stores, messages, now))
  app.use(sureRoutes(stores, ways))
  app.use(exportRoutes(stores, now))
  app.use(exportAllRoutes(stores, now))
  app.use(languageRoutes(messages))
  app.use(officeRoutes(stores, messages))
  app.use(buildRoutes(stores, messages, { templates, bank }, now))
  app.use(coverageRoutes(stores, messages, { bank, parts: planParts }))
  app.use(translateRoutes(stores, messages, own, [templates, bank], now))
  app.use(themeRoutes(stores, messages, { learner, shipped }, now))
  app.use(officeSurveyRoutes(stores, messages, config, now))
  app.use(kitRoutes(stores, messages, config, now))
  app.use(listRoutes({ stores, messages, mail, config, now }))
  app.use(mailingRoutes({ stores, messages, mail, config, now }))
  app.use(watchRoutes(stores, messages, now))
  app.use(enrolmentRoutes(stores, messages, now))
  app.use(earlierRoutes(stores, messages, now))
  app.use(seriesRoutes(stores, messages, now))
  app.use(waveRoutes(stores, messages, now))
  app.use(weightRoutes(stores, messages, now))
  app.use(paperRoutes(stores, messages, config))
  app.use(entryRoutes(stores, messages, now))
  app.use(peopleRoutes(stores, messages, config, letters, now))
  app.use(talkRoutes(stores, messages, now))
  app.use(noteRoutes(stores, messages, { shipped }, now))
  // Before the queue: its messages go by number, and this is none.
  app.use(wordRoutes(stores, messages, now))
  app.use(helpRoutes(stores, messages, { mailed: mail !== undefined }, now))
  app.use(helpLineRoutes(stores, messages, now))
  app.use(auditRoutes(stores, messages, now))
  app.use(planReportRoutes(stores, messages, { crosswalk, measures, parts: planParts }, now))
  app.use(heardRoutes(stores, messages, now))
  app.use(commitmentRoutes(stores, messages, now))
  app.use(crossRoutes(stores, messages, now))
  app.use(quoteRoutes(stores, messages, now))
  app.use(themeReportRoutes(stores, messages, now))
  app.use(reportPageRoutes(stores, messages, now, measures))
  app.use(reportRoutes(stores, messages, now, measures))

  app.use(notFoundPage)
  app.use(errorPage(messages, log))
  return app
}
