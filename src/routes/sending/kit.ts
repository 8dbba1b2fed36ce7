import { type Request, type RequestHandler, Router } from 'express'
import { writeWorkbook } from '../../files/workbook.ts'
import { direction } from '../../language/tags.ts'
import { pick } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { csvText } from '../../report/export/csv.ts'
import { guardCell } from '../../response/formula.ts'
import { linkTo } from '../../sending/links.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import { siteAddress } from '../../web/address.ts'
import { notFound } from '../../web/errors.ts'
import { requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { qrCode } from '../../web/qr.ts'
import type { KitPage } from '../models/kit.ts'
import { render } from '../pages.ts'
import { choicesOf, flyerOf, kitPage, linkRows, shortAddress } from './kitPages.ts'

type Shelf = Pick<Stores, 'surveys' | 'settings'>
type Config = { baseUrl?: string | undefined }
type Slug = { slug: string }
type Shop = { stores: Shelf; messages: Messages; config: Config; now: () => number }

/** What the office hands out for one survey: links, QR codes, flyers, texts. */
export function kitRoutes(stores: Shelf, messages: Messages, config: Config, now: () => number): Router {
  const router = Router()
  const door = requireDoor('office')
  const shop: Shop = { stores, messages, config, now }
  const home = '/office/surveys/:slug/kit'
  router.get(home, door, showKit(shop))
  router.get(`${home}/qr.svg`, door, sendQr(shop, 'svg'))
  router.get(`${home}/qr.png`, door, sendQr(shop, 'png'))
  router.get(`${home}/links.csv`, door, sendLinks(shop, 'csv'))
  router.get(`${home}/links.xlsx`, door, sendLinks(shop, 'xlsx'))
  router.get(`${home}/flyer`, door, showFlyer(shop))
  return router
}

const showKit =
  ({ stores, messages, config, now }: Shop): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const { lang } = readerLanguage(req, res, messages.tags)
    const district = await stores.settings.district()
    const address = siteAddress(req, config)
    const chosen = chosenOf(req, survey) ?? { language: '', school: '', group: '' }
    render(res, 'kit/home', await kitPage(survey, chosen, { lang, messages, address, now: now(), district }))
  }

/** What a link is asked for, from the query; undefined when the survey does not offer it. */
function chosenOf(req: Request<Slug>, survey: Survey): KitPage['chosen'] | undefined {
  const asked = (name: string) => {
    const value = req.query[name]
    return typeof value === 'string' ? value : ''
  }
  const chosen = { language: asked('language'), school: asked('school'), group: asked('group') }
  const { schools, groups } = choicesOf(survey, 'en')
  const offered = (list: string[], code: string) => code === '' || list.includes(code)
  const codes = (list: { code: string }[]) => list.map(({ code }) => code)
  return offered(survey.questionnaire.languages, chosen.language) &&
    offered(codes(schools), chosen.school) &&
    offered(codes(groups), chosen.group)
    ? chosen
    : undefined
}

const linkAsked = (req: Request<Slug>, survey: Survey, config: Config): { href: string; name: string } => {
  const chosen = chosenOf(req, survey)
  if (!chosen) throw notFound()
  const { language, school, group } = chosen
  return {
    href: linkTo(survey, { lang: language, school, group }, siteAddress(req, config)),
    name: [survey.slug, school, group, language].filter(Boolean).join('-'),
  }
}

/** As files: large enough for a poster, black on white. */
const sendQr =
  ({ stores, config }: Shop, kind: 'svg' | 'png'): RequestHandler<Slug> =>
  async (req, res) => {
    const { href, name } = linkAsked(req, await named(stores, req.params.slug), config)
    res.attachment(`${name}.${kind}`)
    if (kind === 'svg') {
      const svg = (await qrCode(href)).replace(/ (class|aria-hidden|focusable)="[^"]*"/g, '')
      res.type('image/svg+xml').send(`<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`)
    } else {
      const { toBuffer } = await import('qrcode')
      res.type('image/png').send(await toBuffer(href, { errorCorrectionLevel: 'M', margin: 4, width: 1200 }))
    }
  }

const sendLinks =
  ({ stores, messages, config }: Shop, kind: 'csv' | 'xlsx'): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const { lang } = readerLanguage(req, res, messages.tags)
    const rows = linkRows(survey, siteAddress(req, config), { lang, messages })
    res.attachment(`${survey.slug}-links.${kind}`)
    if (kind === 'csv') {
      res.type('text/csv; charset=utf-8')
      csvText(
        rows.map((row) => row.map(guardCell)),
        { bom: true },
      ).pipe(res)
    } else
      res
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .send(Buffer.from(writeWorkbook([{ name: 'links', rows }])))
  }

const papers = ['letter', 'a4'] as const

const showFlyer =
  ({ stores, messages, config, now }: Shop): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await named(stores, req.params.slug)
    const chosen = chosenOf(req, survey)
    if (!chosen) throw notFound()
    const { questionnaire, slug, sample } = survey
    const { lang } = readerLanguage(req, res, messages.tags)
    const t = messages.t(lang)
    const address = siteAddress(req, config)
    const to = { lang, messages, address, now: now(), district: await stores.settings.district() }
    const paper = papers.find((one) => one === req.query.paper) ?? 'letter'
    const tags = chosen.language ? [chosen.language] : questionnaire.languages
    const flyers = []
    for (const tag of tags) flyers.push(await flyerOf(survey, tag, chosen, to))
    const query = (other: string) =>
      String(
        new URLSearchParams({
          ...chosen,
          paper: other,
          ...(req.query.together === 'yes' ? { together: 'yes' } : {}),
        }),
      )
    render(res, 'kit/flyer', {
      slug,
      title: pick(questionnaire.title, tags[0] ?? lang, questionnaire.source),
      paper,
      together: req.query.together === 'yes' && flyers.length > 1,
      sample,
      address: shortAddress(survey, address).split(/(?<=[/-])/),
      flyers,
      office: {
        lang,
        dir: direction(lang),
        back: t('kit.home'),
        print: t('kit.flyer.print'),
        papers: papers.map((one) => ({
          name: one === 'a4' ? t('kit.flyer.a4') : t('kit.flyer.letter'),
          href: `/office/surveys/${slug}/kit/flyer?${query(one)}`,
          current: one === paper,
        })),
      },
    })
  }

async function named(stores: Shelf, slug: string): Promise<Survey> {
  const survey = await stores.surveys.find(slug)
  if (!survey) throw notFound('error.noSurvey')
  return survey
}
