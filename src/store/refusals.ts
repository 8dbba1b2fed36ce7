import type { Engine } from './engine.ts'
import type { Refusals } from './stores.ts'

export function openRefusals({ read, run }: Pick<Engine, 'read' | 'run'>): Refusals {
  return {
    add: async (survey) => {
      await run(
        read
          .insertInto('refusal')
          .values({ survey, n: 1 })
          .onConflict((known) =>
            known.column('survey').doUpdateSet((is) => ({ n: is('refusal.n', '+', 1) })),
          ),
      )
    },
    count: async (survey) => {
      const row = await read.selectFrom('refusal').select('n').where('survey', '=', survey).executeTakeFirst()
      return row?.n ?? 0
    },
  }
}
