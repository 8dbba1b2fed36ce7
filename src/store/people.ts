import type { Selectable } from 'kysely'
import type { Engine } from './engine.ts'
import { Conflict, NotFound } from './errors.ts'
import type { People, StoredPerson } from './stores.ts'
import type { Database } from './tables.ts'

/** E-mail addresses are kept in lower case: no two people differ by capitals alone. */
const plain = (email: string): string => email.trim().toLowerCase()

const toPerson = (row: Selectable<Database['person']>): StoredPerson => ({
  id: row.id,
  email: row.email,
  role: row.role,
  passwordHash: row.password_hash,
})

export function openPeople({ read, run }: Pick<Engine, 'read' | 'run'>): People {
  const change = async (id: string, set: Partial<Selectable<Database['person']>>): Promise<void> => {
    const changed = await run(read.updateTable('person').set(set).where('id', '=', id))
    if (changed === 0) throw new NotFound(`there is no person ${id}`)
  }

  return {
    find: async (email) => {
      const row = await read
        .selectFrom('person')
        .selectAll()
        .where('email', '=', plain(email))
        .executeTakeFirst()
      return row && toPerson(row)
    },
    findById: async (id) => {
      const row = await read.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toPerson(row)
    },
    list: () => read.selectFrom('person').select(['id', 'email', 'role']).orderBy('email').execute(),
    add: async ({ id, email, role, passwordHash }) => {
      const added = await run(
        read
          .insertInto('person')
          .values({ id, email: plain(email), role, password_hash: passwordHash })
          .onConflict((taken) => taken.column('email').doNothing()),
      )
      if (added === 0) throw new Conflict(`there is already a person with the address ${plain(email)}`)
    },
    setPassword: (id, passwordHash) => change(id, { password_hash: passwordHash }),
    setRole: (id, role) => change(id, { role }),
    remove: async (id) => {
      // Their sessions go with them (on delete cascade).
      const removed = await run(read.deleteFrom('person').where('id', '=', id))
      if (removed === 0) throw new NotFound(`there is no person ${id}`)
    },
    count: async () => {
      const { n } = await read
        .selectFrom('person')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return Number(n)
    },
  }
}
