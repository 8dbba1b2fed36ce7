import type { Plan } from '../plan/plan.ts'
import type { Engine } from './engine.ts'
import { sharedFromJson } from './json.ts'
import type { Plans } from './stores.ts'

export function openPlans({ read, run }: Pick<Engine, 'read' | 'run'>): Plans {
  const last = new Map<string, { content: string; plan: Plan }>()

  /** Parsed again only when its text has changed: a plan is large and hardly ever does. */
  function toPlan({ id, content }: { id: string; content: string }): Plan {
    const known = last.get(id)
    if (known?.content === content) return known.plan
    const plan = sharedFromJson<Plan>(content)
    last.set(id, { content, plan })
    return plan
  }

  return {
    find: async (id) => {
      const row = await read.selectFrom('plan').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toPlan(row)
    },
    list: async () => {
      const rows = await read.selectFrom('plan').selectAll().orderBy('id').execute()
      return rows.map(toPlan)
    },
    put: async (plan) => {
      const content = JSON.stringify(plan)
      await run(
        read
          .insertInto('plan')
          .values({ id: plan.id, content })
          .onConflict((known) => known.column('id').doUpdateSet({ content })),
      )
    },
  }
}
