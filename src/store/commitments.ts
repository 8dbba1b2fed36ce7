import { type Commitment, readCommitment } from '../commitment/commitment.ts'
import type { Engine } from './engine.ts'
import { NotFound } from './errors.ts'
import { fromJson } from './json.ts'
import { type Revised, revisions } from './revisions.ts'
import type { Commitments, StoredCommitment } from './stores.ts'

type Own = { survey: number; kind: 'group' | 'theme'; code: string; content: string }

/** What the district does about what was said: every saved state is kept. */
export function openCommitments({ read, write }: Pick<Engine, 'read' | 'write'>): Commitments {
  const kept = revisions<Own>('commitment', read, (db, row) =>
    db.insertInto('commitment').values(row).execute(),
  )
  return {
    list: async (survey) => (await kept.all(['survey', survey])).map(toCommitment),
    find: async (id) => {
      const row = await kept.find(id)
      return row && toCommitment(row)
    },
    history: async (id) =>
      (await kept.history(id)).map((row) => ({ ...toCommitment(row), gone: row.gone === 1 })),
    add: (survey, commitment, by, now) =>
      write((db) => kept.begin(db, { survey, ...toOwn(commitment) }, { by, now })),
    put: (id, revision, commitment, by, now) =>
      write(async (db) => {
        const there = await kept.last(db, id)
        if (!there) throw new NotFound(`there is no commitment ${id}`)
        if (there.revision !== revision) return false
        return kept.follow(db, there, { survey: there.survey, ...toOwn(commitment) }, { by, now })
      }),
    remove: (id, by, now) => write((db) => kept.remove(db, id, { by, now })),
  }
}

/** Kind and code stand in columns, where a theme that is renamed takes them along. */
const toCommitment = (row: Own & Revised): StoredCommitment => ({
  ...readCommitment({
    ...fromJson<object>(row.content),
    about: { kind: row.kind, code: row.code },
  }),
  id: row.id,
  survey: row.survey,
  revision: row.revision,
  by: row.changed_by,
  at: row.changed,
})

const toOwn = ({ about: { kind, code }, words, element, owner, status, on }: Commitment) => ({
  ...{ kind, code },
  content: JSON.stringify({ words, element, owner, status, on }),
})
