import { describe, expect, test } from 'vitest'
import { type Crosswalk, counterparts, readCrosswalk } from '../../src/plan/crosswalk.ts'
import { shippedCrosswalk, shippedPlans } from './shipped.ts'

const [A, B] = ['hartford-2018-2022', 'hartford-2021-2024']
const row = (from: string, to: string, [fromPlan, toPlan] = [A, B]) => ({
  from: { plan: fromPlan, code: from },
  to: { plan: toPlan, code: to },
  note: 'Alike.',
})
const table = (...rows: unknown[]) => ({ madeBy: 'us', statement: 'Ours.', rows })

describe('a crosswalk is checked against the plans', () => {
  test.each([
    ['an unknown code', [row('TL9', 'P1')], `rows[0] points to TL9, which ${A} does not have`],
    ['an unknown plan', [row('TL', 'P1', [A, 'lost'])], 'rows[0] points to plan lost, which is not there'],
    ['one plan only', [row('TL', 'OE', [A, A])], `rows[0] leads from ${A} to itself`],
    ['a row twice', [row('TL', 'P1'), row('TL', 'P1')], 'rows[1] repeats a row above it'],
    ['a row and its reverse', [row('TL', 'P1'), row('P1', 'TL', [B, A])], 'rows[1] repeats a row above it'],
  ])('%s', (_name, rows, problem) => {
    expect(readCrosswalk(table(...rows), shippedPlans()).problems).toEqual([problem])
  })
  test('it must say who made it', () => {
    expect(readCrosswalk({ rows: [] }, []).problems?.[0]).toMatch(/^madeBy: /)
  })
})

test('rows are read from either side', () => {
  const crosswalk: Crosswalk = shippedCrosswalk()
  expect(counterparts(crosswalk, B, 'P1.S2').map(({ there }) => there.code)).toEqual(['TL1.ii', 'TL1.iii'])
  expect(counterparts(crosswalk, A, 'SCC')).toEqual([
    { here: 'SCC', there: { plan: B, code: 'P2' }, note: { en: expect.any(String) } },
  ])
  expect(counterparts(crosswalk, A)).toHaveLength(crosswalk.rows.length)
  expect(counterparts(crosswalk, 'lost')).toEqual([])
})
