import type { CrossCount } from '../../report/cross/cross.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import type { KeptSource } from './reports.ts'

/**
 * Answers counted over several questions up to the last response of a report. Nothing where some of these were taken
 * back meanwhile: what the report holds less what is left would be theirs.
 */
export async function crossedWith(
  stores: Pick<Stores, 'crossings'>,
  survey: Survey,
  { upTo, counted }: Pick<KeptSource, 'upTo' | 'counted'>,
  crossing: Parameters<Stores['crossings']['count']>[1],
): Promise<CrossCount[]> {
  const counts = await stores.crossings.count(survey.id, crossing, upTo)
  return total(counts) === counted ? counts : []
}

const total = (counts: readonly { n: number }[]): number => counts.reduce((sum, { n }) => sum + n, 0)
