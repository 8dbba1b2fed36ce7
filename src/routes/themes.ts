import { Router, urlencoded } from 'express'
import type { Messages } from '../language/wording.ts'
import type { Learner } from '../learning/learner.ts'
import type { Codebook } from '../theme/codebook.ts'
import { behind, requireDoor } from '../web/guard.ts'
import { uploadForm } from '../web/upload.ts'
import { drawSample, settle, showAgreement } from './themes/agreement.ts'
import { saveAlike, showAlike } from './themes/alike.ts'
import { home as book, readBack, restore, sendCodebook, showCodebook, takeBack } from './themes/codebook.ts'
import { saveCodes, showDesk, undoCodes } from './themes/desk.ts'
import { showHome } from './themes/home.ts'
import { largestImport, showImport, takeImport } from './themes/import.ts'
import { accept, learnNow, showLearning, withdraw } from './themes/learning.ts'
import { openSaid } from './themes/said.ts'
import type { Shelf, Shop } from './themes/shop.ts'
import { merge, newTheme, remove, saveTheme, showTheme, split } from './themes/theme.ts'

const desk = '/office/surveys/:slug/comments'

/** Large forms and files, which only those who read comments may send: before the check of form tokens. */
export function themeForms(): Router {
  const router = Router()
  const large = [desk, book]
  router.use(large, behind('comments', uploadForm(largestImport)))
  router.use(large, behind('comments', urlencoded({ extended: false, limit: '13mb', parameterLimit: 2000 })))
  return router
}

/** Where comments are read and coded, and where the codebook is kept. `shipped`: the codebook that comes with Heard. */
export function themeRoutes(
  stores: Shelf,
  messages: Messages,
  { learner, shipped }: { learner: Learner; shipped: Codebook },
  now: () => number,
): Router {
  const router = Router()
  const [reads, decides] = [requireDoor('comments'), requireDoor('office')]
  const shop: Shop = { stores, messages, said: openSaid(stores), shipped, learner, now }
  router.get('/office/comments', reads, showHome(shop))
  router.get(desk, reads, showDesk(shop))
  router.post(desk, reads, saveCodes(shop))
  router.post(`${desk}/undo`, reads, undoCodes(shop))
  router.get(`${desk}/alike`, reads, showAlike(shop))
  router.post(`${desk}/alike`, reads, saveAlike(shop))
  router.get(`${desk}/agreement`, reads, showAgreement(shop))
  router.post(`${desk}/agreement`, reads, drawSample(shop))
  router.post(`${desk}/settle`, reads, settle(shop))
  router.get(`${desk}/learning`, reads, showLearning(shop))
  router.post(`${desk}/learning`, reads, learnNow(shop))
  router.post(`${desk}/accept`, decides, accept(shop))
  router.post(`${desk}/withdraw`, decides, withdraw(shop))
  router.get(`${desk}/import`, decides, showImport(shop))
  router.post(`${desk}/import`, decides, takeImport(shop))
  router.get(book, reads, showCodebook(shop))
  router.get(`${book}.csv`, reads, sendCodebook(shop))
  router.post(`${book}/file`, decides, readBack(shop))
  router.post(`${book}/take`, decides, takeBack(shop))
  router.post(`${book}/restore`, decides, restore(shop))
  router.get(`${book}/new`, decides, newTheme(shop))
  router.post(`${book}/new`, decides, saveTheme(shop))
  router.get(`${book}/:code`, reads, showTheme(shop))
  router.post(`${book}/:code`, decides, saveTheme(shop))
  router.post(`${book}/:code/merge`, decides, merge(shop))
  router.post(`${book}/:code/split`, decides, split(shop))
  router.post(`${book}/:code/remove`, decides, remove(shop))
  return router
}
