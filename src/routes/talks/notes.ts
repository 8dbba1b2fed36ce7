import { type RequestHandler, type Response, Router } from 'express'
import { inConversations, takesQuestions } from '../../commitment/conversation.ts'
import { mayEnter } from '../../district/people.ts'
import { direction } from '../../language/tags.ts'
import type { Messages } from '../../language/wording.ts'
import { codebookInUse } from '../../learning/train.ts'
import type { Note, StoredConversation, Stores } from '../../store/stores.ts'
import type { Codebook } from '../../theme/codebook.ts'
import { hide } from '../../theme/mask.ts'
import { hiddenBy, type OwnWords, ownWordsKey, readOwnWords } from '../../theme/ownWords.ts'
import { audit } from '../../web/audit.ts'
import { badRequest, notFound } from '../../web/errors.ts'
import { formField, formList } from '../../web/formField.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { FieldProblem } from '../models/account.ts'
import type { NoteRow } from '../models/talks.ts'
import { dayOf, officeReader, sayDay } from '../office/watching.ts'
import { render } from '../pages.ts'
import { type TalkShelf, talkOf, talksHome } from './talksHall.ts'

type Shelf = TalkShelf & Pick<Stores, 'codebooks' | 'codings'>
type Hall = { stores: Shelf; messages: Messages; shipped: Codebook; now: () => number }
type Ids = { id: string; note: string }

/** The longest note, in letters, and the most points that are added at once. */
const longest = 2000
const mostPoints = 500

/**
 * What was said in a conversation, point by point, and what families asked before it. Whoever reads comments may put
 * themes on both; the office decides what of the questions others may see.
 */
export function noteRoutes(
  stores: Shelf,
  messages: Messages,
  { shipped }: { shipped: Codebook },
  now: () => number,
): Router {
  const router = Router()
  const [reads, decides] = [requireDoor('comments'), requireDoor('office')]
  const hall: Hall = { stores, messages, shipped, now }
  router.get(`${talksHome}/:id/notes`, reads, async (req, res) => show(hall, res, await talkOf(hall, req)))
  router.post(`${talksHome}/:id/notes`, decides, addNotes(hall))
  router.get(`${talksHome}/:id/questions`, decides, showPrinted(hall))
  router.post(`${talksHome}/:id/notes/:note/themes`, reads, codeNote(hall))
  router.post(`${talksHome}/:id/notes/:note/decide`, decides, decideNote(hall))
  return router
}

const done = ['added', 'coded', 'decided', 'removed']

async function show(
  { stores, messages, shipped, now }: Hall,
  res: Response,
  talk: StoredConversation,
  { problems = [], typed = '' }: { problems?: FieldProblem[]; typed?: string } = {},
): Promise<void> {
  const { lang } = readerLanguage(res.req, res, messages.tags)
  const { reader, nameOf } = officeReader(messages, lang)
  const [notes, codings, book, district] = await Promise.all([
    stores.conversations.notes(talk.id),
    stores.codings.list(inConversations),
    codebookInUse(stores, shipped, now()),
    stores.settings.district(),
  ])
  const own = readOwnWords(await stores.settings.find(ownWordsKey))
  const schools = district.schools.flatMap(({ label }) => Object.values(label))
  const themes = new Map<number, string[]>()
  for (const { comment, theme, verdict } of codings)
    if (verdict) themes.set(comment, [...new Set([...(themes.get(comment) ?? []), theme])])
  const person = currentPerson(res.req)
  const office = person !== undefined && mayEnter(person.role, 'office')
  const rowOf = (note: Note): NoteRow => ({
    ...note,
    // Who only codes reads what others may see; what waits or is hidden is for the office.
    words: office || note.shown === null ? note.words : note.shown,
    lang: note.language,
    language: nameOf(note.language),
    proposed: note.shown ?? maskedWords(note, schools, own),
    masked: note.shown === null && maskedWords(note, schools, own) !== note.words,
    themes: themes.get(note.id) ?? [],
  })
  const seen = notes.filter(({ kind, state }) => office || kind === 'note' || state === 'shown')
  const word = done.find((known) => known === res.req.query.done)
  if (problems.length > 0) res.status(422)
  const order = { waiting: 0, shown: 1, hidden: 2 }
  render(res, 'talks/notes', {
    id: talk.id,
    title: reader.words(talk.title),
    on: sayDay(lang, talk.on),
    notes: seen.filter(({ kind }) => kind === 'note').map(rowOf),
    questions: seen
      .filter(({ kind }) => kind === 'question')
      .map(rowOf)
      .sort((a, b) => order[a.state] - order[b.state] || a.id - b.id),
    themes: book.themes.map(({ code, name }) => ({ code, label: reader.words(name) })),
    tongues: messages.tags.map((tag) => ({ tag, name: nameOf(tag), dir: direction(tag) })),
    office,
    ask: takesQuestions(talk, dayOf(now(), district.timeZone)) ? `/ask/${talk.id}` : undefined,
    problems,
    typed,
    done: word && `talks.done.${word}`,
  })
}

const maskedWords = (
  { words, language }: Pick<Note, 'words' | 'language'>,
  schools: string[],
  own: OwnWords,
): string => hide(words, hiddenBy(own, words, schools), language)

