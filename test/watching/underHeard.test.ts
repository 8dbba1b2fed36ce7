import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EnrolmentRow } from '../../src/district/enrolment.ts'
import { daysOf } from '../../src/report/turnout/course.ts'
import { turnout } from '../../src/report/turnout/rates.ts'
import { chanceOfSoFew, compare, neededFor } from '../../src/report/turnout/underHeard.ts'
import { bucketOf, bucketStarts, quartiles } from '../../src/response/minutes.ts'

/** By whole numbers alone: chances of a die-like p = a/b as fractions. */
function exactTail(x: number, n: number, a: bigint, b: bigint): number {
  let choose = 1n
  let sum = 0n
  for (let k = 0; k <= x; k++) {
    sum += choose * a ** BigInt(k) * (b - a) ** BigInt(n - k)
    choose = (choose * BigInt(n - k)) / BigInt(k + 1)
  }
  return Number((sum * 10n ** 18n) / b ** BigInt(n)) / 1e18
}

describe('the chance of so few', () => {
  test('is the exact binomial tail', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.nat(120),
        fc.integer({ min: 1, max: 9 }),
        (n, some, tenths) => {
          const x = Math.min(some, n)
          const chance = chanceOfSoFew(x, n, tenths / 10)
          const real = x >= (n * tenths) / 10 ? 1 : exactTail(x, n, BigInt(tenths), 10n)
          expect(chance).toBeCloseTo(real, 9)
        },
      ),
      { numRuns: 150 },
    )
  })

  test('stays right and quick at a million', () => {
    // One standard deviation below the middle: 0.158655 of a normal distribution, and the binomial is close by.
    expect(chanceOfSoFew(299_542, 1_000_000, 0.3)).toBeCloseTo(0.1587, 3)
    expect(chanceOfSoFew(0, 1_000_000, 0.3)).toBe(0)
  })
})

test('so many more make the share even, and one fewer does not', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(5000), fc.integer({ min: 1, max: 99 }), (x, others, hundredths) => {
      const n = x + others
      const p = hundredths / 100
      const more = neededFor(x, n, p)
      expect((x + more) / (n + more || 1)).toBeGreaterThanOrEqual(n + more === 0 ? 0 : p - 1e-9)
      if (more > 0) expect((x + more - 1) / (n + more - 1 || 1)).toBeLessThan(p)
    }),
    { numRuns: 200 },
  )
})

test('shares add up to one, and nothing is compared with nothing', () => {
  expect(compare([])).toEqual([])
  expect(
    compare([
      { code: 'a', n: 0, enrolled: 5 },
      { code: 'b', n: 0, enrolled: 5 },
    ]),
  ).toEqual([])
  const list = compare([
    { code: 'a', n: 30, enrolled: 50 },
    { code: 'b', n: 70, enrolled: 50 },
  ])
  expect(list.map(({ share, of }) => [share, of])).toEqual([
    [0.3, 0.5],
    [0.7, 0.5],
  ])
  expect(list[0]?.needed).toBe(40)
})

const base: EnrolmentRow = {
  school: '',
  level: '',
  zone: '',
  group: 'student',
  grade: '',
  language: '',
  n: 0,
}
const schools = ['a', 'b', 'c', 'd']
const district = {
  schools: schools.map((code) => ({ code, label: { en: code }, level: code < 'c' ? 'low' : 'high' })),
}
const enrolment = {
  asOf: '2020-10-01',
  source: 's',
  rows: schools.map((school) => ({ ...base, school, level: school < 'c' ? 'low' : 'high', n: 250 })),
}
const heard = (sizes: [school: string, group: string, n: number][]) => ({
  sizes: sizes.map(([school, group, n]) => ({ school, group, n })),
  languages: [],
  grades: [],
  enrolment,
  district,
  groups: ['student', 'family', 'partner'],
})

describe('who was heard', () => {
  test('a school that is far behind is named with how many more; one that is a little behind is not', () => {
    const { under, by } = turnout(
      heard([
        ['a', 'student', 100],
        ['b', 'student', 95],
        ['c', 'student', 100],
        ['d', 'student', 20],
      ]),
    )
    expect(
      under.filter(({ dimension }) => dimension === 'school').map(({ code, needed }) => [code, needed]),
    ).toEqual([['d', 79]])
    expect(by.school.find(({ code }) => code === 'd')).toMatchObject({
      n: 20,
      counted: 20,
      enrolled: 250,
      under: true,
    })
    expect(by.school.find(({ code }) => code === 'b')?.under).toBe(false)
    expect(by.level.find(({ code }) => code === 'high')).toMatchObject({ n: 120, enrolled: 500 })
  })

  test('rates count only groups whose number is known; families compare with students', () => {
    const { all, uncounted, under } = turnout(
      heard([
        ['a', 'student', 10],
        ['a', 'family', 200],
        ['b', 'family', 200],
        ['c', 'family', 200],
        ['', 'partner', 9],
      ]),
    )
    expect(all).toMatchObject({ n: 619, counted: 10, enrolled: 1000 })
    expect(uncounted).toEqual(['family', 'partner'])
    expect(under.find(({ group, code }) => group === 'family' && code === 'd')).toMatchObject({
      like: 'student',
      needed: 200,
    })
  })

  test('without a table there are counts and no rates', () => {
    const { all, under } = turnout({ ...heard([['a', 'student', 10]]), enrolment: undefined })
    expect(all).toMatchObject({ n: 10, enrolled: undefined })
    expect(under).toEqual([])
  })

  test('of an even survey almost nobody is called under-heard: chance alone does not name', () => {
    let named = 0
    let seed = 12345
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31
      return seed / 2 ** 31
    }
    for (let survey = 0; survey < 200; survey++) {
      const counts = new Map(schools.map((school) => [school, 0]))
      for (let one = 0; one < 200; one++) {
        const school = schools[Math.floor(random() * 4)] ?? 'a'
        counts.set(school, (counts.get(school) ?? 0) + 1)
      }
      const { under } = turnout(heard([...counts].map(([school, n]) => [school, 'student', n])))
      if (under.length > 0) named += 1
    }
    expect(named).toBeLessThan(20)
  })
})

test('every minute falls into one bucket, and quartiles lie within what was counted', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(700), { minLength: 1, maxLength: 60 }), (minutes) => {
      const buckets = minutes.map((minute) => ({ place: bucketOf(minute) ?? '', n: 1 }))
      const told = quartiles(buckets)
      expect(told?.n).toBe(minutes.length)
      if (!told) return
      expect(told.low).toBeLessThanOrEqual(told.median)
      expect(told.median).toBeLessThanOrEqual(told.high)
      expect(told.high).toBeLessThanOrEqual(bucketStarts.at(-1) ?? 0)
    }),
    { numRuns: 60 },
  )
  expect(bucketOf(-1)).toBeUndefined()
  expect(bucketOf(100_000)).toBeUndefined()
  expect(quartiles([])).toBeNull()
})

test('days are those of the district, and a day without a response stands between', () => {
  const at = (iso: string) => ({ code: String(Date.parse(iso)), n: 2 })
  expect(
    daysOf([at('2021-05-12T03:00Z'), at('2021-05-12T12:00Z'), at('2021-05-14T12:00Z')], 'America/New_York'),
  ).toEqual([
    { day: '2021-05-11', n: 2 },
    { day: '2021-05-12', n: 2 },
    { day: '2021-05-13', n: 0 },
    { day: '2021-05-14', n: 2 },
  ])
  expect(daysOf([], 'UTC')).toEqual([])
})
