import type { Kysely, Selectable } from 'kysely'
import type { Conversation } from '../commitment/conversation.ts'
import type { Engine } from './engine.ts'
import { fromJson } from './json.ts'
import type { Conversations, Note, StoredConversation } from './stores.ts'
import type { Database } from './tables.ts'

/** Notes written in one statement. */
const PAGE = 200

/** The log of conversations, every saved state of it, and what was said or asked in them. */
export function openConversations({
  read,
  write,
  run,
}: Pick<Engine, 'read' | 'write' | 'run'>): Conversations {
  const lasts = () =>
    read
      .selectFrom('conversation')
      .selectAll()
      .where('gone', '=', 0)
      .where(({ eb, selectFrom }) =>
        eb(
          'revision',
          '=',
          selectFrom('conversation as later')
            .select(({ fn }) => fn.max('later.revision').as('last'))
            .whereRef('later.id', '=', 'conversation.id'),
        ),
      )
  return {
    list: async () => {
      const all = (await lasts().execute()).map(toConversation)
      return all.sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : b.id - a.id))
    },
    find: async (id) => {
      const row = await lasts().where('id', '=', id).executeTakeFirst()
      return row && toConversation(row)
    },
    history: async (id) => {
      const rows = await read
        .selectFrom('conversation')
        .selectAll()
        .where('id', '=', id)
        .orderBy('revision', 'desc')
        .execute()
      return rows.map((row) => ({ ...toConversation(row), gone: row.gone === 1 }))
    },
    save: (all, by, now) =>
      write(async (db) => {
        const ids: number[] = []
        for (const one of all) {
          const { id, revision, conversation } = one
          const last = id === undefined ? undefined : await lastOf(db, id)
          if (id !== undefined && (!last || last.gone === 1 || last.revision !== revision)) {
            // Nothing of it may stay when one row of a file is out of date.
            if (ids.length > 0) throw new Stale()
            return undefined
          }
          const made = id ?? (await nextId(db))
          await db
            .insertInto('conversation')
            .values({
              ...{ id: made, revision: (last?.revision ?? 0) + 1, content: JSON.stringify(conversation) },
              ...{ gone: 0, changed_by: by, changed: now },
            })
            .execute()
          ids.push(made)
        }
        return ids
      }).catch((fault: unknown) => {
        if (fault instanceof Stale) return undefined
        throw fault
      }),
    remove: (id, by, now) =>
      write(async (db) => {
        const last = await lastOf(db, id)
        if (!last || last.gone === 1) return
        const row = { ...last, revision: last.revision + 1, gone: 1 as const, changed_by: by, changed: now }
        await db.insertInto('conversation').values(row).execute()
      }),
    notes: async (conversation) => {
      const rows = await read
        .selectFrom('note')
        .selectAll()
        .where('conversation', '=', conversation)
        .where('words', '<>', '')
        .orderBy('id')
        .execute()
      return rows.map(toNote)
    },
    note: async (id) => {
      const row = await read.selectFrom('note').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toNote(row)
    },
    addNotes: async (conversation, notes) => {
      for (let start = 0; start < notes.length; start += PAGE)
        await run(
          read.insertInto('note').values(
            notes.slice(start, start + PAGE).map(({ kind, words, language, hour }) => ({
              ...{ conversation, kind, words, language, hour: hour - (hour % 3_600_000) },
              ...(kind === 'note'
                ? { state: 'shown' as const, shown: words }
                : { state: 'waiting' as const }),
            })),
          ),
        )
    },
    decide: async (id, { state, shown, sameAs }) =>
      (await run(read.updateTable('note').set({ state, shown, same_as: sameAs }).where('id', '=', id))) > 0,
    removeNote: async (id) => {
      // The number stays taken: codings and flags go by it.
      const gone = { words: '', shown: null, same_as: null, state: 'hidden' } as const
      await run(read.updateTable('note').set(gone).where('id', '=', id))
    },
    waiting: async () => {
      const rows = await read
        .selectFrom('note')
        .where('words', '<>', '')
        .select(['conversation', 'state', ({ fn }) => fn.countAll<number>().as('n')])
        .groupBy(['conversation', 'state'])
        .execute()
      const made = new Map<number, { waiting: number; all: number }>()
      for (const { conversation, state, n } of rows) {
        const there = made.get(conversation) ?? { waiting: 0, all: 0 }
        if (state === 'waiting') there.waiting += Number(n)
        there.all += Number(n)
        made.set(conversation, there)
      }
      return made
    },
    unscreened: (limit) =>
      read
        .selectFrom('note')
        .select(['id', 'words', 'language'])
        .where(({ eb, lit }) => eb('screened', '=', lit(0)))
        .orderBy('id')
        .limit(limit)
        .execute(),
    screened: async (ids) => {
      if (ids.length > 0) await run(read.updateTable('note').set({ screened: 1 }).where('id', 'in', ids))
    },
    screenAgain: async () => {
      await run(read.updateTable('note').set({ screened: 0 }).where('screened', '=', 1))
    },
  }
}

/** A row of a file was saved by somebody else meanwhile. */
class Stale extends Error {}

const lastOf = (db: Kysely<Database>, id: number) =>
  db
    .selectFrom('conversation')
    .selectAll()
    .where('id', '=', id)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst()

async function nextId(db: Kysely<Database>): Promise<number> {
  const last = await db
    .selectFrom('conversation')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst()
  return Number(last?.id ?? 0) + 1
}

const toConversation = (row: Selectable<Database['conversation']>): StoredConversation => ({
  ...fromJson<Conversation>(row.content),
  id: row.id,
  revision: row.revision,
  by: row.changed_by,
  at: row.changed,
})

const toNote = ({ same_as, screened: _, ...row }: Selectable<Database['note']>): Note => ({
  ...row,
  sameAs: same_as,
})
