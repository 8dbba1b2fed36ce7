import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questions } from '../../src/questionnaire/definition.ts'
import { numbersTyped } from '../../src/questionnaire/typing.ts'
import { differences, readSheet, withFirst } from '../../src/response/sheet.ts'
import { checked } from '../questionnaire/checked.ts'
import everyKind from './everyLine.ts'

const sample = checked(everyKind)
const read = (lines: Record<string, string>) => readSheet(sample, lines, 'es')

describe('a line of numbers', () => {
  it.each([
    ['1 4 5', 9, [1, 4, 5]],
    ['145', 9, [1, 4, 5]],
    ['1,4;5', 9, [1, 4, 5]],
    ['12', 12, [12]],
    ['1 12', 12, [1, 12]],
    ['2-1', 3, [2, undefined, 1]],
    ['2 – 1', 3, [2, undefined, 1]],
    ['٢ ١', 3, [2, 1]],
    ['၂-၁', 3, [2, undefined, 1]],
  ])('%j with numbers to %i', (typed, most, numbers) => {
    expect(numbersTyped(typed, most)).toEqual(numbers)
  })

  it.each(['a', '1a', '1.5', '1 2 x', '1234567', ''])('%j is none', (typed) => {
    expect(numbersTyped(typed, 12)).toBeUndefined()
  })
})

describe('a sheet', () => {
  it('gives the answers that the printed numbers stand for', () => {
    const { given, problems } = read({
      ride: '2',
      news: '13',
      climate: '1 - 0',
      rate: '7',
      children: '3',
      order: '213',
      why: ' Because.\r\nYes. ',
    })
    expect(problems).toEqual([])
    expect(given).toEqual({
      ride: 'walk',
      news: ['text', 'call'],
      climate: { safe: 'no', seen: 'na' },
      rate: 7,
      children: 3,
      order: { order: ['b', 'a', 'c'] },
      why: { words: 'Because.\nYes.', language: 'es' },
    })
  })

  it('needs no answer at all, also where the screen needs one', () => {
    expect(read({})).toEqual({ given: {}, problems: [] })
    expect(read({ ride: ' ', why: '\n' })).toEqual({ given: {}, problems: [] })
  })

  it.each([
    ['ride', '3', 'typedNumber'],
    ['ride', '0', 'typedNumber'],
    ['ride', '12', 'typedNumber'],
    ['ride', 'bus', 'typedNumber'],
    ['ride', '-', 'typedNumber'],
    ['news', '1 1', 'typedNumber'],
    ['news', '14', 'typedNumber'],
    ['news', '123', 'tooMany'],
    ['climate', '12', 'typedCount'],
    ['climate', '1203', 'typedCount'],
    ['climate', '139', 'typedNumber'],
    ['rate', '11', 'notOffered'],
    ['children', 'two', 'notNumber'],
    ['children', '21', 'tooLarge'],
    ['order', '12', 'typedCount'],
    ['order', '112', 'rankTie'],
    ['order', '13-', 'rankGap'],
    ['order', '1 2 4', 'notOffered'],
  ])('tells at line %s that %j cannot be: %s', (code, typed, problem) => {
    const { given, problems } = read({ [code]: typed })
    expect(problems.map(({ field, code }) => [field, code])).toEqual([[code, problem]])
    expect(given).toEqual({})
  })

  it('never throws, and what it makes of any line fits its question', () => {
    const line = fc.oneof(fc.string(), fc.stringMatching(/^[-0-9 ,]{0,8}$/))
    const lines = fc.record(Object.fromEntries(questions(sample).map(({ code }) => [code, line])))
    fc.assert(
      fc.property(lines, (typed) => {
        const { given, problems } = read(typed)
        for (const { field } of problems) expect(given).not.toHaveProperty(field)
      }),
    )
  })

  it('typed twice alike does not differ, and a difference names its question', () => {
    const lines = { ride: '2', climate: '1-0', order: '213', why: 'So' }
    const [first, second] = [read(lines).given, read({ ...lines, climate: '1 - 0' }).given]
    // What waited came back from JSON.
    expect(differences(sample, JSON.parse(JSON.stringify(first)), second)).toEqual([])
    const other = read({ ...lines, climate: '2-0', why: '', rate: '3' }).given
    expect(differences(sample, first, other)).toEqual(['climate', 'rate', 'why'])
    expect(withFirst(first, other, ['climate', 'rate'])).toEqual({
      ride: 'walk',
      climate: { safe: 'no', seen: 'na' },
      order: { order: ['b', 'a', 'c'] },
    })
  })
})
