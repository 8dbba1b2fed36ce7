import { keptParts } from './questionnaire/fielding.ts'
import type { Stores } from './store/stores.ts'
import { auditBy } from './web/audit.ts'

const day = 24 * 3600 * 1000

/** How long the database that a restore replaced is kept aside, milliseconds. */
export const replacedLast = 30 * day

/** What was deleted of one survey, in numbers. */
export type Tidied = { slug: string; part: (typeof keptParts)[number]; n: number }

/**
 * Deletes what has had its time: of each survey that is over, whatever its page says is kept for so many days. The
 * end counts from the closing date, or from when this first saw a survey closed by hand. Nothing of what was deleted
 * is told but how much. Called by the server every hour, and by `heard tidy`.
 */
export async function tidy(
  stores: Pick<Stores, 'surveys' | 'life' | 'audit' | 'earlier'>,
  now: number,
): Promise<Tidied[]> {
  const tidied: Tidied[] = []
  // Files of earlier results that somebody looked at and neither took nor dropped.
  const files = await stores.earlier.forgetFiles(now - day)
  if (files > 0) await auditBy(stores, undefined, now, 'deleted', '', `files ${files}`)
  for (const { id, slug, state, closesAt, fielding } of await stores.surveys.list()) {
    const byDate = closesAt !== null && closesAt <= now
    if (state === 'draft') continue
    const noted = await stores.life.endedAt(id)
    if (state !== 'closed' && !byDate) {
      if (noted !== undefined) await stores.life.ended(id, null)
      continue
    }
    const since = noted ?? (await stores.life.ended(id, byDate ? closesAt : now)) ?? now
    await stores.life.forgetWithdrawals(id)
    const forget = {
      drafts: stores.life.forgetDrafts,
      codes: stores.life.forgetCodes,
      comments: stores.life.forgetComments,
    }
    for (const part of keptParts) {
      const days = fielding.keep?.[part]
      if (days === undefined || now < since + days * day) continue
      const n = await forget[part](id)
      if (n === 0) continue
      tidied.push({ slug, part, n })
      await auditBy(stores, undefined, now, 'deleted', slug, `${part} ${n}`)
    }
  }
  return tidied
}
