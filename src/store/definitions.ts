import type { Questionnaire } from '../questionnaire/definition.ts'
import type { Engine } from './engine.ts'
import { Conflict, NotFound } from './errors.ts'
import { fromJson } from './json.ts'
import type { Definition, Definitions } from './stores.ts'

/** Questionnaires under work: every saved state is kept as a revision, so that nothing that was done is lost. */
export function openDefinitions({ read, write }: Pick<Engine, 'read' | 'write'>): Definitions {
  const toDefinition = (row: {
    slug: string
    revision: number
    questionnaire: string
    changed_by: string
    changed: number
  }): Definition => ({
    slug: row.slug,
    revision: row.revision,
    questionnaire: fromJson<Questionnaire>(row.questionnaire),
    by: row.changed_by,
    at: row.changed,
  })

  /** What is discarded keeps its revisions; only this mark says that it is not under work. */
  const mark = (slug: string) => `discarded.${slug}`
  const isDiscarded = async (slug: string): Promise<boolean> =>
    (await read.selectFrom('setting').select('key').where('key', '=', mark(slug)).executeTakeFirst()) !==
    undefined

  async function lasts(): Promise<Definition[]> {
    const rows = await read
      .selectFrom('definition')
      .selectAll()
      .where(({ eb, selectFrom }) =>
        eb(
          'revision',
          '=',
          selectFrom('definition as later')
            .select(({ fn }) => fn.max('later.revision').as('last'))
            .whereRef('later.slug', '=', 'definition.slug'),
        ),
      )
      .orderBy('slug')
      .execute()
    return rows.map(toDefinition)
  }

  /** The last state of each that is under work, or of each that was discarded. */
  async function listOf(discarded: boolean): Promise<Definition[]> {
    const [all, marks] = await Promise.all([
      lasts(),
      read.selectFrom('setting').select('key').where('key', 'like', 'discarded.%').execute(),
    ])
    const marked = new Set(marks.map(({ key }) => key))
    return all.filter(({ slug }) => marked.has(mark(slug)) === discarded)
  }

  async function find(slug: string, revision?: number): Promise<Definition | undefined> {
    if (await isDiscarded(slug)) return undefined
    const row = await read
      .selectFrom('definition')
      .selectAll()
      .where('slug', '=', slug)
      .$if(revision !== undefined, (some) => some.where('revision', '=', revision ?? 0))
      .orderBy('revision', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row && toDefinition(row)
  }

  async function get(slug: string): Promise<Definition> {
    const found = await find(slug)
    if (!found) throw new NotFound(`there is no questionnaire ${slug} under work`)
    return found
  }

  return {
    find,
    list: () => listOf(false),
    discarded: () => listOf(true),
    revisions: (slug) =>
      read
        .selectFrom('definition')
        .select(['revision', 'changed_by as by', 'changed as at'])
        .where('slug', '=', slug)
        .orderBy('revision', 'desc')
        .execute(),
    add: async (slug, questionnaire, by, now) => {
      await write(async (db) => {
        const added = await db
          .insertInto('definition')
          .values({
            slug,
            revision: 1,
            questionnaire: JSON.stringify(questionnaire),
            changed_by: by,
            changed: now,
          })
          .onConflict((taken) => taken.columns(['slug', 'revision']).doNothing())
          .returning('revision')
          .executeTakeFirst()
        if (!added) throw new Conflict(`there is already a questionnaire ${slug} under work`)
      })
      return get(slug)
    },
    save: async (slug, revision, questionnaire, by, now) => {
      // The key holds it: of two who change the same revision, the second finds its number taken.
      const saved = await write(async (db) => {
        const there = await db
          .selectFrom('definition')
          .select('revision')
          .where('slug', '=', slug)
          .orderBy('revision', 'desc')
          .limit(1)
          .executeTakeFirst()
        if (!there) throw new NotFound(`there is no questionnaire ${slug} under work`)
        if (there.revision !== revision) return false
        await db
          .insertInto('definition')
          .values({
            slug,
            revision: revision + 1,
            questionnaire: JSON.stringify(questionnaire),
            changed_by: by,
            changed: now,
          })
          .execute()
        return true
      })
      return { saved, definition: await get(slug) }
    },
    discard: async (slug, now) => {
      await get(slug)
      await write((db) =>
        db
          .insertInto('setting')
          .values({ key: mark(slug), value: String(now) })
          .onConflict((known) => known.column('key').doNothing())
          .execute(),
      )
    },
    restore: async (slug) => {
      await write((db) => db.deleteFrom('setting').where('key', '=', mark(slug)).execute())
      return get(slug)
    },
  }
}
