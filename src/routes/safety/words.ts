import { type RequestHandler, type Response, Router } from 'express'
import { sayDate } from '../../language/format.ts'
import { direction } from '../../language/tags.ts'
import type { Messages } from '../../language/wording.ts'
import type { Stores } from '../../store/stores.ts'
import {
  dangerOnes,
  maskOnes,
  type OwnList,
  ownWordsKey,
  readOwnWords,
  standingChanges,
  type WordChange,
  type WordFault,
  wordFault,
} from '../../theme/ownWords.ts'
import { type DangerKind, dangerLists } from '../../theme/safety.ts'
import { audit } from '../../web/audit.ts'
import { badRequest, conflict } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { WordListsPage } from '../models/help.ts'
import { officeReader } from '../office/watching.ts'
import { render } from '../pages.ts'

type Shelf = Pick<Stores, 'settings' | 'people' | 'audit'>
type Hall = { stores: Shelf; messages: Messages; now: () => number }
type Which = 'danger' | 'mask'
type Typed = { change: WordChange; fault: WordFault }

const homes = { danger: '/office/help/words', mask: '/office/mask-words' }
const listsOf = { danger: dangerOnes, mask: maskOnes }
const verbs = ['add', 'drop', 'off', 'on'] as const
/** Changes that are shown of the log, the latest first. */
const mostShown = 200

/** Word lists that a district changes: of danger by those who are named to read the queue, of names by the office. */
export function wordRoutes(stores: Shelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const hall: Hall = { stores, messages, now }
  const [safety, office] = [requireDoor('safety'), requireDoor('office')]
  router.get('/office/help/words', safety, (req, res) => show(hall, 'danger', res, req.query.done === 'kept'))
  router.post('/office/help/words', safety, keep(hall, 'danger'))
  router.get('/office/mask-words', office, (req, res) => show(hall, 'mask', res, req.query.done === 'kept'))
  router.post('/office/mask-words', office, keep(hall, 'mask'))
  return router
}

/** It holds at once: whoever looks for danger or masks a comment reads the lists anew. */
const keep =
  (hall: Hall, which: Which): RequestHandler =>
  async (req, res) => {
    const { stores, now } = hall
    const list = listsOf[which].find((one) => one === formField(req, 'list'))
    const did = verbs.find((one) => one === formField(req, 'did'))
    const lang = tagsOf(hall).find((tag) => tag === formField(req, 'lang'))
    if (!list || !did || !lang) throw badRequest()
    const squeezed = (name: string) => formField(req, name).replaceAll(/\s+/g, ' ').trim()
    const was = await stores.settings.find(ownWordsKey)
    const { log } = readOwnWords(was)
    if (formField(req, 'seen') !== String(log.length)) throw conflict('told.changed')
    const by = currentPerson(req)?.id ?? ''
    const change: WordChange = {
      ...{ list, lang, did, by, at: now() },
      ...{ phrase: squeezed('phrase'), reason: squeezed('reason') },
    }
    const fault = wordFault(log, change)
    if (fault) return show(hall, which, res, false, { change, fault })
    // Somebody else may have been quicker, in this process or another.
    if (!(await stores.settings.swap(ownWordsKey, was, JSON.stringify([...log, change]))))
      throw conflict('told.changed')
    await audit(stores, req, now(), 'settings-changed', '', `${which}-words ${did} ${list} ${lang}`)
    res.redirect(303, `${homes[which]}?done=kept`)
  }

const tagsOf = ({ messages }: Hall): string[] => [
  ...new Set([...messages.tags, ...dangerLists().map(({ lang }) => lang)]),
]

async function show(hall: Hall, which: Which, res: Response, done: boolean, typed?: Typed): Promise<void> {
  const { stores, messages } = hall
  const { lang } = readerLanguage(res.req, res, messages.tags)
  const { reader, nameOf } = officeReader(messages, lang)
  const [{ log }, people, { timeZone }] = await Promise.all([
    stores.settings.find(ownWordsKey).then(readOwnWords),
    stores.people.list(),
    stores.settings.district(),
  ])
  const mine = (one: { list: OwnList }) => listsOf[which].includes(one.list)
  const standing = standingChanges(log).filter(mine)
  const rowOf = ({ list, lang: tag, phrase, did, reason, by, at }: WordChange) => ({
    ...{ list, lang: tag, dir: direction(tag), language: nameOf(tag), phrase, did, reason },
    by: people.find(({ id }) => id === by)?.email ?? reader.t('themes.left'),
    at: {
      words: sayDate(lang, at, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
      iso: new Date(at).toISOString(),
    },
  })
  const isOff = (list: OwnList, tag: string, phrase: string) =>
    standing.some(
      (one) => one.did === 'off' && one.list === list && one.lang === tag && one.phrase === phrase,
    )
  if (typed) res.status(422)
  const page: WordListsPage = {
    which,
    action: homes[which],
    seen: log.length,
    kinds: listsOf[which],
    tags: tagsOf(hall).map((tag) => ({ tag, name: nameOf(tag) })),
    own: standing.map(rowOf),
    log: log.filter(mine).slice(-mostShown).reverse().map(rowOf),
    lists:
      which === 'mask'
        ? []
        : dangerLists().map(({ lang: tag, words, ways }) => ({
            ...{ tag, name: reader.own(nameOf(tag)) },
            kinds: (['self-harm', 'abuse', 'threat'] satisfies DangerKind[]).map((kind) => ({
              kind,
              words: words[kind].map((phrase) => ({ phrase, off: isOff(kind, tag, phrase) })),
            })),
            ways: ways.map((phrase) => ({ phrase, off: isOff('way', tag, phrase) })),
          })),
    typed: typed?.change,
    fault: typed?.fault,
    done,
  }
  render(res, 'office/help-words', page)
}
