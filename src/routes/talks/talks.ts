import { pipeline } from 'node:stream/promises'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { isDay } from '../../commitment/commitment.ts'
import {
  type Conversation,
  type ConversationFilter,
  conversationKinds,
  conversationsIn,
  longestTitle,
  mostMinutes,
  mostPeople,
  peopleOf,
  takesQuestions,
} from '../../commitment/conversation.ts'
import { count, writeConversations } from '../../commitment/conversationFile.ts'
import type { District } from '../../district/district.ts'
import { direction } from '../../language/tags.ts'
import type { Messages } from '../../language/wording.ts'
import { csvText } from '../../report/export/csv.ts'
import type { Reader } from '../../report/reader.ts'
import { guardCell } from '../../response/formula.ts'
import type { StoredConversation } from '../../store/stores.ts'
import { audit } from '../../web/audit.ts'
import { conflict } from '../../web/errors.ts'
import { formField, formList } from '../../web/formField.ts'
import { behind, currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { uploadForm } from '../../web/upload.ts'
import type { FieldProblem } from '../models/account.ts'
import type { TalkPage, TalkRow, TalksPage } from '../models/talks.ts'
import { dayOf, officeReader, sayDay } from '../office/watching.ts'
import { render } from '../pages.ts'
import { checkFile, keepFile } from './talksFile.ts'
import { namedIn, type TalkHall, type TalkShelf, talkOf, talksHome } from './talksHall.ts'
import { sayLength, saySum } from './talksWords.ts'

type Id = { id: string }

/** The largest file, in bytes. */
const largest = 5 * 2 ** 20

/** Forms with files come before the check of form tokens, and only from those who may enter the office. */
export function talkForms(): Router {
  return Router().use(`${talksHome}/file`, behind('office', uploadForm(largest)))
}

/** The log of town halls, focus groups and the like. */
export function talkRoutes(stores: TalkShelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const door = requireDoor('office')
  const hall: TalkHall = { stores, messages, now }
  router.get(talksHome, door, (req, res) => showTalks(hall, req, res))
  router.get(`${talksHome}/log.csv`, door, sendLog(hall))
  router.post(`${talksHome}/file/check`, door, checkFile(hall, showTalks))
  router.post(`${talksHome}/file/keep`, door, keepFile(hall))
  router.get(`${talksHome}/new`, door, (_req, res) => showTalk(hall, res, undefined))
  router.post(`${talksHome}/new`, door, keepTalk(hall))
  router.get(`${talksHome}/:id`, door, async (req, res) => showTalk(hall, res, await talkOf(hall, req)))
  router.post(`${talksHome}/:id`, door, keepTalk(hall))
  router.post(`${talksHome}/:id/remove`, door, removeTalk(hall))
  return router
}

const done = ['kept', 'removed', 'imported']

export async function showTalks(
  { stores, messages, now }: TalkHall,
  req: Request,
  res: Response,
  problems: FieldProblem[] = [],
): Promise<void> {
  const { lang } = readerLanguage(req, res, messages.tags)
  const { reader } = officeReader(messages, lang)
  const [log, waiting, named, { timeZone }] = await Promise.all([
    stores.conversations.list(),
    stores.conversations.waiting(),
    namedIn(stores, messages, lang),
    stores.settings.district(),
  ])
  const chosen = chosenIn(req)
  // What is still to come has no hours yet.
  const held = log.filter(({ on }) => on <= dayOf(now(), timeZone))
  const filter = filterOf(chosen)
  const word = done.find((known) => known === req.query.done)
  if (problems.length > 0) res.status(422)
  render(res, 'talks/home', {
    rows: conversationsIn(log, filter).map((one): TalkRow => {
      const notes = waiting.get(one.id)
      return {
        id: one.id,
        on: sayDay(lang, one.on),
        kind: one.kind,
        title: reader.words(one.title),
        sample: one.sample,
        minutes: sayLength(one.minutes, reader),
        people: reader.number(peopleOf(one)),
        waiting: notes?.waiting ?? 0,
        notes: notes?.all ?? 0,
      }
    }),
    sum: saySum(held, filter, reader),
    chosen,
    surveys: named.surveys,
    plans: named.plans,
    csv: `${talksHome}/log.csv?${new URLSearchParams(chosen)}`,
    problems,
    done: word && `talks.done.${word}`,
  })
}

function chosenIn(req: Request): TalksPage['chosen'] {
  const typed = (name: string) => {
    const value = req.query[name]
    return typeof value === 'string' ? value.slice(0, 100) : ''
  }
  const day = (name: string) => (isDay(typed(name)) ? typed(name) : '')
  return { from: day('from'), until: day('until'), survey: typed('survey'), plan: typed('plan') }
}

const filterOf = (chosen: TalksPage['chosen']): ConversationFilter =>
  Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== ''))

