import type { Questionnaire } from '../definition.ts'
import type { Advice, Around, Rule } from './advice.ts'
import { noPlanLink, protectedArea, tooLong } from './fit.ts'
import { unreachable } from './logic.ts'
import { reading } from './reading.ts'
import { missing, noInterface, outdated } from './translation.ts'
import { doubleBarrelled, leading, overlapping, unbalanced } from './wording.ts'

const rules: Rule[] = [
  missing,
  unreachable,
  outdated,
  noInterface,
  doubleBarrelled,
  leading,
  unbalanced,
  overlapping,
  reading,
  tooLong,
  protectedArea,
  noPlanLink,
]

/** Everything to look at before a sound questionnaire is published: errors first, then in the order of the pages. */
export function advise(questionnaire: Questionnaire, around: Around = {}): Advice[] {
  const found = rules.flatMap((rule) => rule(questionnaire, around))
  return [
    ...found.filter(({ level }) => level === 'error'),
    ...found.filter(({ level }) => level === 'warning'),
  ]
}
