import type { RequestHandler } from 'express'
import type { CommentsHome } from '../models/themes.ts'
import { render } from '../pages.ts'
import { topOf } from './frame.ts'
import { type Shop, speakerOf } from './shop.ts'

/** The surveys that people wrote comments in, with how far they are read. */
export const showHome =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const speaker = speakerOf(shop, req, res)
    const surveys: CommentsHome['surveys'] = []
    for (const survey of await shop.stores.surveys.list()) {
      if (survey.state === 'draft') continue
      const [{ n }, readings] = await Promise.all([
        shop.stores.comments.count(survey.id),
        shop.stores.codings.readings(survey.id),
      ])
      const read = new Set(readings.map(({ comment }) => comment)).size
      const top = topOf(req, speaker, survey, { read, all: n })
      surveys.push({ ...top, href: `/office/surveys/${survey.slug}/comments` })
    }
    render(res, 'themes/home', { office: surveys[0]?.office ?? false, surveys })
  }
