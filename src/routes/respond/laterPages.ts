import { sayDate } from '../../language/format.ts'
import type { FormBody } from '../../questionnaire/kind.ts'
import type { LaterPage, ResumePage, ResumeProblem, UnsavedPage } from '../models/later.ts'
import { place, type Visit } from './visit.ts'

export const laterPage = (
  visit: Visit,
  at: Pick<LaterPage, 'code' | 'address' | 'token' | 'back'> & { until: number },
): LaterPage => ({
  ...visit.head,
  ...at,
  // No protocol: it is read out, or copied by hand.
  address: at.address.replace(/^https?:\/\//, ''),
  until: sayDate(visit.lang, at.until, { dateStyle: 'full', timeStyle: 'short', timeZone: visit.timeZone }),
  action: place(visit, 'later'),
})

export const resumePage = (
  visit: Visit,
  at: { typed: string; problem?: ResumeProblem; begun: string | undefined },
): ResumePage => ({
  ...visit.head,
  typed: at.typed,
  problem: at.problem,
  begun: at.begun,
  action: place(visit, 'resume'),
  start: place(visit),
})

/** `body` is the form that could not be kept; its button is not a field, so that a language can still be chosen. */
export function unsavedPage(
  visit: Visit,
  body: FormBody,
  at: { action: string; reference: string },
): UnsavedPage {
  const { switch: language, ...others } = body
  return {
    ...visit.head,
    action: at.action,
    fields: Object.entries(others).flatMap(([name, value]) =>
      [value].flat().flatMap((one) => (typeof one === 'string' ? [{ name, value: one }] : [])),
    ),
    button: typeof language === 'string' ? { name: 'switch', value: language } : undefined,
    sending: at.action === place(visit, 'send') && language === undefined,
    reference: at.reference,
  }
}
