import type { Selectable } from 'kysely'
import type { Conversation } from '../commitment/conversation.ts'
import type { Engine } from './engine.ts'
import { fromJson } from './json.ts'
import { type Revised, revisions } from './revisions.ts'
import type { Conversations, Note, StoredConversation } from './stores.ts'
import type { Database } from './tables.ts'

type Own = { content: string }

/** Notes written in one statement. */
const PAGE = 200

/** The log of conversations, every saved state of it, and what was said or asked in them. */
export function openConversations({
  read,
  write,
  run,
}: Pick<Engine, 'read' | 'write' | 'run'>): Conversations {
  const kept = revisions<Own>('conversation', read, (db, row) =>
    db.insertInto('conversation').values(row).execute(),
  )
  return {
    list: async () => {
      const all = (await kept.all()).map(toConversation)
      return all.sort((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : b.id - a.id))
    },
    find: async (id) => {
      const row = await kept.find(id)
      return row && toConversation(row)
    },
    history: async (id) =>
      (await kept.history(id)).map((row) => ({ ...toConversation(row), gone: row.gone === 1 })),
    save: (all, by, now) =>
      write(async (db) => {
        const ids: number[] = []
        for (const { id, revision, conversation } of all) {
          const content = { content: JSON.stringify(conversation) }
          if (id === undefined) {
            ids.push(await kept.begin(db, content, { by, now }))
            continue
          }
          const there = await kept.last(db, id)
          // Nothing of it may stay when one row of a file is out of date.
          if (!there || there.revision !== revision) throw new Stale()
          if (!(await kept.follow(db, there, content, { by, now }))) throw new Stale()
          ids.push(id)
        }
        return ids
      }).catch((fault: unknown) => {
        if (fault instanceof Stale) return undefined
        throw fault
      }),
    remove: (id, by, now) => write((db) => kept.remove(db, id, { by, now })),
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

const toConversation = (row: Own & Revised): StoredConversation => ({
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
