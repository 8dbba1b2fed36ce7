import { plain } from './plain.ts'

const words = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
const most = 64

/**
 * The place in a ranking that words tell: "2", "2nd choice", "Second", "Ranking 2", "Rank 2", "Choice 2", "Priority 2".
 * Undefined for other words.
 */
export function placeIn(said: string): number | undefined {
  const bare = plain(said).replace(/^#/, '')
  const found =
    /^(?:(?:ranking|rank|choice|priority|place|option) )?(\d{1,2})(?:st|nd|rd|th)?(?: (?:choice|priority|place|most .+))?$/.exec(
      bare,
    )?.[1]
  const place = found ? Number(found) : words.indexOf(bare.split(' ')[0] ?? '') + 1
  const spelled = found !== undefined || /^\w+( (choice|priority|place|most .+))?$/.test(bare)
  return spelled && place >= 1 && place <= most ? place : undefined
}

/** Ranks by code that are no order end where the first is tied or left out, as in counting. */
export function upToTie(ranks: ReadonlyMap<string, number>): Map<string, number> {
  const at = Map.groupBy(ranks.keys(), (code) => ranks.get(code))
  const kept = new Map<string, number>()
  for (let rank = 1; at.get(rank)?.length === 1; rank++) kept.set(at.get(rank)?.[0] ?? '', rank)
  return kept
}
