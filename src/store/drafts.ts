import { hourLength } from '../response/hour.ts'
import type { Engine } from './engine.ts'
import { hourOf, toDraftRow } from './jobs.ts'
import { fromJson } from './json.ts'
import type { Draft, Drafts } from './stores.ts'

/** Drafts cleared in one transaction; respondents save between two. */
const SWEEP = 500

export function openDrafts({ read, share, run }: Pick<Engine, 'read' | 'share' | 'run'>): Drafts {
  return {
    find: async (tokenHash) => {
      const row = await read
        .selectFrom('draft')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst()
      return (
        row && {
          survey: row.survey,
          version: row.version,
          language: row.language,
          channel: row.channel,
          answers: fromJson<Draft['answers']>(row.answers),
          passed: fromJson<Draft['passed']>(row.passed),
          typed: fromJson<Draft['typed']>(row.typed),
        }
      )
    },
    save: async (tokenHash, draft, now) => {
      await share({ kind: 'draft', tokenHash, draft: toDraftRow(draft, now) })
    },
    remove: async (tokenHash) => {
      await run(read.deleteFrom('draft').where('token_hash', '=', tokenHash))
    },
    clear: async (before) => {
      // Only the hour is known: a draft of an hour that `before` falls into may be younger than it.
      const last = hourOf(before) - hourLength
      let cleared = 0
      for (;;) {
        const old = read
          .selectFrom('draft')
          .select('token_hash')
          .where('touched', '<=', last)
          .orderBy('touched')
          .limit(SWEEP)
        const n = await run(read.deleteFrom('draft').where('token_hash', 'in', old))
        cleared += n
        if (n < SWEEP) return cleared
      }
    },
  }
}
