import type { Request, RequestHandler, Response } from 'express'
import { type ConversationNote, readConversations } from '../../commitment/conversationFile.ts'
import { readTable } from '../../files/table.ts'
import type { StoredConversation } from '../../store/stores.ts'
import { audit } from '../../web/audit.ts'
import { badRequest, conflict } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import { currentPerson } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import { uploadOf } from '../../web/upload.ts'
import type { FieldProblem } from '../models/account.ts'
import { render } from '../pages.ts'
import { namedIn, type TalkHall, talksHome } from './talksHall.ts'

type Show = (hall: TalkHall, req: Request, res: Response, problems?: FieldProblem[]) => Promise<void>
/** Faults that are listed; the rest are counted. */
const mostTold = 100

async function readWith({ stores, messages }: TalkHall, rows: string[][]) {
  const [district, log, named] = await Promise.all([
    stores.settings.district(),
    stores.conversations.list(),
    namedIn(stores, messages, 'en'),
  ])
  const ids = new Map(log.map((one) => [one.id, one]))
  const read = readConversations(rows, {
    groups: district.groups.map(({ code }) => code),
    schools: district.schools.map(({ code }) => code),
    languages: messages.tags,
    surveys: named.surveys.map(({ code }) => code),
    plans: named.plans.map(({ code }) => code),
    ids,
  })
  return { read, ids }
}

/** Reads the file and tells what it would change; nothing is kept yet. */
export const checkFile =
  (hall: TalkHall, show: Show): RequestHandler =>
  async (req, res) => {
    const file = uploadOf(req, 'file')
    if (!file) return show(hall, req, res, [{ field: 'file', key: 'talks.problem.file' }])
    const { lang } = readerLanguage(req, res, hall.messages.tags)
    const t = hall.messages.t(lang)
    const said = (row: number, words: string) => (row > 0 ? `${t('watching.row', { row })}: ${words}` : words)
    const say = ({ row, code, values }: ConversationNote) =>
      said(row, t(`talks.note.${code}`, values) as string)
    const table = await readTable(file.bytes)
    const none = { rows: [], faults: [], notices: [] }
    const { read, ids } =
      'fault' in table
        ? { read: none, ids: new Map<number, StoredConversation>() }
        : await readWith(hall, table.rows)
    const broken =
      'fault' in table ? [said(table.fault.row, t(table.fault.key, table.fault.values) as string)] : []
    const noticed =
      'fault' in table ? [] : table.notices.map(({ row, key, values }) => said(row, t(key, values) as string))
    const ok = broken.length === 0 && read.faults.length === 0
    const old = read.rows.filter(({ id }) => id !== undefined)
    const same = old.filter(({ id, conversation }) => alike(ids.get(id ?? 0), conversation)).length
    if (!ok) res.status(422)
    render(res, 'talks/check', {
      name: file.name.slice(0, 200),
      faults: [...broken, ...read.faults.slice(0, mostTold).map(say)],
      count: broken.length + read.faults.length,
      notices: [...noticed, ...read.notices.map(say)].slice(0, mostTold),
      change: ok ? { added: read.rows.length - old.length, changed: old.length - same, same } : undefined,
      carried:
        ok && !('fault' in table) ? JSON.stringify({ rows: table.rows, seen: marks(read.rows, ids) }) : '',
    })
  }

const alike = (before: StoredConversation | undefined, after: object): boolean => {
  if (!before) return false
  const { id: _, revision: __, by: ___, at: ____, ...content } = before
  return canonical(content) === canonical(after)
}

/** The same for two records that say the same, in whatever order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, one) =>
    one && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )

/** The revision that each changed row was looked at in: id to revision. */
const marks = (rows: readonly { id: number | undefined }[], ids: ReadonlyMap<number, StoredConversation>) =>
  Object.fromEntries(rows.flatMap(({ id }) => (id === undefined ? [] : [[id, ids.get(id)?.revision ?? 0]])))

/** Keeps what was looked at, all or nothing. It comes back with the form, so it is read as anything from outside. */
export const keepFile =
  (hall: TalkHall): RequestHandler =>
  async (req, res) => {
    const { rows, seen } = carried(formField(req, 'table'))
    const { read, ids } = await readWith(hall, rows)
    if (read.faults.length > 0) throw badRequest()
    const changed = read.rows.filter(({ id, conversation }) => !alike(ids.get(id ?? 0), conversation))
    const saved = await hall.stores.conversations.save(
      changed.map((row) => ({ ...row, revision: row.id === undefined ? undefined : seen[row.id] })),
      currentPerson(req)?.id ?? '',
      hall.now(),
    )
    if (!saved) throw conflict('talks.error.moved')
    await audit(hall.stores, req, hall.now(), 'imported', '', `conversations ${saved.length}`)
    res.redirect(303, `${talksHome}?done=imported`)
  }

function carried(text: string): { rows: string[][]; seen: Record<string, number> } {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw badRequest()
  }
  const { rows, seen } = (content ?? {}) as { rows?: unknown; seen?: unknown }
  const isRow = (row: unknown): row is string[] =>
    Array.isArray(row) && row.every((cell) => typeof cell === 'string')
  if (!Array.isArray(rows) || !rows.every(isRow) || !seen || typeof seen !== 'object') throw badRequest()
  return { rows, seen: seen as Record<string, number> }
}
