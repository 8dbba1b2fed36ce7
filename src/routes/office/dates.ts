import { afterGap } from '../../district/clock.ts'
import type { FieldProblem } from '../models/account.ts'

/** What is wrong with a time that `momentOf` could not read: the clocks jump over it, or it is no time at all. */
export function dateProblem(field: string, typed: string, timeZone: string): FieldProblem {
  const instead = afterGap(typed.slice(0, 16), timeZone)
  return instead
    ? { field, key: 'kit.gap', values: { zone: timeZone, instead: instead.slice(11) } }
    : { field, key: 'officeSurvey.problem.date' }
}
