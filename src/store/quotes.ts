import type { Selectable } from 'kysely'
import type { Engine } from './engine.ts'
import { Conflict } from './errors.ts'
import { fromJson } from './json.ts'
import type { Quote, Quotes } from './stores.ts'
import type { Database } from './tables.ts'

/** Comments that were chosen to be shown in their words. */
export function openQuotes({ read, write, run }: Pick<Engine, 'read' | 'write' | 'run'>): Quotes {
  return {
    list: async (survey, { state, theme } = {}) => {
      const rows = await read
        .selectFrom('quote')
        .selectAll()
        .where('survey', '=', survey)
        .$if(state !== undefined, (some) => some.where('state', '=', state ?? 'proposed'))
        .$if(theme !== undefined, (some) => some.where('theme', '=', theme ?? ''))
        .orderBy('id')
        .execute()
      return rows.map(toQuote)
    },
    find: async (id) => {
      const row = await read.selectFrom('quote').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toQuote(row)
    },
    add: (quote) =>
      write(async (db) => {
        const added = await db
          .insertInto('quote')
          .values(toRow({ ...quote, approved: null }))
          .onConflict((known) => known.columns(['survey', 'comment']).doNothing())
          .returning('id')
          .executeTakeFirst()
        if (!added) throw new Conflict('this comment is a quote already')
        return added.id
      }),
    put: async (quote, was) => {
      const before = toRow(was)
      const changed = await run(
        read
          .updateTable('quote')
          .set(toRow(quote))
          .where('id', '=', was.id)
          .where('state', '=', before.state)
          .where('words', '=', before.words)
          .where('translations', '=', before.translations)
          .where('edits', '=', before.edits),
      )
      return changed > 0
    },
    withdraw: async (id) => {
      const changed = await run(read.updateTable('quote').set({ state: 'withdrawn' }).where('id', '=', id))
      return changed > 0
    },
    remove: async (id) => {
      await run(read.deleteFrom('quote').where('id', '=', id))
    },
  }
}

const toQuote = (row: Selectable<Database['quote']>): Quote => ({
  id: row.id,
  survey: row.survey,
  comment: row.comment,
  theme: row.theme,
  words: row.words,
  language: row.language,
  edits: fromJson<Quote['edits']>(row.edits),
  translations: fromJson<Quote['translations']>(row.translations),
  group: row.grp,
  state: row.state,
  by: row.proposed_by,
  at: row.proposed,
  approved:
    row.approved_by !== null && row.approved !== null ? { by: row.approved_by, at: row.approved } : null,
})

const toRow = (quote: Omit<Quote, 'id'>) => ({
  survey: quote.survey,
  comment: quote.comment,
  theme: quote.theme,
  words: quote.words,
  language: quote.language,
  edits: JSON.stringify(quote.edits),
  translations: JSON.stringify(quote.translations),
  grp: quote.group,
  state: quote.state,
  proposed_by: quote.by,
  proposed: quote.at,
  approved_by: quote.approved?.by ?? null,
  approved: quote.approved?.at ?? null,
})
