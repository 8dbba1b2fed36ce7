import { describe, expect, it } from 'vitest'
import { summarizeItem } from '../../src/climate/favorable.ts'
import { findingOf } from '../../src/report/finding.ts'
import type { Bound } from '../../src/report/privacy/bounded.ts'
import type { RatedItem, Result } from '../../src/report/result.ts'

const points = [
  { code: 'no', label: { en: 'No' }, value: 1, favorable: false },
  { code: 'yes', label: { en: 'Yes' }, value: 2, favorable: true },
]
const exact = (code: string, yes: number, n: number): RatedItem => ({
  code,
  summary: summarizeItem(
    points,
    new Map([
      ['no', n - yes],
      ['yes', yes],
    ]),
    false,
  ),
  nonResponse: null,
})
const bounded = (code: string, bound: Bound): RatedItem => ({
  code,
  summary: null,
  nonResponse: null,
  bound: { ...bound, n: 11 },
})
const hidden = (code: string): RatedItem => ({ code, summary: null, nonResponse: null })
const of = (...items: RatedItem[]) =>
  findingOf({ measure: 'points', n: 20, asked: 20, items } as unknown as Result)

describe('the headline of statements', () => {
  it('names the highest and the lowest', () => {
    expect(of(exact('a', 16, 20), exact('b', 10, 20), exact('c', 4, 20))).toMatchObject({
      rule: 'ratings',
      highest: { code: 'a', share: 0.8 },
      lowest: { code: 'c', share: 0.2 },
    })
  })

  it('names one that is told in bounds, where it lies beyond all others for certain', () => {
    expect(of(exact('a', 16, 20), bounded('b', { over: 0.8 }), exact('c', 10, 20))).toMatchObject({
      rule: 'ratings',
      highest: { code: 'b', bound: { over: 0.8 } },
      lowest: { code: 'c' },
    })
  })

  it('claims no place that something told in bounds, or not shown, could have', () => {
    expect(of(exact('a', 17, 20), bounded('b', { over: 0.8 }), exact('c', 10, 20))).toMatchObject({
      rule: 'lowest',
      item: { code: 'c' },
    })
    expect(of(exact('a', 16, 20), exact('b', 3, 20), bounded('c', { under: 0.2 }))).toMatchObject({
      rule: 'highest',
      item: { code: 'a' },
    })
    expect(of(exact('a', 16, 20), exact('b', 10, 20), hidden('c'))).toEqual({ rule: 'unsure' })
  })

  it('speaks of one alone, of all alike, and of nobody', () => {
    expect(of(exact('a', 16, 20), hidden('b'))).toMatchObject({ rule: 'rating', item: { code: 'a' } })
    expect(of(exact('a', 16, 20), exact('b', 16, 20))).toEqual({ rule: 'ratedAlike', share: 0.8 })
    expect(of(exact('a', 0, 0), hidden('b'))).toEqual({ rule: 'nobody' })
  })
})
