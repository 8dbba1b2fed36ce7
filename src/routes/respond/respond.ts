import { type Request, type Response, Router, urlencoded } from 'express'
import type { Messages } from '../../language/wording.ts'
import type { FormBody } from '../../questionnaire/kind.ts'
import { hasPage } from '../../response/pages.ts'
import { parsePage, typedOn, withPage } from '../../response/parse.ts'
import { settleWalked } from '../../response/settle.ts'
import { mayVisit, neighbour, stepAt } from '../../response/walk.ts'
import type { Draft, Stores } from '../../store/stores.ts'
import { notFound } from '../../web/errors.ts'
import { sendKept } from '../../web/kept.ts'
import { cookies, rememberLanguage } from '../../web/language.ts'
import { newCodeLimit } from '../../web/rateLimit.ts'
import { sameOrigin } from '../../web/sameOrigin.ts'
import { isSentByScript, plainRedirects } from '../../web/sentByScript.ts'
import { render, renderKept } from '../pages.ts'
import { heardAddress } from '../told/heard.ts'
import { forgetAdmission } from './admission.ts'
import { footsteps } from './footsteps.ts'
import type { KeptPages } from './keptPages.ts'
import { mayIdle } from './kioskMode.ts'
import { makeLaterCode, passLaterCode } from './laterCode.ts'
import { reviewPage, thanksPage } from './respondPages.ts'
import { showSection } from './section.ts'
import { startShown } from './start.ts'
import {
  admitted,
  agreed,
  arrival,
  emptyDraft,
  forgetToken,
  genuine,
  hashOf,
  keepsNoCookies,
  keepToken,
  knownQuery,
  newToken,
  openness,
  pathAlong,
  pathOf,
  place,
  spentBy,
  switched,
  type Visit,
} from './visit.ts'
import { makeWithdrawCode, passWithdrawCode, takeWithdrawCode, writeWithdrawCode } from './withdrawCode.ts'

/** The largest form that a page takes; a comment of 5,000 letters in any script fits many times over. */
const largestForm = '2mb'