/** One point a line, so that each is coded by itself. */
const addNotes =
  (hall: Hall): RequestHandler<{ id: string }> =>
  async (req, res) => {
    const { stores, messages, now } = hall
    const talk = await talkOf(hall, req)
    const typed = formField(req, 'points')
    const language = messages.tags.find((tag) => tag === formField(req, 'language')) ?? 'en'
    const points = typed
      .split(/\r?\n/)
      .map((line) => line.replace(/^\s*[-*•·]\s+/, '').trim())
      .filter(Boolean)
    const problem =
      points.length === 0
        ? 'points'
        : points.length > mostPoints || points.some((one) => one.length > longest)
          ? 'pointsLong'
          : undefined
    if (problem)
      return show(hall, res, talk, {
        problems: [
          { field: 'points', key: `talks.problem.${problem}`, values: { most: mostPoints, n: longest } },
        ],
        typed,
      })
    await stores.conversations.addNotes(
      talk.id,
      points.map((words) => ({ kind: 'note', words, language, hour: now() })),
    )
    res.redirect(303, `${talksHome}/${talk.id}/notes?done=added`)
  }

async function noteOf({ stores }: Hall, talk: StoredConversation, id: string): Promise<Note> {
  const note = /^\d{1,15}$/.test(id) ? await stores.conversations.note(Number(id)) : undefined
  if (!note || note.conversation !== talk.id || note.words === '') throw notFound()
  return note
}

const codeNote =
  (hall: Hall): RequestHandler<Ids> =>
  async (req, res) => {
    const { stores, shipped, now } = hall
    const talk = await talkOf(hall, req)
    const note = await noteOf(hall, talk, req.params.note)
    const book = await codebookInUse(stores, shipped, now())
    const ticked = formList(req, 'themes')
    const themes = book.themes.map(({ code }) => code).filter((code) => ticked.includes(code))
    const person = currentPerson(req)?.id
    if (!person) throw badRequest()
    await stores.codings.read(inConversations, { person, version: book.version, how: 'desk', at: now() }, [
      { comment: note.id, themes },
    ])
    await audit(stores, req, now(), 'coded', '', `note ${note.id}`)
    res.redirect(303, `${talksHome}/${talk.id}/notes?done=coded#note-${note.id}`)
  }

/** Shows a question in words that a person looked at, puts it beside one that asks the same, hides or removes it. */
const decideNote =
  (hall: Hall): RequestHandler<Ids> =>
  async (req, res) => {
    const { stores, now } = hall
    const talk = await talkOf(hall, req)
    const note = await noteOf(hall, talk, req.params.note)
    const words = formField(req, 'shown').trim()
    const to = formField(req, 'to')
    const back = (word: string) =>
      res.redirect(303, `${talksHome}/${talk.id}/notes?done=${word}#note-${note.id}`)
    if (to === 'remove') {
      await stores.conversations.removeNote(note.id)
      await audit(stores, req, now(), 'deleted', '', `note ${note.id}`)
      return back('removed')
    }
    if (to === 'hidden')
      await stores.conversations.decide(note.id, { state: 'hidden', shown: null, sameAs: null })
    else if (to === 'shown') {
      if (words === '' || words.length > longest)
        return show(hall, res, talk, {
          problems: [{ field: `shown-${note.id}`, key: 'talks.problem.shown', values: { n: longest } }],
        })
      const same = Number(formField(req, 'same'))
      const other = (await stores.conversations.notes(talk.id)).find(
        ({ id, sameAs, state }) => id === same && id !== note.id && sameAs === null && state === 'shown',
      )
      await stores.conversations.decide(note.id, { state: 'shown', shown: words, sameAs: other?.id ?? null })
    } else throw badRequest()
    await audit(stores, req, now(), to === 'shown' ? 'shown' : 'hidden', '', `note ${note.id}`)
    back('decided')
  }

/** What families asked, for whoever leads the conversation: those that ask the same stand as one. */
const showPrinted =
  (hall: Hall): RequestHandler<{ id: string }> =>
  async (req, res) => {
    const { stores, messages } = hall
    const talk = await talkOf(hall, req)
    const { lang } = readerLanguage(req, res, messages.tags)
    const { reader, nameOf } = officeReader(messages, lang)
    const asked = (await stores.conversations.notes(talk.id)).filter(
      ({ kind, state }) => kind === 'question' && state === 'shown',
    )
    const heads = new Set(asked.filter(({ sameAs }) => sameAs === null).map(({ id }) => id))
    // A question whose other one was hidden later stands for itself.
    const questions = asked
      .filter(({ id, sameAs }) => heads.has(id) || !heads.has(sameAs ?? 0))
      .map(({ id, shown, words, language }) => ({
        words: shown ?? words,
        lang: language,
        language: nameOf(language),
        times: 1 + asked.filter(({ sameAs }) => sameAs === id).length,
      }))
    render(res, 'talks/printed', {
      id: talk.id,
      title: reader.words(talk.title),
      on: sayDay(lang, talk.on),
      questions: questions.sort((a, b) => b.times - a.times),
    })
  }
