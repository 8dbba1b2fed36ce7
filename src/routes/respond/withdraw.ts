import { type Request, type Response, Router, urlencoded } from 'express'
import type { Messages } from '../../language/wording.ts'
import type { Stores } from '../../store/stores.ts'
import { auditBy } from '../../web/audit.ts'
import { notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { rememberLanguage } from '../../web/language.ts'
import { codeLimit } from '../../web/rateLimit.ts'
import { sameOrigin } from '../../web/sameOrigin.ts'
import type { WithdrawPage } from '../models/respond.ts'
import { render } from '../pages.ts'
import { arrival, openness, place, switched, type Visit } from './visit.ts'
import { readWithdrawCode, withdrawHash } from './withdrawCode.ts'

/** Longer than any code with all its dashes and spaces. */
const longestCode = 60

/** Taking a response back with the code of its receipt, while the survey is open and its owner has switched that on. */
export function withdrawRoutes(
  stores: Stores,
  messages: Messages,
  config: { sessionSecret: string },
  now: () => number,
): Router {
  const router = Router({ caseSensitive: true })
  const form = urlencoded({ extended: false, limit: '10kb' })
  const arrive = arrival(stores, messages, config.sessionSecret)

  async function enter(req: Request, res: Response): Promise<Visit> {
    const visit = await arrive(req, res)
    const { survey } = visit
    if (!survey.fielding.withdrawal || openness(survey, now()) !== 'open') throw notFound()
    res.set('Cache-Control', 'no-store')
    return visit
  }

  const show = (res: Response, visit: Visit, tried: Pick<WithdrawPage, 'typed' | 'problem' | 'done'>) =>
    render(
      res,
      'respond/withdraw',
      { ...visit.head, ...tried, action: place(visit, 'withdraw'), start: place(visit) },
      visit.chosen,
    )

  router.get('/:slug/withdraw', async (req, res) =>
    show(res, await enter(req, res), { typed: '', problem: undefined, done: req.query.done === 'yes' }),
  )

  router.post('/:slug/withdraw', form, sameOrigin, codeLimit(), async (req, res) => {
    const visit = await enter(req, res)
    const chosen = switched(req.body, visit)
    if (chosen) {
      rememberLanguage(res, chosen)
      return res.redirect(303, place(visit, 'withdraw'))
    }
    const { id, slug } = visit.survey
    const typed = formField(req, 'code').slice(0, longestCode)
    const letters = readWithdrawCode(typed)
    const gone = letters && (await stores.life.withdraw(id, await withdrawHash(letters, id)))
    if (!gone) {
      res.status(422)
      return show(res, visit, { typed, problem: letters ? 'unknown' : 'slip', done: false })
    }
    // That one was taken back, and nothing of whose or which.
    await auditBy(stores, undefined, now(), 'deleted', slug, 'response 1')
    res.redirect(303, `${place(visit, 'withdraw')}?done=yes`)
  })

  return router
}
