import { type RequestHandler, type Response, Router } from 'express'
import { sayDate } from '../../language/format.ts'
import { direction } from '../../language/tags.ts'
import type { Messages } from '../../language/wording.ts'
import type { Flag, FlagState, Stores } from '../../store/stores.ts'
import { dangerBy, ownWordsKey, readOwnWords } from '../../theme/ownWords.ts'
import type { DangerSpan } from '../../theme/safety.ts'
import { audit } from '../../web/audit.ts'
import { badRequest, conflict, notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { FieldProblem } from '../models/account.ts'
import type { HelpRow } from '../models/help.ts'
import type { Moment } from '../models/office.ts'
import { officeReader } from '../office/watching.ts'
import { render } from '../pages.ts'
import { type Said, saidIn } from './helpSaid.ts'

type Shelf = Pick<
  Stores,
  'flags' | 'comments' | 'conversations' | 'surveys' | 'settings' | 'audit' | 'people'
>
type Hall = { stores: Shelf; messages: Messages; mailed: boolean; now: () => number }
type Id = { id: string }

const home = '/office/help'
/** The longest note, in letters. */
const longest = 500

/** Where one may go from each state; a message that was closed can be opened again. */
const onward: Record<FlagState, FlagState[]> = {
  new: ['seen', 'acted', 'closed'],
  seen: ['acted', 'closed'],
  acted: ['closed'],
  closed: ['seen'],
}

/**
 * Comments that may speak of danger, for the people who were named to read them. `mailed`: they are told by e-mail
 * when one comes.
 */
export function helpRoutes(
  stores: Shelf,
  messages: Messages,
  { mailed }: { mailed: boolean },
  now: () => number,
): Router {
  const router = Router()
  const door = requireDoor('safety')
  const hall: Hall = { stores, messages, mailed, now }
  router.get(home, door, showQueue(hall))
  router.get(`${home}/:id`, door, showOne(hall))
  router.post(`${home}/:id`, door, moveOne(hall))
  return router
}

const showQueue =
  ({ stores, messages, mailed }: Hall): RequestHandler =>
  async (req, res) => {
    const { lang } = readerLanguage(req, res, messages.tags)
    const closed = req.query.closed === 'yes'
    const flags = await stores.flags.list({ states: closed ? ['closed'] : ['new', 'seen', 'acted'] })
    const say = sayer(messages, lang, (await stores.settings.district()).timeZone)
    const said = await saidIn(stores, messages, lang)
    const rows = flags.map((flag) => rowOf(flag, said(flag.survey), say))
    // Whoever of those that nobody has seen yet comes before those that somebody has.
    const rank = ({ level, state }: HelpRow) => (level === 'urgent' ? 0 : 2) + (state === 'new' ? 0 : 1)
    render(res, 'office/help', { rows: rows.sort((a, b) => rank(a) - rank(b)), closed, mailed })
  }

const showOne =
  (hall: Hall): RequestHandler<Id> =>
  async (req, res) => {
    const flag = await flagOf(hall.stores, req.params.id)
    await show(hall, res, flag, { done: req.query.done === 'yes' })
  }

async function show(
  { stores, messages, now }: Hall,
  res: Response,
  flag: Flag,
  news: { note?: string; problems?: FieldProblem[]; done?: boolean } = {},
): Promise<void> {
  const { lang } = readerLanguage(res.req, res, messages.tags)
  const district = await stores.settings.district()
  const own = readOwnWords(await stores.settings.find(ownWordsKey))
  const said = (await saidIn(stores, messages, lang))(flag.survey)
  // Written down before it is shown.
  await audit(stores, res.req, now(), 'looked-at-help', said.slug, String(flag.id))
  const comment = await said.find(flag.comment)
  const people = new Map((await stores.people.list()).map(({ id, email }) => [id, email]))
  const { reader, nameOf } = officeReader(messages, lang)
  const say = sayer(messages, lang, district.timeZone)
  const label = (list: { code: string; label: Record<string, string> }[], code: string | undefined) => {
    const found = list.find((one) => one.code === code)
    return found && reader.words(found.label)
  }
  const { problems = [], note = '', done = false } = news
  if (problems.length > 0) res.status(422)
  render(res, 'office/help-one', {
    ...rowOf(flag, said, say),
    parts: comment
      ? marked(comment.words, dangerBy(own, comment.words, comment.language, said.offered)?.spans)
      : [],
    lang: comment?.language ?? lang,
    dir: direction(comment?.language ?? lang),
    asked: comment?.asked && reader.words(comment.asked),
    language: comment ? nameOf(comment.language) : '',
    group: label(district.groups, comment?.group),
    school: label(district.schools, comment?.school),
    log: flag.log.map(({ state, by, at, note }) => ({ state, by: people.get(by) ?? by, at: say(at), note })),
    next: onward[flag.state],
    note,
    problems,
    done,
  })
}

/** What was done goes with a note, so that the next who looks knows. */
const moveOne =
  (hall: Hall): RequestHandler<Id> =>
  async (req, res) => {
    const { stores, messages, now } = hall
    const flag = await flagOf(stores, req.params.id)
    const by = currentPerson(req)?.id
    const to = onward[flag.state].find((state) => state === formField(req, 'to'))
    if (!by) throw badRequest()
    // Somebody else was quicker: the page is shown again as it is now.
    if (!to || formField(req, 'from') !== flag.state) throw conflict('safety.error.moved')
    const note = formField(req, 'note').trim()
    const problems: FieldProblem[] = []
    if (note.length > longest) problems.push({ field: 'note', key: 'safety.problem.long' })
    else if (note === '' && to !== 'seen') problems.push({ field: 'note', key: 'safety.problem.note' })
    if (problems.length > 0) return show(hall, res, flag, { note, problems })
    if (!(await stores.flags.move(flag.id, flag.state, { state: to, by, at: now(), note })))
      throw conflict('safety.error.moved')
    const { slug } = (await saidIn(stores, messages, 'en'))(flag.survey)
    await audit(stores, req, now(), 'helped', slug, `${flag.id} ${flag.state}>${to}`)
    res.redirect(303, `${home}/${flag.id}?done=yes`)
  }

async function flagOf(stores: Shelf, id: string): Promise<Flag> {
  const flag = /^\d{1,15}$/.test(id) ? await stores.flags.find(Number(id)) : undefined
  if (!flag) throw notFound()
  return flag
}

const sayer =
  (_messages: Messages, lang: string, timeZone: string) =>
  (at: number): Moment => ({
    words: sayDate(lang, at, { dateStyle: 'medium', timeStyle: 'short', timeZone }),
    iso: new Date(at).toISOString(),
  })

const rowOf = (
  { id, level, kind, state, at }: Flag,
  { title, sample }: Said,
  say: (at: number) => Moment,
): HelpRow => ({ id, level, kind, state, title, sample, at: say(at) })

/** The words in pieces; where entries of the lists overlap, they are one piece. */
function marked(words: string, spans: readonly DangerSpan[] = []): { words: string; met: boolean }[] {
  const parts: { words: string; met: boolean }[] = []
  let at = 0
  for (const { start, end } of spans) {
    if (end <= at) continue
    const from = Math.max(start, at)
    if (from > at) parts.push({ words: words.slice(at, from), met: false })
    const last = parts.at(-1)
    if (last?.met && from === at) last.words += words.slice(from, end)
    else parts.push({ words: words.slice(from, end), met: true })
    at = end
  }
  if (at < words.length) parts.push({ words: words.slice(at), met: false })
  return parts
}
