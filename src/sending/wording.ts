import { sayDate } from '../language/format.ts'
import { direction } from '../language/tags.ts'
import { pick } from '../language/text.ts'
import type { Messages } from '../language/wording.ts'
import type { Questionnaire } from '../questionnaire/definition.ts'

/** What is said of a survey in one of its languages, wherever it is announced. */
export type Announced = {
  /** The language that our own words are in: English where the interface has none for `tag`. */
  lang: string
  dir: 'ltr' | 'rtl'
  title: string
  district: string
  /** "It takes about 5 minutes.", where the survey says how long. */
  minutes: string
  /** "You can answer until Friday, 14 May 2027 at 17:00.", where there is a last day. */
  until: string
  anonymous: string
  t: (key: string, values?: Record<string, string | number>) => string
}

type Told = {
  questionnaire: Questionnaire
  closesAt: number | null
  district: { name: Record<string, string>; timeZone: string }
}

/** A language in which we have no words of our own for announcing is announced in English. */
export const announcedIn = (tag: string, messages: Messages): string =>
  tag === 'en' || messages.t(tag)('kit.flyer.sentence') === messages.t('en')('kit.flyer.sentence')
    ? 'en'
    : tag

export function announce(
  tag: string,
  { questionnaire, closesAt, district }: Told,
  messages: Messages,
): Announced {
  const lang = announcedIn(tag, messages)
  const said = messages.t(lang)
  return {
    lang,
    dir: direction(lang),
    title: pick(questionnaire.title, tag, questionnaire.source).words,
    // Inside our own sentences, so in their language.
    district: pick(district.name, lang, 'en').words,
    minutes: questionnaire.minutes ? said('respond.minutes', { count: questionnaire.minutes }) : '',
    until:
      closesAt === null
        ? ''
        : said('respond.closesOn', {
            when: sayDate(lang, closesAt, {
              dateStyle: 'full',
              timeStyle: 'short',
              timeZone: district.timeZone,
            }),
          }),
    anonymous: said('respond.anonymous'),
    t: (key, values = {}) => said(key, values) as string,
  }
}
