import { describe, expect, it } from 'vitest'
import { findQuestion, type Question } from '../../src/questionnaire/definition.ts'
import { kindOf } from '../../src/questionnaire/kinds.ts'
import definition from '../questionnaires/ranking.ts'
import { checked } from './checked.ts'

const questionnaire = checked(definition)
const parse = (code: string, body: Record<string, string>) => {
  const question = findQuestion(questionnaire, code) as Question
  return kindOf(question).parse(question, body, 'en')
}

describe('a ranking', () => {
  it('that was not touched is unanswered', () => {
    expect(parse('all', { 'all.a': '', 'all.b': '', 'all.c': '' })).toEqual({ problems: [] })
    expect(parse('mixed', { 'mixed.shown': 'c a b' })).toEqual({ problems: [] })
  })

  it('of all, of some, and of the best two is an answer, best first', () => {
    expect(parse('all', { 'all.a': '3', 'all.b': '1', 'all.c': '2' }).answer).toEqual({
      order: ['b', 'c', 'a'],
    })
    expect(parse('all', { 'all.c': '1' }).answer).toEqual({ order: ['c'] })
    expect(parse('best', { 'best.d': '2', 'best.a': '1' }).answer).toEqual({ order: ['a', 'd'] })
  })

  it.each([
    ['the same rank twice', { 'all.a': '1', 'all.b': '1' }, 'rankTie', 'all.b', { rank: 1 }],
    ['a rank left out', { 'all.a': '1', 'all.b': '3' }, 'rankGap', 'all.a', { rank: 2 }],
    ['no first rank', { 'all.b': '2' }, 'rankGap', 'all.b', { rank: 1 }],
    ['a rank of nought', { 'all.a': '0' }, 'notOffered', 'all.a', undefined],
    ['a rank beyond the last', { 'all.a': '4' }, 'notOffered', 'all.a', undefined],
    ['a rank that is a word', { 'all.a': 'first' }, 'notOffered', 'all.a', undefined],
  ])('with %s is a problem at a field of it', (_, body, code, field, values) => {
    expect(parse('all', body)).toEqual({
      problems: [{ question: 'all', field, code, ...(values && { values }) }],
    })
  })

  it('of the best two takes no third', () => {
    expect(parse('best', { 'best.a': '1', 'best.b': '2', 'best.c': '3' }).problems).toMatchObject([
      { code: 'notOffered', field: 'best.c' },
    ])
  })

  it('keeps the order in which the options were shown only when it names every one of them once', () => {
    const shown = (order: string) => parse('mixed', { 'mixed.a': '1', 'mixed.shown': order }).answer
    expect(shown('c a b')).toEqual({ order: ['a'], shown: ['c', 'a', 'b'] })
    for (const forged of ['', 'c a', 'c a a', 'c a b b', 'x y z', 'a,b,c'])
      expect(shown(forged)).toEqual({ order: ['a'] })
    expect(parse('all', { 'all.a': '1', 'all.shown': 'c a b' }).answer).toEqual({ order: ['a'] })
  })

  it('from a file ends at the first rank that is tied or left out, as in counting, and says so', () => {
    const question = findQuestion(questionnaire, 'all') as Question
    const read = (cells: Record<string, string>) => kindOf(question).fromCells(question, cells, 'en')
    expect(read({ 'all.b': '1', 'all.a': '2', 'all.c': '3' })).toEqual({ answer: { order: ['b', 'a', 'c'] } })
    expect(read({ 'all.b': '1', 'all.a': '2' })).toEqual({ answer: { order: ['b', 'a'] } })
    expect(read({ 'all.b': '1', 'all.a': '2', 'all.c': '2' })).toEqual({
      answer: { order: ['b'] },
      cut: true,
    })
    expect(read({ 'all.b': '1', 'all.a': '3' })).toEqual({ answer: { order: ['b'] }, cut: true })
    for (const nothing of [{ 'all.a': '1', 'all.b': '1' }, { 'all.a': '2' }])
      expect(read(nothing)).toEqual({ cut: true })
    expect(read({ 'all.a': '1.0' }).problem).toBe('"1.0" in all.a is not a rank from 1 to 3')
  })
})
