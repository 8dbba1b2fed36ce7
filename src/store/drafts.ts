import type { Compilable } from 'kysely'
import { hourLength } from '../response/hour.ts'
import type { Engine } from './engine.ts'
import { type DraftRow, hourOf, toDraftRow } from './jobs.ts'
import { freeze, fromJson } from './json.ts'
import type { Draft, Drafts } from './stores.ts'

/** Drafts cleared in one transaction; respondents save between two. */
const SWEEP = 500
/** Drafts that are kept as they were last read or saved: those of the people who are answering just now. */
const MOST_KNOWN = 2_000

export function openDrafts({
  read,
  ready,
  share,
  run,
}: Pick<Engine, 'read' | 'ready' | 'share' | 'run'>): Drafts {
  const findRow = ready(read.selectFrom('draft').selectAll().where('token_hash', '=', ''))

  /**
   * The same object for as long as the row says the same, and never changed, so that what is worked out from it can be
   * kept beside it.
   */
  const known = new Map<string, { row: DraftRow; draft: Draft }>()
  function keep(tokenHash: string, row: DraftRow, draft: Draft): Draft {
    known.delete(tokenHash)
    known.set(tokenHash, { row, draft: freeze(draft) })
    for (const oldest of known.keys()) {
      if (known.size <= MOST_KNOWN) break
      known.delete(oldest)
    }
    return draft
  }

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
      const last = known.get(tokenHash)
      if (!row) {
        known.delete(tokenHash)
        return undefined
      }
      if (last && saysTheSame(last.row, row)) return last.draft
      const draft: Draft = {
        survey: row.survey,
        version: row.version,
        language: row.language,
        channel: row.channel,
        answers: fromJson(row.answers),
        passed: fromJson(row.passed),
        typed: fromJson(row.typed),
      }
      return keep(tokenHash, row, draft)
    },
    save: async (tokenHash, draft, now) => {
      const row = toDraftRow(draft, now)
      await share({ kind: 'draft', tokenHash, draft: row })
      keep(tokenHash, row, draft)
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

const saysTheSame = (one: DraftRow, other: DraftRow): boolean =>
  one.answers === other.answers &&
  one.passed === other.passed &&
  one.typed === other.typed &&
  one.survey === other.survey &&
  one.version === other.version &&
  one.language === other.language &&
  one.channel === other.channel
