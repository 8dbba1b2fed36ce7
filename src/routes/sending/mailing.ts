import { type Request, type RequestHandler, type Response, Router } from 'express'
import { momentOf } from '../../district/clock.ts'
import { mayNotOpen } from '../../questionnaire/fielding.ts'
import { makeLetter } from '../../sending/letter.ts'
import { linkTo } from '../../sending/links.ts'
import { announce } from '../../sending/wording.ts'
import type { MailingKind, Survey } from '../../store/stores.ts'
import { siteAddress } from '../../web/address.ts'
import { audit } from '../../web/audit.ts'
import { notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { MailPage } from '../models/kit.ts'
import { dateProblem } from '../office/dates.ts'
import { render } from '../pages.ts'
import { mailPage } from './mailingPages.ts'
import { backTo, isOver, type Shop, surveyNamed } from './mailingShop.ts'
import { sendMerge } from './merge.ts'

type Slug = { slug: string }
type One = Slug & { mailing: string }
type News = Partial<Pick<MailPage, 'typed' | 'problems' | 'done'>>

/** The list of addresses of one survey, and the letters that go to it. What sends them is sending/post.ts. */
export function mailingRoutes(shop: Shop): Router {
  const router = Router()
  const door = requireDoor('office')
  const home = '/office/surveys/:slug/mail'
  router.get(home, door, showMail(shop))
  router.post(`${home}/send`, door, planMailing(shop))
  router.post(`${home}/follow`, door, setFollow(shop))
  router.post(`${home}/try`, door, tryLetter(shop))
  router.post(`${home}/merge`, door, sendMerge(shop))
  router.post(`${home}/delete`, door, deleteList(shop))
  router.post(`${home}/:mailing/stop`, door, stopMailing(shop))
  router.post(`${home}/:mailing/again`, door, sendAgain(shop))
  return router
}

const nothingTyped: MailPage['typed'] = { kind: 'invitation', when: 'now', at: '' }

async function show(
  { stores, messages, mail, now }: Shop,
  res: Response,
  survey: Survey,
  news: News,
): Promise<void> {
  const { lang } = readerLanguage(res.req, res, messages.tags)
  if (news.problems?.length) res.status(422)
  render(res, 'kit/mail', {
    ...(await mailPage(stores, survey, {
      lang,
      now: now(),
      server: mail !== undefined,
      email: currentPerson(res.req)?.email ?? '',
    })),
    typed: news.typed ?? nothingTyped,
    problems: news.problems ?? [],
    done: news.done,
  })
}

const done = ['added', 'dropped', 'deleted', 'planned', 'stopped', 'again', 'follow', 'tried']

const showMail =
  (shop: Shop): RequestHandler<Slug> =>
  async (req, res) => {
    const word = done.find((known) => known === req.query.done)
    const survey = await surveyNamed(shop.stores, req.params.slug)
    await show(shop, res, survey, { done: word && `kit.post.done.${word}` })
  }

const kinds: readonly MailingKind[] = ['invitation', 'reminder']

/** Plans a mailing: for as soon as the survey is open, or for a time by the district's clock. */
const planMailing =
  (shop: Shop): RequestHandler<Slug> =>
  async (req, res) => {
    const { stores, mail, now } = shop
    const survey = await surveyNamed(stores, req.params.slug)
    const { timeZone } = await stores.settings.district()
    const typed = {
      kind: formField(req, 'kind'),
      when: formField(req, 'when'),
      at: formField(req, 'at').trim().slice(0, 16),
    }
    const kind = kinds.find((one) => one === typed.kind)
    const at = typed.when === 'at' ? momentOf(typed.at, timeZone) : now()
    const { all } = await stores.contacts.count(survey.id)
    const problems = [
      ...(mail ? [] : [{ field: 'send', key: 'kit.post.problem.noServer' }]),
      ...(isOver(survey, now()) ? [{ field: 'send', key: 'kit.post.problem.over' }] : []),
      ...(mayNotOpen(survey.questionnaire, survey.fielding).length > 0
        ? [{ field: 'send', key: 'kit.post.problem.opted' }]
        : []),
      ...(all > 0 ? [] : [{ field: 'send', key: 'kit.post.problem.nobody' }]),
      ...(kind ? [] : [{ field: 'kind-invitation', key: 'kit.post.problem.kind' }]),
      ...(['now', 'at'].includes(typed.when) ? [] : [{ field: 'when-now', key: 'kit.post.problem.when' }]),
      ...(at === undefined ? [dateProblem('at', typed.at, timeZone)] : []),
      ...(at !== undefined && survey.closesAt !== null && at >= survey.closesAt
        ? [{ field: 'at', key: 'kit.post.problem.late' }]
        : []),
    ]
    if (problems.length > 0 || !kind || at === undefined) return show(shop, res, survey, { typed, problems })
    await stores.mailings.add(survey.id, kind, at)
    await audit(stores, req, now(), 'scheduled', survey.slug, `${kind} ${all}`)
    res.redirect(303, backTo(survey.slug, 'planned'))
  }

const setFollow =
  ({ stores, now }: Shop): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await surveyNamed(stores, req.params.slug)
    const follows = formField(req, 'follow') === 'yes'
    await stores.contacts.setKeepsCodes(survey.id, follows)
    await audit(
      stores,
      req,
      now(),
      'settings-changed',
      survey.slug,
      follows ? 'reminders:unanswered' : 'reminders:everyone',
    )
    res.redirect(303, backTo(survey.slug, 'follow'))
  }

