import type { Engine } from './engine.ts'
import { hourOf } from './jobs.ts'
import type { ResumeCodes } from './stores.ts'

export function openResumeCodes({ read, run }: Pick<Engine, 'read' | 'run'>): ResumeCodes {
  return {
    add: async (codeHash, { survey, sealed }, now) => {
      await run(
        read.insertInto('resume_code').values({ code_hash: codeHash, survey, sealed, touched: hourOf(now) }),
      )
    },
    find: (codeHash) =>
      read
        .selectFrom('resume_code')
        .select(['survey', 'sealed'])
        .where('code_hash', '=', codeHash)
        .executeTakeFirst(),
    remove: async (codeHash) => {
      await run(read.deleteFrom('resume_code').where('code_hash', '=', codeHash))
    },
  }
}
