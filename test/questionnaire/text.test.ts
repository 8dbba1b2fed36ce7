import { describe, expect, it } from 'vitest'
import { findQuestion, type Question } from '../../src/questionnaire/definition.ts'
import { kindOf } from '../../src/questionnaire/kinds.ts'
import definition from '../questionnaires/text.ts'
import { checked } from './checked.ts'

const questionnaire = checked(definition)
const parse = (code: string, typed: string) => {
  const question = findQuestion(questionnaire, code) as Question
  const { answer, problems } = kindOf(question).parse(question, { [code]: typed }, 'ar')
  return { words: (answer as { words: string } | undefined)?.words, problem: problems[0] }
}

describe('words of one’s own', () => {
  it.each([
    ['an emoji of a family is one letter', '👨‍👩‍👧‍👦'.repeat(10)],
    ['so is a flag', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'.repeat(10)],
    ['and the widest emoji of all', '👨🏻‍❤️‍💋‍👨🏿'.repeat(10)],
    ['Burmese letters with their marks', 'မြန်မာစာကို'],
    ['Hindi letters with their marks', 'नि'.repeat(10)],
    ['accents that stand apart', 'é'.repeat(10)],
  ])('are counted as people count: %s', (_, words) => expect(parse('tiny', words).words).toBe(words))

  it('too long by one are told how long they may be and by how much they are over', () => {
    expect(parse('tiny', 'abcdefghijk').problem).toEqual({
      question: 'tiny',
      field: 'tiny',
      code: 'tooLong',
      values: { count: 10, over: 1 },
    })
    expect(parse('tiny', '👨‍👩‍👧‍👦'.repeat(12)).problem?.values).toEqual({ count: 10, over: 2 })
  })

  it('keep emoji, joiners and direction marks, and lose control characters', () => {
    expect(parse('comment', '\u200Fمرحبا\u200F 👩‍🏫 می\u200Cخواهم').words).toBe(
      '\u200Fمرحبا\u200F 👩‍🏫 می\u200Cخواهم',
    )
    expect(parse('comment', 'a\0b\u0007c\u009Fd').words).toBe('abcd')
    expect(parse('comment', 'one\r\ntwo\rthree\n\tfour').words).toBe('one\ntwo\nthree\n\tfour')
    expect(parse('comment', 'half \uD83D').words).toBe('half \uFFFD')
  })

  it('of nothing that can be seen are no answer', () => {
    for (const blank of ['   ', '\u200B\u200B', '\u200F \u200E', '\uFEFF', '\u00A0', '\0', '\u2028'])
      expect(parse('comment', blank)).toEqual({ words: undefined, problem: undefined })
  })

  it('take markup and formulas as they are: they are words', () => {
    for (const words of ['<script>alert(1)</script>', '=1+1', '{{count}}', "'; drop table"])
      expect(parse('comment', words).words).toBe(words)
  })

  it('of a megabyte are refused at once', () => {
    for (const book of [
      'x'.repeat(1_000_000),
      'é'.repeat(500_000),
      '\r\n'.repeat(500_000),
      `${'\u200B'.repeat(999_999)}x`,
    ]) {
      // The best of three, by the processor's time: a neighbour may stall the machine.
      const times = [1, 2, 3].map(() => {
        const before = process.cpuUsage()
        parse('comment', book)
        return process.cpuUsage(before).user / 1000
      })
      expect(Math.min(...times)).toBeLessThan(250)
      const { words, problem } = parse('comment', book)
      expect(words).toBeUndefined()
      if (book.trim()) expect(problem?.code).toBe('tooLong')
    }
  })
})
