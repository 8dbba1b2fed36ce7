import { Router } from 'express'
import { direction } from '../language/tags.ts'
import { pick } from '../language/text.ts'
import type { Messages } from '../language/wording.ts'
import type { Stores } from '../store/stores.ts'
import { readerLanguage } from '../web/language.ts'
import { render } from './pages.ts'
import { openness } from './respond/visit.ts'

/** The front page: the surveys that are open now, the plan, the way in for staff. */
export function homeRoutes(stores: Stores, messages: Messages, now: () => number): Router {
  const router = Router()

  router.get('/', async (req, res) => {
    const { lang } = readerLanguage(req, res, messages.tags)
    const district = await stores.settings.district()
    const surveys = await stores.surveys.list()
    render(res, 'home', {
      title: pick(district.name, lang),
      sample: district.sample === true,
      surveys: surveys
        .filter((survey) => survey.state === 'open' && openness(survey, now()) === 'open')
        .map(({ slug, questionnaire }) => ({
          href: `/s/${slug}`,
          title: pick(questionnaire.title, lang, questionnaire.source),
          languages: questionnaire.languages.map((tag) => ({
            tag,
            name: messages.name(tag),
            dir: direction(tag),
            href: `/s/${slug}?lang=${tag}`,
          })),
        })),
    })
  })

  return router
}
