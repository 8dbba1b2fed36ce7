import { expect, test } from 'vitest'
import { emptyDistrict } from '../../src/district/district.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { Conflict, NotFound } from '../../src/store/errors.ts'
import { folder, opened } from './fixture.ts'

const person = { id: 'p1', email: 'Office@Sample.test', role: 'office', passwordHash: null } as const

test('an address belongs to one person, whatever its capitals', async () => {
  const { people } = await opened(await folder())
  expect(await people.count()).toBe(0)
  await people.add(person)
  await expect(people.add({ ...person, id: 'p2', email: 'office@sample.test' })).rejects.toThrow(Conflict)
  const kept = {
    ...person,
    email: 'office@sample.test',
    scope: { schools: [], languages: [] },
    safety: false,
  }
  expect(await people.find('OFFICE@sample.test ')).toEqual(kept)
  await people.setPassword('p1', 'hash')
  const scope = { schools: ['north'], languages: [] }
  await people.setRole('p1', 'school-leader', scope)
  expect(await people.findById('p1')).toEqual({ ...kept, passwordHash: 'hash', role: 'school-leader', scope })
  expect(await people.list()).toEqual([
    { id: 'p1', email: 'office@sample.test', role: 'school-leader', scope, safety: false },
  ])
  await people.setRole('p1', 'leader')
  expect((await people.findById('p1'))?.scope).toEqual({ schools: [], languages: [] })
  await expect(people.setRole('nobody', 'admin')).rejects.toThrow(NotFound)
})

test('a session ends at its time, by signing out, or with its person', async () => {
  const { people, sessions } = await opened(await folder())
  await people.add(person)
  await sessions.save('s1', 'data', 'p1', 100)
  await sessions.save('s1', 'more', 'p1', 200)
  await sessions.save('s2', 'other', null, 200)
  expect(await sessions.find('s1', 199)).toBe('more')
  expect(await sessions.find('s1', 200)).toBeUndefined()
  await sessions.remove('s2')
  expect(await sessions.find('s2', 0)).toBeUndefined()
  await people.remove('p1')
  expect(await sessions.find('s1', 0)).toBeUndefined()
  await sessions.save('s3', 'data', null, 100)
  await sessions.save('s4', 'data', null, 101)
  await sessions.clear(100)
  expect(await sessions.find('s3', 0)).toBeUndefined()
  expect(await sessions.find('s4', 0)).toBe('data')
})

test('a session that was ended stays ended, whatever a request under way writes afterwards', async () => {
  const { people, sessions } = await opened(await folder())
  await people.add(person)
  await sessions.save('s1', 'data', 'p1', 100)
  await sessions.again('s1', 'seen', 'p1', 200)
  expect(await sessions.find('s1', 150)).toBe('seen')
  await sessions.removeOf('p1')
  await sessions.again('s1', 'seen later', 'p1', 300)
  expect(await sessions.find('s1', 0)).toBeUndefined()
  // Somebody whose account is removed between typing the password and being let in.
  await people.remove('p1')
  await sessions.save('s2', 'data', 'p1', 100)
  expect(await sessions.find('s2', 0)).toBeUndefined()
})

test('settings, the district and plans are read back as they were put', async () => {
  const dir = await folder()
  const { settings, plans } = await opened(dir)
  expect(await settings.district()).toEqual(emptyDistrict)
  const district = { ...emptyDistrict, name: { en: 'Sample district' } }
  await settings.setDistrict(district)
  expect(await settings.district()).toEqual(district)
  await settings.set('setup', 'hash')
  expect(await settings.find('setup')).toBe('hash')
  await settings.set('setup', null)
  expect(await settings.find('setup')).toBeUndefined()

  const other = await opened(dir)
  await other.settings.setDistrict(emptyDistrict)
  expect(await settings.district()).toEqual(emptyDistrict)

  const plan = { id: '2030', title: 'one' } as unknown as Plan
  expect(await plans.find('2030')).toBeUndefined()
  await plans.put({ ...plan, id: '2031' })
  await plans.put(plan)
  await plans.put({ ...plan, title: 'two' } as unknown as Plan)
  expect(await plans.find('2030')).toEqual({ id: '2030', title: 'two' })
  expect((await plans.list()).map(({ id }) => id)).toEqual(['2030', '2031'])
})
