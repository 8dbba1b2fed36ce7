import { randomBytes } from 'node:crypto'
import type { Messages } from '../language/wording.ts'
import type { Mail } from '../mail.ts'
import { newCode, writeCode } from '../response/code.ts'
import type { DueLetter, Mailing, Stores, Survey } from '../store/stores.ts'
import { auditBy } from '../web/audit.ts'
import { hashCode } from '../web/codeHash.ts'
import { makeLetter } from './letter.ts'
import { linkTo } from './links.ts'
import { mailKey, stopToken } from './stopping.ts'
import { announce } from './wording.ts'

type Shelf = Pick<Stores, 'surveys' | 'contacts' | 'mailings' | 'settings' | 'audit' | 'hold'>
type Log = { warn: (facts: object, words: string) => void }

export type Post = {
  /**
   * Does what is due at `now` (epoch milliseconds): deletes the lists of surveys that are over, begins mailings, hands
   * over as many letters as the pace allows. Calling it again while it runs does nothing. Never throws.
   */
  tick: (now: number) => Promise<void>
  /** Lets the letter in hand be finished, and sends no more. */
  stop: () => Promise<void>
}

const minute = 60_000
/** A letter that a server puts off this often is given up. */
const mostTries = 6
/** After the first try 5 minutes, then 15, 45, ... (RFC 5321 4.5.4.1 asks for some patience). */
const patience = (tries: number): number => 5 * minute * 3 ** (tries - 1)
/** A server that is down is tried again after one minute, two, four, and at least every half hour. */
const longestPause = 30 * minute

/**
 * What sends letters and closes lists. Of all processes of an installation one does it, the others stand by. `address`: where people reach us.
 * Each letter is marked as taken before it is handed over, so that after a crash it is never sent a second time.
 */
