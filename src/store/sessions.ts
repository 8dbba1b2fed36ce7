import type { Engine } from './engine.ts'
import type { Sessions } from './stores.ts'

export function openSessions({ read, run }: Pick<Engine, 'read' | 'run'>): Sessions {
  return {
    find: async (idHash, now) => {
      const row = await read
        .selectFrom('session')
        .select('data')
        .where('id_hash', '=', idHash)
        .where('expires', '>', now)
        .executeTakeFirst()
      return row?.data
    },
    save: async (idHash, data, person, expires) => {
      const columns = ['id_hash', 'data', 'person', 'expires'] as const
      const added = read.insertInto('session').columns([...columns])
      // Whoever was removed a moment ago has nothing to be signed in to.
      const rows =
        person === null
          ? read.insertInto('session').values({ id_hash: idHash, data, person, expires })
          : added.expression(
              read
                .selectFrom('person')
                .where('id', '=', person)
                .select(({ val, ref }) => [
                  val(idHash).as('id_hash'),
                  val(data).as('data'),
                  ref('id').as('person'),
                  val(expires).as('expires'),
                ]),
            )
      await run(rows.onConflict((known) => known.column('id_hash').doUpdateSet({ data, person, expires })))
    },
    again: async (idHash, data, person, expires) => {
      const kept = read.updateTable('session').set({ data, expires }).where('id_hash', '=', idHash)
      await run(person === null ? kept.where('person', 'is', null) : kept.where('person', '=', person))
    },
    remove: async (idHash) => {
      await run(read.deleteFrom('session').where('id_hash', '=', idHash))
    },
    list: async (person, now) => {
      const rows = await read
        .selectFrom('session')
        .select(['id_hash', 'data'])
        .where('person', '=', person)
        .where('expires', '>', now)
        .execute()
      return rows.map(({ id_hash: idHash, data }) => ({ idHash, data }))
    },
    removeOf: async (person, but) => {
      const all = read.deleteFrom('session').where('person', '=', person)
      await run(but === undefined ? all : all.where('id_hash', '<>', but))
    },
    removeOne: async (person, idHash) =>
      (await run(read.deleteFrom('session').where('person', '=', person).where('id_hash', '=', idHash))) > 0,
    clear: async (now) => {
      await run(read.deleteFrom('session').where('expires', '<=', now))
    },
  }
}
