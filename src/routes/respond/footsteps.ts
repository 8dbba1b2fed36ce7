import type { Request, Response } from 'express'
import { wallTime } from '../../district/clock.ts'
import { bucketOf } from '../../response/minutes.ts'
import type { Path } from '../../response/walk.ts'
import type { ProgressEvent, Stores } from '../../store/stores.ts'
import { cookies } from '../../web/language.ts'
import { beganCookie, place, type Visit } from './visit.ts'

const minute = 60_000
const hour = 60 * minute
const lasts = 14 * 24 * hour

/**
 * Counts how far people come and how long they take, for the office that watches the survey: numbers alone, which name
 * nobody. When somebody began is only in their own browser, to the minute.
 */
export function footsteps(stores: Pick<Stores, 'progress'>, now: () => number) {
  let today = { hour: Number.NaN, zone: '', day: '' }

  /** The day of the district's clock; worked out once an hour, since it takes longer than all the rest. */
  function dayOf(timeZone: string): string {
    const current = Math.floor(now() / hour)
    if (today.hour !== current || today.zone !== timeZone)
      today = { hour: current, zone: timeZone, day: wallTime(now(), timeZone).slice(0, 10) }
    return today.day
  }

  const count = (visit: Visit, what: ProgressEvent['what'], at: string) =>
    stores.progress.count({
      survey: visit.survey.id,
      version: visit.draft?.version ?? visit.survey.version,
      day: dayOf(visit.timeZone),
      what,
      place: at,
    })

  return {
    /** Somebody is shown a page and has not begun yet. */
    arrived(req: Request, res: Response, visit: Visit, page: string): void {
      if (visit.draft || (visit.token !== undefined && cookies(req)[beganCookie] !== undefined)) return
      count(visit, 'reached', page)
      res.cookie(beganCookie, Math.floor(now() / minute).toString(36), {
        path: place(visit),
        maxAge: lasts,
        sameSite: 'lax',
        httpOnly: true,
        secure: req.secure,
      })
    },
    /** A page was taken, and with it the next one that is open may have changed. Going over pages again counts nothing. */
    moved(visit: Visit, before: Path, after: Path, page: string): void {
      if (after.open === before.open) return
      if (before.open === page) count(visit, 'passed', page)
      const next = after.open ?? 'review'
      if (!visit.draft?.passed.includes(next)) count(visit, 'reached', next)
    },
    /** It was sent. The time is told in a bucket of minutes, and only by the browser in which it was begun. */
    sent(req: Request, visit: Visit): void {
      count(visit, 'passed', 'review')
      const began = cookies(req)[beganCookie]
      if (began === undefined || !/^[0-9a-z]{5,6}$/.test(began)) return
      const bucket = bucketOf(Math.floor(now() / minute) - Number.parseInt(began, 36))
      if (bucket !== undefined) count(visit, 'took', bucket)
    },
  }
}
