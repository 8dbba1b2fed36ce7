import type { Request, Response } from 'express'
import { findings, type Said } from '../../commitment/findings.ts'
import { sayDate } from '../../language/format.ts'
import type { Text } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { textOf } from '../../plan/plan.ts'
import {
  type Beside,
  type HeardSnapshot,
  heardSnapshot,
  type ShownQuote,
} from '../../report/published/snapshot.ts'
import { type Reader, readerOf } from '../../report/reader.ts'
import { composeReport, type Report } from '../../report/report.ts'
import { everyone } from '../../report/slice.ts'
import type { ReportSource } from '../../report/source.ts'
import { survey as wholeSurvey } from '../../report/tally.ts'
import { publishedThemes } from '../../report/themes/pages.ts'
import type { Quote, StoredCommitment, Stores, Survey } from '../../store/stores.ts'
import { notFound } from '../../web/errors.ts'
import { readerLanguage } from '../../web/language.ts'
import { gatherReport, type KeptSource, keptSources } from '../reports/reports.ts'
import { hoursOf } from './hours.ts'

export type ToldShelf = Parameters<typeof keptSources>[0] &
  Pick<Stores, 'quotes' | 'commitments' | 'conversations' | 'heardPages' | 'people' | 'audit'>

/** Everything that the table of commitments and the public page are made from, of everyone together. */
export type ToldSource = {
  survey: Survey
  source: ReportSource
  report: Report
  beside: Beside
  commitments: StoredCommitment[]
  found: ReturnType<typeof findings<StoredCommitment>>
}

/**
 * `anew`: with what is held back from reports until more comes (see keptSources), for a page that stays as it is.
 * `seenBy`: narrows the counts to what a reader may see.
 */
export async function gatherTold(
  stores: ToldShelf,
  survey: Survey,
  now: () => number,
  { anew = false, seenBy }: { anew?: boolean; seenBy?: (source: KeptSource) => KeptSource } = {},
): Promise<ToldSource> {
  const [source, quotes, commitments, district, conversations] = await Promise.all([
    anew ? gatherReport(stores, survey) : keptSources(stores, now)(survey).then(seenBy ?? ((all) => all)),
    stores.quotes.list(survey.id, { state: 'approved' }),
    stores.commitments.list(survey.id),
    stores.settings.district(),
    hoursOf(stores, survey, now()),
  ])
  const report = composeReport(source, everyone)
  const themes = publishedThemes(source)
  const said = themes?.themes.map(({ code, name, told }): Said => ({ code, label: name, told })) ?? []
  const found = findings({ groups: groupsOf(report), themes: said }, commitments)
  const beside: Beside = {
    district: district.name,
    planTitle: source.plan ? textOf(source.plan.title, source.plan.language) : null,
    themes,
    quotes: quotes.map((quote) => shownQuote(quote, source)),
    findings: found,
    conversations,
  }
  return { survey, source, report, beside, commitments, found }
}

/** Groups that the survey offered, with how many answered. */
const groupsOf = ({ heard, responses }: Report): Said[] =>
  heard.groups.flatMap(({ code, label, n, share }) =>
    label === null
      ? []
      : [{ code, label, told: n === null || share === null ? null : { n, share, of: responses ?? n } }],
  )

/**
 * A quote as it may be shown: signed with the role of its group where that group is shown by itself, and else with
 * nothing at all. `school`: where quotes of one school stand together.
 */
export function shownQuote(quote: Quote, source: ReportSource, school: string | null = null): ShownQuote {
  const { id, group, words, language, translations, theme } = quote
  const known = source.district.groups.find(({ code }) => code === group)
  const apart = group !== '' && source.veil(wholeSurvey, { school, group }) !== null
  const by: Text | null = known && apart ? (known.attribution ?? known.label) : null
  return { id, words, language, translations: { ...translations }, by, group: apart ? group : '', theme }
}

export const snapshotOf = ({ report, beside }: ToldSource): HeardSnapshot | undefined =>
  heardSnapshot(report, beside)

export async function surveyNamed(stores: Pick<Stores, 'surveys'>, slug: string): Promise<Survey> {
  const survey = await stores.surveys.find(slug)
  if (!survey) throw notFound('error.noSurvey')
  return survey
}

/** A reader of the interface's languages. */
export function staffReader(req: Request, res: Response, messages: Messages, survey: Survey): Reader {
  const { lang } = readerLanguage(req, res, messages.tags)
  const t = messages.t(lang)
  return readerOf(lang, (key, values) => t(key, values ?? {}), survey.questionnaire.source)
}

/** A day such as 2026-08-31 in words; days have no time zone. */
export const sayDay =
  (lang: string) =>
  (day: string): string =>
    sayDate(lang, Date.parse(`${day}T12:00:00Z`), { dateStyle: 'long', timeZone: 'UTC' })
