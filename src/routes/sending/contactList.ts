import { type Request, type RequestHandler, type Response, Router } from 'express'
import {
  contactFields,
  contactReader,
  guessMapping,
  type Mapping,
  type ReadContacts,
} from '../../district/contactList.ts'
import { columnName } from '../../files/cells.ts'
import { readTable } from '../../files/table.ts'
import { pick } from '../../language/text.ts'
import { addressHash, mailKey } from '../../sending/stopping.ts'
import type { Survey } from '../../store/stores.ts'
import { audit } from '../../web/audit.ts'
import { formField } from '../../web/formField.ts'
import { behind, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { uploadForm, uploadOf } from '../../web/upload.ts'
import type { FieldProblem } from '../models/account.ts'
import type { ListPage } from '../models/kit.ts'
import { listsOf } from '../office/officeSurveyPages.ts'
import { render } from '../pages.ts'
import { backTo, isOver, type Shop, surveyNamed } from './mailingShop.ts'

/** Bringing in whom a survey is sent to: a file is read, looked at, and only then taken, whole. */

type Slug = { slug: string }
type Kept = { rows: string[][]; windows: boolean }

const largestFile = 10 * 2 ** 20
const mostRows = 50_000
/** Rows that are looked at before other requests get their turn. */
const portion = 1000
const shownProblems = 200
const shownRows = 5

const home = '/office/surveys/:slug/mail/list'

/** Has to come before the check of form tokens. Files of anybody but the office stay unread. */
export function listForms(): Router {
  return Router().use(home, behind('office', uploadForm(largestFile)))
}

export function listRoutes(shop: Shop): Router {
  const router = Router()
  const door = requireDoor('office')
  router.get(home, door, showFile(shop))
  router.post(home, door, takeFile(shop))
  router.post(`${home}/take`, door, takeList(shop))
  router.post(`${home}/drop`, door, dropFile(shop))
  return router
}

const listAddress = (slug: string): string => `/office/surveys/${slug}/mail/list`

/** Reads a file and keeps its rows until they are taken or thrown away. */
const takeFile =
  (shop: Shop): RequestHandler<Slug> =>
  async (req, res) => {
    const { stores, now } = shop
    const survey = await surveyNamed(stores, req.params.slug)
    const file = uploadOf(req, 'file')
    const refuse = (key: string, values: Record<string, string | number> = {}) =>
      showEmpty(shop, res, survey, [{ field: 'file', key, values }])
    if (isOver(survey, now())) return refuse('kit.list.problem.over')
    if (!file) return refuse('kit.list.problem.file')
    const read = await readTable(file.bytes)
    if ('fault' in read) return refuse(read.fault.key, read.fault.values)
    const rows = read.rows.map((row) => row.map((cell) => cell.slice(0, 300)))
    if (!rows.some((row) => row.some((cell) => cell.trim() !== ''))) return refuse('kit.list.problem.empty')
    if (rows.length > mostRows) return refuse('kit.list.problem.many', { most: mostRows })
    const kept: Kept = { rows, windows: read.encoding === 'windows-1252' }
    await stores.contacts.keepFile(survey.id, {
      name: file.name.slice(0, 200),
      content: JSON.stringify(kept),
    })
    res.redirect(303, listAddress(survey.slug))
  }

/** Without a file there is nothing to look at but the form to choose one. */
async function showEmpty(
  { messages }: Shop,
  res: Response,
  survey: Survey,
  problems: FieldProblem[],
): Promise<void> {
  const { lang } = readerLanguage(res.req, res, messages.tags)
  if (problems.length > 0) res.status(422)
  render(res, 'kit/list', {
    slug: survey.slug,
    title: pick(survey.questionnaire.title, lang, survey.questionnaire.source),
    name: '',
    windows: false,
    columns: [],
    header: false,
    mapping: columnsOf({}),
    sample: [],
    good: 0,
    known: 0,
    bad: 0,
    problemRows: [],
    elsewhere: [],
    fallback: '',
    problems,
  })
}

const showFile =
  (shop: Shop): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await surveyNamed(shop.stores, req.params.slug)
    const kept = await keptFile(shop, survey)
    if (!kept) return showEmpty(shop, res, survey, [])
    const { header, mapping } = guessMapping(kept.rows)
    await look(shop, res, survey, { ...kept, header, mapping })
  }

async function keptFile({ stores }: Shop, { id }: Survey): Promise<(Kept & { name: string }) | undefined> {
  const file = await stores.contacts.findFile(id)
  return file && { name: file.name, ...(JSON.parse(file.content) as Kept) }
}

type Looked = Kept & { name: string; header: boolean; mapping: Mapping }

