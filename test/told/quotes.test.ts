import fc from 'fast-check'
import { expect, test } from 'vitest'
import { replacements } from '../../src/theme/bracketed.ts'

test('a quote changes a comment only in brackets, and what was there is kept', () => {
  const said = 'Ask Maria at the front desk, she helps.'
  expect(replacements(said, said)).toEqual([])
  expect(replacements(said, 'Ask [name] at the front desk, she helps.')).toEqual([
    { was: 'Maria', now: '[name]' },
  ])
  expect(replacements(said, 'Ask [name] at the front desk…')).toEqual([
    { was: 'Maria', now: '[name]' },
    { was: ', she helps.', now: '…' },
  ])
  expect(replacements('za a', '[x] a')).toEqual([{ was: 'za', now: '[x]' }])
  for (const wrong of [
    'Ask Anna at the front desk, she helps.',
    'Ask at the front desk',
    'she helps.',
    'Ask Maria',
  ])
    expect(replacements(said, wrong)).toBeUndefined()
})

test('whatever is left out of any comment must be marked', () => {
  const word = fc.stringMatching(/^[a-z]{1,6}$/)
  fc.assert(
    fc.property(fc.array(word, { minLength: 2, maxLength: 8 }), fc.nat(7), (words, at) => {
      const place = at % words.length
      const marked = words.map((one, index) => (index === place ? '[x]' : one)).join(' ')
      expect(replacements(words.join(' '), marked)).toBeDefined()
      expect(replacements(words.join(' '), [...words, 'added1'].join(' '))).toBeUndefined()
    }),
    { numRuns: 300 },
  )
})
