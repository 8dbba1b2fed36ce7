import type { District } from '../../district/district.ts'
import { sayDate, sayDistance, sayNumber } from '../../language/format.ts'
import { countSms, type Sms } from '../../language/sms.ts'
import { direction } from '../../language/tags.ts'
import { pick } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { profileQuestion } from '../../questionnaire/known.ts'
import { wordsOf } from '../../sending/letter.ts'
import { type LinkTo, linkTo } from '../../sending/links.ts'
import { announce, announcedIn } from '../../sending/wording.ts'
import type { Survey } from '../../store/stores.ts'
import { qrCode } from '../../web/qr.ts'
import type { DatesInWords, Flyer, KitPage, SmsText } from '../models/kit.ts'

type To = { lang: string; messages: Messages; address: string; now: number; district: District }

/** What a link can be for: the schools and groups that the survey itself offers, since only those can be filled in. */
export function choicesOf({ questionnaire }: Survey, lang: string): Pick<KitPage, 'schools' | 'groups'> {
  const offered = (attribute: 'school' | 'group') =>
    (profileQuestion(questionnaire, attribute)?.options ?? []).map(({ code, label }) => ({
      code,
      label: pick(label, lang, questionnaire.source),
    }))
  return { schools: offered('school'), groups: offered('group') }
}

/** When it opens and closes, in words, with how far away that is. */
export function datesInWords(
  { state, opensAt, closesAt }: Pick<Survey, 'state' | 'opensAt' | 'closesAt'>,
  { lang, now, district: { timeZone } }: Pick<To, 'lang' | 'now' | 'district'>,
): DatesInWords {
  const say = (at: number) => sayDate(lang, at, { dateStyle: 'full', timeStyle: 'short', timeZone })
  const one = (at: number, ahead: string, aheadIn: string, past: string) => {
    const distance = at > now ? sayDistance(lang, at - now) : ''
    const key = at <= now ? past : distance ? aheadIn : ahead
    return { key, values: { when: say(at), distance } }
  }
  return [
    ...(opensAt === null || (opensAt <= now && state !== 'open')
      ? []
      : [one(opensAt, 'kit.opens', 'kit.opensIn', 'kit.opened')]),
    ...(closesAt === null ? [] : [one(closesAt, 'kit.closes', 'kit.closesIn', 'kit.closed')]),
  ]
}

export async function kitPage(survey: Survey, chosen: KitPage['chosen'], to: To): Promise<KitPage> {
  const { slug, questionnaire, sample } = survey
  const { lang, messages, address, district } = to
  const asked: LinkTo = { lang: chosen.language, school: chosen.school, group: chosen.group }
  const href = linkTo(survey, asked, address)
  return {
    slug,
    title: pick(questionnaire.title, lang, questionnaire.source),
    sample,
    dates: datesInWords(survey, to),
    zone: district.timeZone,
    languages: questionnaire.languages.map((tag) => ({
      tag,
      name: messages.name(tag),
      dir: direction(tag),
    })),
    ...choicesOf(survey, lang),
    chosen,
    link: { href, qr: await qrCode(href) },
    files: String(
      new URLSearchParams({ language: chosen.language, school: chosen.school, group: chosen.group }),
    ),
    short: shortAddress(survey, address),
    sms: questionnaire.languages.map((tag) => smsText(survey, tag, to)),
    mail: questionnaire.languages.map((tag) => {
      const announced = announce(tag, { ...survey, district }, messages)
      const codes = survey.fielding.access === 'codes'
      const { subject, paragraphs } = wordsOf({
        kind: 'invitation',
        announced,
        link: linkTo(survey, { lang: tag }, address),
        code: codes ? announced.t('kit.mail.codeHere') : '',
        stop: '',
      })
      return {
        tag,
        name: messages.name(tag),
        lang: announced.lang,
        dir: announced.dir,
        subject,
        body: paragraphs.map(({ words }) => words).join('\n\n'),
      }
    }),
  }
}

