import { type Request, type RequestHandler, type Response, Router } from 'express'
import { momentOf } from '../../district/clock.ts'
import { readAsOf } from '../../district/enrolmentFile.ts'
import { readTable } from '../../files/table.ts'
import { pick } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { codeSchema, type Questionnaire } from '../../questionnaire/definition.ts'
import { keysOf } from '../../response/earlier/head.ts'
import { plain } from '../../response/earlier/plain.ts'
import {
  type ColumnUse,
  type EarlierMapping,
  earlierReader,
  guessMapping,
  guessValues,
  isChosen,
  mostValues,
  type ReadEarlier,
  valuesOf,
} from '../../response/earlier/read.ts'
import { dateColumn, targetsOf } from '../../response/earlier/targets.ts'
import { audit } from '../../web/audit.ts'
import { formField } from '../../web/formField.ts'
import { behind, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { uploadForm, uploadOf } from '../../web/upload.ts'
import type { FieldProblem } from '../models/account.ts'
import type { EarlierPage } from '../models/waves.ts'
import { dayOf } from '../office/watching.ts'
import { render } from '../pages.ts'
import { madeBefore, makeFromColumns, showColumns } from './earlierColumns.ts'
import {
  type File,
  fingerprint,
  home,
  type Kept,
  keep,
  ownColumns,
  rawOf,
  type Shelf,
  type Shop,
} from './earlierFile.ts'
import { columnsOf, countsOf, targetChoices } from './earlierPages.ts'

/** Bringing in results of surveys that another program asked: read, looked at, and only then taken, whole. */

const largestFile = 20 * 2 ** 20
const mostRows = 100_000
const mostColumns = 200
/** Rows that are read before other requests get their turn. */
const portion = 500
const shownProblems = 100

/** Has to come before the check of form tokens. Files of anybody but the office stay unread. */
export function earlierForms(): Router {
  return Router().use(home, behind('office', uploadForm(largestFile)))
}

export function earlierRoutes(stores: Shelf, messages: Messages, now: () => number): Router {
  const shop = { stores, messages, now }
  const router = Router()
  const door = requireDoor('office')
  router.get(home, door, showFile(shop))
  router.post(home, door, takeFile(shop))
  router.post(`${home}/columns`, door, makeFromColumns(shop))
  router.post(`${home}/take`, door, takeResults(shop))
  router.post(`${home}/drop`, door, dropFile(shop))
  return router
}

const noRead: ReadEarlier = { settled: [], problems: [], leftOut: new Map(), dropped: 0 }
const nothingTyped = { base: '', slug: '', title: '', day: '', label: '', series: '' }

async function fileOf(shop: Shop, req: Request): Promise<File | undefined> {
  const raw = await rawOf(shop, req)
  if (!raw) return undefined
  const survey = raw.base === '' ? undefined : await shop.stores.surveys.find(raw.base)
  const questionnaire = survey?.questionnaire ?? raw.made?.questionnaire
  return questionnaire && { ...raw, survey, questionnaire }
}

const takeFile =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const base = formField(req, 'base')
    const file = uploadOf(req, 'file')
    const refuse = (key: string, values: Record<string, string | number> = {}, field = 'file') =>
      showEmpty(shop, res, [{ field, key, values }], base)
    const fresh = base === ownColumns
    if (!fresh && !(await shop.stores.surveys.find(base)))
      return refuse('waves.earlier.problem.base', {}, 'base')
    if (!file) return refuse('waves.earlier.problem.file')
    const read = await readTable(file.bytes)
    if ('fault' in read) return refuse(read.fault.key, read.fault.values)
    const start = read.rows.findIndex((row) => row.some((cell) => cell.trim() !== ''))
    const rows = start < 0 ? [] : read.rows.slice(start)
    if (rows.length < 2) return refuse('waves.earlier.problem.empty')
    if (rows.length > mostRows) return refuse('waves.earlier.problem.many', { most: mostRows })
    if (Math.max(...rows.slice(0, 50).map((row) => row.length)) > mostColumns)
      return refuse('waves.earlier.problem.wide', { most: mostColumns })
    const kept: Kept = { rows, windows: read.encoding === 'windows-1252', base: fresh ? '' : base }
    await keep(shop, req, { name: file.name.slice(0, 200), content: JSON.stringify(kept) })
    res.redirect(303, home)
  }

