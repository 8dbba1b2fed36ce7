import { sayNumber } from '../../language/format.ts'
import { pick } from '../../language/text.ts'
import { findQuestion } from '../../questionnaire/definition.ts'
import type { SaidComment, Stores, Survey } from '../../store/stores.ts'
import type { Codebook } from '../../theme/codebook.ts'
import type { DeskPage, Picked } from '../models/themes.ts'
import {
  type Asked,
  choose,
  type Known,
  narrowed,
  narrowing,
  orders,
  queryOf,
  stateOnly,
  states,
} from './choosing.ts'
import { inOrder, languageName, themeName } from './frame.ts'
import type { Speaker } from './shop.ts'

type Sizes = Awaited<ReturnType<Stores['tallies']['sizes']>>

/** Responses of a group (at a school); '' stands for all. */
export const sizeOf = (sizes: Sizes, group: string, school: string): number =>
  sizes.reduce(
    (sum, one) =>
      (group === '' || one.group === group) && (school === '' || one.school === school) ? sum + one.n : sum,
    0,
  )

/**
 * Whether a filter by group or school picks out so few people that a comment would say who wrote it. What is not
 * given stands for itself here: "no group" is no group to look at.
 */
export const tooSmall = (sizes: Sizes, { group, school }: Pick<Asked, 'group' | 'school'>, minimum: number) =>
  (group !== '' || school !== '') && sizeOf(sizes, group, school) < minimum

/** The choices by which comments are narrowed, with how many there are of each state. */
export function filterPage(
  { lang, t }: Speaker,
  survey: Pick<Survey, 'slug' | 'questionnaire'>,
  known: Known,
  asked: Asked,
  codebook: Codebook,
  names: { group: Map<string, string>; school: Map<string, string> },
): DeskPage['filter'] {
  const { questionnaire, slug } = survey
  const home = `/office/surveys/${slug}/comments`
  const list = (name: 'language' | 'group' | 'school' | 'question', say: (code: string) => Picked['label']) =>
    [...new Set(known.comments.map((one: SaidComment) => one[name]))]
      .filter((code) => code !== '')
      .map((code) => ({ code, label: say(code), selected: asked[name] === code }))
  const here = narrowed(known, asked)
  const shown = states.filter((state) => state !== 'sample' || known.sample.length > 0)
  return {
    states: shown.map((state) => ({
      code: state,
      n: sayNumber(lang, choose(here, stateOnly({ state, order: 'first' })).length),
      selected: state === asked.state,
      href: `${home}${queryOf({ ...asked, state })}`,
    })),
    orders: orders
      .filter((order) => order !== 'unsure' || known.guesses.size > 0)
      .map((order) => ({ code: order, label: t(`themes.order.${order}`), selected: order === asked.order })),
    languages: list('language', (tag) => languageName(tag, lang)),
    groups: list('group', (code) => names.group.get(code) ?? code),
    schools: list('school', (code) => names.school.get(code) ?? code),
    questions: list('question', (code) =>
      pick(findQuestion(questionnaire, code)?.title ?? { [lang]: code }, lang, questionnaire.source),
    ),
    themes: inOrder(codebook.themes).map((theme) => ({
      code: theme.code,
      label: themeName(theme, lang, codebook).name,
      selected: theme.code === asked.theme,
    })),
    find: asked.find,
    any: narrowing.some((name) => asked[name] !== ''),
    clear: `${home}${queryOf({ ...asked, language: '', group: '', school: '', question: '', theme: '', find: '' })}`,
  }
}
