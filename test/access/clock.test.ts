import fc from 'fast-check'
import { expect, test } from 'vitest'
import { momentOf, wallTime } from '../../src/district/clock.ts'

const zones = [
  'UTC',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
]
const minute = 60_000

test('what the clock shows leads back to a moment at which it shows just that', () => {
  const first = Date.parse('2000-01-02T00:00Z') / minute
  const last = Date.parse('2199-12-30T00:00Z') / minute
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: first, max: last }), (zone, minutes) => {
      const time = minutes * minute
      const wall = wallTime(time, zone)
      const moment = momentOf(wall, zone) ?? Number.NaN
      expect(wallTime(moment, zone)).toBe(wall)
      // The same moment, but for an hour that comes twice: then the first.
      expect([0, 30 * minute, 60 * minute]).toContain(time - moment)
    }),
    { numRuns: 300 },
  )
})

test('of an hour that comes twice it is the first; one that is jumped over is none', () => {
  expect(momentOf('2026-11-01T01:30', 'America/New_York')).toBe(Date.parse('2026-11-01T05:30Z'))
  expect(momentOf('2026-03-08T02:30', 'America/New_York')).toBeUndefined()
  expect(momentOf('2026-03-08T03:00', 'America/New_York')).toBe(Date.parse('2026-03-08T07:00Z'))
})

test.each([
  '',
  'soon',
  '2026-02-30T08:00',
  '2026-01-01T24:00',
  '1999-01-01T00:00',
  '2026-01-01',
  '２０２６-01-01T00:00',
])('%j is no time', (typed) => expect(momentOf(typed, 'UTC')).toBeUndefined())
