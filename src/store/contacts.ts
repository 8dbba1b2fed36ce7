import type { Kysely } from 'kysely'
import type { Engine } from './engine.ts'
import type { Contacts } from './stores.ts'
import type { Database } from './tables.ts'

/** Rows of one insert: far below what an engine takes of parameters. */
const chunk = 500

export function openContacts({ read, write, run }: Pick<Engine, 'read' | 'write' | 'run'>): Contacts {
  const count = async (survey: number) => {
    const { n } = await read
      .selectFrom('contact')
      .select((is) => is.fn.countAll<number>().as('n'))
      .where('survey', '=', survey)
      .executeTakeFirstOrThrow()
    return n
  }
  return {
    add: (survey, contacts) =>
      write(async (db) => {
        let added = 0
        for (let at = 0; at < contacts.length; at += chunk) {
          const rows = contacts
            .slice(at, at + chunk)
            .map(({ email, addressHash, language, school, group }) => ({
              survey,
              email,
              address_hash: addressHash,
              language,
              school,
              grp: group,
              code_hash: null,
            }))
          const [done] = await db
            .insertInto('contact')
            .values(rows)
            .onConflict((known) => known.columns(['survey', 'email']).doNothing())
            .execute()
          added += Number(done?.numInsertedOrUpdatedRows ?? 0)
          // Pages are served in between.
          await new Promise((resolve) => setImmediate(resolve))
        }
        await db
          .insertInto('contact_list')
          .values({ survey, keeps_codes: 0 })
          .onConflict((known) => known.column('survey').doNothing())
          .execute()
        return added
      }),
    count: async (survey) => {
      const stopped = await read
        .selectFrom('contact')
        .innerJoin('stopped_address', 'stopped_address.address_hash', 'contact.address_hash')
        .select((is) => is.fn.countAll<number>().as('n'))
        .where('survey', '=', survey)
        .executeTakeFirstOrThrow()
      return { all: await count(survey), stopped: stopped.n }
    },
    list: (survey) =>
      read
        .selectFrom('contact')
        .leftJoin('stopped_address', 'stopped_address.address_hash', 'contact.address_hash')
        .select(['id', 'email', 'language', 'school', 'grp as group'])
        .where('survey', '=', survey)
        .where('stopped_address.address_hash', 'is', null)
        .orderBy('id')
        .execute(),
    emails: async (survey) => {
      const rows = await read.selectFrom('contact').select('email').where('survey', '=', survey).execute()
      return new Set(rows.map(({ email }) => email))
    },
    remove: (survey) => write((db) => deleteContacts(db, survey)),
    surveys: async () => {
      const [lists, files] = await Promise.all([
        read.selectFrom('contact_list').select('survey').execute(),
        read.selectFrom('contact_file').select('survey').execute(),
      ])
      return [...new Set([...lists, ...files].map(({ survey }) => survey))]
    },
    keepsCodes: async (survey) => {
      const row = await read
        .selectFrom('contact_list')
        .select('keeps_codes')
        .where('survey', '=', survey)
        .executeTakeFirst()
      return row?.keeps_codes === 1
    },
    setKeepsCodes: (survey, keeps) =>
      write(async (db) => {
        const keeps_codes = keeps ? 1 : 0
        await db.updateTable('contact_list').set({ keeps_codes }).where('survey', '=', survey).execute()
        if (!keeps)
          await db.updateTable('contact').set({ code_hash: null }).where('survey', '=', survey).execute()
      }),
    stop: async (address_hash, stopped) => {
      await run(
        stopped
          ? read
              .insertInto('stopped_address')
              .values({ address_hash })
              .onConflict((known) => known.column('address_hash').doNothing())
          : read.deleteFrom('stopped_address').where('address_hash', '=', address_hash),
      )
    },
    isStopped: async (hash) =>
      (await read
        .selectFrom('stopped_address')
        .select('address_hash')
        .where('address_hash', '=', hash)
        .executeTakeFirst()) !== undefined,
    findFile: (survey) =>
      read
        .selectFrom('contact_file')
        .select(['name', 'content'])
        .where('survey', '=', survey)
        .executeTakeFirst(),
    keepFile: async (survey, file) => {
      await run(
        file
          ? read
              .insertInto('contact_file')
              .values({ survey, ...file })
              .onConflict((known) => known.column('survey').doUpdateSet(file))
          : read.deleteFrom('contact_file').where('survey', '=', survey),
      )
    },
  }
}

const outcomes = ['sent', 'refused', 'unsure', 'stopped', 'answered'] as const

/** Deletes whom a survey was sent to. What is left of its mailings are counts. Tells how many contacts there were. */
export async function deleteContacts(db: Kysely<Database>, survey: number): Promise<number> {
  const mailings = await db
    .selectFrom('mailing')
    .select(['id', 'state'])
    .where('survey', '=', survey)
    .execute()
  for (const { id, state } of mailings) {
    const counts = await db
      .selectFrom('letter')
      .select('state')
      .select((is) => is.fn.countAll<number>().as('n'))
      .where('mailing', '=', id)
      .groupBy('state')
      .execute()
    const n = (name: string) => counts.find((row) => row.state === name)?.n ?? 0
    await db
      .updateTable('mailing')
      .set((is) => ({
        ...(state === 'done' ? {} : { state: 'stopped' as const, trouble: '' }),
        // A letter in hand at this moment may have arrived.
        ...Object.fromEntries(
          outcomes.map((name) => [name, is(name, '+', n(name) + (name === 'unsure' ? n('taken') : 0))]),
        ),
      }))
      .where('id', '=', id)
      .execute()
    await db.deleteFrom('letter').where('mailing', '=', id).execute()
  }
  const [gone] = await db.deleteFrom('contact').where('survey', '=', survey).execute()
  await db.deleteFrom('contact_list').where('survey', '=', survey).execute()
  await db.deleteFrom('contact_file').where('survey', '=', survey).execute()
  return Number(gone?.numDeletedRows ?? 0)
}
