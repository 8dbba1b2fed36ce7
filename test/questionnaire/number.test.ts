import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findQuestion, type Question } from '../../src/questionnaire/definition.ts'
import number, { readNumber } from '../../src/questionnaire/kinds/number.ts'
import { kindOf } from '../../src/questionnaire/kinds.ts'
import definition from '../questionnaires/number.ts'
import { checked } from './checked.ts'

const questionnaire = checked(definition)
const hours = findQuestion(questionnaire, 'hours') as Question
const children = findQuestion(questionnaire, 'children') as Question

describe('a number as people type it', () => {
  it.each([
    ['12', 12],
    [' 12 ', 12],
    ['١٢', 12],
    ['٠١٢٣٤٥٦٧٨٩', 123456789],
    ['۱۲', 12],
    ['१२', 12],
    ['၁၂', 12],
    ['႑႒', 12],
    ['１２', 12],
    ['𑛑𑛒', 12],
    ['𑛛𑛜', 12],
    ['𝟙𝟚', 12],
    ['2.5', 2.5],
    ['2,5', 2.5],
    ['٢٫٥', 2.5],
    ['0,125', 0.125],
    ['1234,567', 1234.567],
    ['-3', -3],
    ['−3', -3],
    ['\u061C-٣', -3],
    ['\u200F٣', 3],
    ['-0', 0],
    ['007', 7],
    ['1,234', undefined],
    ['12,345', undefined],
    ['1,234.5', undefined],
    ['1.234,5', undefined],
    ['1 234', undefined],
    ['١٬٢٣٤', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    ['Infinity', undefined],
    ['twelve', undefined],
    ['1.', undefined],
    ['.5', undefined],
    ['--1', undefined],
    ['', undefined],
    [`5${' '.repeat(200)}x`, undefined],
    ['9'.repeat(1_000_000), undefined],
  ])('%s is %s', (typed, read) => expect(Object.is(readNumber(typed), read)).toBe(true))

  it('reads every decimal digit that Unicode has, and one of each ten as nought', () => {
    const digits = Array.from({ length: 0x110000 }, (_, code) => code)
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code))
      .filter((character) => /\p{Nd}/u.test(character))
    const read = digits.map(readNumber)
    expect(read.every((value, index) => value === index % 10)).toBe(true)
  })

  it('reads what it wrote, for every number that can be typed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 1e6 - 1 }),
        (whole, part) => {
          const value = readNumber(`${whole}.${String(part).padStart(6, '0')}`)
          expect(value).toBeTypeOf('number')
          expect(readNumber(String(value))).toBe(value)
        },
      ),
    )
  })

  it('says what is wrong with a number that does not do', () => {
    const problem = (question: Question, typed: string) =>
      kindOf(question).parse(question, { [question.code]: typed }, 'en').problems[0]
    expect(problem(children, '2.5')).toMatchObject({ code: 'notWhole' })
    expect(problem(children, '-1')).toMatchObject({ code: 'tooSmall', values: { limit: 0 } })
    expect(problem(children, '٢١')).toMatchObject({ code: 'tooLarge', values: { limit: 20 } })
    expect(problem(hours, '1,234')).toMatchObject({ code: 'notNumber', field: 'hours' })
  })

  it('shows it in the reader’s digits, whole, and a year without a thousands mark', () => {
    const say = (value: number, language: string) =>
      number.say(hours as never, value, language, 'en')[0]?.words
    expect(say(2015, 'en')).toBe('2015')
    expect(say(0.123456, 'en')).toBe('0.123456')
    expect(say(12, 'ar-EG')).toBe('١٢')
  })
})
