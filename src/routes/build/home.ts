import type { RequestHandler } from 'express'
import { sayList } from '../../language/format.ts'
import { pick } from '../../language/text.ts'
import { withoutDistrict } from '../../questionnaire/publish.ts'
import { notFound, signedOut } from '../../web/errors.ts'
import { currentPerson } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { render } from '../pages.ts'
import { moment, noNews, personOf, titled } from './wording.ts'
import { homeOf, type Shop } from './work.ts'

/** Every questionnaire under work, the one that was saved last first, and surveys that nobody works on. */
export const showHome =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const { stores, messages } = shop
    const { lang } = readerLanguage(req, res, messages.tags)
    const [definitions, surveys, district] = await Promise.all([
      stores.definitions.list(),
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
        .filter(({ slug }) => !definitions.some((definition) => definition.slug === slug))
        .map(({ slug, questionnaire }) => ({
          slug,
          title: pick(questionnaire.title, lang, questionnaire.source),
        })),
      news: noNews,
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
    if (!(await stores.definitions.find(slug)))
      await stores.definitions.add(slug, withoutDistrict(survey.questionnaire, district), person.id, now())
    res.redirect(303, homeOf(slug))
  }
