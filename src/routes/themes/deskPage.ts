import type { District } from '../../district/district.ts'
import { sayNumber } from '../../language/format.ts'
import { pick, words } from '../../language/text.ts'
import { findQuestion, type Option } from '../../questionnaire/definition.ts'
import { profileQuestion } from '../../questionnaire/known.ts'
import type { Gloss, OpenCoding, SaidComment, Survey } from '../../store/stores.ts'
import type { Codebook } from '../../theme/codebook.ts'
import type { DeskComment, DeskPage, DeskTheme, ThemeName } from '../models/themes.ts'
import { type Asked, differing, type Known } from './choosing.ts'
import { inOrder, languageName, nameOf, said, themeName } from './frame.ts'
import { type Offer, stretches } from './reasons.ts'
import type { Speaker } from './shop.ts'

/** Keys of themes, in their order. Left out: n, u, g and s, which do something else. */
const keys = '1234567890abcdefhijklmopqrtvwxyz'

/** What themes were called before they were split. */
type Former = ReadonlyMap<string, ThemeName>

type At = { speaker: Speaker; survey: Survey; codebook: Codebook; known: Known; person: string }

/** The names of groups and schools: as the survey's own questions call them, or the district. */
export function placeNames(
  { questionnaire }: Pick<Survey, 'questionnaire'>,
  district: Pick<District, 'groups' | 'schools'>,
  lang: string,
): Places {
  const of = (attribute: 'group' | 'school', known: District['groups' | 'schools']) =>
    new Map(
      [...known, ...(profileQuestion(questionnaire, attribute)?.options ?? [])].map(({ code, label }) => [
        code,
        words(label, lang, questionnaire.source),
      ]),
    )
  return { group: of('group', district.groups), school: of('school', district.schools) }
}
export type Places = { group: Map<string, string>; school: Map<string, string> }

/** The comment itself: what was asked, what was written, and of its writer no more than the minimum group allows. */
export function shownComment(
  { speaker: { lang, t }, survey }: Pick<At, 'speaker' | 'survey'>,
  comment: SaidComment,
  found: { lang: string; offers: Offer[]; glosses: Gloss[]; names: Map<string, string>; places: Places },
  tells: { group: boolean; school: boolean },
): DeskComment {
  const { questionnaire } = survey
  const { source } = questionnaire
  const question = findQuestion(questionnaire, comment.question)
  const options = Array.isArray(question?.options) ? (question.options as Option[]) : []
  const option = options.find(({ code }) => code === comment.about)
  const { places } = found
  const mine = found.glosses.find(({ tag }) => tag === lang)
  return {
    id: comment.id,
    lang: found.lang,
    stretches: stretches(comment.words, found.offers),
    question: question && pick(question.title, lang, source),
    about: option && pick(option.label, lang, source),
    facts: [
      languageName(found.lang, lang),
      ...(tells.group && comment.group ? [places.group.get(comment.group) ?? comment.group] : []),
      ...(tells.school && comment.school ? [places.school.get(comment.school) ?? comment.school] : []),
    ],
    glosses: found.glosses
      .filter(({ tag }) => tag !== lang)
      .map(({ tag, words, by }) => ({
        ...{ tag, words, name: languageName(tag, lang) },
        who: found.names.get(by) ?? t('themes.left'),
      })),
    gloss: mine?.words ?? '',
    glossTag: lang,
  }
}

/** Every theme of the codebook, with what speaks for it and who gave it. */
export function deskThemes(
  { speaker: { lang, t }, codebook, known, person }: At,
  id: number,
  offers: Offer[],
  { names, blind }: { names: Map<string, string>; blind: boolean },
): DeskTheme[] {
  const here = known.codings.filter(({ comment, verdict }) => comment === id && verdict)
  const offered = new Map(offers.map((one) => [one.theme, one]))
  return inOrder(codebook.themes).map((theme, at) => {
    const offer = offered.get(theme.code)
    const given = here.filter((one) => one.theme === theme.code && one.source !== 'model')
    return {
      ...themeName(theme, lang, codebook),
      key: keys[at] ?? '',
      checked: given.some(({ who, source }) => who === person && source === 'person'),
      part: theme.parent !== undefined,
      definition: said(theme.definition, lang, codebook.language),
      offer: offer && {
        likely: offer.likely,
        confidence:
          offer.confidence === null
            ? undefined
            : sayNumber(lang, offer.confidence, { style: 'percent', maximumFractionDigits: 0 }),
        words: [...new Set(offer.spoke.map((one) => one.words))],
      },
      by: blind
        ? []
        : given.filter(({ who }) => who !== person).map(({ who }) => names.get(who) ?? t('themes.left')),
    }
  })
}

/** What other people said of a comment, and on what they and this person differ. */
export function othersOf(
  { speaker: { lang, t }, codebook, known, person }: At,
  id: number,
  names: Map<string, string>,
  { open, former }: { open: readonly OpenCoding[]; former: Former },
): Pick<DeskPage, 'others' | 'differ' | 'mine'> {
  const readings = known.readings.filter(({ comment }) => comment === id)
  const codings = known.codings.filter(({ comment }) => comment === id)
  const name = nameOf(codebook, lang)
  return {
    mine: readings.some((one) => one.person === person),
    others: readings
      .filter((one) => one.person !== person)
      .map((one) => ({
        who: names.get(one.person) ?? t('themes.left'),
        themes: [
          ...codings
            .filter(({ who, source }) => who === one.person && source === 'person')
            .map(({ theme }) => name(theme)),
          // What they gave is open since it was split; they did not say that nothing fits.
          ...open
            .filter(({ who }) => who === one.person)
            .map(({ theme }) => former.get(theme) ?? name(theme)),
        ],
      })),
    differ: differing(codings, readings).map(name),
  }
}

/** Themes of this comment that were split since, with the rule by which to say which it is now. */
export function openOf(
  { speaker: { lang }, codebook }: Pick<At, 'speaker' | 'codebook'>,
  open: readonly OpenCoding[],
  former: Former,
): DeskPage['open'] {
  const name = nameOf(codebook, lang)
  return [...new Set(open.map(({ theme }) => theme))].map((theme) => {
    const split = codebook.history.findLast(({ kind, from }) => kind === 'split' && from.includes(theme))
    return {
      name: (former.get(theme) ?? name(theme)).name.words,
      rule: split?.note ?? '',
      to: (split?.to ?? []).map((code) => name(code).name.words),
    }
  })
}

/** Why nothing is left to read. `narrowed`: by more than a state. */
export function noneOf({ state }: Asked, { comments, sample }: Known, narrowed: boolean): string {
  if (comments.length === 0) return 'themes.empty'
  if (narrowed) return 'themes.nothing'
  if (state === 'unread') return 'themes.allRead'
  return state === 'sample' && sample.length > 0 ? 'themes.sampleDone' : 'themes.nothing'
}
