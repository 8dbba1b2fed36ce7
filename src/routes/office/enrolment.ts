import { pipeline } from 'node:stream/promises'
import { type RequestHandler, type Response, Router } from 'express'
import type { District } from '../../district/district.ts'
import { ageInDays, type Enrolment } from '../../district/enrolment.ts'
import {
  changeBetween,
  type EnrolmentNote,
  type ReadEnrolment,
  readAsOf,
  readEnrolment,
  writeEnrolment,
} from '../../district/enrolmentFile.ts'
import { readTable } from '../../files/table.ts'
import { pick } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import { csvText } from '../../report/export/csv.ts'
import { guardCell } from '../../response/formula.ts'
import type { Stores } from '../../store/stores.ts'
import { audit } from '../../web/audit.ts'
import { badRequest, notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { behind, requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { uploadForm, uploadOf } from '../../web/upload.ts'
import type { FieldProblem } from '../models/account.ts'
import type { EnrolmentPage } from '../models/watching.ts'
import { render } from '../pages.ts'
import { partsOf } from './enrolmentPages.ts'
import { dayOf, officeReader, sayDay } from './watching.ts'

type Shelf = Pick<Stores, 'enrolments' | 'settings' | 'audit'>

const home = '/office/enrolment'
/** The largest form: a file, or the table that comes back to be kept. Bytes. */
const largest = 10 * 2 ** 20
/** Faults that are listed; the rest are counted. */
const mostTold = 100

/** Forms with files come before the check of form tokens, and only from those who may enter the office. */
export function enrolmentForms(): Router {
  return Router().use(home, behind('office', uploadForm(largest)))
}

/** How many there are of whom: shown, brought in, kept by their day. */
export function enrolmentRoutes(stores: Shelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const door = requireDoor('office')
  const show = shower(stores, messages, now)
  router.get(home, door, showTable(show))
  router.get(`${home}/table.csv`, door, sendTable(stores))
  router.post(`${home}/check`, door, checkFile(stores, messages, show, now))
  router.post(`${home}/keep`, door, keepTable(stores, show, now))
  router.post(`${home}/remove`, door, removeTable(stores, now))
  return router
}

type News = Partial<Pick<EnrolmentPage, 'typed' | 'problems' | 'done'>> & { asOf?: string }
type Show = (res: Response, news?: News) => Promise<void>

const shower =
  (stores: Shelf, messages: Messages, now: () => number): Show =>
  async (res, { asOf, typed, problems = [], done } = {}) => {
    const { lang } = readerLanguage(res.req, res, messages.tags)
    const [district, tables] = await Promise.all([stores.settings.district(), stores.enrolments.list()])
    const shown = tables.find((table) => table.asOf === asOf) ?? tables[0]
    const table = shown && (await stores.enrolments.find(shown.asOf))
    const { reader } = officeReader(messages, lang)
    if (problems.length > 0) res.status(422)
    render(res, 'office/enrolment', {
      table: table && {
        day: sayDay(lang, table.asOf),
        source: table.source,
        old: ageInDays(table.asOf, dayOf(now(), district.timeZone)) > 366,
        parts: partsOf(table, district, reader),
      },
      tables: tables.map((one) => ({
        day: sayDay(lang, one.asOf),
        source: one.source,
        current: one.asOf === table?.asOf,
      })),
      published: district.enrolment.map(({ of, n, source, note }) => {
        const group = district.groups.find(({ code }) => code === of)
        return { of: group ? reader.words(group.label).words : of, n: reader.number(n), source, note }
      }),
      groups: district.groups.map(({ code, label }) => ({ code, label: pick(label, lang) })),
      typed: typed ?? { asOf: '', source: '', group: 'student' },
      problems,
      done,
    })
  }

const done = ['kept', 'removed']

const showTable =
  (show: Show): RequestHandler =>
  async (req, res) => {
    const word = done.find((known) => known === req.query.done)
    await show(res, {
      ...(typeof req.query.day === 'string' ? { asOf: req.query.day } : {}),
      ...(word ? { done: `watching.enrolment.done.${word}` } : {}),
    })
  }

const sendTable =
  (stores: Shelf): RequestHandler =>
  async (req, res) => {
    const table = await stores.enrolments.find(String(req.query.day))
    if (!table) throw notFound()
    res.type('text/csv').attachment(`enrolment-${table.asOf}.csv`)
    await pipeline(
      csvText(
        writeEnrolment(table.rows).map((row) => row.map(guardCell)),
        { bom: true },
      ),
      res,
    )
  }

/** What was said of the table beside its file, and what of it cannot be taken. */
function saidOf(req: Parameters<RequestHandler>[0], district: District, now: number) {
  const typed = {
    asOf: formField(req, 'asOf').trim().slice(0, 20),
    source: formField(req, 'source').trim().slice(0, 300),
    group: formField(req, 'group').trim().slice(0, 100),
  }
  const asOf = readAsOf(typed.asOf, dayOf(now, district.timeZone))
  const known = typed.group === '' || district.groups.some(({ code }) => code === typed.group)
  const problems: FieldProblem[] = [
    ...(asOf ? [] : [{ field: 'asOf', key: 'watching.enrolment.problem.asOf' }]),
    ...(typed.source ? [] : [{ field: 'source', key: 'watching.enrolment.problem.source' }]),
    ...(known ? [] : [{ field: 'group', key: 'watching.enrolment.problem.group' }]),
  ]
  return { typed, asOf: asOf ?? '', problems }
}

/** Reads the file and tells what it would change; nothing is kept yet. */
const checkFile =
  (stores: Shelf, messages: Messages, show: Show, now: () => number): RequestHandler =>
  async (req, res) => {
    const district = await stores.settings.district()
    const { typed, asOf, problems } = saidOf(req, district, now())
    const file = uploadOf(req, 'file')
    const faults = file ? problems : [{ field: 'file', key: 'watching.enrolment.problem.file' }, ...problems]
    if (!file || faults.length > 0) return show(res, { typed, problems: faults })
    const { lang } = readerLanguage(req, res, messages.tags)
    const t = messages.t(lang)
    const said = (row: number, words: string) => (row > 0 ? `${t('watching.row', { row })}: ${words}` : words)
    const say = ({ row, code, values }: EnrolmentNote) => {
      const { column } = values
      const named = code === 'unknown' || code === 'other' || code.startsWith('parts')
      const name = named && typeof column === 'string' ? t(`watching.column.${column}`) : column
      return said(row, t(`watching.note.${code}`, { ...values, column: name }) as string)
    }
    const table = await readTable(file.bytes)
    const fault =
      'fault' in table ? [said(table.fault.row, t(table.fault.key, table.fault.values) as string)] : []
    const read: ReadEnrolment =
      'fault' in table
        ? { rows: [], faults: [], notices: [] }
        : readEnrolment(table.rows, district, typed.group)
    const notices = 'fault' in table ? [] : table.notices
    const ok = fault.length === 0 && read.faults.length === 0
    const tables = await stores.enrolments.list()
    const before =
      tables.find((one) => one.asOf === asOf) ?? tables.find((one) => one.asOf < asOf) ?? tables[0]
    const old = before && (await stores.enrolments.find(before.asOf))
    const change = changeBetween(old?.rows ?? [], read.rows)
    const { reader } = officeReader(messages, lang)
    if (!ok) res.status(422)
    render(res, 'office/enrolment-check', {
      name: file.name.slice(0, 200),
      faults: [...fault, ...read.faults.slice(0, mostTold).map(say)],
      count: fault.length + read.faults.length,
      notices: [
        ...notices.slice(0, mostTold).map(({ row, key, values }) => said(row, t(key, values) as string)),
        ...read.notices.slice(0, mostTold).map(say),
      ],
      change: ok
        ? {
            day: sayDay(lang, asOf),
            source: typed.source,
            against: before && sayDay(lang, before.asOf),
            replaces: before?.asOf === asOf,
            added: reader.number(change.added),
            changed: reader.number(change.changed),
            same: reader.number(change.same),
            removed: reader.number(change.removed),
          }
        : undefined,
      carried: {
        table: ok ? JSON.stringify(writeEnrolment(read.rows)) : '',
        asOf,
        source: typed.source,
        name: file.name.slice(0, 200),
      },
    })
  }

/** Keeps the table that was looked at. It comes back with the form, so it is read as anything from outside. */
const keepTable =
  (stores: Shelf, show: Show, now: () => number): RequestHandler =>
  async (req, res) => {
    const district = await stores.settings.district()
    const { typed, asOf, problems } = saidOf(req, district, now())
    if (problems.length > 0) return show(res, { typed, problems })
    const { rows, faults } = readEnrolment(carried(formField(req, 'table')), district)
    if (faults.length > 0) throw badRequest()
    const enrolment: Enrolment = { asOf, source: typed.source, rows }
    await stores.enrolments.put(enrolment, now())
    await audit(stores, req, now(), 'imported', '', `enrolment ${asOf}`)
    res.redirect(303, `${home}?done=kept&day=${asOf}`)
  }

function carried(text: string): string[][] {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw badRequest()
  }
  const isRow = (row: unknown): row is string[] =>
    Array.isArray(row) && row.every((cell) => typeof cell === 'string')
  if (!Array.isArray(content) || !content.every(isRow)) throw badRequest()
  return content
}

const removeTable =
  (stores: Shelf, now: () => number): RequestHandler =>
  async (req, res) => {
    const asOf = formField(req, 'day')
    if (!(await stores.enrolments.find(asOf))) throw notFound()
    await stores.enrolments.remove(asOf)
    await audit(stores, req, now(), 'deleted', '', `enrolment ${asOf}`)
    res.redirect(303, `${home}?done=removed`)
  }
