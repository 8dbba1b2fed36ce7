import { type Request, type Response, Router, urlencoded } from 'express'
import type { Messages } from '../../language/wording.ts'
import { readCode } from '../../response/code.ts'
import type { StoredCode, Stores } from '../../store/stores.ts'
import { hashCode } from '../../web/codeHash.ts'
import { leaveCookie } from '../../web/cookie.ts'
import { notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { cookies } from '../../web/language.ts'
import { codeLimit, noLimit } from '../../web/rateLimit.ts'
import { sameOrigin } from '../../web/sameOrigin.ts'
import { render } from '../pages.ts'
import { forgetAdmission, keepAdmission } from './admission.ts'
import type { KeptPages } from './keptPages.ts'
import { noPage, noticePage } from './respondPages.ts'
import { type CodeProblem, startShown } from './start.ts'
import {
  arrival,
  forgetToken,
  hashOf,
  keepToken,
  knownQuery,
  newToken,
  openness,
  pathOf,
  place,
  spentBy,
  type Visit,
} from './visit.ts'

type Config = { sessionSecret: string }
/** This browser said no to this survey: no more than that, so that saying it again is not counted again. */
const saidNo = 'no'
const saidNoLasts = 14 * 24 * 3600 * 1000
/** Longer than any code with all its dashes and spaces. */
const longestCode = 40

/** Ways into a survey, and the way out before it begins: access codes, "no", and the notice for families. */
export function accessRoutes(
  stores: Stores,
  messages: Messages,
  kept: KeptPages,
  { sessionSecret }: Config,
  now: () => number,
): Router {
  const router = Router({ caseSensitive: true })
  const form = urlencoded({ extended: false, limit: '10kb' })
  const arrive = arrival(stores, messages, sessionSecret)
  const showStart = startShown(stores, kept, now)
  const shut = ({ survey }: Visit) => openness(survey, now()) !== 'open'
  const spent = spentBy(stores)

  router.post('/:slug/code', form, sameOrigin, codeLimit(), async (req, res) => {
    const visit = await arrive(req, res)
    const { survey, admission } = visit
    if (shut(visit) || survey.fielding.access !== 'codes')
      return res.redirect(303, place(visit) + knownQuery(visit))
    const typed = formField(req, 'code').slice(0, longestCode)
    const letters = readCode(typed)
    const hash = letters && (await hashCode('access', letters))
    const code = hash ? await stores.codes.find(hash) : undefined
    const problem = problemWith(letters, code, survey.id)
    if (problem === 'out') return render(res, 'respond/out', visit.head, visit.chosen)
    if (problem || !hash || !code) {
      res.status(422)
      const other = problem === 'other' && code ? await otherSurvey(stores, code.survey) : undefined
      return showStart(res, visit, { code: typed, problem: problem ?? 'unknown', other })
    }
    keepAdmission(res, sessionSecret, survey, hash)
    const fresh = (await spent(visit)) || (admission?.state === 'unused' && admission.hash !== hash)
    const { school, group } = code
    const known = { ...visit.known, ...(school && { school }), ...(group && { group }) }
    const begun: Visit = { ...visit, known, ...(fresh && { draft: undefined }) }
    // Another person on the same device must not come upon the answers of the one before.
    if (fresh) keepToken(res, visit, newToken())
    const onward = place(visit, pathOf(begun).open ?? 'review') + knownQuery(begun)
    // The next page can tell by this that the browser kept no cookie.
    res.redirect(303, `${onward}${onward.includes('?') ? '&' : '?'}code=taken`)
  })

  /** Reached by reloading a page that the form gave, or by its language list. */
  const toStart = async (req: Request, res: Response) => {
    const visit = await arrive(req, res)
    res.redirect(303, place(visit) + knownQuery(visit))
  }
  router.get('/:slug/code', toStart)

  const refusalLimit = noLimit()
  router.post('/:slug/no', form, sameOrigin, async (req, res) => {
    const visit = await arrive(req, res)
    const { survey, token, draft } = visit
    if (await spent(visit)) return res.redirect(303, place(visit, 'thanks'))
    if (shut(visit) || !visit.questionnaire.assent) return res.redirect(303, place(visit))
    // Once for each browser, but for a shared tablet; and no more than a whole school from one address. Whoever is not
    // counted reads the same page.
    const before = cookies(req)[saidNo] !== undefined && !visit.kiosk
    await new Promise((done) => void refusalLimit(req, res, done))
    if (!before && res.locals.uncounted !== true) await stores.refusals.add(survey.id)
    if (!visit.kiosk) leaveCookie(res, saidNo, 'yes', { path: place(visit), maxAge: saidNoLasts })
    if (token && draft) await stores.drafts.remove(hashOf(token, survey.id))
    forgetToken(res, visit)
    forgetAdmission(res, survey)
    res.redirect(303, place(visit, 'no'))
  })

  router.get('/:slug/no', async (req, res) => {
    const visit = await arrive(req, res)
    if (!visit.questionnaire.assent) throw notFound()
    render(res, 'respond/no', noPage(visit), visit.chosen)
  })

  /** Families read it before the survey opens, and after. */
  router.get('/:slug/notice', async (req, res) => {
    const visit = await arrive(req, res, { unopened: true })
    const page = noticePage(visit)
    if (!page) throw notFound()
    render(res, 'respond/notice', page, visit.chosen)
  })

  return router
}

function problemWith(
  letters: string | undefined,
  code: StoredCode | undefined,
  survey: number,
): CodeProblem | undefined {
  if (!letters) return 'slip'
  if (!code) return 'unknown'
  if (code.survey !== survey) return 'other'
  return code.state === 'unused' ? undefined : code.state
}

async function otherSurvey(stores: Pick<Stores, 'surveys'>, id: number): Promise<string | undefined> {
  const survey = (await stores.surveys.list()).find((one) => one.id === id)
  return survey && survey.state !== 'draft' ? `/s/${survey.slug}` : undefined
}