/** To whoever asks for it, in the language of their pages when the survey has it; with no code that works. */
const tryLetter =
  (shop: Shop): RequestHandler<Slug> =>
  async (req, res) => {
    const { stores, messages, mail, config } = shop
    const survey = await surveyNamed(stores, req.params.slug)
    const email = currentPerson(req)?.email
    if (!mail || !email)
      return show(shop, res, survey, { problems: [{ field: 'send', key: 'kit.post.problem.noServer' }] })
    const { questionnaire, fielding } = survey
    const { lang } = readerLanguage(req, res, questionnaire.languages, questionnaire.source)
    const announced = announce(lang, { ...survey, district: await stores.settings.district() }, messages)
    const { outcome, reason } = await mail.send(
      makeLetter(email, {
        kind: 'invitation',
        announced,
        link: linkTo(survey, { lang }, siteAddress(req, config)),
        code: fielding.access === 'codes' ? announced.t('kit.mail.codeHere') : '',
        stop: '',
      }),
    )
    if (outcome === 'sent') return res.redirect(303, backTo(survey.slug, 'tried'))
    await show(shop, res, survey, {
      problems: [{ field: 'send', key: 'kit.post.problem.try', values: { reason: reason || outcome } }],
    })
  }

const deleteList =
  ({ stores, now }: Shop): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await surveyNamed(stores, req.params.slug)
    const gone = await stores.contacts.remove(survey.id)
    await audit(stores, req, now(), 'list-deleted', survey.slug, String(gone))
    res.redirect(303, backTo(survey.slug, 'deleted'))
  }

const numbered = (req: Request<One>): number => {
  if (!/^\d{1,9}$/.test(req.params.mailing)) throw notFound()
  return Number(req.params.mailing)
}

const stopMailing =
  ({ stores }: Shop): RequestHandler<One> =>
  async (req, res) => {
    const survey = await surveyNamed(stores, req.params.slug)
    await stores.mailings.stop(survey.id, numbered(req))
    res.redirect(303, backTo(survey.slug, 'stopped'))
  }

const sendAgain =
  ({ stores }: Shop): RequestHandler<One> =>
  async (req, res) => {
    const survey = await surveyNamed(stores, req.params.slug)
    await stores.mailings.again(survey.id, numbered(req))
    res.redirect(303, backTo(survey.slug, 'again'))
  }
