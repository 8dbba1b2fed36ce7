import type { Engine } from './engine.ts'
import { Conflict } from './errors.ts'
import type { CodeState, Codes } from './stores.ts'

export function openCodes({ read, write, run }: Pick<Engine, 'read' | 'write' | 'run'>): Codes {
  return {
    add: (survey, { sheet, school, group }, hashes) =>
      write(async (db) => {
        const taken = await db
          .selectFrom('access_code')
          .select('sheet')
          .where('survey', '=', survey)
          .where('sheet', '=', sheet)
          .limit(1)
          .executeTakeFirst()
        if (taken) throw new Conflict(`survey ${survey} has a sheet ${sheet} already`)
        for (const code_hash of hashes) {
          await db
            .insertInto('access_code')
            .values({ code_hash, survey, school, grp: group, sheet })
            .execute()
        }
      }),
    find: async (codeHash) => {
      const row = await read
        .selectFrom('access_code')
        .select(['survey', 'state', 'school', 'grp as group', 'sheet'])
        .where('code_hash', '=', codeHash)
        .executeTakeFirst()
      return row
    },
    optOut: (survey, hashes) =>
      write(async (db) => {
        const states: (CodeState | undefined)[] = []
        for (const hash of hashes) {
          const own = db
            .selectFrom('access_code')
            .select('state')
            .where('code_hash', '=', hash)
            .where('survey', '=', survey)
          const row = await own.executeTakeFirst()
          states.push(row?.state)
          if (row?.state !== 'unused') continue
          await db
            .updateTable('access_code')
            .set({ state: 'out' })
            .where('code_hash', '=', hash)
            .where('survey', '=', survey)
            .execute()
        }
        return states
      }),
    voidSheet: (survey, sheet) =>
      run(
        read
          .updateTable('access_code')
          .set({ state: 'void' })
          .where('survey', '=', survey)
          .where('sheet', '=', sheet)
          .where('state', '=', 'unused'),
      ),
    counts: (survey) =>
      read
        .selectFrom('access_code')
        .select(['sheet', 'school', 'grp as group', 'state'])
        .select((is) => is.fn.countAll<number>().as('n'))
        .where('survey', '=', survey)
        .groupBy(['sheet', 'school', 'grp', 'state'])
        .orderBy('sheet')
        .orderBy('state')
        .execute(),
  }
}