const sendLog =
  ({ stores }: TalkHall): RequestHandler =>
  async (req, res) => {
    const [log, district] = await Promise.all([stores.conversations.list(), stores.settings.district()])
    const held = conversationsIn(log, filterOf(chosenIn(req)))
    const rows = writeConversations(
      held,
      district.groups.map(({ code }) => code),
    )
    res.type('text/csv').attachment('conversations.csv')
    await pipeline(
      csvText(
        rows.map((row) => row.map(guardCell)),
        { bom: true },
      ),
      res,
    )
  }

const blank: TalkPage['typed'] = {
  ...{ on: '', kind: 'town-hall', title: {}, minutes: '', schools: [], attendance: {} },
  ...{ languages: [], survey: '', plan: '', asks: false, sample: false },
}

async function showTalk(
  { stores, messages, now }: TalkHall,
  res: Response,
  talk: StoredConversation | undefined,
  { typed, problems = [] }: { typed?: TalkPage['typed']; problems?: FieldProblem[] } = {},
): Promise<void> {
  const { lang } = readerLanguage(res.req, res, messages.tags)
  const { reader, nameOf } = officeReader(messages, lang)
  const [district, named, people, history] = await Promise.all([
    stores.settings.district(),
    namedIn(stores, messages, lang),
    stores.people.list(),
    talk ? stores.conversations.history(talk.id) : [],
  ])
  const by = new Map(people.map(({ id, email }) => [id, email]))
  const word = done.find((known) => known === res.req.query.done)
  if (problems.length > 0) res.status(422)
  const filled = talk && {
    ...talk,
    minutes: String(talk.minutes),
    attendance: Object.fromEntries(Object.entries(talk.attendance).map(([code, n]) => [code, String(n)])),
  }
  render(res, 'talks/edit', {
    id: talk?.id,
    revision: talk?.revision ?? 0,
    title: talk ? reader.words(talk.title).words : reader.t('talks.new'),
    typed: withAll(typed ?? filled ?? blank, messages.tags, district),
    kinds: conversationKinds,
    groups: district.groups.map(({ code, label }) => ({ code, label: reader.words(label) })),
    schools: district.schools.map(({ code, label }) => ({ code, label: reader.words(label) })),
    tongues: messages.tags.map((tag) => ({ tag, name: nameOf(tag), dir: direction(tag) })),
    surveys: named.surveys,
    plans: named.plans,
    history: history.map((one) => ({
      at: sayDay(lang, dayOf(one.at, district.timeZone)),
      by: by.get(one.by) ?? one.by,
      gone: one.gone,
      said: saidOf(one, reader, lang),
    })),
    ask: talk && takesQuestions(talk, dayOf(now(), district.timeZone)) ? `/ask/${talk.id}` : undefined,
    problems,
    done: word && `talks.done.${word}`,
  })
}

/** With an empty field for what was not typed. */
const withAll = (
  typed: TalkPage['typed'],
  tags: readonly string[],
  { groups }: District,
): TalkPage['typed'] => ({
  ...typed,
  title: Object.fromEntries(tags.map((tag) => [tag, typed.title[tag] ?? ''])),
  attendance: Object.fromEntries(
    ['', ...groups.map(({ code }) => code)].map((code) => [code, typed.attendance[code] ?? '']),
  ),
})

