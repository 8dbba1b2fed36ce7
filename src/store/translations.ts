import type { Selectable } from 'kysely'
import type { Engine } from './engine.ts'
import { Conflict, NotFound } from './errors.ts'
import type { InterfaceLanguage, Translation, Translations } from './stores.ts'
import type { Database } from './tables.ts'

/** Setting that grows with every change of the interface's wordings, so that every process sees that there is one. */
const STAMP = 'wordings'

export function openTranslations({ read, write, run }: Pick<Engine, 'read' | 'write' | 'run'>): Translations {
  /** What readers see has changed. */
  async function stamp(db: typeof read): Promise<void> {
    const row = await db.selectFrom('setting').select('value').where('key', '=', STAMP).executeTakeFirst()
    const value = String(Number(row?.value ?? 0) + 1)
    await db
      .insertInto('setting')
      .values({ key: STAMP, value })
      .onConflict((known) => known.column('key').doUpdateSet({ value }))
      .execute()
  }

  return {
    list: async (place, tag) => {
      const rows = await read
        .selectFrom('translation')
        .selectAll()
        .where('place', '=', place)
        .$if(tag !== undefined, (some) => some.where('tag', '=', tag ?? ''))
        .orderBy('tag')
        .orderBy('key')
        .execute()
      return rows.map(toTranslation)
    },
    put: async (place, translations) => {
      if (translations.length === 0) return
      await write(async (db) => {
        for (const one of translations) {
          const set = {
            words: one.words,
            source: one.source,
            state: one.state,
            made_by: one.by,
            made: one.at,
            reviewed_by: one.reviewed?.by ?? null,
            reviewed: one.reviewed?.at ?? null,
          }
          await db
            .insertInto('translation')
            .values({ place, key: one.key, tag: one.tag, ...set })
            .onConflict((known) => known.columns(['place', 'tag', 'key']).doUpdateSet(set))
            .execute()
        }
        if (place === 'interface') await stamp(db)
      })
    },
    remove: async (place, tag, keys) => {
      await write(async (db) => {
        for (const key of keys)
          await db
            .deleteFrom('translation')
            .where('place', '=', place)
            .where('tag', '=', tag)
            .where('key', '=', key)
            .execute()
        if (place === 'interface' && keys.length > 0) await stamp(db)
      })
    },
    notes: (place, tag) =>
      read
        .selectFrom('translation_note')
        .select(['key', 'words', 'said_by as by', 'said as at'])
        .where('place', '=', place)
        .where('tag', '=', tag)
        .orderBy('id')
        .execute(),
    say: async (place, tag, { key, words, by, at }) => {
      await run(read.insertInto('translation_note').values({ place, tag, key, words, said_by: by, said: at }))
    },
    languages: async () => {
      const rows = await read.selectFrom('interface_language').selectAll().orderBy('tag').execute()
      return rows.map(
        ({ tag, name, shown, added_by, added }): InterfaceLanguage => ({
          tag,
          name,
          shown: shown === 1,
          by: added_by,
          at: added,
        }),
      )
    },
    addLanguage: async ({ tag, name, by, at }) => {
      await write(async (db) => {
        const added = await db
          .insertInto('interface_language')
          .values({ tag, name, added_by: by, added: at })
          .onConflict((known) => known.column('tag').doNothing())
          .returning('tag')
          .executeTakeFirst()
        if (!added) throw new Conflict(`the language ${tag} is there already`)
        await stamp(db)
      })
    },
    showLanguage: async (tag, shown) => {
      await write(async (db) => {
        const changed = await db
          .updateTable('interface_language')
          .set({ shown: shown ? 1 : 0 })
          .where('tag', '=', tag)
          .returning('tag')
          .executeTakeFirst()
        if (!changed) throw new NotFound(`the district has added no language ${tag}`)
        await stamp(db)
      })
    },
    stamp: async () => {
      const row = await read.selectFrom('setting').select('value').where('key', '=', STAMP).executeTakeFirst()
      return row?.value ?? '0'
    },
  }
}

const toTranslation = (row: Selectable<Database['translation']>): Translation => ({
  key: row.key,
  tag: row.tag,
  words: row.words,
  source: row.source,
  state: row.state,
  by: row.made_by,
  at: row.made,
  reviewed:
    row.reviewed_by !== null && row.reviewed !== null ? { by: row.reviewed_by, at: row.reviewed } : undefined,
})
