import type { Compilable } from 'kysely'
import { hourLength } from '../response/hour.ts'
import type { Engine } from './engine.ts'
import { hourOf, toDraftRow } from './jobs.ts'
import { fromJson } from './json.ts'
import type { Draft, Drafts } from './stores.ts'

/** Drafts cleared in one transaction; respondents save between two. */
const SWEEP = 500

export function openDrafts({
  read,
  ready,
  share,
  run,
}: Pick<Engine, 'read' | 'ready' | 'share' | 'run'>): Drafts {
  const findRow = ready(read.selectFrom('draft').selectAll().where('token_hash', '=', ''))

  /** Removes a part at a time until nothing is left; tells how many rows went. */
  async function sweep(some: (limit: number) => Compilable): Promise<number> {
    for (let cleared = 0; ; ) {
      const n = await run(some(SWEEP))
      cleared += n
      if (n < SWEEP) return cleared
    }
  }

  return {
    find: async (tokenHash) => {
      const row = await findRow(tokenHash)
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
      // A code for finishing later is of no use without its draft, which was saved when the code was made.
      await sweep((limit) =>
        read
          .deleteFrom('resume_code')
          .where(
            'code_hash',
            'in',
            read
              .selectFrom('resume_code')
              .select('code_hash')
              .where('touched', '<=', last)
              .orderBy('touched')
              .limit(limit),
          ),
      )
      return sweep((limit) =>
        read
          .deleteFrom('draft')
          .where(
            'token_hash',
            'in',
            read
              .selectFrom('draft')
              .select('token_hash')
              .where('touched', '<=', last)
              .orderBy('touched')
              .limit(limit),
          ),
      )
    },
  }
}
