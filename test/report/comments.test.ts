import { expect, test } from 'vitest'
import { findQuestion, type Question } from '../../src/questionnaire/definition.ts'
import { commentList, isListed } from '../../src/report/comments.ts'
import { everyone, type Slice } from '../../src/report/slice.ts'
import { readSource } from '../../src/report/source.ts'
import { count, district, questionnaire } from './fixture.ts'

/** n people of a school and group who all chose a goal and wrote why. */
type Wrote = { school: string; group: string; n: number }
const why = findQuestion(questionnaire, 'why') as Question
function listIn(wrote: readonly Wrote[], slice: Partial<Slice>, reach?: string[]) {
  const given = wrote.map(({ school, group, n }) => ({
    times: n,
    answers: {
      ...(school && { school }),
      ...{ group, goal: 'attendance', why: { words: 'Because', language: 'en' } },
    },
  }))
  const survey = { slug: 'sample', version: 1, minimumGroup: 10, sample: true }
  const source = readSource({ survey, questionnaire, plan: undefined, district, ...count(given) })
  return commentList(source, why, 'attendance', { ...everyone, ...slice }, reach)
}
const staff = (school: string, n: number): Wrote => ({ school, group: 'staff', n })
const families = ['north', 'south', 'west'].map((school) => ({ school, group: 'family', n: 30 }))

test('who reads the comments of a school and those of a group does not learn which are of its few', () => {
  const wrote = [...families, staff('north', 4), staff('south', 20), staff('west', 20)]
  const north = listIn(wrote, { school: 'north' })
  expect(isListed(north, { school: 'north', group: 'staff' })).toBe(false)
  expect(listIn(wrote, { group: 'staff' })).toMatchObject({ n: 44, without: [] })
  expect(listIn(wrote, {})).toMatchObject({ n: 134, without: [] })
  // Families of north would tell by subtraction how many staff there are, so they are not in its list either.
  expect(north.n).toBe(0)
})

test('a school leader, who has no list of a group to compare with, reads all comments of the school', () => {
  const wrote = [...families, staff('north', 4), staff('south', 20), staff('west', 20)]
  expect(listIn(wrote, { school: 'north' }, ['north'])).toMatchObject({ n: 34, without: [] })
})

test('where no school is asked, lists of groups and of everyone hold all', () => {
  const wrote = [{ school: '', group: 'family', n: 50 }, staff('', 42)]
  expect(listIn(wrote, { group: 'staff' })).toMatchObject({ n: 42, without: [] })
  expect(listIn(wrote, {})).toMatchObject({ n: 92, without: [] })
})

test('where a choice is told as bounds, comments that would tell more of it are not shown', () => {
  const wrote = [...families, { school: 'north', group: 'family', n: 200 }, staff('', 1)]
  expect(listIn(wrote, { school: 'south' })).toMatchObject({ n: null })
  expect(listIn(wrote, {})).toMatchObject({ n: 291 })
})
