import { describe, expect, it } from 'vitest'
import { findQuestion, type Question } from '../../src/questionnaire/definition.ts'
import { kindOf } from '../../src/questionnaire/kinds.ts'
import definition from '../questionnaires/multiple.ts'
import { checked } from './checked.ts'

const questionnaire = checked(definition)
const parse = (code: string, chosen: string | string[]) => {
  const question = findQuestion(questionnaire, code) as Question
  return kindOf(question).parse(question, { [code]: chosen }, 'en')
}

describe('several choices', () => {
  it('are kept in the order of the question, each once, however they were sent', () => {
    expect(parse('any', ['car', 'bus', 'car']).answer).toEqual(['bus', 'car'])
    expect(parse('any', 'walk').answer).toEqual(['walk'])
  })

  it('may be at most as many as the question says', () => {
    expect(parse('two', ['bus', 'car']).answer).toEqual(['bus', 'car'])
    expect(parse('two', ['bus', 'walk', 'car'])).toEqual({
      problems: [{ question: 'two', field: 'two', code: 'tooMany', values: { count: 2 } }],
    })
  })

  it('cannot stand beside one that excludes the others', () => {
    expect(parse('none', 'none').answer).toEqual(['none'])
    expect(parse('none', ['bus', 'none']).problems).toMatchObject([{ code: 'exclusive' }])
  })

  it('with one forged among them are none', () => {
    expect(parse('any', ['bus', 'forged'])).toMatchObject({ problems: [{ code: 'notOffered' }] })
  })

  it('that a file says cannot stand together are told', () => {
    const question = findQuestion(questionnaire, 'none') as Question
    const read = (cells: Record<string, string>) => kindOf(question).fromCells(question, cells, 'en').problem
    expect(read({ 'none.bus': '1', 'none.none': '1' })).toBe('the options of none cannot stand together')
    expect(read({ 'none.bus': 'x' })).toBe('"x" in none.bus is neither 1 nor 0')
  })
})
