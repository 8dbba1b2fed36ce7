import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import BetterSqlite3 from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStores } from '../../src/store/open.ts'
import type { Stores, Survey } from '../../src/store/stores.ts'
import { everyKind, response } from '../export/sample.ts'
import { openDesk } from './command-line.ts'

let desk: Awaited<ReturnType<typeof openDesk>>
let stores: Stores
let survey: Survey
beforeEach(async () => {
  desk = await openDesk()
  stores = await openStores({ dataDir: desk.dataDir })
  survey = await stores.surveys.add({ slug: 'all', questionnaire: everyKind }, 0)
})
afterEach(async () => {
  await stores.close()
  await desk.close()
})

const [said] = fc.sample(response(everyKind, 1), { numRuns: 1, seed: 1 })
if (!said) throw new Error('no sample')
const answer = (token: string) => stores.responses.submit(survey.id, token, said)

/** Everything in the folder that could be a left-over. */
const leftOver = async () => (await readdir(desk.dataDir)).filter((name) => /partial|restoring/.test(name))

describe('a backup', () => {
  it('is taken while families answer, and is of one moment', async () => {
    let sent = 0
    let over = false
    const answering = (async () => {
      while (!over) {
        await answer(`token-${sent}`)
        sent++
      }
    })()
    const told = await desk.heard(['backup', desk.file('copy/monday.db')])
    over = true
    await answering
    expect(told).toMatchObject({ code: 0, err: '' })
    const copy = new BetterSqlite3(desk.file('copy/monday.db'), { readonly: true })
    const count = (sql: string) => copy.prepare<[], { n: number }>(sql).get()?.n
    expect(count('select count(*) as n from response')).toBe(count('select count(*) as n from spent'))
    copy.close()
    expect(await readdir(desk.file('copy'))).toEqual(['monday.db'])
    // Nobody else of the machine can read it.
    if (process.platform !== 'win32') expect((await stat(desk.file('copy/monday.db'))).mode & 0o077).toBe(0)
  })

  it('leaves the last good copy alone when there is nothing to copy', async () => {
    await writeFile(desk.file('good.db'), 'as it was')
    const told = await desk.heard(['backup', desk.file('good.db')], '', { DATA_DIR: desk.file('nowhere') })
    expect(told.code).toBe(1)
    expect(told.err).toMatch(/^heard: there is no database in .*nowhere to back up\n$/)
    expect(await readFile(desk.file('good.db'), 'utf8')).toBe('as it was')
  })
})

describe('putting a backup back', () => {
  it('brings back what was there, also under a server that runs, and keeps what it replaces', async () => {
    await answer('before')
    await stores.sessions.save('hash', '{}', null, Date.now() + 1e6)
    await desk.heard(['backup', desk.file('copy.db')])
    await answer('after')
    expect(await stores.responses.count(survey.id)).toBe(2)
    const told = await desk.heard(['restore', desk.file('copy.db')])
    expect(told).toMatchObject({ code: 0, err: '' })
    // The stores stayed open all the while, as a server's do.
    expect(await stores.responses.count(survey.id)).toBe(1)
    expect(await stores.responses.spent('after')).toBe(false)
    expect(await stores.sessions.find('hash', Date.now())).toBeUndefined()
    expect(await answer('again')).toBe('saved')
    expect((await desk.heard(['check'])).out).toBe('all\tok\t2 responses\n')
    const kept = (await readdir(desk.dataDir)).find((name) => name.startsWith('before-restore-'))
    await desk.heard(['restore', desk.file(kept ?? '')])
    expect(await stores.responses.spent('after')).toBe(true)
    expect(await leftOver()).toEqual([])
  })

  it('starts a new machine from a backup', async () => {
    await answer('one')
    await desk.heard(['backup', desk.file('copy.db')])
    const there = { DATA_DIR: desk.file('new-machine') }
    expect(await desk.heard(['restore', desk.file('copy.db')], '', there)).toMatchObject({ code: 0 })
    expect((await desk.heard(['check'], '', there)).out).toBe('all\tok\t1 responses\n')
  })

  it.each([
    ['a text', async (file: string) => writeFile(file, 'not a database'), /file is not a database/],
    [
      'another program’s database',
      async (file: string) => {
        const db = new BetterSqlite3(file)
        db.exec('create table thing (a)')
        db.close()
      },
      /not one of Heard/,
    ],
    [
      'a copy that was cut off',
      async (file: string) => {
        await desk.heard(['backup', file])
        await truncate(file, 40_960)
      },
      /malformed|damaged|not a database|rows|page|size|btree|invalid/i,
    ],
    [
      'a newer Heard’s database',
      async (file: string) => {
        await desk.heard(['backup', file])
        const db = new BetterSqlite3(file)
        db.exec(`insert into migration values (9999, '9999-later', '')`)
        db.close()
      },
      /newer than this Heard/,
    ],
    [
      'counts that are wrong',
      async (file: string) => {
        await answer('one')
        await desk.heard(['backup', file])
        const db = new BetterSqlite3(file)
        db.exec(`update tally set n = n + 1`)
        db.close()
      },
      /kept counts are not what the answers say: all/,
    ],
  ])('refuses %s and changes nothing', async (_, make, reason) => {
    await make(desk.file('bad.db'))
    await answer('now')
    const told = await desk.heard(['restore', desk.file('bad.db')])
    expect(told.code).toBe(1)
    expect(told.err).toMatch(/was not restored, nothing was changed/)
    expect(told.err).toMatch(reason)
    expect(await stores.responses.spent('now')).toBe(true)
    expect(await leftOver()).toEqual([])
  })

  it('says which file is not there', async () => {
    expect((await desk.heard(['restore', desk.file('none.db')])).err).toMatch(
      /none\.db: there is no such file/,
    )
  })
})