export const shortAddress = ({ slug }: Survey, address: string): string =>
  `${address}/s/${slug}`.replace(/^https?:\/\//, '')

/** Marks that look nicer in print and would cost more than half of the room in a message. */
const plainMarks = (text: string): string =>
  text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2013\u2014]/g, '-')
    .replace(/\u2026/g, '...')
    .replace(/\u00a0/g, ' ')

function smsText(survey: Survey, tag: string, { lang: reader, messages, address, district }: To): SmsText {
  const { t, title, lang, dir, district: name } = announce(tag, { ...survey, district }, messages)
  const link = linkTo(survey, { lang: tag }, address)
  const say = (key: 'kit.sms.text' | 'kit.sms.short') => {
    const words = t(key, { district: name, title, link })
    const plain = plainMarks(words)
    return countSms(plain).ucs2 ? words : plain
  }
  const counted = (words: string): Sms & { words: string } => ({ words, ...countSms(words) })
  const first = counted(say('kit.sms.text'))
  const second = counted(say('kit.sms.short'))
  const said = (n: number) => sayNumber(reader, n)
  return {
    tag,
    name: messages.name(tag),
    dir,
    lang,
    words: first.words,
    units: said(first.units),
    segments: first.segments,
    ucs2: first.ucs2,
    shorter:
      first.segments > 1 && second.units < first.units
        ? { words: second.words, units: said(second.units), segments: second.segments }
        : undefined,
  }
}

/** A flyer in one language. The other languages of the survey say, each in itself, that it speaks them too. */
export async function flyerOf(survey: Survey, tag: string, asked: LinkTo, to: To): Promise<Flyer> {
  const { questionnaire, fielding } = survey
  const { messages, address, district } = to
  const announced = announce(tag, { ...survey, district }, messages)
  const { t, lang, dir } = announced
  const { schools, groups } = choicesOf(survey, tag)
  return {
    lang,
    dir,
    district: announced.district,
    title: pick(questionnaire.title, tag, questionnaire.source),
    sentence: t('kit.flyer.sentence', { district: announced.district }),
    facts: [announced.minutes, announced.anonymous, announced.until].filter(Boolean),
    scan: t('kit.flyer.scan'),
    code: fielding.access === 'codes' ? t('kit.flyer.codeNeeded') : '',
    qr: await qrCode(linkTo(survey, { ...asked, lang: tag }, address)),
    about: [
      schools.find(({ code }) => code === asked.school)?.label,
      groups.find(({ code }) => code === asked.group)?.label,
    ].filter((one) => one !== undefined),
    others: questionnaire.languages
      .filter((other) => other !== tag)
      .map((other) => {
        const own = announcedIn(other, messages)
        return {
          lang: own,
          dir: direction(own),
          name: messages.name(other),
          words:
            own === other || other.startsWith('en') ? (messages.t(own)('kit.flyer.other') as string) : '',
        }
      }),
  }
}

/** Every link of the survey as rows of a table, headings first: for everyone, each school, each group; in each language. */
export function linkRows(
  survey: Survey,
  address: string,
  { lang, messages }: Pick<To, 'lang' | 'messages'>,
): string[][] {
  const { schools, groups } = choicesOf(survey, lang)
  const t = messages.t(lang)
  const whom: { school: string; group: string; label: string }[] = [
    { school: '', group: '', label: t('kit.links.anyone') },
    ...schools.map(({ code, label }) => ({ school: code, group: '', label: label.words })),
    ...groups.map(({ code, label }) => ({ school: '', group: code, label: label.words })),
  ]
  const tongues = ['', ...survey.questionnaire.languages]
  return [
    ['for', 'school', 'group', 'language', 'link'],
    ...whom.flatMap(({ label, school, group }) =>
      tongues.map((tag) => [
        label,
        school,
        group,
        tag,
        linkTo(survey, { lang: tag, school, group }, address),
      ]),
    ),
  ]
}
