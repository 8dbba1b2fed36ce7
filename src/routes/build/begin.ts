import type { Request, RequestHandler, Response } from 'express'
import { isTag } from '../../language/tags.ts'
import { pick, type Text } from '../../language/text.ts'
import type { Bank } from '../../questionnaire/bank/bank.ts'
import { one } from '../../questionnaire/choices.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { withDefaults } from '../../questionnaire/edit/begun.ts'
import type { Fault } from '../../questionnaire/edit/form.ts'
import { addSection } from '../../questionnaire/edit/sections.ts'
import { typedTags } from '../../questionnaire/edit/settings.ts'
import { withoutDistrict } from '../../questionnaire/publish.ts'
import type { Template } from '../../questionnaire/template.ts'
import { signedOut } from '../../web/errors.ts'
import { currentPerson } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { Choice } from '../models/build.ts'
import { render } from '../pages.ts'
import { freeSlug, slugFault } from './slug.ts'
import { tongue } from './wording.ts'
import { bodyOf, homeOf, presetOf, type Shop } from './work.ts'

/** The ways to begin. What comes from outside the stores is handed in. */
export type Sources = { templates: readonly Template[]; bank: Bank }

export const showNew =
  (shop: Shop, sources: Sources): RequestHandler =>
  async (req, res) =>
    show(shop, sources, req, res, [])

async function show(shop: Shop, { templates }: Sources, req: Request, res: Response, faults: Fault[]) {
  const { stores, messages } = shop
  const { lang } = readerLanguage(req, res, messages.tags)
  const t = messages.t(lang)
  const [surveys, definitions] = await Promise.all([stores.surveys.list(), stores.definitions.list()])
  const choice = (value: string, { title, source, languages }: Questionnaire): Choice => ({
    value,
    label: pick(title, lang, source),
    help: {
      words: t('build.new.languages', { count: languages.length }),
      lang,
      fallback: false,
    },
  })
  if (faults.length > 0) res.status(422)
  render(res, 'build/new', {
    tongues: [...new Set([lang, ...messages.tags])].map((tag) => tongue(messages, tag)),
    templates: templates.map(({ name, questionnaire }) => choice(name, questionnaire)),
    surveys: [
      ...definitions.map(({ slug, questionnaire }) => choice(slug, questionnaire)),
      ...surveys
        .filter(({ slug }) => !definitions.some((one) => one.slug === slug))
        .map(({ slug, questionnaire }) => choice(slug, questionnaire)),
    ],
    typed: faults.length > 0 ? (bodyOf(req) as Record<string, string | string[]>) : {},
    problems: faults.map(({ field, code, values }) => ({
      field,
      key: `build.problem.${code}`,
      ...(values && { values }),
    })),
  })
}

/** Makes a questionnaire in the way that the sent form is for. Nothing is made while something is wrong. */
export const begin =
  (shop: Shop, sources: Sources): RequestHandler =>
  async (req, res) => {
    const body = bodyOf(req)
    const faults: Fault[] = []
    const way = one(body.way)
    const made =
      way === 'template'
        ? sources.templates.find(({ name }) => name === one(body.template))?.questionnaire
        : way === 'copy'
          ? await copied(shop, one(body.survey))
          : way === 'empty'
            ? empty(shop, req, faults)
            : undefined
    if (!made && faults.length === 0)
      faults.push({ field: way === 'copy' ? 'survey' : 'template', code: 'choose' })
    const typed = one(body[`slug.${way}`]).toLowerCase()
    const wrong = typed ? await slugFault(shop, typed) : undefined
    if (wrong) faults.push({ field: `slug.${way}`, code: wrong, values: { slug: typed } })
    if (!made || faults.length > 0) return show(shop, sources, req, res, faults)
    res.redirect(303, homeOf(await keep(shop, req, { questionnaire: made, slug: typed })))
  }

/** Keeps a questionnaire under its slug, or one made of its title; tells which. */
export async function keep(
  shop: Shop,
  req: Request,
  { questionnaire, slug }: { questionnaire: Questionnaire; slug: string },
): Promise<string> {
  const person = currentPerson(req)
  if (!person) throw signedOut()
  const { title, source } = questionnaire
  const free = slug || (await freeSlug(shop, title.en ?? pick(title, source, source).words))
  await shop.stores.definitions.add(free, withDefaults(questionnaire), person.id, shop.now())
  return free
}

async function copied({ stores }: Shop, slug: string): Promise<Questionnaire | undefined> {
  const definition = await stores.definitions.find(slug)
  const survey = definition ? undefined : await stores.surveys.find(slug)
  const questionnaire = definition?.questionnaire ?? survey?.questionnaire
  return questionnaire && withoutDistrict(questionnaire, await stores.settings.district())
}

function empty({ messages }: Shop, req: Request, faults: Fault[]): Questionnaire | undefined {
  const body = bodyOf(req)
  const words = one(body.title)
  const source = one(body.source)
  const tags = typedTags(body, faults)
  if (!words) faults.push({ field: 'title', code: 'title' })
  if (!isTag(source)) faults.push({ field: 'source', code: 'choose' })
  if (faults.length > 0) return undefined
  const languages = [source, ...tags.filter((tag) => tag !== source)]
  const second = one(body.titleBeside)
  const [other] = languages.slice(1)
  const title: Text = { [source]: words, ...(second && other && { [other]: second }) }
  const bare: Questionnaire = { source, languages, title, sections: [] }
  return addSection(bare, presetOf(messages, bare)('section')).questionnaire
}
