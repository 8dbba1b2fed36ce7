import { expect, test } from 'vitest'
import { type Said, verdicts } from '../../src/theme/verdicts.ts'

const person = (comment: number, theme: string, who = 'ana'): Said => ({
  ...{ comment, theme, source: 'person', who, verdict: true, confidence: null },
})
const model = (comment: number, theme: string, confidence: number, who = 'model-2'): Said => ({
  ...{ comment, theme, source: 'model', who, verdict: true, confidence },
})
const settled = (comment: number, theme: string, verdict: boolean): Said => ({
  ...{ comment, theme, source: 'settled', who: 'eve', verdict, confidence: null },
})
const counted = (...given: Parameters<typeof verdicts>) =>
  verdicts(...given).codings.map(({ comment, theme, source }) => `${comment} ${theme} ${source}`)

test('nothing automatic counts unless it was accepted, and then from the stated confidence of that model on', () => {
  const said = [
    model(1, 'bus', 0.9),
    model(2, 'bus', 0.4),
    model(3, 'bus', 0.9, 'model-1'),
    model(1, 'food', 0.9),
  ]
  expect(counted(said, [], [])).toEqual([])
  expect(counted(said, [], [{ theme: 'bus', model: 2, confidence: 0.5 }])).toEqual(['1 bus model'])
})

test('a comment that a person read is theirs alone, also when nothing fitted', () => {
  const said = [person(1, 'food'), model(1, 'bus', 0.9), model(2, 'bus', 0.9)]
  const accepted = [{ theme: 'bus', model: 2, confidence: 0.5 }]
  expect(counted(said, [{ comment: 1 }, { comment: 2 }], accepted)).toEqual(['1 food person'])
})

test('where people differ both count until it is settled', () => {
  const said = [person(1, 'food'), person(1, 'bus', 'ben')]
  const readings = [{ comment: 1 }, { comment: 1 }]
  expect(counted(said, readings, [])).toEqual(['1 food person', '1 bus person'])
  expect(counted([...said, settled(1, 'bus', false)], readings, [])).toEqual(['1 food person'])
  expect(counted([...said, settled(1, 'staff', true)], readings, [])).toContain('1 staff person')
})
