import { sql } from 'kysely'
import type { Engine } from './engine.ts'
import type { Limits } from './stores.ts'

/** How often something was tried of late: one statement each, and no commit shared, so that nobody waits behind another. */
export function openLimits({ read, at }: Pick<Engine, 'read' | 'at'>): Limits {
  return {
    hit: async (key, window, now) => {
      const until = now + window
      const over = sql<boolean>`limited.until <= ${now}`
      const [row] = await at(
        sql<{ n: number; until: number }>`
          insert into limited (key, n, until) values (${key}, 1, ${until})
          on conflict (key) do update set
            n = case when ${over} then 1 else limited.n + 1 end,
            until = case when ${over} then ${until} else limited.until end
          returning n, until`.compile(read),
      )
      return row ?? { n: 1, until }
    },
    unhit: async (key) => {
      await at(
        read
          .updateTable('limited')
          .set((is) => ({ n: is('n', '-', 1) }))
          .where('key', '=', key)
          .where('n', '>', 0)
          .compile(),
      )
    },
    forget: async (key) => {
      await at(read.deleteFrom('limited').where('key', '=', key).compile())
    },
    clear: async (now) => {
      await at(read.deleteFrom('limited').where('until', '<=', now).compile())
    },
  }
}
