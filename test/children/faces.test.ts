import { describe, expect, it } from 'vitest'
import { checkQuestionnaire } from '../../src/questionnaire/check.ts'

const points = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    code: `p${at}`,
    value: at,
    label: { en: `Point ${at}` },
    favorable: at === count - 1,
  }))
const faults = (question: object) =>
  checkQuestionnaire({
    source: 'en',
    languages: ['en'],
    title: { en: 'Sample' },
    sections: [{ code: 'page', title: { en: 'Page' }, questions: [{ title: { en: 'How?' }, ...question }] }],
  }).faults
const grid = (count: number, rest: object = {}) => ({
  code: 'g',
  kind: 'grid',
  faces: true,
  items: [{ code: 'lunch', label: { en: 'Lunch' }, ...rest }],
  scale: points(count),
})
const scale = (max: number) => ({
  code: 's',
  kind: 'scale',
  faces: true,
  min: 1,
  max,
  low: { en: 'Bad' },
  high: { en: 'Good' },
})

describe('faces', () => {
  it.each([2, 3, 4, 5])('stand for %i points', (count) => {
    expect([faults(grid(count)), faults(scale(count))]).toEqual([[], []])
  })

  it('are refused for more points than can be told apart', () => {
    expect(faults(grid(6))).toEqual(['section page, question g: "faces" is for a scale of at most 5 points'])
    expect(faults(scale(6))).toEqual(['section page, question s: "faces" is for a scale of at most 5 points'])
  })

  it('are refused beside a line where agreeing is bad: the glad face would say the opposite', () => {
    expect(faults(grid(5, { reversed: true })).join()).toContain('"faces" and a reversed item')
  })
})
