import type { Questionnaire } from '../questionnaire/definition.ts'
import { type Crossable, crossingOf, type Said } from './crossing.ts'
import type { StoredResponse } from './response.ts'
import { settle } from './settle.ts'
import { type TurnoutCount, turnoutOf } from './turnout.ts'

/** The questionnaires of a survey's versions, by number. A response is always read with its own. */
export type Versions = ReadonlyMap<number, Questionnaire>

/** n responses that hold `cell` in `question`, among those of one group and school. See response.ts, Cell. */
export type Count = { question: string; cell: string; group: string; school: string; n: number }

/** A count that is kept otherwise than the answers say. */
export type Difference = Omit<Count, 'n'> & { kept: number; counted: number }

const keyOf = ({ question, cell, group, school }: Omit<Count, 'n'>): string =>
  JSON.stringify([question, cell, group, school])

/** The questionnaire that a response answered; throws when the survey never had such a version. */
export function versionOf(versions: Versions, number: number): Questionnaire {
  const questionnaire = versions.get(number)
  if (!questionnaire) throw new Error(`a response names version ${number}, which this survey never had`)
  return questionnaire
}

/**
 * Counts the answers afresh, by the same settle() that made the kept counts. Memory grows with cells, not responses.
 * `crossed`: the last response that is counted for tables of two profile questions.
 */
export async function recount(
  versions: Versions,
  responses: AsyncIterable<StoredResponse>,
  { crossed = 0 }: { crossed?: number } = {},
): Promise<{ responses: number; counts: Count[]; turnout: TurnoutCount[]; crossings: Count[] }> {
  const counts = new Map<string, Count>()
  const turnout = new Map<string, TurnoutCount>()
  const crossings = new Map<string, Count>()
  let read = 0
  for await (const { id, answers, ...circumstances } of responses) {
    read++
    const questionnaire = versionOf(versions, circumstances.version)
    const settled = settle(questionnaire, answers, circumstances)
    if (id <= crossed) {
      const { who, said } = crossingOf(questionnaire, answers)
      for (const one of said) countOne(crossings, crossCount(who, one, 1))
    }
    const { cells, group, school } = settled
    for (const one of turnoutOf(settled)) {
      const key = JSON.stringify(one)
      const known = turnout.get(key)
      if (known) known.n++
      else turnout.set(key, { ...one, n: 1 })
    }
    for (const { question, cell } of cells) {
      countOne(counts, { question, cell, group, school, n: 1 })
    }
  }
  return {
    responses: read,
    counts: [...counts.values()],
    turnout: [...turnout.values()],
    crossings: [...crossings.values()],
  }
}

function countOne(counts: Map<string, Count>, count: Count): void {
  const key = keyOf(count)
  const known = counts.get(key)
  if (known) known.n += count.n
  else counts.set(key, count)
}

/** A count for tables of two, compared as tallies are: grade and home language stand where schools do. */
export const crossCount = (who: Record<Crossable, string>, { asked, said }: Said, n: number): Count => ({
  question: asked,
  cell: said,
  group: who.group,
  school: `${who.grade} ${who.language}`,
  n,
})

/** Where kept counts and counted ones part; a count of nothing is the same as none. Empty when they agree. */
export async function compareCounts(
  counted: readonly Count[],
  kept: Iterable<Count> | AsyncIterable<Count>,
): Promise<Difference[]> {
  const open = new Map(counted.map((count) => [keyOf(count), count]))
  const differences: Difference[] = []
  for await (const { n, ...place } of kept) {
    const here = open.get(keyOf(place))?.n ?? 0
    open.delete(keyOf(place))
    if (here !== n) differences.push({ ...place, kept: n, counted: here })
  }
  for (const { n, ...place } of open.values())
    if (n !== 0) differences.push({ ...place, kept: 0, counted: n })
  return differences
}
