import type { Kysely } from 'kysely'
import { fromJson } from './json.ts'
import type { Database } from './tables.ts'

type Before = { themes: string[]; how: 'desk' | 'bulk' | 'sample'; version: number } | null

const readingOf = (db: Kysely<Database>, survey: number, comment: number, person: string) =>
  db
    .selectFrom('reading')
    .selectAll()
    .where('survey', '=', survey)
    .where('comment', '=', comment)
    .where('person', '=', person)
    .executeTakeFirst()

export async function readOne(
  db: Kysely<Database>,
  survey: number,
  by: { person: string; version: number; how: 'desk' | 'bulk' | 'sample'; at: number },
  one: { comment: number; themes: readonly string[] },
): Promise<void> {
  const { comment } = one
  const { person, version, how, at } = by
  const there = await readingOf(db, survey, comment, person)
  const held = await given(db, survey, comment, person)
  const before: Before = there
    ? { themes: held.map(({ now }) => now ?? ''), how: there.how, version: there.version }
    : null
  const set = { version, how, at, earlier: before && JSON.stringify(before) }
  await db
    .insertInto('reading')
    .values({ survey, comment, person, ...set })
    .onConflict((known) => known.columns(['survey', 'comment', 'person']).doUpdateSet(set))
    .execute()
  await give(db, survey, one, by)
  await db
    .updateTable('coding')
    .set({ settled: 1 })
    .where('survey', '=', survey)
    .where('comment', '=', comment)
    .where('open', '=', 1)
    .execute()
}

/** Makes a person's themes of a comment these: what stays is left as it was said, with the version it was said by. */
async function give(
  db: Kysely<Database>,
  survey: number,
  { comment, themes }: { comment: number; themes: readonly string[] },
  { person, version, at }: { person: string; version: number; at: number },
): Promise<void> {
  const held = await given(db, survey, comment, person)
  const gone = held.filter(({ now }) => !themes.includes(now ?? '')).map(({ id }) => id)
  if (gone.length > 0) await db.deleteFrom('coding').where('id', 'in', gone).execute()
  const fresh = [...new Set(themes)].filter((theme) => !held.some(({ now }) => now === theme))
  if (fresh.length === 0) return
  await db
    .insertInto('coding')
    .values(
      fresh.map((theme) => ({
        ...{ survey, comment, theme, made_in: version, now: theme, source: 'person' as const },
        ...{ who: person, verdict: 1 as const, confidence: null, at },
      })),
    )
    .onConflict((known) =>
      known
        .columns(['survey', 'comment', 'source', 'who', 'theme', 'made_in'])
        .doUpdateSet(({ ref }) => ({ now: ref('excluded.now'), open: 0, at })),
    )
    .execute()
}

/** Takes back what one person said last of one comment; false when they had said nothing. */
export async function undoOne(
  db: Kysely<Database>,
  survey: number,
  comment: number,
  person: string,
): Promise<boolean> {
  const row = await readingOf(db, survey, comment, person)
  if (!row) return false
  const by = { person, version: row.version, at: row.at }
  const before = row.earlier === null ? null : fromJson<Before>(row.earlier)
  if (before === null)
    await db
      .deleteFrom('reading')
      .where('survey', '=', survey)
      .where('comment', '=', comment)
      .where('person', '=', person)
      .execute()
  else
    await db
      .updateTable('reading')
      .set({ how: before.how, version: before.version, earlier: null })
      .where('survey', '=', survey)
      .where('comment', '=', comment)
      .where('person', '=', person)
      .execute()
  await give(db, survey, { comment, themes: before?.themes ?? [] }, by)
  return true
}

const given = (db: Kysely<Database>, survey: number, comment: number, person: string) =>
  db
    .selectFrom('coding')
    .select(['id', 'now'])
    .where('survey', '=', survey)
    .where('comment', '=', comment)
    .where('source', '=', 'person')
    .where('who', '=', person)
    .where('now', 'is not', null)
    .execute()