export function openPost(
  { stores, messages, mail, log }: { stores: Shelf; messages: Messages; mail: Mail | undefined; log: Log },
  { address, perMinute }: { address: string; perMinute: number },
): Post {
  let running: Promise<void> | undefined
  let stopping = false
  let recovered = false
  let pause = minute
  let allowed = 1
  let last: number | undefined

  /** How many letters may go now: what the pace gives for the time since, ten seconds' worth at most. */
  function refill(now: number): void {
    const most = Math.max(1, perMinute / 6)
    if (last !== undefined) allowed = Math.min(most, allowed + ((now - last) * perMinute) / minute)
    last = now
  }

  async function work(now: number): Promise<void> {
    if (!(await stores.hold('post'))) {
      // Whoever does it now may end in the middle of a letter.
      recovered = false
      return
    }
    if (!recovered) {
      await stores.mailings.abandon()
      recovered = true
    }
    await closeLists(stores, now)
    refill(now)
    if (!mail) return
    for (const mailing of await stores.mailings.due(now)) {
      if (stopping) return
      const survey = await surveyOf(stores, mailing.survey)
      // An invitation that comes before its survey opens waits for it.
      if (!survey || !isOpen(survey, now)) continue
      if (mailing.state === 'waiting')
        await stores.mailings.begin(mailing, survey.fielding.access === 'codes')
      await sendSome(mail, survey, { ...mailing, state: 'sending' }, now)
    }
  }

  async function sendSome(mail: Mail, survey: Survey, mailing: Mailing, now: number): Promise<void> {
    const [key, district] = await Promise.all([mailKey(stores), stores.settings.district()])
    const follows = await stores.contacts.keepsCodes(survey.id)
    let troubled = mailing.trouble !== ''
    while (allowed >= 1 && !stopping) {
      const due = await stores.mailings.next(mailing.id, now)
      if (!due) {
        await finish(survey, mailing, now)
        return
      }
      const withCode = survey.fielding.access === 'codes' && (mailing.kind === 'invitation' || follows)
      const code = withCode ? newCode(randomBytes(64)) : undefined
      const hash = code && (await hashCode('access', code))
      if ((await stores.mailings.take(mailing, due.contact, hash)) !== 'taken') continue
      allowed -= 1
      const announced = announce(due.language, { ...survey, district }, messages)
      const { outcome, reason } = await mail.send(
        makeLetter(due.email, {
          kind: mailing.kind,
          announced,
          ...whereTo(survey, due, address, code),
          stop: `${address}/mail/stop/${stopToken(key, due.email)}?lang=${announced.lang}`,
        }),
      )
      if (outcome === 'sent' || outcome === 'refused') {
        await stores.mailings.settle(mailing.id, due.contact, { state: outcome, reason })
        if (troubled) await stores.mailings.setTrouble(mailing.id, '', 0)
        troubled = false
        pause = minute
      } else if (outcome === 'later') await putOff(mailing, due, reason, now)
      else {
        if (outcome === 'unsure')
          await stores.mailings.settle(mailing.id, due.contact, { state: 'unsure', reason })
        else
          await stores.mailings.settle(mailing.id, due.contact, {
            state: 'waiting',
            reason,
            tries: due.tries,
            nextAt: 0,
          })
        // The server is at fault, not the address: nothing more is tried for a while.
        await stores.mailings.setTrouble(mailing.id, reason, now + pause)
        log.warn({ mailing: mailing.id, reason, retryIn: pause / 1000 }, 'the mail server takes no letters')
        pause = Math.min(pause * 2, longestPause)
        return
      }
    }
  }

  async function finish({ id, slug }: Survey, { id: mailing, kind }: Mailing, now: number): Promise<void> {
    if (!(await stores.mailings.finish(mailing))) return
    const sent = (await stores.mailings.list(id)).find((one) => one.id === mailing)?.sent ?? 0
    await auditBy(stores, undefined, now, 'sent', slug, `${kind} ${sent}`)
  }

  async function putOff(mailing: Mailing, due: DueLetter, reason: string, now: number): Promise<void> {
    const tries = due.tries + 1
    await stores.mailings.settle(
      mailing.id,
      due.contact,
      tries >= mostTries
        ? { state: 'refused', reason }
        : { state: 'waiting', reason, tries, nextAt: now + patience(tries) },
    )
  }

  return {
    tick: async (now) => {
      if (running || stopping) return
      running = work(now).catch((fault: unknown) => {
        log.warn({ fault: String(fault) }, 'letters could not be worked on')
      })
      await running
      running = undefined
    },
    stop: async () => {
      stopping = true
      await running
    },
  }
}

/** Link and code of one letter. Without a code of its own, a reminder points to the earlier letter. */
function whereTo(
  survey: Survey,
  { language, school, group }: DueLetter,
  address: string,
  code: string | undefined,
): { link: string; code: string } {
  const to = { lang: language, school, group }
  if (survey.fielding.access === 'open') return { link: linkTo(survey, to, address), code: '' }
  if (code === undefined) return { link: '', code: '' }
  const written = writeCode(code)
  return { link: linkTo(survey, { ...to, code: written }, address), code: written }
}

const isOpen = ({ state, opensAt, closesAt }: Survey, now: number): boolean =>
  state === 'open' && (opensAt === null || opensAt <= now) && (closesAt === null || now < closesAt)

/** When a survey is over, whom it was sent to is nobody's business any more. */
async function closeLists(stores: Shelf, now: number): Promise<void> {
  for (const id of await stores.contacts.surveys()) {
    const survey = await surveyOf(stores, id)
    if (!survey) continue
    if (survey.state !== 'closed' && (survey.closesAt === null || now < survey.closesAt)) continue
    const gone = await stores.contacts.remove(id)
    if (gone > 0) await auditBy(stores, undefined, now, 'list-deleted', survey.slug, String(gone))
  }
}

const surveyOf = async (stores: Pick<Stores, 'surveys'>, id: number): Promise<Survey | undefined> =>
  (await stores.surveys.list()).find((survey) => survey.id === id)
