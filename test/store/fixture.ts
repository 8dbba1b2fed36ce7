import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import type { Questionnaire } from '../../src/questionnaire/definition.ts'
import type { Settled } from '../../src/response/response.ts'
import { openStores } from '../../src/store/open.ts'
import type { Stores } from '../../src/store/stores.ts'
import { place } from '../engine.ts'

export const HOUR = 3_600_000

/** A folder that is gone when the test is. */
export async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'heard-store-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

/** Open stores that are closed when the test is done. */
export async function opened(dataDir: string): Promise<Stores> {
  const stores = await openStores(await place(dataDir))
  onTestFinished(() => stores.close())
  return stores
}

/** The file itself, beside the store, to look at what really lies in it. */
export function raw(dataDir: string): BetterSqlite3.Database {
  const db = new BetterSqlite3(join(dataDir, 'heard.db'))
  onTestFinished(() => {
    db.close()
  })
  return db
}

export const codes = ['goal', 'why', 'group', 'school', 'feel']

export const questionnaire: Questionnaire = {
  source: 'en',
  languages: ['en', 'es'],
  title: { en: 'A sample survey' },
  sections: [
    {
      code: 'all',
      title: { en: 'All' },
      questions: codes.map((code) => ({ code, kind: 'single', title: { en: code } })),
    },
  ],
}

export async function surveyIn(stores: Stores, slug = 'sample'): Promise<number> {
  const { id } = await stores.surveys.add({ slug, questionnaire }, 0)
  return id
}

export function settled(given: Partial<Settled> = {}): Settled {
  return {
    version: 1,
    language: 'es',
    channel: 'web',
    hour: 400_000 * HOUR,
    group: 'family',
    school: 'north',
    answers: { goal: 'reading', group: 'family', school: 'north' },
    cells: [
      { question: '', cell: '' },
      { question: 'goal', cell: '' },
      { question: 'goal', cell: 'reading' },
    ],
    comments: [],
    ...given,
  }
}

export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of source) items.push(item)
  return items
}
