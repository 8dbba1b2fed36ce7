import { type Request, type Response, Router, urlencoded } from 'express'
import type { Messages } from '../../language/wording.ts'
import { writeCode } from '../../response/code.ts'
import type { Stores } from '../../store/stores.ts'
import { siteAddress } from '../../web/address.ts'
import { notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { cookies, rememberLanguage } from '../../web/language.ts'
import { codeLimit, newCodeLimit } from '../../web/rateLimit.ts'
import { sameOrigin } from '../../web/sameOrigin.ts'
import type { ResumeProblem } from '../models/later.ts'
import { render } from '../pages.ts'
import { keepAdmission } from './admission.ts'
import { laterUntil, makeLaterCode, passLaterCode, takeLaterCode, tryLaterCode } from './laterCode.ts'
import { laterPage, resumePage } from './laterPages.ts'
import { arrival, genuine, keepToken, openness, pathOf, place, switched, type Visit } from './visit.ts'

type Config = { sessionSecret: string; baseUrl?: string | undefined }
/** Longer than any code with all its dashes and spaces. */
const longestCode = 40

/** Stopping and coming back: the page that shows a code for finishing later, and the one that takes it. */
export function laterRoutes(stores: Stores, messages: Messages, config: Config, now: () => number): Router {
  const router = Router({ caseSensitive: true })
  const form = urlencoded({ extended: false, limit: '10kb' })
  const arrive = arrival(stores, messages, config.sessionSecret)
  const shut = ({ survey }: Visit) => openness(survey, now()) !== 'open'
  const goOn = (visit: Visit) => place(visit, pathOf(visit).open ?? 'review')

  /** Nothing of this on a shared tablet: its next person must not come upon it. Undefined when it is sent elsewhere. */
  async function enter(req: Request, res: Response): Promise<Visit | undefined> {
    const visit = await arrive(req, res)
    if (visit.kiosk) throw notFound()
    res.set('Cache-Control', 'no-store')
    if (!shut(visit)) return visit
    res.redirect(303, place(visit))
    return undefined
  }

  router.get('/:slug/later', async (req, res) => {
    const visit = await enter(req, res)
    if (!visit) return
    if (!visit.token || !visit.draft) return res.redirect(303, place(visit))
    const letters = takeLaterCode(req, res, visit)
    const until = laterUntil(visit, now())
    render(
      res,
      'respond/later',
      laterPage(visit, {
        code: letters ? { letters, written: writeCode(letters) } : undefined,
        address: `${siteAddress(req, config)}${place(visit, 'resume')}`,
        until,
        token: visit.token,
        back: goOn(visit),
      }),
      visit.chosen,
    )
  })

  /** Another code, or the same page in another language: the form itself brings the code, which we do not have. */
  router.post('/:slug/later', form, sameOrigin, newCodeLimit(), async (req, res) => {
    const visit = await enter(req, res)
    if (!visit) return
    if (!visit.token || !visit.draft || !genuine(req.body, visit)) return res.redirect(303, place(visit))
    const chosen = switched(req.body, visit)
    if (chosen) rememberLanguage(res, chosen)
    const letters = chosen
      ? formField(req, 'letters').slice(0, longestCode)
      : await makeLaterCode(stores, visit, visit.token, now())
    if (letters) passLaterCode(res, visit, letters)
    res.redirect(303, place(visit, 'later'))
  })

  const ask = (res: Response, visit: Visit, tried: { typed: string; problem?: ResumeProblem }) =>
    render(
      res,
      'respond/resume',
      resumePage(visit, { begun: visit.draft && goOn(visit), ...tried }),
      visit.chosen,
    )

  router.get('/:slug/resume', async (req, res) => {
    const visit = await enter(req, res)
    if (visit) ask(res, visit, { typed: '' })
  })

  router.post('/:slug/resume', form, sameOrigin, codeLimit(), async (req, res) => {
    const visit = await enter(req, res)
    if (!visit) return
    const typed = formField(req, 'code').slice(0, longestCode)
    const tried = await tryLaterCode(stores, typed, visit.survey.id)
    if (tried.state !== 'found') {
      res.status(422)
      return ask(res, visit, { typed, problem: tried.state })
    }
    const { token, draft, admission } = tried
    keepToken(res, visit, token)
    if (admission) keepAdmission(res, config.sessionSecret, visit.survey, admission)
    // A device that nobody chose a language on goes on in the one that was left.
    if (!cookies(req).lang) rememberLanguage(res, draft.language)
    const questionnaire = await stores.surveys.version(visit.survey.id, draft.version)
    res.redirect(303, goOn({ ...visit, questionnaire, draft }))
  })

  return router
}
