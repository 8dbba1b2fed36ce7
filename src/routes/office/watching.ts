import { wallTime } from '../../district/clock.ts'
import type { District } from '../../district/district.ts'
import { type Enrolment, tableOf, within } from '../../district/enrolment.ts'
import { sayDate } from '../../language/format.ts'
import type { Messages } from '../../language/wording.ts'
import { profileQuestion } from '../../questionnaire/known.ts'
import { type Reader, readerOf } from '../../report/reader.ts'
import type { Watched } from '../../report/turnout/watched.ts'
import type { Stores, Survey } from '../../store/stores.ts'

/** What the pages about enrolment and turnout share: loading what is counted, and saying days. */

export type WatchShelf = Pick<
  Stores,
  'surveys' | 'settings' | 'tallies' | 'turnout' | 'progress' | 'enrolments' | 'refusals'
>

export const dayOf = (time: number, timeZone: string): string => wallTime(time, timeZone).slice(0, 10)

export const sayDay = (lang: string, day: string): { iso: string; words: string } => ({
  iso: day,
  words: sayDate(lang, Date.parse(day), { dateStyle: 'long', timeZone: 'UTC' }),
})

/**
 * Everything that is counted of a survey. Reads kept counts alone, so that it costs the same however many answered.
 * Its enrolment is the table of the time when it closed, or closes.
 */
export async function watchedOf(stores: WatchShelf, survey: Survey, now: number): Promise<Watched> {
  const { id, questionnaire } = survey
  const home = profileQuestion(questionnaire, 'language')
  const grade = profileQuestion(questionnaire, 'grade')
  const [district, sizes, counts, progress, tables, grades, homes] = await Promise.all([
    stores.settings.district(),
    stores.tallies.sizes(id),
    stores.turnout.list(id),
    stores.progress.list(id),
    stores.enrolments.list(),
    grade ? givenTo(stores, survey, grade.code) : [],
    home ? givenTo(stores, survey, home.code) : [],
  ])
  const enrolment = await enrolmentOf(stores, survey, { district, tables, now })
  const asked = profileQuestion(questionnaire, 'group')?.options.map(({ code }) => code)
  const of = (dimension: string) => counts.filter((one) => one.dimension === dimension)
  const forms = of('language')
  const known = new Set(district.homeLanguages.map(({ code }) => code))
  // A form in pt-BR was answered by somebody who reads "pt".
  const spoken = (tag: string) => {
    const language = tag.split('-')[0] ?? tag
    return known.has(tag) ? tag : known.has(language) ? language : tag
  }
  return {
    questionnaire,
    district,
    enrolment,
    groups: questionnaire.audience ?? asked ?? district.groups.map(({ code }) => code),
    sizes,
    grades: grade ? withUnsaid(grades, sizes) : [],
    languages: home
      ? withUnsaid(homes, sizes)
      : forms.map(({ code, group, school, n }) => ({ code: spoken(code), group, school, n })),
    homeAsked: home !== undefined,
    forms: [...Map.groupBy(forms, ({ code }) => code)].map(([code, list]) => ({
      code,
      n: list.reduce((sum, { n }) => sum + n, 0),
    })),
    channels: of('channel'),
    hours: of('hour'),
    progress,
  }
}

/** The table of the time when a survey closed, or closes, as far as it counts whom the survey asks. */
export async function enrolmentOf(
  stores: Pick<Stores, 'enrolments'>,
  survey: Survey,
  { district, now, tables }: { district: District; now: number; tables?: Parameters<typeof tableOf>[0] },
): Promise<Enrolment | undefined> {
  const all = tables ?? (await stores.enrolments.list())
  const table = tableOf(all, closingDay(survey, district.timeZone, now))
  const whole = table && (await stores.enrolments.find(table.asOf))
  return whole && within(whole, askedOf(survey, district))
}

/** The schools and grades that a survey asks, where it offers only some of the district's. */
function askedOf({ questionnaire }: Survey, district: District): Parameters<typeof within>[1] {
  const some = (attribute: 'school' | 'grade', all: readonly { code: string }[]) => {
    const offered = profileQuestion(questionnaire, attribute)?.options.map(({ code }) => code)
    return offered && all.some(({ code }) => !offered.includes(code)) ? offered : undefined
  }
  return { school: some('school', district.schools), grade: some('grade', district.grades) }
}

export const closingDay = (survey: Pick<Survey, 'closesAt'>, timeZone: string, now: number): string =>
  dayOf(survey.closesAt === null ? now : Math.min(survey.closesAt, now), timeZone)

type Given = { code: string; group: string; school: string; n: number }

/** Kept counts of a profile question, without that of everyone who answered it. */
const givenTo = async (stores: WatchShelf, { id }: Survey, question: string): Promise<Given[]> =>
  (await stores.tallies.of(id, question))
    .filter(({ cell }) => cell !== '')
    .map(({ cell, group, school, n }) => ({ code: cell, group, school, n }))

/** With those who did not say, so that each question adds up to everybody. */
function withUnsaid(given: Given[], sizes: Watched['sizes']): Given[] {
  const unsaid = sizes.map(({ group, school, n }) => ({
    code: '',
    group,
    school,
    n: given.reduce((left, one) => (one.group === group && one.school === school ? left - one.n : left), n),
  }))
  return [...given, ...unsaid.filter(({ n }) => n > 0)]
}

/** The reader of an office page, and names of languages by their tag. */
export function officeReader(
  messages: Messages,
  lang: string,
  survey?: Survey,
): { reader: Reader; nameOf: (tag: string) => string } {
  const t = messages.t(lang)
  return {
    reader: readerOf(
      lang,
      (key, values) => t(key, values ?? {}) as string,
      survey?.questionnaire.source ?? 'en',
    ),
    nameOf: (tag) => {
      try {
        return messages.name(tag)
      } catch {
        // A code that is no language tag is its own name.
        return tag
      }
    },
  }
}
