import { sayDate, sayNumber } from '../../language/format.ts'
import { pick } from '../../language/text.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import type { MailingRow, MailPage } from '../models/kit.ts'
import { standingOf } from '../office/office.ts'
import { datesInWords } from './kitPages.ts'

type Shelf = Pick<Stores, 'contacts' | 'mailings' | 'settings'>

/** Failed letters of one mailing that are shown by address. */
const mostFailures = 100

/** The page of list and letters, but for what was just typed into it. */
export async function mailPage(
  stores: Shelf,
  survey: Survey,
  to: { lang: string; now: number; server: boolean; email: string },
): Promise<Omit<MailPage, 'typed' | 'problems' | 'done'>> {
  const { id, slug, questionnaire, sample, fielding, closesAt } = survey
  const { lang, now } = to
  const [district, list, follows, file, mailings] = await Promise.all([
    stores.settings.district(),
    stores.contacts.count(id),
    stores.contacts.keepsCodes(id),
    stores.contacts.findFile(id),
    stores.mailings.list(id),
  ])
  const when = (at: number) =>
    sayDate(lang, at, { dateStyle: 'medium', timeStyle: 'short', timeZone: district.timeZone })
  const said = (n: number) => sayNumber(lang, n)
  const rows = mailings.map(async (one): Promise<MailingRow> => {
    const waits = one.state === 'waiting'
    return {
      id: one.id,
      kind: one.kind,
      state: one.state,
      when: when(Math.max(one.sendAt, survey.opensAt ?? 0)),
      sent: said(one.sent),
      waiting: said(waits ? list.all : one.waiting),
      failed: said(one.refused + one.unsure),
      stopped: said(one.stopped),
      answered: said(one.answered),
      trouble:
        one.trouble && one.retryAt > now ? { reason: one.trouble, when: when(one.retryAt) } : undefined,
      unsure: one.unsure,
      failures: one.refused + one.unsure > 0 ? await stores.mailings.failed(one.id, mostFailures) : [],
    }
  })
  return {
    slug,
    title: pick(questionnaire.title, lang, questionnaire.source),
    sample,
    dates: datesInWords(survey, { lang, now, district }),
    zone: district.timeZone,
    server: to.server,
    over: ['closed', 'over'].includes(standingOf(survey, now)),
    codes: fielding.access === 'codes',
    follows,
    list,
    waitingFile: file?.name,
    deletedAt: closesAt === null ? undefined : when(closesAt),
    email: to.email,
    mailings: await Promise.all(rows),
  }
}
