import { type Request, Router } from 'express'
import { accepted, direction, match } from '../../language/tags.ts'
import type { Messages } from '../../language/wording.ts'
import type { Stores } from '../../store/stores.ts'
import { siteAddress } from '../../web/address.ts'
import { notFound } from '../../web/errors.ts'
import { requireDoor } from '../../web/guard.ts'
import { cookies } from '../../web/language.ts'
import { qrCode } from '../../web/qr.ts'
import { render } from '../pages.ts'
import { paperForm } from './paperPages.ts'

type Shelf = Pick<Stores, 'surveys' | 'settings'>

/** A survey as a form to print, in one of its languages. Answers come back by routes/paper/entry.ts. */
export function paperRoutes(stores: Shelf, messages: Messages, config: { baseUrl?: string | undefined }) {
  const router = Router()

  router.get('/office/surveys/:slug/paper', requireDoor('office'), async (req, res) => {
    const survey = await stores.surveys.find(String(req.params.slug))
    if (!survey) throw notFound('error.noSurvey')
    const { languages, source } = survey.questionnaire
    const officeLang = ownLanguage(req, messages.tags)
    const asked = typeof req.query.lang === 'string' ? req.query.lang : officeLang
    const lang = match([asked], languages) ?? source
    const link = await online(siteAddress(req, config), survey.slug, lang)
    const page = paperForm(survey, messages, await stores.settings.district(), { lang, officeLang, link })
    const offered = languages.map((tag) => ({ tag, name: messages.name(tag), dir: direction(tag) }))
    render(res, 'paper/form', page, { lang, languages: offered })
  })

  return router
}

/** The language of whoever prints. `?lang=` here is the form's, and must not turn the office's own pages into it. */
const ownLanguage = (req: Request, offered: string[]): string =>
  match([cookies(req).lang ?? '', ...accepted(req.headers['accept-language'])].filter(Boolean), offered) ??
  'en'

/** The address that people type in or point a camera at. */
async function online(base: string, slug: string, lang: string) {
  const href = `${base}/s/${slug}?lang=${encodeURIComponent(lang)}`
  return { parts: href.replace(/^https?:\/\//, '').split(/(?<=\/)|(?=\?)/), qr: await qrCode(href) }
}
