import { describe, expect, it } from 'vitest'
import { maySeeSchool, mayTranslate, type Role, roles, schoolsOf } from '../../src/district/people.ts'

const person = (role: Role, schools: string[] = [], languages: string[] = []) => ({
  role,
  scope: { schools, languages },
})
const whoever = (may: (role: Role) => boolean) => roles.filter(may)

describe('without a list of schools or languages', () => {
  it('office and leaders see every school, a school leader and a translator none', () => {
    expect(whoever((role) => maySeeSchool(person(role), 'north'))).toEqual([
      'admin',
      'office',
      'coder',
      'leader',
    ])
    expect(schoolsOf(person('leader'))).toBeUndefined()
    expect(schoolsOf(person('school-leader'))).toEqual([])
  })

  it('the office translates into every language, a translator into none', () => {
    expect(whoever((role) => mayTranslate(person(role), 'so'))).toEqual(['admin', 'office'])
  })
})

describe('with a list', () => {
  it('a school leader sees these schools alone', () => {
    expect(maySeeSchool(person('school-leader', ['north']), 'north')).toBe(true)
    expect(maySeeSchool(person('school-leader', ['north']), 'south')).toBe(false)
    expect(maySeeSchool(person('school-leader', ['north']), '')).toBe(false)
  })

  it('a translator has these languages alone, and no school', () => {
    expect(mayTranslate(person('translator', [], ['so']), 'so')).toBe(true)
    expect(mayTranslate(person('translator', [], ['so']), 'es')).toBe(false)
    expect(maySeeSchool(person('translator', ['north'], ['so']), 'north')).toBe(false)
  })
})
