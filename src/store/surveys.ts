import type { Kysely, Selectable } from 'kysely'
import { type Questionnaire, questions } from '../questionnaire/definition.ts'
import { fieldingSchema } from '../questionnaire/fielding.ts'
import { deleteContacts } from './contacts.ts'
import type { Engine } from './engine.ts'
import { Conflict, NotFound } from './errors.ts'
import { fromJson, sharedFromJson } from './json.ts'
import type { Survey, Surveys } from './stores.ts'
import type { Database } from './tables.ts'

/**
 * A version is read and parsed once, then shared and frozen: the same object is handed out every time, so that
 * what is worked out from it can be kept beside it (in a WeakMap). So is a survey that is found by its slug: the same
 * object for as long as nothing about it has changed, by whichever process; another one from that moment on.
 */
export function openSurveys({
  read,
  ready,
  moment,
  write,
  run,
}: Pick<Engine, 'read' | 'ready' | 'moment' | 'write' | 'run'>): Surveys {
  const versions = new Map<string, Questionnaire>()

  async function version(id: number, number: number): Promise<Questionnaire> {
    const key = `${id}.${number}`
    const known = versions.get(key)
    if (known) return known
    const row = await read
      .selectFrom('version')
      .select('questionnaire')
      .where('survey', '=', id)
      .where('number', '=', number)
      .executeTakeFirst()
    if (!row) throw new NotFound(`survey ${id} has no version ${number}`)
    // Another caller may have read it meanwhile: all get the same one.
    const questionnaire = versions.get(key) ?? sharedFromJson<Questionnaire>(row.questionnaire)
    versions.set(key, questionnaire)
    return questionnaire
  }

  const toSurvey = async (row: Selectable<Database['survey']>): Promise<Survey> => ({
    id: row.id,
    slug: row.slug,
    state: row.state,
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    version: row.version,
    minimumGroup: row.minimum_group,
    sample: row.sample === 1,
    // What an older version has not written gets its default.
    fielding: fieldingSchema.parse(fromJson(row.fielding)),
    questionnaire: await version(row.id, row.version),
  })

  type Row = Selectable<Database['survey']>
  const findRow = ready(read.selectFrom('survey').selectAll().where('slug', '=', ''))
  const found = new Map<string, { at: number; row: Row; survey: Survey }>()
  const same = (one: Row, other: Row) =>
    (Object.keys(one) as (keyof Row)[]).every((column) => one[column] === other[column])

  async function find(slug: string): Promise<Survey | undefined> {
    const at = moment()
    const known = found.get(slug)
    if (known?.at === at) return known.survey
    const row = await findRow(slug)
    if (!row) {
      found.delete(slug)
      return undefined
    }
    const survey = known && same(known.row, row) ? known.survey : Object.freeze(await toSurvey(row))
    found.set(slug, { at, row, survey })
    return survey
  }

  const change = async (id: number, set: Partial<Selectable<Database['survey']>>): Promise<void> => {
    const changed = await run(read.updateTable('survey').set(set).where('id', '=', id))
    if (changed === 0) throw new NotFound(`there is no survey ${id}`)
  }

  return {
    find,
    version,
    versions: (id) =>
      read
        .selectFrom('version')
        .select(['number as version', 'published'])
        .where('survey', '=', id)
        .orderBy('number')
        .execute(),
    list: async () => {
      const rows = await read.selectFrom('survey').selectAll().orderBy('id').execute()
      return Promise.all(rows.map(toSurvey))
    },
    add: async (
      { slug, questionnaire, opensAt = null, closesAt = null, minimumGroup = 10, sample = false, fielding },
      now,
    ) => {
      const row = await write(async (db) => {
        const added = await db
          .insertInto('survey')
          .values({
            slug,
            opens_at: opensAt,
            closes_at: closesAt,
            version: 1,
            minimum_group: minimumGroup,
            sample: sample ? 1 : 0,
            fielding: JSON.stringify(fielding ?? {}),
          })
          .onConflict((taken) => taken.column('slug').doNothing())
          .returningAll()
          .executeTakeFirst()
        if (!added) throw new Conflict(`there is already a survey ${slug}`)
        await freeze(db, added.id, 1, questionnaire, now)
        return added
      })
      return toSurvey(row)
    },
    publish: (id, questionnaire, now) =>
      write(async (db) => {
        const row = await db.selectFrom('survey').select('version').where('id', '=', id).executeTakeFirst()
        if (!row) throw new NotFound(`there is no survey ${id}`)
        const number = row.version + 1
        await freeze(db, id, number, questionnaire, now)
        await db.updateTable('survey').set({ version: number }).where('id', '=', id).execute()
        return number
      }),
    setState: async (id, state) => {
      await change(id, { state })
      // Whom it was sent to is nobody's business any more.
      return state === 'closed' ? write((db) => deleteContacts(db, id)) : 0
    },
    setDates: (id, opensAt, closesAt) => change(id, { opens_at: opensAt, closes_at: closesAt }),
    setFielding: (id, fielding) => change(id, { fielding: JSON.stringify(fielding) }),
  }
}

async function freeze(
  db: Kysely<Database>,
  survey: number,
  number: number,
  questionnaire: Questionnaire,
  now: number,
): Promise<void> {
  await db
    .insertInto('version')
    .values({ survey, number, questionnaire: JSON.stringify(questionnaire), published: now })
    .execute()
  // One by one, in order: the numbers then follow the questionnaire, and exports read them back in that order.
  for (const { code } of questions(questionnaire)) {
    await db
      .insertInto('question')
      .values({ survey, code })
      .onConflict((known) => known.columns(['survey', 'code']).doNothing())
      .execute()
  }
}
