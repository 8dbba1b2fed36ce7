import type { Enrolment } from '../district/enrolment.ts'
import type { Engine } from './engine.ts'
import { sharedFromJson } from './json.ts'
import type { Enrolments } from './stores.ts'

export function openEnrolments({ read, run }: Pick<Engine, 'read' | 'run'>): Enrolments {
  /** As last read: a table is parsed again only when its text has changed (perhaps by another process). */
  const last = new Map<string, { text: string; rows: Enrolment['rows'] }>()

  return {
    list: () =>
      read
        .selectFrom('enrolment')
        .select(['as_of as asOf', 'source', 'added'])
        .orderBy('as_of', 'desc')
        .execute(),
    find: async (asOf) => {
      const row = await read
        .selectFrom('enrolment')
        .select(['source', 'content'])
        .where('as_of', '=', asOf)
        .executeTakeFirst()
      if (!row) return undefined
      const known = last.get(asOf)
      const rows = known?.text === row.content ? known.rows : sharedFromJson<Enrolment['rows']>(row.content)
      last.set(asOf, { text: row.content, rows })
      return { asOf, source: row.source, rows }
    },
    put: async ({ asOf, source, rows }, now) => {
      const content = JSON.stringify(rows)
      await run(
        read
          .insertInto('enrolment')
          .values({ as_of: asOf, source, added: now, content })
          .onConflict((known) => known.column('as_of').doUpdateSet({ source, added: now, content })),
      )
    },
    remove: async (asOf) => {
      last.delete(asOf)
      await run(read.deleteFrom('enrolment').where('as_of', '=', asOf))
    },
  }
}
