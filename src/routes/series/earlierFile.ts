import { createHash } from 'node:crypto'
import type { Request } from 'express'
import type { Messages } from '../../language/wording.ts'
import type { Questionnaire } from '../../questionnaire/definition.ts'
import { readHead, type Table } from '../../response/earlier/head.ts'
import { plain } from '../../response/earlier/plain.ts'
import type { ColumnUse } from '../../response/earlier/read.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import { currentPerson } from '../../web/guard.ts'

export type Shelf = Pick<Stores, 'series' | 'earlier' | 'surveys' | 'responses' | 'settings' | 'audit'>
export type Shop = { stores: Shelf; messages: Messages; now: () => number }
/**
 * `above`: how many rows stood above the header. `made`: where no survey asks the same, the questionnaire that was made
 * from the columns.
 */
export type Kept = {
  rows: string[][]
  above?: number
  windows: boolean
  base: string
  made?: { questionnaire: Questionnaire; columns: ColumnUse[] } | undefined
}
/** `headings`: as they are shown; `table`: the same with what they say. */
export type Raw = Kept & { name: string; headings: string[]; body: string[][]; table: Table }
export type File = Raw & { survey: Survey | undefined; questionnaire: Questionnaire }

export const home = '/office/series/import'
/** Chosen in place of a survey: one is made from the columns. */
export const ownColumns = '@columns'
/** A file that nobody took is thrown away after a day. */
const lasts = 86_400_000

const personOf = (req: Request): string => currentPerson(req)?.id ?? ''
/** The header by which a file of the same form is known again. */
export const fingerprint = ({ headings, base }: Pick<Raw, 'headings' | 'base'>): string =>
  createHash('sha256')
    .update(JSON.stringify([base, headings.map(plain)]))
    .digest('hex')

export const keep = (
  { stores, now }: Shop,
  req: Request,
  file: { name: string; content: string } | undefined,
) => stores.earlier.keepFile(personOf(req), file, { now: now(), expired: now() - lasts })

export async function rawOf({ stores }: Shop, req: Request): Promise<Raw | undefined> {
  const found = await stores.earlier.findFile(personOf(req))
  if (!found) return undefined
  const kept = JSON.parse(found.content) as Kept
  const head = readHead(kept.rows)
  const table = { ...head, first: head.first + (kept.above ?? 0) }
  const headings = table.headings.map(({ whole }) => whole)
  return { ...kept, name: found.name, headings, body: table.body, table }
}
