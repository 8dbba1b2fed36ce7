import type { Request, Response } from 'express'
import type { TFunction } from 'i18next'
import type { District } from '../../district/district.ts'
import { mayTranslate, type Person } from '../../district/people.ts'
import type { Leeway } from '../../language/exchange/placeholders.ts'
import { interfaceStrings } from '../../language/overrides.ts'
import { pick, type Worded } from '../../language/text.ts'
import { type Standing, standing } from '../../language/translating.ts'
import type { LocaleFile, Messages } from '../../language/wording.ts'
import { type Questionnaire, questions } from '../../questionnaire/definition.ts'
import { withoutDistrict } from '../../questionnaire/publish.ts'
import {
  type Origins,
  originIn,
  type SurveyString,
  stringsOf,
  type Unread,
} from '../../questionnaire/strings.ts'
import type {
  Definition,
  Stores,
  Survey,
  TranslatedPlace,
  Translation,
  TranslationNote,
} from '../../store/stores.ts'
import { forbidden, notFound, signedOut } from '../../web/errors.ts'
import { currentPerson } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { originsOf } from './origins.ts'
import { type Step, whereIs } from './where.ts'
import { byTag, type OwnTexts } from './wordings.ts'

export type Shelf = Pick<Stores, 'definitions' | 'surveys' | 'translations' | 'settings' | 'people' | 'audit'>

/** What every handler of the workbench is made with. */
export type Shop = {
  stores: Shelf
  messages: Messages
  own: OwnTexts
  /** What comes with Heard and was translated by a machine. */
  unread: () => Unread
  now: () => number
}

/** One text on the desk: `where` says in words where it stands, from the outside in. */
export type DeskString = Standing & {
  id: string
  source: string
  words: string
  where: Step[]
  leeway: Leeway | undefined
  /** A label for charts, which have little room. */
  short: boolean
  /** The top name of an interface key, or the code of the section: what a list can be narrowed to. */
  group: string
}

/** The texts of one place in one language, as a request finds them. */
export type Desk = {
  place: TranslatedPlace
  /** Slug of the survey; '' for the interface. */
  slug: string
  home: string
  title: Worded
  tag: string
  from: string
  strings: DeskString[]
  survey: Survey | undefined
  questionnaire: Questionnaire | undefined
  definition: Definition | undefined
  person: Person
  /** May say of any text that it was reviewed, and brings files that say so. */
  office: boolean
  district: District
  lang: string
  t: TFunction
}

/** Who is here and reads which language; the door was passed. */
export function reader(shop: Shop, req: Request, res: Response) {
  const person = currentPerson(req)
  if (!person) throw signedOut()
  const { lang } = readerLanguage(req, res, shop.messages.tags)
  return { person, office: person.role !== 'translator', lang, t: shop.messages.t(lang) }
}

/** Loads what the address names: `slug` of a survey or none for the interface, and a language. */
export async function enterDesk(shop: Shop, req: Request, res: Response): Promise<Desk> {
  const who = reader(shop, req, res)
  const tag = String(req.params.tag)
  const slug = req.params.slug === undefined ? '' : String(req.params.slug)
  const district = await shop.stores.settings.district()
  const found = slug ? await surveyDesk(shop, slug, tag, who, district) : await interfaceDesk(shop, tag, who)
  // What is not there is not there for anybody; then it is asked whose languages these are.
  if (!mayTranslate(who.person, tag)) throw forbidden('error.notYourLanguage')
  return { ...found, ...who, tag, slug, district }
}

type Who = ReturnType<typeof reader>
type Found = Omit<Desk, keyof Who | 'tag' | 'slug' | 'district'>

/** The questionnaire that translators of a survey work on: the one under work, else the one that is published. */
export async function workOf(
  { stores }: Pick<Shop, 'stores'>,
  slug: string,
  district: District,
): Promise<
  { definition: Definition | undefined; survey: Survey | undefined; questionnaire: Questionnaire } | undefined
> {
  const [definition, survey] = await Promise.all([stores.definitions.find(slug), stores.surveys.find(slug)])
  if (definition) return { definition, survey, questionnaire: definition.questionnaire }
  return survey && { definition, survey, questionnaire: withoutDistrict(survey.questionnaire, district) }
}

