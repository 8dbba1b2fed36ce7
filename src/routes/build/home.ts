import type { RequestHandler } from 'express'
import { sayList } from '../../language/format.ts'
import { pick } from '../../language/text.ts'
import { withoutDistrict } from '../../questionnaire/publish.ts'
import { audit } from '../../web/audit.ts'
import { notFound, signedOut } from '../../web/errors.ts'
import { currentPerson } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { render } from '../pages.ts'
import { headOf, moment, noNews, personOf, titled } from './wording.ts'
import { enter, homeOf, type Shop } from './work.ts'

/** Every questionnaire under work, the one that was saved last first, and surveys that nobody works on. */
export const showHome =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const { stores, messages } = shop
    const { lang } = readerLanguage(req, res, messages.tags)
    const [definitions, discarded, surveys, district] = await Promise.all([
      stores.definitions.list(),
      stores.definitions.discarded(),
      stores.surveys.list(),
      stores.settings.district(),
    ])
    const works = definitions
      .toSorted((a, b) => b.at - a.at)
      .map(async ({ slug, questionnaire, at, by }) => ({
        slug,
        title: titled({ lang, questionnaire }, { code: slug, title: questionnaire.title }),
        languages: sayList(lang, questionnaire.languages.map(messages.name)),
        saved: moment({ lang, district }, at),
        by: await personOf(shop, by, messages.t(lang)),
        version: surveys.find((survey) => survey.slug === slug)?.version,
      }))
    render(res, 'build/home', {
      works: await Promise.all(works),
      idle: surveys
        .filter(({ slug }) => ![...definitions, ...discarded].some((definition) => definition.slug === slug))
        .map(({ slug, questionnaire }) => ({
          slug,
          title: pick(questionnaire.title, lang, questionnaire.source),
        })),
      discarded: discarded.map(({ slug, questionnaire }) => ({
        slug,
        title: titled({ lang, questionnaire }, { code: slug, title: questionnaire.title }),
      })),
      news: { ...noNews, done: req.query.done === 'discarded' ? 'build.done.discarded' : undefined },
    })
  }

/** Goes on with a survey that was published without the builder: its version becomes the questionnaire under work. */
export const takeUp =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const { stores, now } = shop
    const person = currentPerson(req)
    const slug = String(req.params.slug)
    const survey = await stores.surveys.find(slug)
    if (!person) throw signedOut()
    if (!survey) throw notFound('error.noSurvey')
    const district = await stores.settings.district()
    // Pressed twice, or by two people: whoever comes second finds it there.
    if ((await stores.definitions.discarded()).some((one) => one.slug === slug))
      await stores.definitions.restore(slug)
    else if (!(await stores.definitions.find(slug)))
      await stores.definitions.add(slug, withoutDistrict(survey.questionnaire, district), person.id, now())
    res.redirect(303, homeOf(slug))
  }

/** Asks before a questionnaire is taken out of what is worked on. */
export const askDiscard =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const work = await enter(shop, req, res)
    render(res, 'build/discard', headOf(shop, work))
  }

/** Takes it out. A survey that was published from it stays as it is, and every saved state is kept. */
export const discard =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const { slug } = await enter(shop, req, res)
    await shop.stores.definitions.discard(slug, shop.now())
    await audit(shop.stores, req, shop.now(), 'deleted', slug, 'questionnaire')
    res.redirect(303, '/office/build?done=discarded')
  }

/** Works on with a discarded questionnaire, as it was. */
export const bringBack =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const slug = String(req.params.slug)
    // Pressed twice, or by two people: whoever comes second finds it there.
    const gone = (await shop.stores.definitions.discarded()).some((one) => one.slug === slug)
    if (!gone && !(await shop.stores.definitions.find(slug))) throw notFound('error.noDefinition')
    await shop.stores.definitions.restore(slug)
    if (gone) await audit(shop.stores, req, shop.now(), 'restored', slug, 'questionnaire')
    res.redirect(303, homeOf(slug))
  }
