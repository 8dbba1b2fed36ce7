import type { Selectable } from 'kysely'
import { readCommitment } from '../commitment/commitment.ts'
import type { Engine } from './engine.ts'
import { NotFound } from './errors.ts'
import { fromJson } from './json.ts'
import type { Commitments, StoredCommitment } from './stores.ts'
import type { Database } from './tables.ts'

/** What the district does about what was said: every saved state is kept. */
export function openCommitments({ read, write }: Pick<Engine, 'read' | 'write'>): Commitments {
  const lasts = () =>
    read
      .selectFrom('commitment')
      .selectAll()
      .where('gone', '=', 0)
      .where(({ eb, selectFrom }) =>
        eb(
          'revision',
          '=',
          selectFrom('commitment as later')
            .select(({ fn }) => fn.max('later.revision').as('last'))
            .whereRef('later.id', '=', 'commitment.id'),
        ),
      )
  return {
    list: async (survey) =>
      (await lasts().where('survey', '=', survey).orderBy('id').execute()).map(toCommitment),
    find: async (id) => {
      const row = await lasts().where('id', '=', id).executeTakeFirst()
      return row && toCommitment(row)
    },
    history: async (id) => {
      const rows = await read
        .selectFrom('commitment')
        .selectAll()
        .where('id', '=', id)
        .orderBy('revision', 'desc')
        .execute()
      return rows.map((row) => ({ ...toCommitment(row), gone: row.gone === 1 }))
    },
    add: (survey, commitment, by, now) =>
      write(async (db) => {
        const last = await db
          .selectFrom('commitment')
          .select(({ fn }) => fn.max('id').as('id'))
          .executeTakeFirst()
        const id = Number(last?.id ?? 0) + 1
        await db
          .insertInto('commitment')
          .values(toRow(id, 1, survey, commitment, by, now))
          .execute()
        return id
      }),
    put: (id, revision, commitment, by, now) =>
      write(async (db) => {
        const there = await db
          .selectFrom('commitment')
          .select(['revision', 'survey', 'gone'])
          .where('id', '=', id)
          .orderBy('revision', 'desc')
          .limit(1)
          .executeTakeFirst()
        if (!there) throw new NotFound(`there is no commitment ${id}`)
        if (there.revision !== revision || there.gone === 1) return false
        await db
          .insertInto('commitment')
          .values(toRow(id, revision + 1, there.survey, commitment, by, now))
          .execute()
        return true
      }),
    remove: (id, by, now) =>
      write(async (db) => {
        const there = await db
          .selectFrom('commitment')
          .selectAll()
          .where('id', '=', id)
          .orderBy('revision', 'desc')
          .limit(1)
          .executeTakeFirst()
        if (!there || there.gone === 1) return
        const row = { ...there, revision: there.revision + 1, gone: 1 as const, changed_by: by, changed: now }
        await db.insertInto('commitment').values(row).execute()
      }),
  }
}

/** Kind and code stand in columns, where a theme that is renamed takes them along. */
const toCommitment = (row: Selectable<Database['commitment']>): StoredCommitment => ({
  ...readCommitment({
    ...fromJson<object>(row.content),
    about: { kind: row.kind, code: row.code },
  }),
  id: row.id,
  survey: row.survey,
  revision: row.revision,
  by: row.changed_by,
  at: row.changed,
})

const toRow = (
  id: number,
  revision: number,
  survey: number,
  { about: { kind, code }, words, element, owner, status, on }: Parameters<Commitments['add']>[1],
  by: string,
  now: number,
) => ({
  ...{ id, revision, survey, kind, code, gone: 0 as const },
  content: JSON.stringify({ words, element, owner, status, on }),
  changed_by: by,
  changed: now,
})
