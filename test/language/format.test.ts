import { describe, expect, it } from 'vitest'
import { sayDate, sayList, sayNumber } from '../../src/language/format.ts'

const evening = Date.UTC(2026, 10, 22, 0, 36)
const full = { dateStyle: 'full', timeStyle: 'short', timeZone: 'America/New_York' } as const

describe('a date as a family reads it', () => {
  it.each([
    ['en', 'Saturday, November 21, 2026 at 7:36 PM'],
    ['es', 'sábado, 21 de noviembre de 2026, 7:36 p.m.'],
    ['ht', 'samdi 21 novanm 2026 a 19:36'],
  ])('%s', (lang, words) => {
    expect(sayDate(lang, evening, full).replace(/[\u202f\u00a0]/g, ' ')).toBe(words)
  })

  it('is in digits where the engine does not know the language, never in English', () => {
    expect(sayDate('ksw', evening, full)).toBe('2026-11-21 19:36')
  })
})

describe('a number', () => {
  it.each(['ar', 'my', 'ne', 'zh-Hans', 'so'])('has the digits that the texts around it have: %s', (lang) => {
    expect(sayNumber(lang, 2105)).toMatch(/^2[^\d]?105$/)
  })

  it('is written as families in the United States write it in Spanish', () => {
    expect(sayNumber('es', 12345)).toBe('12,345')
    expect(sayNumber('es', 0.41, { style: 'percent' })).toBe('41%')
  })
})

describe('a list', () => {
  it('is joined by the word of its language', () => {
    expect(sayList('en', ['a', 'b', 'c'])).toBe('a, b, and c')
    expect(sayList('ht', ['a', 'b', 'c'])).toBe('a, b ak c')
    expect(sayList('ht', ['a', 'b'], 'disjunction')).toBe('a oswa b')
    expect(sayList('ksw', ['a', 'b'])).toBe('a, b')
    expect(sayList('ht', [])).toBe('')
  })
})
