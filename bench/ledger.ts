import { compareCounts, recount } from '../src/response/recount.ts'
import { openStores } from '../src/store/open.ts'
import { readNumber } from './journey.ts'
import type { Scratch } from './scratch.ts'

/** What the server was asked to keep, and what it said that it has kept. */
export type Ledger = { next: () => number; acknowledged: Set<number> }

export function openLedger(): Ledger {
  let last = 0
  return { next: () => ++last, acknowledged: new Set() }
}

/** What stands in the database, against what was acknowledged. All but `kept` should be 0. */
export type Audit = { kept: number; lost: number; double: number; unasked: number; wrongTallies: number }

/**
 * Opens the database after the server has let go of it: every acknowledged response must be there exactly once,
 * and every tally must be what the answers add up to. `unasked` was kept without an acknowledgement.
 */
export async function audit({ dataDir, survey }: Scratch, { acknowledged }: Ledger): Promise<Audit> {
  const stores = await openStores({ dataDir })
  try {
    const times = new Map<number, number>()
    let kept = 0
    for await (const { answers } of stores.responses.stream(survey)) {
      const n = readNumber((answers.goal_why as { words?: unknown } | undefined)?.words)
      times.set(n, (times.get(n) ?? 0) + 1)
      kept++
    }
    const counts = await stores.snapshot(async (frozen) => {
      const versions = new Map([[1, await stores.surveys.version(survey, 1)]])
      const counted = await recount(versions, frozen.responses.stream(survey))
      return compareCounts(counted.counts, frozen.tallies.all(survey))
    })
    const known = [...times.keys()]
    return {
      kept,
      lost: [...acknowledged].filter((n) => !times.has(n)).length,
      double: known.filter((n) => (times.get(n) ?? 0) > 1).length,
      unasked: known.filter((n) => !acknowledged.has(n)).length,
      wrongTallies: counts.length,
    }
  } finally {
    await stores.close()
  }
}
