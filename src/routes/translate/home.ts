import type { Request, RequestHandler, Response } from 'express'
import { mayTranslate, narrowedBy } from '../../district/people.ts'
import { interfaceCounts } from '../../language/overrides.ts'
import { direction, isTag } from '../../language/tags.ts'
import { pick } from '../../language/text.ts'
import type { LocaleFile } from '../../language/wording.ts'
import { withoutDistrict } from '../../questionnaire/publish.ts'
import { stringsOf } from '../../questionnaire/strings.ts'
import { audit } from '../../web/audit.ts'
import { notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { tongue } from '../build/wording.ts'
import type { FieldProblem } from '../models/account.ts'
import type { TranslateHome, TranslateRow } from '../models/translate.ts'
import { render } from '../pages.ts'
import { interfaceTags, reader, type Shop, standings } from './desk.ts'
import { originsOf } from './origins.ts'
import { barFrom, barOf } from './wording.ts'
import { byTag } from './wordings.ts'

/** Everything there is to translate, and languages that the district adds to the interface. */

const done = ['added', 'shown', 'hidden']

export const showHome =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const key = done.find((one) => one === req.query.done)
    const tag = typeof req.query.tag === 'string' && isTag(req.query.tag) ? req.query.tag : ''
    await show(
      shop,
      req,
      res,
      key ? { done: { key: `translate.done.${key}`, name: shop.messages.name(tag || 'en') } } : {},
    )
  }

async function show(shop: Shop, req: Request, res: Response, news: Partial<TranslateHome>): Promise<void> {
  const who = reader(shop, req, res)
  const { person, office } = who
  const [surveys, own] = await Promise.all([surveyRows(shop, who), interfaceRows(shop, who)])
  if (news.problems?.length) res.status(422)
  render(res, 'translate/home', {
    office,
    surveys,
    interface: own,
    own:
      narrowedBy(person.role) === 'languages'
        ? [...person.scope.languages].map(shop.messages.name)
        : undefined,
    typed: { tag: '', name: '', dir: '' },
    problems: [],
    done: undefined,
    ...news,
  })
}

type Who = ReturnType<typeof reader>

async function surveyRows(shop: Shop, who: Who): Promise<TranslateHome['surveys']> {
  const { stores, messages } = shop
  const [definitions, surveys, district] = await Promise.all([
    stores.definitions.list(),
    stores.surveys.list(),
    stores.settings.district(),
  ])
  const works = [
    ...definitions.map(({ slug, questionnaire }) => ({
      slug,
      questionnaire,
      survey: surveys.find((survey) => survey.slug === slug),
    })),
    ...surveys
      .filter(({ slug }) => !definitions.some((definition) => definition.slug === slug))
      .map((survey) => ({
        slug: survey.slug,
        questionnaire: withoutDistrict(survey.questionnaire, district),
        survey,
      })),
  ]
  const listed = await Promise.all(
    works.map(async ({ slug, questionnaire, survey }) => {
      const tags = questionnaire.languages.filter(
        (tag) => tag !== questionnaire.source && mayTranslate(who.person, tag),
      )
      if (tags.length === 0) return []
      const [kept, origins] = await Promise.all([
        stores.translations.list(`survey:${slug}`),
        originsOf(stores, slug),
      ])
      const unread = shop.unread()
      const all = stringsOf(questionnaire)
      const rows = tags.map((tag): TranslateRow => {
        const own = kept.filter((one) => one.tag === tag)
        return {
          tongue: tongue(messages, tag),
          href: `/office/translate/surveys/${slug}/${tag}`,
          bar: barOf(standings(questionnaire, tag, all, { kept: own, origins, unread }), who.lang),
          own: false,
          shown: true,
        }
      })
      const title = pick(questionnaire.title, who.lang, questionnaire.source)
      return [
        {
          slug,
          title: title.words ? title : { words: slug, lang: 'en', fallback: false },
          rows,
          version: survey?.version,
          build: who.office ? `/office/build/${slug}/settings` : '',
        },
      ]
    }),
  )
  return listed.flat()
}

async function interfaceRows(shop: Shop, who: Who): Promise<TranslateRow[]> {
  const { stores, messages } = shop
  const [tags, languages, kept] = await Promise.all([
    interfaceTags(shop),
    stores.translations.languages(),
    stores.translations.list('interface'),
  ])
  const english = messages.files.en as LocaleFile
  const own = byTag(kept)
  return tags
    .filter((tag) => mayTranslate(who.person, tag))
    .map((tag) => {
      const added = languages.find((one) => one.tag === tag)
      const file = Object.hasOwn(messages.files, tag) ? messages.files[tag] : undefined
      return {
        tongue: { tag, name: added?.name ?? messages.name(tag), dir: direction(tag) },
        href: `/office/translate/interface/${tag}`,
        bar: barFrom(interfaceCounts(tag, file, english, own.get(tag)), who.lang),
        own: added !== undefined && !file,
        shown: added === undefined || added.shown,
      }
    })
}

/** Languages are added by the office; translators fill them. */
export const addLanguage =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const { person } = reader(shop, req, res)
    const typed = {
      tag: formField(req, 'tag').trim().slice(0, 35),
      name: formField(req, 'name').trim().slice(0, 60),
      dir: formField(req, 'dir'),
    }
    const problems: FieldProblem[] = []
    const tag = isTag(typed.tag) ? (Intl.getCanonicalLocales(typed.tag)[0] ?? '') : ''
    if (!tag) problems.push({ field: 'tag', key: 'translate.problem.tag' })
    else if (tag === 'en' || (await interfaceTags(shop)).includes(tag))
      problems.push({ field: 'tag', key: 'translate.problem.there', values: { tag } })
    else if (typed.dir && typed.dir !== direction(tag))
      // The direction follows from the letters, and the code can name those.
      problems.push({
        field: 'dir',
        key: `translate.problem.${direction(tag)}`,
        values: { tag, base: new Intl.Locale(tag).language },
      })
    if (!typed.name) problems.push({ field: 'name', key: 'translate.problem.name' })
    if (problems.length > 0) return show(shop, req, res, { typed, problems })
    await shop.stores.translations.addLanguage({ tag, name: typed.name, by: person.id, at: shop.now() })
    await audit(shop.stores, req, shop.now(), 'settings-changed', '', `language ${tag}`)
    await shop.own.refresh()
    res.redirect(303, `/office/translate?done=added&tag=${tag}#news`)
  }

/** Offers a language of the district's own to readers, or takes it out of the lists again; its words stay. */
export const showLanguage =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const tag = String(req.params.tag)
    const known = await shop.stores.translations.languages()
    if (!known.some((one) => one.tag === tag)) throw notFound('error.noLanguage')
    const shown = formField(req, 'shown') === 'yes'
    await shop.stores.translations.showLanguage(tag, shown)
    await audit(shop.stores, req, shop.now(), shown ? 'shown' : 'hidden', '', `language ${tag}`)
    await shop.own.refresh()
    res.redirect(303, `/office/translate?done=${shown ? 'shown' : 'hidden'}&tag=${tag}#news`)
  }
