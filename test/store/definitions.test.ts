import { expect, test } from 'vitest'
import { questions } from '../../src/questionnaire/definition.ts'
import { openStores } from '../../src/store/open.ts'
import { place } from '../engine.ts'
import { folder, questionnaire } from './fixture.ts'

const retitled = (title: string) => ({ ...questionnaire, title: { en: title } })

test('of two people who change the same questionnaire the second is told, and sees what the first did', async () => {
  const stores = await openStores(await place(await folder()))
  await stores.definitions.add('spring', questionnaire, 'ana', 1)
  const first = await stores.definitions.save('spring', 1, retitled('First'), 'ana', 2)
  const second = await stores.definitions.save('spring', 1, retitled('Second'), 'ben', 3)
  expect([first.saved, second.saved]).toEqual([true, false])
  expect(second.definition).toMatchObject({
    revision: 2,
    by: 'ana',
    questionnaire: { title: { en: 'First' } },
  })
  await stores.close()
})

test('what was taken out of a questionnaire can be brought back from an earlier revision', async () => {
  const stores = await openStores(await place(await folder()))
  await stores.definitions.add('spring', questionnaire, 'ana', 1)
  await stores.definitions.save('spring', 1, { ...questionnaire, sections: [] }, 'ana', 2)
  const before = await stores.definitions.find('spring', 1)
  expect(before && questions(before.questionnaire)).toEqual(questions(questionnaire))
  expect((await stores.definitions.revisions('spring')).map(({ revision }) => revision)).toEqual([2, 1])
  expect((await stores.definitions.list()).map(({ slug, revision }) => [slug, revision])).toEqual([
    ['spring', 2],
  ])
  await expect(stores.definitions.add('spring', questionnaire, 'ben', 3)).rejects.toMatchObject({
    status: 409,
  })
  await stores.close()
})
