import { type Request, type RequestHandler, type Response, Router, urlencoded } from 'express'
import { takesQuestions } from '../../commitment/conversation.ts'
import { pick } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import type { StoredConversation, Stores } from '../../store/stores.ts'
import { notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { readerLanguage } from '../../web/language.ts'
import { askLimit } from '../../web/rateLimit.ts'
import { sameOrigin } from '../../web/sameOrigin.ts'
import type { AskPage } from '../models/talks.ts'
import { dayOf, sayDay } from '../office/watching.ts'
import { render } from '../pages.ts'
import { helpLine } from '../respond/respondPages.ts'

type Shelf = Pick<Stores, 'conversations' | 'settings'>
type Id = { id: string }

/** The longest question, in letters, and how many may wait for one conversation. */
const longest = 1000
const mostWaiting = 2000

/**
 * Where families send in a question before a conversation: no account, no name, no cookie. What they send waits until
 * the office has looked at it.
 */
export function askRoutes(stores: Shelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const form = urlencoded({ extended: false, limit: '50kb' })
  router.get('/ask/:id', showAsk(stores, messages, now))
  router.post('/ask/:id', form, sameOrigin, askLimit(), takeAsk(stores, messages, now))
  return router
}

async function askable(stores: Shelf, id: string): Promise<StoredConversation> {
  const talk = /^\d{1,15}$/.test(id) ? await stores.conversations.find(Number(id)) : undefined
  // One that takes no questions is nobody's business out here.
  if (!talk?.asks) throw notFound('talks.error.noTalk')
  return talk
}

const isOpen = async (stores: Shelf, talk: StoredConversation, now: number): Promise<boolean> => {
  const { timeZone } = await stores.settings.district()
  if (!takesQuestions(talk, dayOf(now, timeZone))) return false
  return ((await stores.conversations.waiting()).get(talk.id)?.waiting ?? 0) < mostWaiting
}

async function show(
  stores: Shelf,
  messages: Messages,
  res: Response,
  talk: StoredConversation,
  { state, typed = '', problem }: Pick<AskPage, 'state'> & Partial<Pick<AskPage, 'typed' | 'problem'>>,
): Promise<void> {
  const { lang } = readerLanguage(res.req as Request, res, messages.tags)
  const t = messages.t(lang)
  const district = await stores.settings.district()
  res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
  if (problem) res.status(422)
  render(res, 'ask/form', {
    title: state === 'sent' ? t('talks.ask.sent') : t('talks.ask.title'),
    action: `/ask/${talk.id}?lang=${lang}`,
    again: `/ask/${talk.id}?lang=${lang}`,
    about: pick(talk.title, lang, 'en'),
    on: sayDay(lang, talk.on),
    district: pick(district.name, lang, 'en'),
    state,
    typed,
    most: longest,
    problem,
    help: helpLine({ district, lang, t }),
    sample: talk.sample,
  })
}

const showAsk =
  (stores: Shelf, messages: Messages, now: () => number): RequestHandler<Id> =>
  async (req, res) => {
    const talk = await askable(stores, req.params.id)
    const sent = req.query.sent === 'yes'
    const state = sent ? 'sent' : (await isOpen(stores, talk, now())) ? 'open' : 'closed'
    await show(stores, messages, res, talk, { state })
  }

const takeAsk =
  (stores: Shelf, messages: Messages, now: () => number): RequestHandler<Id> =>
  async (req, res) => {
    const talk = await askable(stores, req.params.id)
    const { lang } = readerLanguage(req as unknown as Request, res, messages.tags)
    const typed = formField(req, 'question')
    const words = typed.trim()
    if (!(await isOpen(stores, talk, now()))) return show(stores, messages, res, talk, { state: 'closed' })
    const problem = words === '' ? 'empty' : words.length > longest ? 'long' : undefined
    // Far too much is not sent back.
    if (problem)
      return show(stores, messages, res, talk, { state: 'open', typed: typed.slice(0, longest * 4), problem })
    await stores.conversations.addNotes(talk.id, [{ kind: 'question', words, language: lang, hour: now() }])
    res.redirect(303, `/ask/${talk.id}?sent=yes&lang=${lang}`)
  }
