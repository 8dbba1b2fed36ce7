import type { Response } from 'express'
import type { PlanIndex, PlanPage } from '../plan/page.ts'
import type { CrossPages } from '../report/cross/crossPage.ts'
import type { ReportPages } from '../report/page.ts'
import type { PlanReportPages } from '../report/plan/pages.ts'
import type { ErrorPage } from '../web/errorPage.ts'
import { type KeptPage, keepPage, sendKept } from '../web/kept.ts'
import { type Base, type Chosen, pageFor, send } from '../web/render.ts'
import type { AccountPages } from './models/account.ts'
import type { BankPages } from './models/bank.ts'
import type { BuildPages } from './models/build.ts'
import type { CoveragePages } from './models/coverage.ts'
import type { EntryPages } from './models/entry.ts'
import type { HelpPages } from './models/help.ts'
import type { HomePage } from './models/home.ts'
import type { KitPages } from './models/kit.ts'
import type { LanguagePages } from './models/languages.ts'
import type { LaterPages } from './models/later.ts'
import type { OfficePages } from './models/office.ts'
import type { OfficeSurveyPages } from './models/officeSurvey.ts'
import type { PaperPages } from './models/paper.ts'
import type {
  NoPage,
  NoticePage,
  OutPage,
  ReviewPage,
  SectionPage,
  StartPage,
  ThanksPage,
  WithdrawPage,
} from './models/respond.ts'
import type { TalkPages } from './models/talks.ts'
import type { ThemePages } from './models/themes.ts'
import type { ToldPages } from './models/told.ts'
import type { TranslatePages } from './models/translate.ts'
import type { WatchingPages } from './models/watching.ts'
import type { WavesPages } from './models/waves.ts'

/** Every EJS page and the type of its model. Rendering goes through here, so neither can be the wrong one. */
export type Pages = AccountPages &
  BankPages &
  BuildPages &
  CoveragePages &
  LaterPages &
  KitPages &
  LanguagePages &
  OfficePages &
  OfficeSurveyPages &
  EntryPages &
  HelpPages &
  PaperPages &
  WatchingPages &
  WavesPages &
  CrossPages &
  ReportPages &
  TalkPages &
  PlanReportPages &
  ToldPages &
  ThemePages &
  TranslatePages & {
    home: HomePage
    error: ErrorPage
    'plans/index': PlanIndex
    'plans/show': PlanPage
    'respond/start': StartPage
    'respond/no': NoPage
    'respond/out': OutPage
    'respond/notice': NoticePage
    'respond/section': SectionPage
    'respond/review': ReviewPage
    'respond/thanks': ThanksPage
    'respond/withdraw': WithdrawPage
  }

const area = (name: string): Base['area'] =>
  name.startsWith('respond/')
    ? 'respond'
    : /^(plans|heard|home|error|mail|ask)\b/.test(name)
      ? 'public'
      : 'staff'

/** Renders a page in the reader's language, or in one of a survey's languages that was settled on before. */
export function render<Name extends keyof Pages>(
  res: Response,
  name: Name,
  model: Pages[Name],
  chosen?: Chosen,
): void {
  send(res, name, model, area(name), chosen)
}

/**
 * Renders a page that has nothing in it of whoever asked for it, sends it and gives it to `keep`, so that the next who
 * asks gets this very one.
 */
export function renderKept<Name extends keyof Pages>(
  res: Response,
  name: Name,
  model: Pages[Name],
  chosen: Chosen,
  keep: (page: KeptPage) => void,
): void {
  const { html, lang } = pageFor(res, name, model, area(name), chosen)
  const page = keepPage(html, lang)
  keep(page)
  sendKept(res, page)
}
