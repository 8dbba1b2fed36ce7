import type { Engine } from './engine.ts'
import type { Earlier } from './stores.ts'

export function openEarlier({ read, run, write }: Pick<Engine, 'read' | 'run' | 'write'>): Earlier {
  return {
    findFile: (person) =>
      read
        .selectFrom('import_file')
        .select(['name', 'content'])
        .where('person', '=', person)
        .executeTakeFirst(),
    keepFile: (person, file, { now, expired }) =>
      write(async (db) => {
        await db
          .deleteFrom('import_file')
          .where((is) => is.or([is('person', '=', person), is('kept', '<', expired)]))
          .execute()
        if (file)
          await db
            .insertInto('import_file')
            .values({ person, ...file, kept: now })
            .execute()
      }),
    forgetFiles: (expired) => run(read.deleteFrom('import_file').where('kept', '<', expired)),
    findMapping: async (fingerprint) =>
      (
        await read
          .selectFrom('import_mapping')
          .select('content')
          .where('fingerprint', '=', fingerprint)
          .executeTakeFirst()
      )?.content,
    keepMapping: async (fingerprint, content, now) => {
      await run(
        read
          .insertInto('import_mapping')
          .values({ fingerprint, content, saved: now })
          .onConflict((known) => known.column('fingerprint').doUpdateSet({ content, saved: now })),
      )
    },
  }
}
