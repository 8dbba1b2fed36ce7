import type { Text } from '../language/text.ts'
import type { Engine } from './engine.ts'
import { Conflict, NotFound } from './errors.ts'
import { fromJson } from './json.ts'
import type { Series, SeriesShelf } from './stores.ts'

export function openSeries({ read, run, write }: Pick<Engine, 'read' | 'run' | 'write'>): SeriesShelf {
  async function list(id?: number): Promise<Series[]> {
    let named = read.selectFrom('series').select(['id', 'name']).orderBy('id')
    let waves = read
      .selectFrom('wave')
      .select(['survey', 'series', 'day', 'label'])
      .orderBy('day')
      .orderBy('survey')
    if (id !== undefined) {
      named = named.where('id', '=', id)
      waves = waves.where('series', '=', id)
    }
    const [all, parts] = await Promise.all([named.execute(), waves.execute()])
    return all.map((one) => ({
      id: one.id,
      name: fromJson<Text>(one.name),
      waves: parts
        .filter(({ series }) => series === one.id)
        .map(({ survey, day, label }) => ({ survey, day, label: fromJson<Text>(label) })),
    }))
  }
  const find = async (id: number) => (await list(id))[0]

  return {
    list: () => list(),
    find,
    of: async (survey) => {
      const row = await read
        .selectFrom('wave')
        .select('series')
        .where('survey', '=', survey)
        .executeTakeFirst()
      return row && find(row.series)
    },
    add: async (name, now) => {
      const { id } = await write((db) =>
        db
          .insertInto('series')
          .values({ name: JSON.stringify(name), made: now })
          .returning('id')
          .executeTakeFirstOrThrow(),
      )
      return id
    },
    rename: async (id, name) => {
      const changed = await run(
        read
          .updateTable('series')
          .set({ name: JSON.stringify(name) })
          .where('id', '=', id),
      )
      if (changed === 0) throw new NotFound(`there is no series ${id}`)
    },
    remove: (id) =>
      write(async (db) => {
        await db.deleteFrom('same_question').where('series', '=', id).execute()
        await db.deleteFrom('wave').where('series', '=', id).execute()
        await db.deleteFrom('series').where('id', '=', id).execute()
      }),
    put: (id, { survey, day, label }) =>
      write(async (db) => {
        const text = JSON.stringify(label)
        const there = await db
          .selectFrom('wave')
          .select('series')
          .where('survey', '=', survey)
          .executeTakeFirst()
        if (there && there.series !== id)
          throw new Conflict(`survey ${survey} is a wave of series ${there.series}`)
        await db
          .insertInto('wave')
          .values({ survey, series: id, day, label: text })
          .onConflict((known) => known.column('survey').doUpdateSet({ day, label: text }))
          .execute()
      }),
    take: (id, survey) =>
      write(async (db) => {
        await db
          .deleteFrom('same_question')
          .where('series', '=', id)
          .where((is) => is.or([is('before', '=', survey), is('after', '=', survey)]))
          .execute()
        await db.deleteFrom('wave').where('series', '=', id).where('survey', '=', survey).execute()
      }),
    same: async (id) => {
      const rows = await read
        .selectFrom('same_question')
        .selectAll()
        .where('series', '=', id)
        .orderBy('before')
        .orderBy('asked_after')
        .execute()
      return rows.map((row) => ({
        before: row.before,
        after: row.after,
        askedBefore: row.asked_before,
        askedAfter: row.asked_after,
        reason: row.reason,
        by: row.said_by,
        at: row.said,
      }))
    },
    say: async (id, { before, after, askedBefore, askedAfter, reason, by, at }) => {
      const said = { asked_before: askedBefore, reason, said_by: by, said: at }
      await run(
        read
          .insertInto('same_question')
          .values({ series: id, before, after, asked_after: askedAfter, ...said })
          .onConflict((known) => known.columns(['before', 'after', 'asked_after']).doUpdateSet(said)),
      )
    },
    unsay: async (id, { before, after, askedAfter }) => {
      await run(
        read
          .deleteFrom('same_question')
          .where('series', '=', id)
          .where('before', '=', before)
          .where('after', '=', after)
          .where('asked_after', '=', askedAfter),
      )
    },
  }
}
