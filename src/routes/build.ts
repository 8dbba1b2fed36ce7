import { Router, urlencoded } from 'express'
import type { Messages } from '../language/wording.ts'
import { type Bank, noBank } from '../questionnaire/bank/bank.ts'
import { behind, requireDoor } from '../web/guard.ts'
import { uploadForm } from '../web/upload.ts'
import { actInBank, showBank } from './build/bank.ts'
import { begin, type Sources, showNew } from './build/begin.ts'
import { publishIt, showCheck } from './build/check.ts'
import { largestFile, readFile, saveAsFile, takeFile } from './build/file.ts'
import { frameRoutes, showTyped } from './build/frame.ts'
import { restore, showHistory, undo } from './build/history.ts'
import { askDiscard, bringBack, discard, showHome, takeUp } from './build/home.ts'
import { act, addOne, addSectionHere, showOverview } from './build/overview.ts'
import { showPreview } from './build/preview.ts'
import { editOne, showQuestion } from './build/question.ts'
import { editOneSection, showSection } from './build/section.ts'
import { editAll, showSettings } from './build/settings.ts'
import type { Shelf, Shop } from './build/work.ts'

/** A question in twelve languages with twenty options has some hundreds of fields. */
const largestForm = { extended: false, limit: '2mb', parameterLimit: 10_000 }

/**
 * What has to come before the check of form tokens: large forms, which only the office may send, and the pages inside
 * the preview's frame.
 */
export function buildForms(stores: Shelf, messages: Messages, now: () => number): Router {
  const router = Router()
  router.use(frameRoutes({ stores, messages, now }))
  router.use('/office/build/file', behind('office', uploadForm(largestFile)))
  router.use('/office/build/read', behind('office', urlencoded({ ...largestForm, limit: '40mb' })))
  router.use('/office/build', behind('office', urlencoded(largestForm)))
  return router
}

type Given = Omit<Sources, 'bank'> & { bank?: Bank | undefined }

/** Where questionnaires are made and changed: /office/build. */
export function buildRoutes(stores: Shelf, messages: Messages, given: Given, now: () => number): Router {
  const sources: Sources = { ...given, bank: given.bank ?? noBank }
  const router = Router()
  const door = requireDoor('office')
  const shop: Shop = { stores, messages, now }
  const home = '/office/build'
  router.get(home, door, showHome(shop))
  router.get(`${home}/new`, door, showNew(shop, sources))
  router.post(`${home}/new`, door, begin(shop, sources))
  router.post(`${home}/file`, door, readFile(shop))
  router.post(`${home}/read`, door, takeFile(shop))
  router.get(`${home}/bank`, door, showBank(shop, sources))
  router.post(`${home}/bank`, door, actInBank(shop, sources))
  const one = `${home}/:slug`
  router.get(`${one}/bank`, door, showBank(shop, sources))
  router.post(`${one}/bank`, door, actInBank(shop, sources))
  router.get(one, door, showOverview(shop))
  router.post(`${one}/take-up`, door, takeUp(shop))
  router.get(`${one}/discard`, door, askDiscard(shop))
  router.post(`${one}/discard`, door, discard(shop))
  router.post(`${one}/bring-back`, door, bringBack(shop))
  router.post(`${one}/do`, door, act(shop))
  router.post(`${one}/add`, door, addOne(shop))
  router.post(`${one}/add-section`, door, addSectionHere(shop))
  router.get(`${one}/q/:code`, door, showQuestion(shop))
  router.post(`${one}/q/:code`, door, editOne(shop))
  router.post(`${one}/q/:code/show`, door, showTyped(shop))
  router.get(`${one}/section/:code`, door, showSection(shop))
  router.post(`${one}/section/:code`, door, editOneSection(shop))
  router.get(`${one}/settings`, door, showSettings(shop))
  router.post(`${one}/settings`, door, editAll(shop))
  router.get(`${one}/history`, door, showHistory(shop))
  router.post(`${one}/undo`, door, undo(shop))
  router.post(`${one}/restore`, door, restore(shop))
  router.get(`${one}/questionnaire.xlsx`, door, saveAsFile(shop, 'xlsx'))
  router.get(`${one}/questionnaire.json`, door, saveAsFile(shop, 'json'))
  router.get(`${one}/preview`, door, showPreview(shop))
  router.get(`${one}/check`, door, showCheck(shop))
  router.post(`${one}/publish`, door, publishIt(shop))
  return router
}
