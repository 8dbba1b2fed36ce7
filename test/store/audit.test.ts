import { expect, test } from 'vitest'
import { openEngine } from '../../src/store/engine.ts'
import { place } from '../engine.ts'
import { folder, opened } from './fixture.ts'

const entry = { at: 5, person: 'p1', who: 'ana@sample.test', did: 'invited' } as const

test('what was done is read newest first, by kind, by survey and by person, and outlives the person', async () => {
  const { audit, people } = await opened(await folder())
  await people.add({ id: 'p1', email: 'ana@sample.test', role: 'admin', passwordHash: null })
  await audit.add({ ...entry, about: 'ben@sample.test', detail: 'office' })
  await audit.add({ ...entry, did: 'opened', about: 'spring' })
  await audit.add({ at: 6, person: null, who: 'command-line', did: 'closed', about: 'spring' })
  await people.remove('p1')
  const told = async (asked: object) =>
    (await audit.list({ limit: 10, ...asked })).map(({ did }) => did).join()
  expect(await told({})).toBe('closed,opened,invited')
  expect(await told({ limit: 1 })).toBe('closed')
  expect(await told({ before: 3 })).toBe('opened,invited')
  expect(await told({ did: 'opened' })).toBe('opened')
  expect(await told({ about: 'spring' })).toBe('closed,opened')
  expect(await told({ who: 'ana@sample.test' })).toBe('opened,invited')
  expect(await told({ who: 'ben@sample.test' })).toBe('invited')
  expect((await audit.list({ limit: 1, did: 'invited' }))[0]).toEqual({
    id: 1,
    ...entry,
    about: 'ben@sample.test',
    detail: 'office',
  })
  expect(await audit.names()).toEqual({
    who: ['ana@sample.test', 'command-line'],
    about: ['ben@sample.test', 'spring'],
  })
})

test('nobody can rewrite or remove what was done', async () => {
  const dir = await folder()
  const { audit } = await opened(dir)
  await audit.add(entry)
  const engine = await openEngine(await place(dir))
  try {
    await expect(engine.run(engine.read.updateTable('audit').set({ who: 'x' }))).rejects.toThrow()
    await expect(engine.run(engine.read.deleteFrom('audit'))).rejects.toThrow()
  } finally {
    await engine.close()
  }
  expect(await audit.list({ limit: 5 })).toHaveLength(1)
})

test('what may be used once is taken by one alone, also from two processes at once', async () => {
  const dir = await folder()
  const [one, two] = [await opened(dir), await opened(dir)]
  await one.settings.set('welcome.p1', 'secret')
  expect(await one.settings.take('welcome.p1', 'another')).toBe(false)
  const tries = [one, two, one, two].map(({ settings }) => settings.take('welcome.p1', 'secret'))
  expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1)
  expect(await one.settings.find('welcome.p1')).toBeUndefined()
})

test('a setting that two processes change at once is changed by one of them', async () => {
  const dir = await folder()
  const [one, two] = [await opened(dir), await opened(dir)]
  const race = async (was: string | undefined, words: string[]) => {
    const tries = words.map((to, at) => (at % 2 ? two : one).settings.swap('own-words', was, to))
    const done = (await Promise.all(tries)).map((made, at) => (made ? words[at] : undefined))
    const won = done.filter((word) => word !== undefined)
    expect(won).toHaveLength(1)
    expect(await two.settings.find('own-words')).toBe(won[0])
    return won[0]
  }
  const first = await race(undefined, ['a', 'b', 'c', 'd'])
  await race(first, ['e', 'f', 'g', 'h'])
  expect(await one.settings.swap('own-words', first, 'late')).toBe(false)
})
