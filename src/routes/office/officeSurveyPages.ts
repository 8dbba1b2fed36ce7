import { comesTwice, wallTime } from '../../district/clock.ts'
import { sayDate, sayNumber } from '../../language/format.ts'
import { direction } from '../../language/tags.ts'
import type { Worded } from '../../language/text.ts'
import { pick, type Text } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import type { Option } from '../../questionnaire/definition.ts'
import { asksStudents, keptParts, mayNotOpen } from '../../questionnaire/fielding.ts'
import { profileQuestion } from '../../questionnaire/known.ts'
import { untranslated } from '../../questionnaire/untranslated.ts'
import { writeCode } from '../../response/code.ts'
import type { CodeState, Stores, Survey } from '../../store/stores.ts'
import { qrCode } from '../../web/qr.ts'
import type {
  MissingTexts,
  SheetRow,
  ShownLink,
  SurveyLinksPage,
  SurveyPage,
  SurveySheetPage,
} from '../models/officeSurvey.ts'
import { datesInWords } from '../sending/kitPages.ts'
import { standingOf } from './office.ts'

type Shelf = Pick<Stores, 'responses' | 'codes' | 'refusals' | 'settings'>
type Labelled = { code: string; label: Text }
type Counts = Awaited<ReturnType<Stores['codes']['counts']>>

/** Texts of one language that are listed; a survey that is not translated at all has hundreds. */
const mostListed = 200

