import { Router, urlencoded } from 'express'
import type { Messages } from '../language/wording.ts'
import { type Unread, unreadIn } from '../questionnaire/strings.ts'
import { behind, requireDoor } from '../web/guard.ts'
import { uploadForm } from '../web/upload.ts'
import type { Shelf, Shop } from './translate/desk.ts'
import { largestTranslation, readBack, sendFile, takeBack } from './translate/file.ts'
import { addLanguage, showHome, showLanguage } from './translate/home.ts'
import { showDesk } from './translate/page.ts'
import { saveDesk } from './translate/typed.ts'
import type { OwnTexts } from './translate/wordings.ts'

const home = '/office/translate'
const desks = [`${home}/surveys/:slug/:tag`, `${home}/interface/:tag`]

/** Large forms and files, which only those who translate may send: before the check of form tokens. */
export function translateForms(): Router {
  const router = Router()
  router.use(home, behind('translate', uploadForm(largestTranslation)))
  // What a file would change comes back with the form that takes it, in letters that take six characters each.
  router.use(home, behind('translate', urlencoded({ extended: false, limit: '24mb', parameterLimit: 1000 })))
  return router
}

/**
 * Where surveys and the interface are translated: /office/translate. `shipped`: questionnaires and items that come with
 * Heard, whose translations nobody has read.
 */
export function translateRoutes(
  stores: Shelf,
  messages: Messages,
  own: OwnTexts,
  shipped: readonly unknown[],
  now: () => number,
): Router {
  const router = Router()
  const door = requireDoor('translate')
  let found: Unread | undefined
  // Looked through when somebody asks: most processes never translate.
  const unread = () => {
    found ??= unreadIn(shipped)
    return found
  }
  const shop: Shop = { stores, messages, own, unread, now }
  router.get(home, door, showHome(shop))
  router.post(`${home}/languages`, requireDoor('office'), addLanguage(shop))
  router.post(`${home}/languages/:tag`, requireDoor('office'), showLanguage(shop))
  for (const desk of desks) {
    router.get(desk, door, showDesk(shop))
    router.post(desk, door, saveDesk(shop))
    router.get(`${desk}/file/:format`, door, sendFile(shop))
    router.post(`${desk}/file`, door, readBack(shop))
    router.post(`${desk}/take`, door, takeBack(shop))
  }
  return router
}