async function lists({ stores, messages }: Shop, res: Response) {
  const { lang } = readerLanguage(res.req, res, messages.tags)
  const [surveys, series] = await Promise.all([stores.surveys.list(), stores.series.list()])
  return {
    lang,
    surveys: surveys.map(({ slug, questionnaire }) => ({
      slug,
      title: pick(questionnaire.title, lang, questionnaire.source),
    })),
    series: series.map(({ id, name }) => ({ id, name: pick(name, lang) })),
  }
}

async function showEmpty(shop: Shop, res: Response, problems: FieldProblem[], base = ''): Promise<void> {
  const { lang: _, ...all } = await lists(shop, res)
  if (problems.length > 0) res.status(422)
  render(res, 'office/earlier', {
    ...all,
    name: '',
    windows: false,
    tests: 0,
    base: undefined,
    remembered: false,
    targets: [],
    columns: [],
    order: 'mdy',
    dated: false,
    counts: countsOf(noRead, 0),
    typed: { ...nothingTyped, base },
    problems,
  })
}

const showFile =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const raw = await rawOf(shop, req)
    if (raw && raw.base === '' && !raw.made) return showColumns(shop, res, raw)
    const file = await fileOf(shop, req)
    if (!file) return showEmpty(shop, res, [])
    const before = await shop.stores.earlier.findMapping(fingerprint(file))
    const said = before ? (JSON.parse(before) as Record<string, ColumnUse>) : undefined
    const own = file.made && madeBefore(file, file.made.columns)
    const mapping = guessMapping(file.headings, file.body, file.questionnaire, own ?? said)
    await look(shop, res, file, mapping, {
      typed: nothingTyped,
      remembered: said !== undefined && !own,
    })
  }

type Typed = EarlierPage['typed']

/** Every row is read, so that the page tells what would come in before anything does. */
async function look(
  shop: Shop,
  res: Response,
  file: File,
  mapping: EarlierMapping,
  { typed, remembered, problems = [] }: { typed: Typed; remembered: boolean; problems?: FieldProblem[] },
): Promise<void> {
  const { lang, ...all } = await lists(shop, res)
  const { questionnaire } = file
  const t = shop.messages.t(lang)
  const to = { lang, say: (key: string, values?: Record<string, number>) => t(key, values ?? {}) as string }
  const read = await readAll(shop, file, mapping, typed.day)
  if (problems.length > 0) res.status(422)
  render(res, 'office/earlier', {
    ...all,
    name: file.name,
    windows: file.windows,
    tests: file.table.tests,
    base: pick(questionnaire.title, lang, questionnaire.source),
    remembered,
    targets: targetChoices(questionnaire, to),
    columns: columnsOf(file.headings, file.body, mapping, questionnaire, to),
    order: mapping.order,
    dated: mapping.columns.some((column) => column.to === dateColumn),
    counts: countsOf(read, shownProblems),
    typed,
    problems,
  })
}

