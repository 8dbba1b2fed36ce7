import type { Selectable } from 'kysely'
import type { Engine } from './engine.ts'
import { fromJson } from './json.ts'
import type { Flag, Flags } from './stores.ts'
import type { Database } from './tables.ts'

/** Comments that may speak of danger, and what was done about each. */
export function openFlags({ read, write }: Pick<Engine, 'read' | 'write'>): Flags {
  return {
    add: (flags) =>
      write(async (db) => {
        const added: Flag[] = []
        for (const flag of flags) {
          const row = await db
            .insertInto('flag')
            .values({ ...flag, state: 'new', log: '[]' })
            .onConflict((known) => known.columns(['survey', 'comment']).doNothing())
            .returningAll()
            .executeTakeFirst()
          if (row) added.push(toFlag(row))
        }
        return added
      }),
    list: async ({ survey, states } = {}) => {
      const rows = await read
        .selectFrom('flag')
        .selectAll()
        .$if(survey !== undefined, (some) => some.where('survey', '=', survey ?? 0))
        .$if(states !== undefined, (some) => some.where('state', 'in', states ?? []))
        .orderBy('level', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(toFlag)
    },
    find: async (id) => {
      const row = await read.selectFrom('flag').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toFlag(row)
    },
    move: (id, from, to) =>
      write(async (db) => {
        const row = await db
          .selectFrom('flag')
          .selectAll()
          .where('id', '=', id)
          .where('state', '=', from)
          .executeTakeFirst()
        if (!row) return false
        const log = JSON.stringify([...toFlag(row).log, to])
        await db.updateTable('flag').set({ state: to.state, log }).where('id', '=', id).execute()
        return true
      }),
  }
}

const toFlag = ({ kind, log, ...row }: Selectable<Database['flag']>): Flag => ({
  ...row,
  kind: kind as Flag['kind'],
  log: fromJson<Flag['log']>(log),
})
