import type { Engine } from './engine.ts'
import type { Audit } from './stores.ts'

/** What staff did: added to and read, never changed. */
export function openAudit({ read, run }: Pick<Engine, 'read' | 'run'>): Audit {
  return {
    add: async ({ at, person, who, did, about = '', detail = '' }) => {
      await run(read.insertInto('audit').values({ at, person, who, did, about, detail }))
    },
    list: ({ before, limit, did, about, who }) => {
      let rows = read.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit)
      if (before !== undefined) rows = rows.where('id', '<', before)
      if (did !== undefined) rows = rows.where('did', '=', did)
      if (about !== undefined) rows = rows.where('about', '=', about)
      if (who !== undefined)
        rows = rows.where(({ eb, or }) => or([eb('who', '=', who), eb('about', '=', who)]))
      return rows.execute()
    },
    names: async () => {
      const [who, about] = await Promise.all([
        read.selectFrom('audit').select('who').distinct().orderBy('who').execute(),
        read
          .selectFrom('audit')
          .select('about')
          .distinct()
          .where('about', '<>', '')
          .orderBy('about')
          .execute(),
      ])
      return { who: who.map((row) => row.who), about: about.map((row) => row.about) }
    },
  }
}