/** Where a survey is answered: /s/:slug, a page per section, review, send, thanks. */
export function respondRoutes(
  stores: Stores,
  messages: Messages,
  kept: KeptPages,
  { sessionSecret }: { sessionSecret: string },
  now: () => number,
): Router {
  const router = Router({ caseSensitive: true })
  router.use(plainRedirects)
  const form = urlencoded({ extended: false, limit: largestForm, parameterLimit: 2000 })

  const arrive = arrival(stores, messages, sessionSecret)
  const showStart = startShown(stores, kept, now)
  const steps = footsteps(stores, now)
  const spent = spentBy(stores)

  /** Sent before, by this browser or by its form: the receipt, also where the cookie was lost meanwhile. */
  const toReceipt = (res: Response, visit: Visit) => {
    if (visit.token) keepToken(res, visit, visit.token)
    if (visit.admission) forgetAdmission(res, visit.survey)
    res.redirect(303, place(visit, 'thanks'))
  }

  /** Without cookies the next page would know nothing of this one, and lead back to the start for ever. */
  const lost = (req: Request, visit: Visit) =>
    (req.query.cookie === 'none' && visit.token === undefined) ||
    (req.query.code === 'taken' && !admitted(visit))

  const newCodes = newCodeLimit()
  /** To the page that shows a code for finishing later; without one when too many were made, since all is saved. */
  async function finishLater(req: Request, res: Response, visit: Visit, token: string) {
    const limited = await new Promise((done) => void newCodes(req, res, done))
    if (limited === undefined) passLaterCode(res, visit, await makeLaterCode(stores, visit, token, now()))
    res.redirect(303, place(visit, 'later'))
  }

  /** Closed and not-yet-open surveys show their start page, which says when; so does one that needs a code. */
  const shut = (visit: Visit) => openness(visit.survey, now()) !== 'open' || !admitted(visit)

  router.get('/:slug', async (req, res) => {
    const visit = await arrive(req, res)
    if (req.query.again !== undefined) {
      if (visit.kiosk) return res.redirect(303, place(visit, 'kiosk'))
      forgetToken(res, visit)
      forgetAdmission(res, visit.survey)
      return res.redirect(303, place(visit))
    }
    if (visit.kiosk) {
      // Nothing was begun, but a language may have been chosen.
      const touched = visit.draft ?? req.query.lang ?? cookies(req).lang
      mayIdle(res, visit.survey, touched === undefined ? 'never' : 'start')
    }
    await showStart(res, visit)
  })

  router.get('/:slug/review', async (req, res) => {
    const visit = await arrive(req, res)
    if (await spent(visit)) return res.redirect(303, place(visit, 'thanks'))
    if (shut(visit)) return res.redirect(303, place(visit))
    const path = pathOf(visit)
    if (!visit.token || !visit.draft || path.open) return res.redirect(303, place(visit, path.open))
    res.set('Cache-Control', 'no-store')
    render(res, 'respond/review', reviewPage(visit, path, visit.token), visit.chosen)
  })

  router.post('/:slug/send', form, sameOrigin, async (req, res) => {
    const visit = await arrive(req, res)
    if (await spent(visit)) return toReceipt(res, visit)
    if (shut(visit)) return res.redirect(303, place(visit))
    const path = pathOf(visit)
    if (!visit.token || !visit.draft || path.open) return res.redirect(303, place(visit, path.open))
    if (!genuine(req.body, visit)) return res.redirect(303, place(visit, 'review'))
    const chosen = switched(req.body, visit)
    if (chosen) {
      rememberLanguage(res, chosen)
      return res.redirect(303, place(visit, 'review'))
    }
    if (req.body.go === 'later' && !visit.kiosk) return finishLater(req, res, visit, visit.token)
    if (Object.keys(path.answers).length === 0) return res.redirect(303, place(visit, 'review'))
    const settled = settleWalked(visit.questionnaire, path, {
      version: visit.draft.version,
      language: visit.lang,
      channel: visit.draft.channel,
      hour: now(),
    })
    const hash = hashOf(visit.token, visit.survey.id)
    // A shared tablet shows nobody's code to the next person.
    const mayWithdraw = visit.survey.fielding.withdrawal && !visit.kiosk
    const code = mayWithdraw ? await makeWithdrawCode(visit.survey.id) : undefined
    const { id } = visit.survey
    const done = await stores.responses.submit(id, hash, settled, visit.admission?.hash, code?.hash)
    // Its code was used meanwhile: the start says so. The draft is still there, for another code.
    if (done === 'refused') return res.redirect(303, place(visit))
    if (done === 'saved') steps.sent(req, visit)
    if (done === 'saved' && code) passWithdrawCode(res, visit, code.letters)
    toReceipt(res, visit)
  })

  /** Reached from an error page of the post, by reloading it or by its language list. */
  router.get('/:slug/send', async (req, res) => res.redirect(303, place(await arrive(req, res), 'review')))

  router.get('/:slug/thanks', async (req, res) => {
    const visit = await arrive(req, res)
    if (!(await spent(visit))) return res.redirect(303, place(visit))
    const page = thanksPage(visit, now(), await heardAddress(stores, visit.survey))
    if (visit.kiosk) {
      mayIdle(res, visit.survey, 'receipt')
      return render(res, 'respond/thanks', page, visit.chosen)
    }
    const letters = takeWithdrawCode(req, res, visit)
    if (letters) {
      res.set('Cache-Control', 'no-store')
      const withdraw = { written: writeWithdrawCode(letters), address: place(visit, 'withdraw') }
      return render(res, 'respond/thanks', { ...page, withdraw }, visit.chosen)
    }
    const shelf = kept.pages(visit.survey, visit.district, visit.t)
    const key = `thanks ${visit.draft?.version ?? visit.survey.version} ${page.until}`
    const known = shelf.find(key)
    if (known) return sendKept(res, known)
    renderKept(res, 'respond/thanks', page, visit.chosen, (made) => shelf.keep(key, made))
  })

  router.get('/:slug/:section', async (req, res) => {
    const visit = await arrive(req, res)
    const { section } = req.params
    if (!hasPage(visit.questionnaire, section)) throw notFound()
    if (await spent(visit)) return res.redirect(303, place(visit, 'thanks'))
    if (lost(req, visit)) return showStart(res, visit, { noCookies: true })
    if (shut(visit) || !agreed(visit, req.query.part)) return res.redirect(303, place(visit))
    const path = pathOf(visit)
    const step = stepAt(path, section)
    if (!step || !mayVisit(path, section))
      return res.redirect(303, place(visit, path.open ?? 'review') + knownQuery(visit))
    const token = visit.token ?? newToken()
    keepToken(res, visit, token)
    steps.arrived(req, res, visit, section)
    res.set('Cache-Control', 'no-store')
    const typed = visit.draft?.typed[section]
    const problems =
      typed && req.query.see === 'problems' ? parsePage(step.questions, typed, visit.lang).problems : []
    showSection(res, visit, kept, path, step, {
      token,
      typed,
      problems,
      fromReview: req.query.from === 'review',
    })
  })

  router.post('/:slug/:section', form, sameOrigin, async (req, res) => {
    const body = (req.body ?? {}) as FormBody
    const visit = await arrive(req, res)
    const { section } = req.params
    const own = genuine(body, visit)
    if (await spent(visit)) return toReceipt(res, visit)
    if (shut(visit) || !agreed(visit, undefined)) return res.redirect(303, place(visit))
    const path = pathOf(visit)
    const step = stepAt(path, String(section))
    if (!step || !mayVisit(path, step.code)) return res.redirect(303, place(visit, path.open ?? 'review'))
    const code = step.code
    const token = visit.token ?? newToken()
    const draft = visit.draft ?? emptyDraft(visit)
    const hash = hashOf(token, visit.survey.id)
    keepToken(res, visit, token)
    const suffix = returning(body)
    const typed = { ...draft.typed, [code]: typedOn(step.questions, body) }
    const goTo = (page: string) => res.redirect(303, place(visit, page) + cookieNote(req, page))

    // A form of another draft (a tab left open) is shown again under this one, to be looked at before it counts.
    // Changing language, going back or stopping keeps the page as it was typed, right or wrong.
    const chosen = switched(body, visit)
    const later = body.go === 'later' && !visit.kiosk
    if (chosen || body.go === 'back' || later || !own) {
      await stores.drafts.save(hash, { ...draft, typed }, now())
      if (later && own && !chosen && !keepsNoCookies(req)) return finishLater(req, res, visit, token)
      if (chosen) rememberLanguage(res, chosen)
      return goTo(body.go === 'back' ? (neighbour(path, code, -1) ?? '') : code + suffix)
    }

    const { given, problems } = parsePage(step.questions, body, visit.lang)
    if (problems.length > 0) {
      await stores.drafts.save(hash, { ...draft, typed }, now())
      if (isSentByScript(req)) return goTo(code + returning({ ...body, see: 'problems' }))
      res.status(422)
      return showSection(res, visit, kept, path, step, {
        token,
        typed: typed[code],
        problems,
        fromReview: body.from === 'review',
      })
    }

    const { [code]: _, ...others } = typed
    const saved: Draft = {
      ...draft,
      language: visit.lang,
      answers: withPage(draft.answers, given, step.questions),
      passed: [...new Set([...draft.passed, code])],
      typed: others,
    }
    const after = pathAlong(visit.questionnaire, saved)
    // An answer may have brought up a question on this same page: it is asked before going on.
    const asked = new Set(step.questions.map((question) => question.code))
    const more = stepAt(after, code)?.questions.some((question) => !asked.has(question.code))
    await stores.drafts.save(hash, saved, now())
    steps.moved(visit, path, after, code)
    if (more) return goTo(code + suffix)
    const ahead = body.from === 'review' ? after.open : neighbour(after, code, 1)
    goTo(ahead ?? after.open ?? 'review')
  })

  return router
}

/** What the next page should still know: that it was reached from the review, that its problems were shown. */
function returning(body: FormBody): string {
  const query = new URLSearchParams()
  if (body.from === 'review') query.set('from', 'review')
  if (body.see === 'problems') query.set('see', 'problems')
  return query.size > 0 ? `?${query}` : ''
}

/** Tells the next page that the browser sent no cookie back, so that it can say so if there is none again. */
const cookieNote = (req: Request, page: string): string =>
  keepsNoCookies(req) ? `${page.includes('?') ? '&' : '?'}cookie=none` : ''
