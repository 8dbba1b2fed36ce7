import type { Kysely } from 'kysely'
import type { Change, Codebook } from '../theme/codebook.ts'
import { today } from '../theme/today.ts'
import type { Engine } from './engine.ts'
import { sharedFromJson } from './json.ts'
import type { Codebooks } from './stores.ts'
import type { Database } from './tables.ts'

/** Codebooks, every version whole, and what a new version does to the codings that are there. */
export function openCodebooks({ read, write }: Pick<Engine, 'read' | 'write'>): Codebooks {
  return {
    find: async (id, version) => {
      const row = await read
        .selectFrom('codebook')
        .select('content')
        .where('id', '=', id)
        .$if(version !== undefined, (some) => some.where('version', '=', version ?? 0))
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && sharedFromJson<Codebook>(row.content)
    },
    save: (codebook, by, now) =>
      write(async (db) => {
        const there = await db
          .selectFrom('codebook')
          .select('version')
          .where('id', '=', codebook.id)
          .orderBy('version', 'desc')
          .limit(1)
          .executeTakeFirst()
        if (there ? there.version !== codebook.version - 1 : codebook.version !== 1) return false
        const { id, version } = codebook
        await db
          .insertInto('codebook')
          .values({ id, version, content: JSON.stringify(codebook), changed_by: by, changed: now })
          .execute()
        await takeAlong(db, codebook)
        const change = codebook.history.at(-1)
        if (change?.version === version) await follow(db, change, by, now)
        return true
      }),
  }
}

/** Says of every theme that was ever put on a comment what has become of it. */
async function takeAlong(db: Kysely<Database>, { history }: Codebook): Promise<void> {
  const kinds = await db.selectFrom('coding').select(['theme', 'made_in']).distinct().execute()
  for (const { theme, made_in } of kinds) {
    const now = today(history, theme, made_in)
    await db
      .updateTable('coding')
      .set({ now: now.theme, open: now.open ? 1 : 0 })
      .where('theme', '=', theme)
      .where('made_in', '=', made_in)
      .execute()
  }
}

/**
 * Quotes follow their theme. What was accepted of a theme was measured for that theme as it was: once it is merged,
 * split or gone, it has to be accepted anew.
 */
async function follow(db: Kysely<Database>, change: Change, by: string, now: number): Promise<void> {
  const { kind, from, to } = change
  const into = to[0]
  if ((kind === 'merged' || kind === 'renamed') && into !== undefined)
    await db.updateTable('quote').set({ theme: into }).where('theme', 'in', from).execute()
  if ((kind === 'merged' || kind === 'renamed') && into !== undefined)
    await db
      .updateTable('commitment')
      .set({ code: into })
      .where('kind', '=', 'theme')
      .where('code', 'in', from)
      .execute()
  if (kind === 'renamed' && into !== undefined)
    await db.updateTable('acceptance').set({ theme: into }).where('theme', 'in', from).execute()
  const ended =
    kind === 'merged' || kind === 'split'
      ? [...from, ...to]
      : kind === 'removed' || kind === 'imported' || kind === 'restored'
        ? from.filter((code) => !to.includes(code))
        : []
  if (ended.length === 0) return
  await db
    .updateTable('acceptance')
    .set({ withdrawn_by: by, withdrawn: now })
    .where('theme', 'in', ended)
    .where('withdrawn', 'is', null)
    .execute()
}
