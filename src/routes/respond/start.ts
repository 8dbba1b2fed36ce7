import type { Response } from 'express'
import type { Stores } from '../../store/stores.ts'
import { render, renderKept } from '../pages.ts'
import { heardAddress } from '../told/heard.ts'
import type { KeptPages } from './keptPages.ts'
import { startPage } from './respondPages.ts'
import { startKey } from './startKept.ts'
import { admitted, knownQuery, openness, pathOf, place, spentBy, type Visit, withYes } from './visit.ts'

/** Why a typed code lets nobody in. */
export type CodeProblem = 'slip' | 'unknown' | 'other' | 'used' | 'out' | 'void'

/** What was just tried on the start page. */
export type Tried = {
  noCookies?: boolean
  /** The code as typed, or as the link brought it. */
  code?: string
  problem?: CodeProblem
  /** Address of the survey that the code is for. */
  other?: string | undefined
}

/** Makes what shows the start page of a survey: what it is about, and the way in, as far as there is one now. */
export const startShown = (
  stores: Pick<Stores, 'responses' | 'heardPages'>,
  kept: KeptPages,
  now: () => number,
) => {
  const spent = spentBy(stores)
  return async (res: Response, visit: Visit, tried: Tried = {}): Promise<void> => {
    const { survey, admission } = visit
    const sent = await spent(visit)
    const page = sent ? 'thanks' : (pathOf(visit).open ?? 'review')
    const asked = res.req.query.code
    const link = typeof asked === 'string' ? asked.slice(0, 40) : ''
    const state = openness(survey, now())
    const heard = state === 'closed' ? await heardAddress(stores, survey) : undefined
    const model = startPage(visit, {
      state,
      heard,
      now: now(),
      begin: place(visit, page) + withYes(visit, knownQuery(visit)),
      noCookies: tried.noCookies ?? false,
      entry: admitted(visit)
        ? undefined
        : {
            typed: tried.code ?? link,
            // A code that was good when it was typed may have been used or taken back since; after sending, it was.
            problem: tried.problem ?? (sent || admission?.state === 'unused' ? undefined : admission?.state),
            other: tried.other,
          },
    })
    if (!isEverybodys(visit) || link || tried.problem || tried.noCookies || res.statusCode !== 200)
      return render(res, 'respond/start', model, visit.chosen)
    const shelf = kept.pages(survey, visit.district, visit.t)
    renderKept(res, 'respond/start', model, visit.chosen, (page) => shelf.keep(startKey(state, heard), page))
  }
}

/** Whether the start page has nothing of this reader in it but their language. */
const isEverybodys = (visit: Visit): boolean =>
  visit.token === undefined &&
  visit.admission === undefined &&
  !visit.kiosk &&
  visit.refused === undefined &&
  Object.keys(visit.known).length === 0