/** What stood there, in short: "March 4, 2021, Town hall, 1 hour 30 minutes, 64". */
const saidOf = (one: Conversation, reader: Reader, lang: string): string =>
  reader.list([
    sayDay(lang, one.on).words,
    reader.t(`talks.kinds.${one.kind}`),
    reader.words(one.title).words,
    sayLength(one.minutes, reader),
    reader.t('talks.people', { count: peopleOf(one), n: reader.number(peopleOf(one)) }),
  ])

const keepTalk =
  (hall: TalkHall): RequestHandler<Id> =>
  async (req, res) => {
    const { stores, now } = hall
    const talk = req.params.id === undefined ? undefined : await talkOf(hall, req)
    const { typed, conversation, problems } = await readTalk(hall, req, talk)
    if (problems.length > 0) return showTalk(hall, res, talk, { typed, problems })
    const revision = Number(formField(req, 'revision'))
    const ids = await stores.conversations.save(
      [{ ...(talk ? { id: talk.id, revision } : {}), conversation }],
      currentPerson(req)?.id ?? '',
      now(),
    )
    // Somebody else saved it meanwhile: both must not be lost.
    if (!ids) throw conflict('talks.error.moved')
    res.redirect(303, `${talksHome}/${ids[0]}?done=kept`)
  }

/** What was typed, and what of it cannot be taken. */
async function readTalk(
  { stores, messages }: TalkHall,
  req: Request<Id>,
  before: StoredConversation | undefined,
) {
  const district = await stores.settings.district()
  const { surveys, plans } = await namedIn(stores, messages, 'en')
  const problems: FieldProblem[] = []
  const wrong = (field: string, key: string) => problems.push({ field, key: `talks.problem.${key}` })
  const field = (name: string, most: number) => formField(req, name).trim().slice(0, most)
  const from = (name: string, list: readonly string[]) =>
    formList(req, name).filter((one) => list.includes(one))
  const title = Object.fromEntries(
    messages.tags.map((tag) => [tag, field(`title-${tag}`, longestTitle + 1)]).filter(([, words]) => words),
  ) as Record<string, string>
  const codes = ['', ...district.groups.map(({ code }) => code)]
  const attendance = Object.fromEntries(
    codes.map((code) => [code, field(`people-${code}`, 20)]).filter(([, typed]) => typed),
  ) as Record<string, string>
  const kind = conversationKinds.find((one) => one === field('kind', 40)) ?? 'other'
  const typed: TalkPage['typed'] = {
    on: field('on', 20),
    kind,
    title,
    minutes: field('minutes', 20),
    schools: from(
      'schools',
      district.schools.map(({ code }) => code),
    ),
    attendance,
    languages: from('languages', messages.tags),
    survey: surveys.find(({ code }) => code === field('survey', 200))?.code ?? '',
    plan: plans.find(({ code }) => code === field('plan', 200))?.code ?? '',
    asks: field('asks', 10) === 'yes',
    sample: before?.sample ?? false,
  }
  if (!isDay(typed.on)) wrong('on', 'on')
  if (Object.keys(title).length === 0) wrong('title-en', 'title')
  for (const [tag, words] of Object.entries(title))
    if (words.length > longestTitle) wrong(`title-${tag}`, 'titleLong')
  const minutes = count(typed.minutes || '0', mostMinutes)
  if (minutes === undefined) wrong('minutes', 'minutes')
  const came: Record<string, number> = {}
  for (const [code, text] of Object.entries(attendance)) {
    const n = count(text, mostPeople)
    if (n === undefined) wrong(`people-${code}`, 'people')
    else if (n > 0) came[code] = n
  }
  const conversation: Conversation = { ...typed, minutes: minutes ?? 0, attendance: came }
  return { typed, conversation, problems }
}

const removeTalk =
  (hall: TalkHall): RequestHandler<Id> =>
  async (req, res) => {
    const { id } = await talkOf(hall, req)
    await hall.stores.conversations.remove(id, currentPerson(req)?.id ?? '', hall.now())
    await audit(hall.stores, req, hall.now(), 'deleted', '', `conversation ${id}`)
    res.redirect(303, `${talksHome}?done=removed`)
  }
