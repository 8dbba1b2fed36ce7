import { pipeline } from 'node:stream/promises'
import { type Request, Router } from 'express'
import { acts, isAct } from '../../district/acts.ts'
import { sayDate } from '../../language/format.ts'
import type { Messages } from '../../language/wording.ts'
import { csvText } from '../../report/export/csv.ts'
import { guardCell } from '../../response/formula.ts'
import type { AuditEntry, Stores } from '../../store/stores.ts'
import { audit, commandLine } from '../../web/audit.ts'
import { requireDoor } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { AuditPage } from '../models/office.ts'
import { render } from '../pages.ts'

type Shelf = Pick<Stores, 'audit' | 'settings'>
type Asked = Omit<Parameters<Stores['audit']['list']>[0], 'limit'>

const pageLength = 50
/** Rows that a file asks for at a time. */
const chunk = 1000

/** What staff did, for admins: by kind, by survey or person, fifty a page, and as a file. */
export function auditRoutes(stores: Shelf, messages: Messages, now: () => number): Router {
  const router = Router()
  const door = requireDoor('audit')

  router.get('/office/audit', door, async (req, res) => {
    const { lang } = readerLanguage(req, res, messages.tags)
    const asked = askedFor(req)
    const [rows, names, { timeZone }] = await Promise.all([
      stores.audit.list({ ...asked, limit: pageLength + 1 }),
      stores.audit.names(),
      stores.settings.district(),
    ])
    const shown = rows.slice(0, pageLength)
    const last = shown.at(-1)
    const time = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const
    const page: AuditPage = {
      rows: shown.map(({ at, who, did, about, detail }) => ({
        at: { words: sayDate(lang, at, time), iso: new Date(at).toISOString() },
        who: who === commandLine ? null : who,
        did,
        about,
        detail,
      })),
      acts: [...acts],
      who: names.who.filter((name) => name !== commandLine),
      about: names.about,
      chosen: { did: asked.did ?? '', who: asked.who ?? '', about: asked.about ?? '' },
      older:
        last && rows.length > pageLength ? addressOf('/office/audit', { ...asked, before: last.id }) : null,
      newest: asked.before === undefined ? null : addressOf('/office/audit', { ...asked, before: undefined }),
      csv: addressOf('/office/audit.csv', { ...asked, before: undefined }),
    }
    render(res, 'office/audit', page)
  })

  router.get('/office/audit.csv', door, async (req, res) => {
    const { before: _, ...asked } = askedFor(req)
    await audit(stores, req, now(), 'downloaded', '', 'audit')
    res.type('text/csv').attachment('audit.csv')
    try {
      await pipeline(csvText(fileOf(stores, asked), { bom: true }), res)
    } catch (error) {
      // The reader closed the page: nobody is left to tell.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
    }
  })
  return router
}

function askedFor(req: Request): Asked {
  const text = (name: string) => {
    const value = req.query[name]
    return typeof value === 'string' && value !== '' ? value.slice(0, 254) : undefined
  }
  const did = text('did')
  const before = text('before')
  return {
    did: did !== undefined && isAct(did) ? did : undefined,
    who: text('who'),
    about: text('about'),
    before: before !== undefined && /^\d{1,15}$/.test(before) ? Number(before) : undefined,
  }
}

function addressOf(path: string, asked: Asked): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, String(value))
  return query.size > 0 ? `${path}?${query}` : path
}

/** Every row, newest first, in memory that does not grow with them. Times are UTC. */
async function* fileOf({ audit: record }: Pick<Shelf, 'audit'>, asked: Asked): AsyncIterable<string[]> {
  yield ['id', 'at', 'who', 'did', 'about', 'detail']
  let before: number | undefined
  for (;;) {
    const rows: AuditEntry[] = await record.list({ ...asked, before, limit: chunk })
    for (const { id, at, who, did, about, detail } of rows)
      yield [String(id), new Date(at).toISOString(), ...[who, did, about, detail].map(guardCell)]
    before = rows.at(-1)?.id
    if (rows.length < chunk) return
  }
}
