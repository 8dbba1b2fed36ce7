import { type Request, type Response, Router } from 'express'
import { match } from '../../language/tags.ts'
import type { Messages } from '../../language/wording.ts'
import type { FormBody } from '../../questionnaire/kind.ts'
import type { Answers } from '../../response/response.ts'
import { settle } from '../../response/settle.ts'
import { differences, readSheet, withFirst } from '../../response/sheet.ts'
import type { PaperSheet, Stores, Survey } from '../../store/stores.ts'
import { conflict, forbidden, notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { EntryProblem } from '../models/entry.ts'
import { render } from '../pages.ts'
import { hashOf, newToken } from '../respond/visit.ts'
import {
  comparePage,
  type Desk,
  entryAddress,
  entryPage,
  mayTakeBack,
  readSheetNumber,
} from './entryPages.ts'

type Shelf = Pick<Stores, 'surveys' | 'responses' | 'paper' | 'people' | 'settings'>

/**
 * Where the office types in what came back on paper. With double entry a sheet becomes a response only when two
 * people have typed it; what the first one typed waits under the number written on the sheet.
 */
export function entryRoutes(stores: Shelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const door = requireDoor('office')
  const place = '/office/surveys/:slug/entry'

  router.get(place, door, async (req, res) => {
    const desk = await sitDown(req, res)
    await show(res, desk, { lines: kept(req), token: newToken() })
  })
  router.post(place, door, receive)
  router.post(`${place}/compare`, door, receive)
  // An error page of the post is reloaded, or its language changed: nothing is there to show again.
  router.get(`${place}/compare`, door, (req, res) =>
    res.redirect(303, `/office/surveys/${encodeURIComponent(String(req.params.slug))}/entry`),
  )
  router.post(`${place}/take-back`, door, takeBack)

  /** Who types, for which survey, in which version and language of its form. */
  async function sitDown(req: Request, res: Response): Promise<Desk> {
    const survey = await stores.surveys.find(String(req.params.slug))
    const person = currentPerson(req)
    if (!survey || !person) throw notFound('error.noSurvey')
    if (survey.state === 'draft') throw conflict('paper.draft')
    const asked = { ...req.query, ...(req.body as FormBody | undefined) }
    const version = readVersion(asked._version ?? asked.version, survey)
    const questionnaire = await stores.surveys.version(survey.id, version)
    const { lang } = readerLanguage(req, res, messages.tags)
    const wanted = asked._form ?? asked.form
    const form =
      match([typeof wanted === 'string' ? wanted : lang], questionnaire.languages) ?? questionnaire.source
    return { survey, person, version, questionnaire, form, lang, messages, query: req.query }
  }

  async function show(
    res: Response,
    desk: Desk,
    sheet: { lines: FormBody; token: string; problems?: EntryProblem[] },
  ): Promise<void> {
    const [people, typists, waiting] = await Promise.all([
      stores.people.list(),
      stores.paper.typists(desk.survey.id),
      stores.paper.waiting(desk.survey.id),
    ])
    const problems = sheet.problems ?? []
    if (problems.length > 0) res.status(422)
    render(res, 'paper/entry', entryPage(desk, { ...sheet, problems }, { people, typists, waiting }))
  }

  async function receive(req: Request, res: Response): Promise<void> {
    const desk = await sitDown(req, res)
    const lines = (req.body ?? {}) as FormBody
    const token = formField(req, '_token')
    if (!/^[A-Za-z0-9_-]{22}$/.test(token)) throw forbidden()
    const again = (...problems: EntryProblem[]) => show(res, desk, { lines, token, problems })
    if (formField(req, '_go') === 'again') return show(res, desk, { lines, token })

    const { given, problems } = readSheet(desk.questionnaire, lines, desk.form)
    const numbered = desk.survey.fielding.doubleEntry
    const sheet = numbered ? readSheetNumber(formField(req, '_sheet')) : undefined
    if (numbered && sheet === undefined) problems.unshift({ ...atSheet, code: 'sheetNumber' })
    if (problems.length > 0) return again(...problems)
    if (Object.keys(given).length === 0) return again({ question: '', field: '_sheet', code: 'nothingTyped' })

    if (sheet === undefined) {
      const typed = { typedBy: desk.person.id }
      return finish(res, desk, { lines, given, hash: hashOf(token, desk.survey.id), typed, done: 'saved' })
    }
    const first = await firstTyping(desk, { sheet, token, given })
    if (first === 'kept') return next(res, desk, lines, { done: 'first', sheet })
    if ('code' in first) return again(first)
    const differing = differences(desk.questionnaire, first.answers, given)
    const picked = (code: string) => formField(req, `pick.${code}`)
    if (!differing.every((code) => ['first', 'second'].includes(picked(code)))) {
      const people = await stores.people.list()
      res.status(409)
      return render(
        res,
        'paper/compare',
        comparePage(desk, { lines, token, sheet, first, given, differing, picked }, people),
      )
    }
    const answers = withFirst(
      first.answers,
      given,
      differing.filter((code) => picked(code) === 'first'),
    )
    const typed = { typedBy: first.typedBy, checkedBy: desk.person.id, sheet }
    return finish(res, desk, {
      lines,
      given: answers,
      hash: sheetHash(desk.survey, sheet),
      typed,
      done: 'counted',
    })
  }

  /** What was typed of this sheet before; 'kept' when this typing is the first; a problem when it cannot be second. */
  async function firstTyping(
    desk: Desk,
    typed: { sheet: number; token: string; given: Answers },
  ): Promise<PaperSheet | EntryProblem | 'kept'> {
    const { survey, person, version, form } = desk
    const { sheet, token, given } = typed
    const countedHash = sheetHash(survey, sheet)
    if (await stores.responses.spent(countedHash)) return { ...atSheet, code: 'sheetCounted' }
    const formHash = hashOf(token, survey.id)
    const mine = { sheet, formHash, typedBy: person.id, version, language: form, answers: given }
    if ((await stores.paper.keep(survey.id, mine, countedHash)) === 'kept') return 'kept'
    const first = await stores.paper.find(survey.id, sheet)
    // Counted or taken back in this very moment.
    if (!first) return firstTyping(desk, typed)
    // The button was pressed twice.
    if (first.formHash === formHash) return 'kept'
    if (first.typedBy === person.id && person.role !== 'admin') return { ...atSheet, code: 'sheetOwn' }
    if (first.version !== version || first.language !== form) {
      const values = { form: messages.name(first.language), version: first.version }
      return { ...atSheet, code: 'sheetForm', values }
    }
    return first
  }

  async function finish(
    res: Response,
    desk: Desk,
    sheet: {
      lines: FormBody
      given: Answers
      hash: string
      typed: { typedBy: string; checkedBy?: string; sheet?: number }
      done: string
    },
  ): Promise<void> {
    const { survey, questionnaire, version, form } = desk
    const settled = settle(questionnaire, sheet.given, {
      version,
      language: form,
      channel: 'paper',
      hour: now(),
    })
    await stores.paper.submit(survey.id, sheet.hash, settled, sheet.typed)
    const dropped = Object.keys(sheet.given).filter((code) => settled.answers[code] === undefined)
    next(res, desk, sheet.lines, { done: sheet.done, sheet: sheet.typed.sheet, dropped })
  }

  async function takeBack(req: Request, res: Response): Promise<void> {
    const desk = await sitDown(req, res)
    const sheet = readSheetNumber(formField(req, '_sheet'))
    const first = sheet === undefined ? undefined : await stores.paper.find(desk.survey.id, sheet)
    if (first && !mayTakeBack(desk.person, first.typedBy)) throw forbidden()
    if (first) await stores.paper.remove(desk.survey.id, first.sheet)
    next(res, desk, {}, { done: 'takenBack', sheet })
  }

  return router
}

const atSheet = { question: '', field: '_sheet' }

/** A sheet is counted once: its number is spent like a respondent's token, which leads to no response. */
const sheetHash = (survey: Survey, sheet: number): string => hashOf(`sheet ${sheet}`, survey.id)

function readVersion(asked: unknown, survey: Survey): number {
  const version = Number(typeof asked === 'string' ? asked : survey.version)
  return Number.isInteger(version) && version >= 1 && version <= survey.version ? version : survey.version
}

/** Lines kept from the last sheet stand in the address as `k.<question>`. */
function kept(req: Request): FormBody {
  const lines = Object.entries(req.query).flatMap(([name, value]) =>
    name.startsWith('k.') && typeof value === 'string' ? [[name.slice(2), value]] : [],
  )
  return { ...Object.fromEntries(lines), ...(req.query.keep === undefined ? {} : { _keep: 'on' }) }
}

/** On to a fresh page, with what was asked to be kept, and news of what became of the sheet. */
function next(
  res: Response,
  desk: Desk,
  lines: FormBody,
  news: { done: string; sheet?: number | undefined; dropped?: string[] },
): void {
  res.redirect(303, entryAddress(desk, lines, news))
}
