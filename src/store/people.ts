import type { Selectable } from 'kysely'
import { noScope, type Scope } from '../district/people.ts'
import type { Engine } from './engine.ts'
import { Conflict, NotFound } from './errors.ts'
import { fromJson } from './json.ts'
import type { People, StoredPerson } from './stores.ts'
import type { Database } from './tables.ts'

/** E-mail addresses are kept in lower case: no two people differ by capitals alone. */
const plain = (email: string): string => email.trim().toLowerCase()

/** Schools and languages as they stand in the column; what is missing is none. */
const toScope = (text: string): Scope => ({ ...noScope, ...fromJson<Partial<Scope>>(text) })

type PersonRow = Selectable<Database['person']> & { named: string | null }

const toPerson = (row: PersonRow): StoredPerson => ({
  id: row.id,
  email: row.email,
  role: row.role,
  scope: toScope(row.scope),
  safety: row.named !== null,
  passwordHash: row.password_hash,
})

export function openPeople({ read, run }: Pick<Engine, 'read' | 'run'>): People {
  const change = async (id: string, set: Partial<Selectable<Database['person']>>): Promise<void> => {
    const changed = await run(read.updateTable('person').set(set).where('id', '=', id))
    if (changed === 0) throw new NotFound(`there is no person ${id}`)
  }

  const known = () =>
    read
      .selectFrom('person')
      .leftJoin('safety_reader', 'safety_reader.person', 'person.id')
      .selectAll('person')
      .select('safety_reader.person as named')

  return {
    find: async (email) => {
      const row = await known().where('person.email', '=', plain(email)).executeTakeFirst()
      return row && toPerson(row)
    },
    findById: async (id) => {
      const row = await known().where('person.id', '=', id).executeTakeFirst()
      return row && toPerson(row)
    },
    list: async () => {
      const rows = await known().orderBy('person.email').execute()
      return rows.map((row) => {
        const { passwordHash: _, ...person } = toPerson(row)
        return person
      })
    },
    add: async ({ id, email, role, scope = noScope, passwordHash }) => {
      const added = await run(
        read
          .insertInto('person')
          .values({
            id,
            email: plain(email),
            role,
            scope: JSON.stringify(scope),
            password_hash: passwordHash,
          })
          .onConflict((taken) => taken.column('email').doNothing()),
      )
      if (added === 0) throw new Conflict(`there is already a person with the address ${plain(email)}`)
    },
    setPassword: (id, passwordHash) => change(id, { password_hash: passwordHash }),
    setRole: (id, role, scope = noScope) => change(id, { role, scope: JSON.stringify(scope) }),
    setSafety: async (id, named) => {
      await run(
        named
          ? read
              .insertInto('safety_reader')
              .values({ person: id })
              .onConflict((there) => there.column('person').doNothing())
          : read.deleteFrom('safety_reader').where('person', '=', id),
      )
    },
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
