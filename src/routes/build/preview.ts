import type { RequestHandler } from 'express'
import { withDistrict } from '../../questionnaire/publish.ts'
import { untranslated } from '../../questionnaire/untranslated.ts'
import { framesOwnPages } from '../../web/headers.ts'
import { render } from '../pages.ts'
import { everyPage, frameAddress, strangeKinds } from './frame.ts'
import { headOf, newsOf, titled, tongue } from './wording.ts'
import { enter, homeOf, type Shop } from './work.ts'

/** The page that holds the frame, with the choice of language, direction, width and page. */
export const showPreview =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const work = await enter(shop, req, res)
    const { slug } = work
    const questionnaire = withDistrict(work.questionnaire, work.district)
    const asked = (name: string) => (typeof req.query[name] === 'string' ? String(req.query[name]) : '')
    const shown = questionnaire.languages.includes(asked('in')) ? asked('in') : questionnaire.source
    const as = asked('as') === 'desk' ? 'desk' : 'phone'
    const mirrored = asked('mirror') === 'yes'
    const pages = [
      { code: '', title: { words: work.t('build.preview.start'), lang: work.lang, fallback: false } },
      ...everyPage(questionnaire).map(({ code, section, part, questions: [first] }) => ({
        code,
        title: titled(work, part ?? (code === section.code ? section : (first ?? section))),
      })),
    ]
    const page = pages.find(({ code }) => code === asked('page'))?.code ?? ''
    const at = { in: shown, as, mirror: mirrored ? 'yes' : '', page }
    const link = (change: Partial<typeof at>) => {
      const given = Object.entries({ ...at, ...change }).filter(([, value]) => value !== '')
      return `${homeOf(slug)}/preview?${new URLSearchParams(given)}`
    }
    const unknown = strangeKinds(questionnaire)
    framesOwnPages(res)
    render(res, 'build/preview', {
      ...headOf(shop, work, await newsOf(shop, work, req.query)),
      frame: frameAddress(slug, page, { lang: shown, mirrored }),
      as,
      shown: tongue(shop.messages, shown),
      mirrored,
      pages: pages.map((one) => ({ ...one, href: link({ page: one.code }), current: one.code === page })),
      links: questionnaire.languages.map((tag) => ({
        tongue: tongue(shop.messages, tag),
        href: link({ in: tag }),
        current: tag === shown,
        missing:
          unknown.length > 0 || tag === questionnaire.source ? 0 : untranslated(questionnaire, tag).length,
      })),
      phone: link({ as: 'phone' }),
      desk: link({ as: 'desk' }),
      mirror: link({ mirror: mirrored ? '' : 'yes' }),
      faults: unknown,
    })
  }
