import { Router } from 'express'
import type { Messages } from '../language/wording.ts'
import type { Crosswalk } from '../plan/crosswalk.ts'
import { planIndex, planPage } from '../plan/page.ts'
import type { Stores } from '../store/stores.ts'
import { readerLanguage } from '../web/language.ts'
import { render } from './pages.ts'

/** The public pages of the plan versions. */
export function planRoutes(stores: Stores, messages: Messages, crosswalk: Crosswalk | null): Router {
  const router = Router()

  router.get('/plans', async (req, res) => {
    const { lang } = readerLanguage(req, res, messages.tags)
    render(
      res,
      'plans/index',
      planIndex(await stores.plans.list(), lang, messages.t(lang)('plan.index.title')),
    )
  })

  router.get('/plans/:id', async (req, res, next) => {
    const plan = await stores.plans.find(req.params.id)
    if (!plan) return next()
    const { lang } = readerLanguage(req, res, messages.tags)
    render(res, 'plans/show', planPage(plan, { tag: lang, plans: await stores.plans.list(), crosswalk }))
  })

  return router
}
