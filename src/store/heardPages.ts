import type { HeardSnapshot } from '../report/published/snapshot.ts'
import type { Engine } from './engine.ts'
import { sharedFromJson } from './json.ts'
import type { HeardPages } from './stores.ts'

/** What families are shown of a survey: kept whole, so that it never changes by itself. */
export function openHeardPages({
  read,
  ready,
  write,
  run,
}: Pick<Engine, 'read' | 'ready' | 'write' | 'run'>): HeardPages {
  const shown = (survey: number) =>
    read
      .selectFrom('heard_page')
      .where('survey', '=', survey)
      .where('hidden', 'is', null)
      .orderBy('number', 'desc')
      .limit(1)
  // Every receipt asks.
  const findShown = ready(
    read.selectFrom('heard_page').select('number').where('survey', '=', 0).where('hidden', 'is', null),
  )
  return {
    shown: async (survey) => {
      const row = await shown(survey).select(['content', 'number', 'shown as at']).executeTakeFirst()
      return row && { number: row.number, at: row.at, content: sharedFromJson<HeardSnapshot>(row.content) }
    },
    isShown: async (survey) => (await findShown(survey)) !== undefined,
    list: (survey) =>
      read
        .selectFrom('heard_page')
        .select(['number', 'responses', 'shown_by as by', 'shown as at', 'hidden_by as hiddenBy', 'hidden'])
        .where('survey', '=', survey)
        .orderBy('number', 'desc')
        .execute(),
    show: (survey, content, responses, by, now) =>
      write(async (db) => {
        const last = await db
          .selectFrom('heard_page')
          .select(({ fn }) => fn.max('number').as('number'))
          .where('survey', '=', survey)
          .executeTakeFirst()
        const number = Number(last?.number ?? 0) + 1
        await db
          .updateTable('heard_page')
          .set({ hidden_by: by, hidden: now })
          .where('survey', '=', survey)
          .where('hidden', 'is', null)
          .execute()
        await db
          .insertInto('heard_page')
          .values({
            ...{ survey, number, responses, content: JSON.stringify(content) },
            ...{ shown_by: by, shown: now, hidden_by: null, hidden: null },
          })
          .execute()
        return number
      }),
    hide: async (survey, by, now) => {
      const hid = await run(
        read
          .updateTable('heard_page')
          .set({ hidden_by: by, hidden: now })
          .where('survey', '=', survey)
          .where('hidden', 'is', null),
      )
      return hid > 0
    },
  }
}
