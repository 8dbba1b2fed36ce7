import { type RequestHandler, Router } from 'express'
import { readTable } from '../../files/table.ts'
import type { Messages } from '../../language/wording.ts'
import { type ColumnUse, guessMapping } from '../../response/earlier/read.ts'
import { formField } from '../../web/formField.ts'
import { behind, requireDoor } from '../../web/guard.ts'
import { uploadForm, uploadOf } from '../../web/upload.ts'
import { madeBefore, makeFromColumns, showColumns } from './earlierColumns.ts'
import {
  fingerprint,
  home,
  type Kept,
  keep,
  ownColumns,
  rawOf,
  type Shelf,
  type Shop,
} from './earlierFile.ts'
import { fileOf, look, nothingTyped, showEmpty } from './earlierLook.ts'
import { takeResults } from './earlierTake.ts'

/** Bringing in results of surveys that another program asked: read, looked at, and only then taken, whole. */

const largestFile = 20 * 2 ** 20

const mostRows = 100_000

const mostColumns = 200

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

/** The row of the header: a title may stand above it, in a cell of its own. */
function headerIn(rows: readonly (readonly string[])[]): number {
  const filled = (row: readonly string[]) => row.filter((cell) => cell.trim() !== '').length
  const first = rows.findIndex((row) => filled(row) > 0)
  const header = rows.slice(0, 20).findIndex((row) => filled(row) > 1)
  const below = rows.slice(header + 1, header + 21).filter((row) => filled(row) > 0)
  return header > first && below.filter((row) => filled(row) > 1).length >= below.length / 2 ? header : first
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
    const start = headerIn(read.rows)
    const rows = start < 0 ? [] : read.rows.slice(start)
    if (rows.length < 2) return refuse('waves.earlier.problem.empty')
    if (rows.length > mostRows) return refuse('waves.earlier.problem.many', { most: mostRows })
    if (Math.max(...rows.slice(0, 50).map((row) => row.length)) > mostColumns)
      return refuse('waves.earlier.problem.wide', { most: mostColumns })
    const kept: Kept = {
      rows,
      above: start,
      windows: read.encoding === 'windows-1252',
      base: fresh ? '' : base,
    }
    await keep(shop, req, { name: file.name.slice(0, 200), content: JSON.stringify(kept) })
    res.redirect(303, home)
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

const dropFile =
  (shop: Shop): RequestHandler =>
  async (req, res) => {
    await keep(shop, req, undefined)
    res.redirect(303, home)
  }