async function surveyDesk(
  shop: Shop,
  slug: string,
  tag: string,
  who: Who,
  district: District,
): Promise<Found> {
  const work = await workOf(shop, slug, district)
  if (!work) throw notFound('error.noSurvey')
  const { questionnaire } = work
  if (!questionnaire.languages.includes(tag) || tag === questionnaire.source)
    throw notFound('error.noLanguage')
  const place = `survey:${slug}` as const
  const [kept, origins] = await Promise.all([
    shop.stores.translations.list(place, tag),
    originsOf(shop.stores, slug),
  ])
  const title = pick(questionnaire.title, who.lang, questionnaire.source)
  return {
    ...work,
    place,
    home: `/office/translate/surveys/${slug}/${tag}`,
    title: title.words ? title : { words: slug, lang: 'en', fallback: true },
    from: questionnaire.source,
    strings: surveyStrings(questionnaire, tag, { kept, origins, unread: shop.unread() }, who),
  }
}

type Known = { kept: readonly Translation[]; origins: Origins; unread: Unread }

/** How every text of a questionnaire stands in one language. `all`: those of `stringsOf`. */
export function standings(
  { source: from }: Questionnaire,
  tag: string,
  all: readonly SurveyString[],
  { kept, origins, unread }: Known,
): (Standing & { source: string; words: string })[] {
  const known = new Map(kept.map((one) => [one.key, one]))
  return all.map((placed) => {
    const said = { source: placed.text[from] ?? '', words: placed.text[tag] ?? '' }
    const origin = originIn(origins, unread, placed, { from, tag })
    return { ...said, ...standing(said, known.get(placed.id), origin) }
  })
}

/** Every text of a questionnaire in one language, with how it stands and where. */
export function surveyStrings(
  questionnaire: Questionnaire,
  tag: string,
  known: Known,
  { t, lang }: Pick<Who, 't' | 'lang'>,
): DeskString[] {
  const number = new Map(questions(questionnaire).map(({ code }, at) => [code, at + 1]))
  const all = stringsOf(questionnaire)
  const stand = standings(questionnaire, tag, all, known)
  return all.flatMap((placed, at): DeskString[] => {
    const { id, section, path } = placed
    const stands = stand[at]
    if (!stands) return []
    const where = whereIs(questionnaire, placed, number, { t, lang })
    const short = path === 'short' || path.endsWith('.short')
    return [{ id, ...stands, where, leeway: undefined, short, group: section }]
  })
}

/** Languages that the interface can be translated into: those with a file, and those that the district added. */
export async function interfaceTags({ stores, messages }: Shop): Promise<string[]> {
  const added = (await stores.translations.languages()).map(({ tag }) => tag)
  return [...new Set([...Object.keys(messages.files), ...added])].filter((tag) => tag !== 'en').sort()
}

async function interfaceDesk(shop: Shop, tag: string, who: Who): Promise<Found> {
  if (!(await interfaceTags(shop)).includes(tag)) throw notFound('error.noLanguage')
  const kept = await shop.stores.translations.list('interface', tag)
  return {
    place: 'interface',
    home: `/office/translate/interface/${tag}`,
    title: { words: who.t('translate.interface.title'), lang: who.lang, fallback: false },
    from: 'en',
    strings: wordingsOf(shop, tag, kept, who),
    survey: undefined,
    questionnaire: undefined,
    definition: undefined,
  }
}

export function wordingsOf(
  { messages }: Shop,
  tag: string,
  kept: readonly Translation[],
  { t, lang }: Pick<Who, 't' | 'lang'>,
): DeskString[] {
  const english = messages.files.en as LocaleFile
  const file = Object.hasOwn(messages.files, tag) ? messages.files[tag] : undefined
  return interfaceStrings(tag, file, english, byTag(kept).get(tag)).map(({ form, ...one }) => ({
    ...one,
    where: [
      { words: one.id, lang: 'en', fallback: false, code: true },
      ...(form
        ? [
            {
              words:
                form.example === undefined
                  ? t('translate.form.any')
                  : t('translate.form.like', { number: form.example }),
              lang,
              fallback: false,
            },
          ]
        : []),
    ],
    short: false,
    group: one.id.split('.')[0] ?? '',
  }))
}

/** What was said about each text, the oldest first. */
export async function notesOf(
  { stores }: Shop,
  { place, tag }: Pick<Desk, 'place' | 'tag'>,
): Promise<Map<string, TranslationNote[]>> {
  return Map.groupBy(await stores.translations.notes(place, tag), ({ key }) => key)
}
