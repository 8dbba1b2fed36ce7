import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { faultyCounts } from '../../src/commands/check.ts'
import { readMigrations } from '../../src/store/migrations.ts'
import { faultsOf } from '../../src/store/sqlite/backup.ts'
import { migrate } from '../../src/store/sqlite/migrate.ts'
import { folder, opened } from './fixture.ts'

/**
 * What databases of Heard 0.1.0 held at each step of the schema: `released/0007-translation.sql` fills the tables that
 * migration 7 made. A release adds the steps that it brings, and the sums of their migrations; nothing here is edited.
 */
const kept = join(import.meta.dirname, 'released')
const ours = await readMigrations(join(import.meta.dirname, '..', '..', 'migrations'))
const fillings = readdirSync(kept)
  .filter((file) => file.endsWith('.sql'))
  .sort()
const sums: Record<string, string> = JSON.parse(readFileSync(join(kept, 'sums.json'), 'utf8'))
const content = fillings.map((file) => readFileSync(join(kept, file), 'utf8'))
const released = Object.keys(sums).length

type Rows = Record<string, Record<string, unknown>[]>

function everything(db: Database.Database): Rows {
  const tables = db
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`)
    .pluck()
    .all() as string[]
  return Object.fromEntries(
    tables
      .filter((table) => table !== 'migration')
      .map((table) => [table, db.prepare(`select * from "${table}"`).all() as Rows[string]]),
  )
}

/** A database as a Heard left it that knew `step` migrations. */
function leftBy(step: number, file: string): Rows {
  const db = new Database(file)
  db.pragma('journal_mode = wal')
  migrate(db as never, ours.slice(0, step))
  for (const filling of content.slice(0, step)) db.exec(filling)
  const before = everything(db)
  db.close()
  return before
}

test('a migration that was released is never edited', () => {
  expect(released).toBeGreaterThan(12)
  expect(Object.fromEntries(ours.slice(0, released).map(({ name, checksum }) => [name, checksum]))).toEqual(
    sums,
  )
  expect(fillings).toEqual(ours.slice(0, released).map(({ name }) => `${name}.sql`))
})

test('every table of the release has something in it, so that a step that loses rows is seen', async () => {
  const before = leftBy(released, join(await folder(), 'heard.db'))
  expect(Object.keys(before).filter((table) => before[table]?.length === 0)).toEqual([])
})

test.each(ours.slice(0, released).map(({ name, number }) => [name, number] as const))(
  'a database that a Heard left at %s is brought up to now with all that was in it',
  async (_name, step) => {
    const dataDir = await folder()
    const file = join(dataDir, 'heard.db')
    const before = leftBy(step, file)
    const stores = await opened(dataDir)
    const db = new Database(file, { readonly: true })
    const after = everything(db)
    db.close()
    for (const [table, rows] of Object.entries(before)) {
      const same = after[table]?.map((row) =>
        Object.fromEntries(Object.keys(rows[0] ?? {}).map((column) => [column, row[column]])),
      )
      expect([table, same]).toEqual([table, rows])
    }
    expect(faultsOf(file)).toEqual([])
    expect(await faultyCounts(stores)).toEqual([])
    const survey = await stores.surveys.find('sample')
    if (!survey) throw new Error('the survey is gone')
    expect(survey).toMatchObject({ state: 'open', version: 1 })
    expect(survey.questionnaire.sections[0]?.questions).toHaveLength(3)
    expect(await stores.responses.count(survey.id)).toBe(5)
    expect((await stores.drafts.find('hash-of-a-token'))?.typed).toEqual({ why: 'Porque' })
    expect((await stores.people.find('rosa@example.org'))?.role).toBe('office')
    expect((await stores.settings.district()).schools.map(({ code }) => code)).toEqual(['north'])
    expect(await stores.comments.list(survey.id, { after: 0, limit: 9 })).toHaveLength(4)
    const turnout = await stores.turnout.list(survey.id)
    expect(turnout.find(({ code }) => code === 'web')?.n).toBe(3)
  },
)
