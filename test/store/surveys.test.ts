import { expect, test, vi } from 'vitest'
import { openEngine } from '../../src/store/engine.ts'
import { Conflict, NotFound } from '../../src/store/errors.ts'
import { openStores } from '../../src/store/open.ts'
import { place } from '../engine.ts'
import { folder, opened, questionnaire, settled, surveyIn } from './fixture.ts'

const renamed = { ...questionnaire, title: { en: 'A second version' } }

test('a survey is found by its slug with the questionnaire that is answered now', async () => {
  const stores = await opened(await folder())
  expect(await stores.surveys.find('sample')).toBeUndefined()
  const added = await stores.surveys.add({ slug: 'sample', questionnaire, opensAt: 5, sample: true }, 0)
  expect(added).toEqual({
    id: 1,
    slug: 'sample',
    state: 'draft',
    opensAt: 5,
    closesAt: null,
    version: 1,
    minimumGroup: 10,
    sample: true,
    fielding: { access: 'open', kiosk: false, doubleEntry: false, optOutListed: false },
    questionnaire,
  })
  await stores.surveys.setState(1, 'open')
  await stores.surveys.setDates(1, null, 9)
  expect(await stores.surveys.publish(1, renamed, 1)).toBe(2)
  expect(await stores.surveys.find('sample')).toEqual({
    ...added,
    state: 'open',
    opensAt: null,
    closesAt: 9,
    version: 2,
    questionnaire: renamed,
  })
  expect(await stores.surveys.version(1, 1)).toEqual(questionnaire)
  await surveyIn(stores, 'another')
  expect((await stores.surveys.list()).map(({ slug }) => slug)).toEqual(['sample', 'another'])
})

test('a slug is given once, and what is not there is said plainly', async () => {
  const stores = await opened(await folder())
  await surveyIn(stores)
  await expect(surveyIn(stores)).rejects.toThrow(Conflict)
  await expect(stores.surveys.publish(99, questionnaire, 0)).rejects.toThrow(NotFound)
  await expect(stores.surveys.version(1, 2)).rejects.toMatchObject({ status: 404 })
  await expect(stores.surveys.setState(99, 'open')).rejects.toThrow(NotFound)
  expect(await stores.surveys.list()).toHaveLength(1)
})

test('a published version never changes, in the file or in memory', async () => {
  const dir = await folder()
  const stores = await opened(dir)
  const id = await surveyIn(stores)
  const engine = await openEngine(await place(dir))
  const { read, run } = engine
  await expect(run(read.updateTable('version').set({ questionnaire: '{}' }))).rejects.toThrow('never changes')
  await expect(run(read.deleteFrom('version'))).rejects.toThrow('never removed')
  await engine.close()
  const shared = await stores.surveys.version(id, 1)
  expect(() => {
    shared.title.en = 'Another'
  }).toThrow(TypeError)
  expect(await stores.surveys.version(id, 1)).toBe(shared)
})

test('a version published by a command is answered by the running server', async () => {
  const dir = await folder()
  const server = await opened(dir)
  const id = await surveyIn(server)
  await server.responses.submit(id, 'one', settled())
  const command = await openStores(await place(dir))
  const [section] = questionnaire.sections
  const more = {
    ...questionnaire,
    sections: [
      { code: 'new', title: {}, questions: [{ code: 'brand-new', kind: 'text', title: {} }] },
      section,
    ],
  } as typeof questionnaire
  await command.surveys.publish(id, more, 1)
  await command.close()
  // Another process is heard of within the second.
  await vi.waitFor(async () => expect((await server.surveys.find('sample'))?.questionnaire).toEqual(more))
  const answer = settled({ version: 2, answers: { 'brand-new': 'yes' } })
  expect(await server.responses.submit(id, 'two', answer)).toBe('saved')
})