const faultsOf = ({ mapping }: Looked): FieldProblem[] => {
  const chosen = Object.values(mapping)
  return [
    ...(mapping.email === undefined ? [{ field: 'column-email', key: 'kit.list.problem.email' }] : []),
    ...(new Set(chosen).size < chosen.length
      ? [{ field: 'column-email', key: 'kit.list.problem.same' }]
      : []),
  ]
}

/** Reads every row, in portions so that pages are served in between. */
async function readAll({ stores, messages }: Shop, survey: Survey, looked: Looked): Promise<ReadContacts> {
  const { languages, source } = survey.questionnaire
  const lists = await listsOf(stores, survey)
  const english = new Intl.DisplayNames(['en'], { type: 'language' })
  const { read, take } = contactReader(
    looked.mapping,
    {
      ...lists,
      languages: languages.map((tag) => ({ tag, names: [messages.name(tag), english.of(tag) ?? tag] })),
      fallback: source,
    },
    await stores.contacts.emails(survey.id),
  )
  for (let at = looked.header ? 1 : 0; at < looked.rows.length; at += portion) {
    take(looked.rows.slice(at, at + portion), at + 1)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return read
}

async function look(shop: Shop, res: Response, survey: Survey, looked: Looked): Promise<void> {
  const { messages } = shop
  const { lang } = readerLanguage(res.req, res, messages.tags)
  const problems = faultsOf(looked)
  const nothing: ReadContacts = { contacts: [], problems: [], known: 0, elsewhere: new Map() }
  const read = problems.length > 0 ? nothing : await readAll(shop, survey, looked)
  if (problems.length > 0) res.status(422)
  const width = Math.min(30, Math.max(0, ...looked.rows.slice(0, 50).map((row) => row.length)))
  const { source, title } = survey.questionnaire
  const page: ListPage = {
    slug: survey.slug,
    title: pick(title, lang, source),
    name: looked.name,
    windows: looked.windows,
    columns: Array.from({ length: width }, (_, at) => ({
      at,
      letter: columnName(at),
      words: (looked.rows[0]?.[at] ?? '').slice(0, 60),
    })),
    header: looked.header,
    mapping: columnsOf(looked.mapping),
    sample: looked.rows
      .slice(looked.header ? 1 : 0)
      .slice(0, shownRows)
      .map((row) => Array.from({ length: width }, (_, at) => (row[at] ?? '').slice(0, 60))),
    good: read.contacts.length,
    known: read.known,
    bad: read.problems.length,
    problemRows: read.problems.slice(0, shownProblems),
    elsewhere: [...read.elsewhere].slice(0, 30).map(([language, count]) => ({ language, count })),
    fallback: messages.name(source),
    problems,
  }
  render(res, 'kit/list', page)
}

const columnsOf = ({ email = -1, language = -1, school = -1, group = -1 }: Mapping) => ({
  email,
  language,
  school,
  group,
})

/** The columns as they were chosen in the form. */
function mappingOf(req: Request): Mapping {
  const mapping: Mapping = {}
  for (const field of contactFields) {
    const typed = formField(req, `column-${field}`)
    if (/^\d{1,3}$/.test(typed)) mapping[field] = Number(typed)
  }
  return mapping
}

/** Takes all that can be used, in one transaction; or, while rows cannot be used and nobody left them out, nothing. */
const takeList =
  (shop: Shop): RequestHandler<Slug> =>
  async (req, res) => {
    const { stores, now } = shop
    const survey = await surveyNamed(stores, req.params.slug)
    if (isOver(survey, now()))
      return showEmpty(shop, res, survey, [{ field: 'file', key: 'kit.list.problem.over' }])
    const kept = await keptFile(shop, survey)
    if (!kept) return res.redirect(303, listAddress(survey.slug))
    const looked = { ...kept, header: formField(req, 'header') === 'yes', mapping: mappingOf(req) }
    const go = formField(req, 'go')
    if (faultsOf(looked).length > 0 || (go !== 'take' && go !== 'some'))
      return look(shop, res, survey, looked)
    const { contacts, problems } = await readAll(shop, survey, looked)
    if (contacts.length === 0 || (problems.length > 0 && go !== 'some')) {
      res.status(422)
      return look(shop, res, survey, looked)
    }
    const key = await mailKey(stores)
    const added = await stores.contacts.add(
      survey.id,
      contacts.map((one) => ({ ...one, addressHash: addressHash(key, one.email) })),
    )
    await stores.contacts.keepFile(survey.id, undefined)
    await audit(stores, req, now(), 'imported', survey.slug, `addresses ${added}`)
    res.redirect(303, backTo(survey.slug, 'added'))
  }

const dropFile =
  ({ stores }: Shop): RequestHandler<Slug> =>
  async (req, res) => {
    const survey = await surveyNamed(stores, req.params.slug)
    await stores.contacts.keepFile(survey.id, undefined)
    res.redirect(303, backTo(survey.slug, 'dropped'))
  }