async function readAll(
  { stores, now }: Shop,
  file: File,
  mapping: EarlierMapping,
  day: string,
): Promise<ReadEarlier> {
  const { timeZone } = await stores.settings.district()
  const noon = (of: string) => momentOf(`${of}T12:00`, timeZone)
  const hour = noon(day) ?? noon(dayOf(now(), timeZone)) ?? now()
  const { read, take } = earlierReader(file.body, mapping, file.questionnaire, {
    momentOf: (wall) => momentOf(wall, timeZone),
    hour,
  })
  for (let at = 0; at < file.body.length; at += portion) {
    take(file.body.slice(at, at + portion), at + file.table.first)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return read
}

/** The mapping as it stands in the form; values of a column that was taken for something else are guessed afresh. */
function mappingOf(req: Request, { headings, body, questionnaire }: File): EarlierMapping {
  const targets = new Map(targetsOf(questionnaire).map((target) => [target.to, target]))
  const columns = headings.map((_, at): ColumnUse => {
    const to = formField(req, `to-${at}`)
    const target = targets.get(to)
    if (to !== formField(req, `was-${at}`)) return { to, values: guessValues(body, at, target) }
    if (!target || !isChosen(target)) return { to, values: {} }
    const values = valuesOf(body, at, target).slice(0, mostValues)
    return {
      to,
      values: Object.fromEntries(
        values.map(({ value }, place) => [plain(value), formField(req, `value-${at}-${place}`)]),
      ),
    }
  })
  return { columns, order: formField(req, 'order') === 'dmy' ? 'dmy' : 'mdy' }
}

const typedOf = (req: Request): Typed => {
  const short = (name: string, most: number) => formField(req, name).trim().slice(0, most)
  return {
    base: '',
    slug: short('slug', 40),
    title: short('title', 200),
    day: short('day', 10),
    label: short('label', 40),
    series: short('series', 9),
  }
}

async function faultsOf(
  { stores, now }: Shop,
  typed: Typed,
  mapping: EarlierMapping,
): Promise<FieldProblem[]> {
  const { timeZone } = await stores.settings.district()
  const chosen = mapping.columns.map(({ to }) => to).filter(Boolean)
  const slug = codeSchema.safeParse(typed.slug)
  const taken = slug.success && (await stores.surveys.find(typed.slug)) !== undefined
  return [
    ...(new Set(chosen).size < chosen.length
      ? [{ field: 'columns', key: 'waves.earlier.problem.twice' }]
      : []),
    ...(slug.success && !taken
      ? []
      : [{ field: 'slug', key: taken ? 'waves.earlier.problem.taken' : 'waves.earlier.problem.slug' }]),
    ...(typed.title ? [] : [{ field: 'title', key: 'waves.earlier.problem.title' }]),
    ...(readAsOf(typed.day, dayOf(now(), timeZone))
      ? []
      : [{ field: 'day', key: 'waves.earlier.problem.day' }]),
    ...(typed.series !== '' && !typed.label ? [{ field: 'label', key: 'waves.problem.label' }] : []),
  ]
}

/**
 * Makes a closed survey that asks what the chosen one asks, and puts the responses into it in one transaction. While
 * rows cannot be used and nobody said to leave them out, nothing is made.
 */
const takeResults =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    const { stores, now } = shop
    const file = await fileOf(shop, req)
    if (!file) return res.redirect(303, home)
    const mapping = mappingOf(req, file)
    const typed = typedOf(req)
    const go = formField(req, 'go')
    if (go !== 'take' && go !== 'some') return look(shop, res, file, mapping, { typed, remembered: false })
    const problems = await faultsOf(shop, typed, mapping)
    const again = (more: FieldProblem[]) =>
      look(shop, res, file, mapping, { typed, remembered: false, problems: more })
    if (problems.length > 0) return again(problems)
    const read = await readAll(shop, file, mapping, typed.day)
    if (read.settled.length === 0 || (read.problems.length > 0 && go !== 'some'))
      return again([{ field: 'columns', key: 'waves.earlier.problem.rows' }])
    const { lang } = readerLanguage(req, res, shop.messages.tags)
    const { survey: base, questionnaire } = file
    const survey = await stores.surveys.add(
      {
        slug: typed.slug,
        questionnaire: titled(questionnaire, lang, typed.title),
        ...(base && { minimumGroup: base.minimumGroup, sample: base.sample }),
      },
      now(),
    )
    await stores.surveys.setState(survey.id, 'closed')
    const { timeZone } = await stores.settings.district()
    await stores.surveys.setDates(survey.id, null, momentOf(`${typed.day}T12:00`, timeZone) ?? null)
    const added = await stores.responses.addMany(survey.id, read.settled)
    const series = await stores.series.find(Number(typed.series) || 0)
    if (series)
      await stores.series.put(series.id, {
        survey: survey.id,
        day: typed.day,
        label: { [lang]: typed.label },
      })
    const said = Object.fromEntries(
      keysOf(file.headings).map((key, at) => [key, mapping.columns[at] ?? { to: '', values: {} }]),
    )
    await stores.earlier.keepMapping(fingerprint(file), JSON.stringify(said), now())
    await keep(shop, req, undefined)
    await audit(stores, req, now(), 'imported', survey.slug, `responses ${added}`)
    res.redirect(303, series ? `/office/series/${series.id}?done=imported` : `/office/surveys/${survey.slug}`)
  }

/** The same questions under another title. */
function titled(questionnaire: Questionnaire, lang: string, title: string): Questionnaire {
  const tag = questionnaire.languages.includes(lang) ? lang : questionnaire.source
  return { ...questionnaire, title: { [questionnaire.source]: title, [tag]: title } }
}

const dropFile =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    await keep(shop, req, undefined)
    res.redirect(303, home)
  }