/** The page of one survey, but for what was just typed into it. */
export async function surveyPage(
  stores: Shelf,
  survey: Survey,
  to: { lang: string; messages: Messages; address: string; now: number },
  typedDates?: { opens: string; closes: string },
): Promise<Omit<SurveyPage, 'typed' | 'optOut' | 'problems' | 'done'>> {
  const { slug, questionnaire, fielding, sample } = survey
  const { lang } = to
  const [district, responses, refusals, counts, lists, link] = await Promise.all([
    stores.settings.district(),
    stores.responses.count(survey.id),
    stores.refusals.count(survey.id),
    stores.codes.counts(survey.id),
    listsOf(stores, survey),
    shown(`${to.address}/s/${slug}`),
  ])
  const { timeZone } = district
  const moment = (at: number | null) =>
    at === null
      ? undefined
      : {
          words: sayDate(lang, at, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
          iso: new Date(at).toISOString(),
        }
  const wall = (at: number | null) => (at === null ? '' : wallTime(at, timeZone))
  const worded = (list: Labelled[]) =>
    list.map(({ code, label }) => ({ code, label: pick(label, lang, questionnaire.source) }))
  const standing = standingOf(survey, to.now)
  const isProtected = (questionnaire.protectedAreas?.length ?? 0) > 0 && asksStudents(questionnaire)
  return {
    slug,
    title: pick(questionnaire.title, lang, questionnaire.source),
    sample,
    standing,
    change: standing === 'open' ? 'close' : 'open',
    byDates: survey.state !== 'open' && survey.opensAt !== null && survey.opensAt > to.now,
    mayNot: mayNotOpen(questionnaire, fielding),
    opens: moment(survey.opensAt),
    closes: moment(survey.closesAt),
    inWords: datesInWords(survey, { lang, now: to.now, district }),
    twice: {
      opens: comesTwice(wall(survey.opensAt), timeZone),
      closes: comesTwice(wall(survey.closesAt), timeZone),
    },
    dates: { opens: wall(survey.opensAt), closes: wall(survey.closesAt), ...typedDates, zone: timeZone },
    responses: sayNumber(lang, responses),
    refusals: questionnaire.assent || refusals > 0 ? sayNumber(lang, refusals) : undefined,
    fielding,
    protected: isProtected,
    link,
    notice: questionnaire.notice ? `/s/${slug}/notice` : undefined,
    schools: worded(lists.schools),
    groups: worded(lists.groups),
    sheets: sheetRows(
      counts,
      (list, code) => worded(lists[list]).find((one) => one.code === code)?.label,
      lang,
    ),
    nextSheet: nextSheet(counts),
    withdrawal: fielding.withdrawal ?? false,
    keeps: keptParts.map((name) => ({ name, days: String(fielding.keep?.[name] ?? '') })),
    missing: missingTexts(survey, to.messages),
  }
}

/** Schools and groups that a sheet can be for: those that the survey offers, else those of the district. */
export async function listsOf(
  stores: Pick<Stores, 'settings'>,
  { questionnaire }: Survey,
): Promise<{ schools: Labelled[]; groups: Labelled[] }> {
  const district = await stores.settings.district()
  const offered = (attribute: 'school' | 'group'): Option[] | undefined =>
    profileQuestion(questionnaire, attribute)?.options
  return {
    schools: offered('school') ?? district.schools,
    groups: offered('group') ?? district.groups,
  }
}

export const nextSheet = (counts: Counts): number => Math.max(0, ...counts.map(({ sheet }) => sheet)) + 1

function sheetRows(
  counts: Counts,
  label: (list: 'schools' | 'groups', code: string) => Worded | undefined,
  lang: string,
): SheetRow[] {
  return [...Map.groupBy(counts, ({ sheet }) => sheet)].map(([sheet, rows]) => {
    const n = (state: CodeState) => rows.find((row) => row.state === state)?.n ?? 0
    return {
      sheet,
      school: label('schools', rows[0]?.school ?? ''),
      group: label('groups', rows[0]?.group ?? ''),
      unused: sayNumber(lang, n('unused')),
      used: sayNumber(lang, n('used')),
      out: sayNumber(lang, n('out')),
      void: sayNumber(lang, n('void')),
      live: n('unused') > 0,
    }
  })
}

/** So that no reader is given another language without the writer of the survey knowing it. */
const missingTexts = ({ questionnaire }: Survey, messages: Messages): MissingTexts[] =>
  questionnaire.languages.map((tag) => {
    const texts = untranslated(questionnaire, tag)
    return {
      tag,
      name: messages.name(tag),
      count: texts.length,
      texts: texts.slice(0, mostListed).map(({ section, question, path, text }) => {
        const { words, lang } = pick(text, questionnaire.source)
        return { place: [section, question, path].filter(Boolean).join(' / '), words, lang }
      }),
    }
  })

const shown = async (href: string): Promise<ShownLink> => ({ href, qr: await qrCode(href) })

/** Links that fill in the school or the group of whoever answers by them. */
export async function linksPage(survey: Survey, lang: string, address: string): Promise<SurveyLinksPage> {
  const { slug, questionnaire } = survey
  const base = `${address}/s/${slug}`
  const lists: SurveyLinksPage['lists'] = []
  for (const key of ['school', 'group'] as const) {
    const links = []
    for (const { code, label } of profileQuestion(questionnaire, key)?.options ?? [])
      links.push({
        label: pick(label, lang, questionnaire.source),
        ...(await shown(`${base}?${new URLSearchParams({ [key]: code })}`)),
      })
    if (links.length > 0) lists.push({ key, links })
  }
  return { slug, title: pick(questionnaire.title, lang, questionnaire.source), all: await shown(base), lists }
}

export async function sheetPage(
  { slug, questionnaire }: Survey,
  messages: Messages,
  address: string,
  of: Pick<SurveySheetPage, 'sheet' | 'school' | 'group'> & { lang: string; codes: string[] },
): Promise<SurveySheetPage> {
  const { lang, sheet, codes, school, group } = of
  const base = `${address}/s/${slug}`
  const cards = []
  for (const code of codes.map(writeCode)) cards.push({ code, qr: await qrCode(`${base}?code=${code}`) })
  return {
    slug,
    title: pick(questionnaire.title, lang, questionnaire.source),
    sheet,
    school,
    group,
    address: base.replace(/^https?:\/\//, ''),
    cards,
    how: howToUse(questionnaire.languages, messages),
  }
}

/** How to use a card in each of these languages; those in which we have no words for it share the English ones. */
function howToUse(languages: string[], messages: Messages): SurveySheetPage['how'] {
  const english = messages.t('en')('officeSurvey.card')
  const all = languages.map((tag) => {
    const words = messages.t(tag)('officeSurvey.card')
    const lang = words === english ? 'en' : tag
    return { words, lang, dir: direction(lang) }
  })
  return all.filter(({ words }, at) => all.findIndex((one) => one.words === words) === at)
}
