import { inConversations } from '../commitment/conversation.ts'
import type { Messages } from '../language/wording.ts'
import type { Mail } from '../mail.ts'
import type { Flag, Stores } from '../store/stores.ts'
import { dangerOnes, type OwnWords, ownWordsKey, readOwnWords, standingChanges } from '../theme/ownWords.ts'
import { dangerLists } from '../theme/safety.ts'
import { screen } from './screen.ts'

type Shelf = Pick<Stores, 'comments' | 'conversations' | 'flags' | 'surveys' | 'people' | 'settings' | 'hold'>
type Log = { warn: (facts: object, words: string) => void }

/** Looks through what people wrote after it is on disk, and tells those who are named. */
export type Lookout = {
  /**
   * Looks through the next comments that nobody looked through yet, however they came, and sends the notice that is
   * due at `now` (epoch milliseconds). Calling it again while it runs does nothing. Never throws.
   */
  tick: (now: number) => Promise<void>
  /** Lets what is in hand be finished, and begins nothing more. */
  stop: () => Promise<void>
}

/** Comments in one turn: a turn each second keeps up with every survey, and leaves the machine to those who answer. */
const batch = 200
const minute = 60_000
const day = 24 * 60 * minute
/** What comes within so much time is told in one letter. */
const apart = 10 * minute
const noticeKey = 'safety-notice'
const listsKey = 'safety-lists'

/** Up to which flag people were told, and when. */
type Told = { upTo: number; at: number }

/**
 * What stays behind a crash is found at the next start: comments carry a mark when they were looked through, and a
 * flag is added before that mark. `address`: where people reach us; the letter has a link and no word of anybody.
 */
export function openLookout(
  { stores, messages, mail, log }: { stores: Shelf; messages: Messages; mail: Mail | undefined; log: Log },
  address: string,
): Lookout {
  let running: Promise<void> | undefined
  let stopping = false
  let begun: string | undefined
  let look = 0
  /** Who had this notice already, while others still wait for theirs. */
  let had = new Set<string>()

  /** The lists as they stand, perhaps changed a moment ago: then everything is looked through again. */
  async function listsNow(): Promise<OwnWords> {
    const own = readOwnWords(await stores.settings.find(ownWordsKey))
    if (begun === own.text) return own
    const standing = standingChanges(own.log).filter(({ list }) => dangerOnes.includes(list))
    const lists = await fingerprint(
      JSON.stringify([dangerLists(), standing.map((one) => [one.list, one.lang, one.phrase])]),
    )
    if ((await stores.settings.find(listsKey)) !== lists) {
      await stores.comments.screenAgain()
      await stores.conversations.screenAgain()
      await stores.settings.set(listsKey, lists)
    }
    begun = own.text
    return own
  }

  async function work(now: number): Promise<void> {
    // One process of an installation looks, the others stand by.
    if (!(await stores.hold('lookout'))) return
    const own = await listsNow()
    const comments = await stores.comments.unscreened(batch)
    if (comments.length > 0) {
      const surveys = new Map((await stores.surveys.list()).map((survey) => [survey.id, survey]))
      const offered = (survey: number) => surveys.get(survey)?.questionnaire.languages ?? []
      const added = await stores.flags.add(await screen(comments, offered, now, own))
      await stores.comments.screened(comments.map(({ id }) => id))
      if (added.length > 0) look = now
    }
    const notes = await stores.conversations.unscreened(batch)
    if (notes.length > 0) {
      const all = notes.map((note) => ({ ...note, survey: inConversations }))
      const added = await stores.flags.add(await screen(all, () => messages.tags, now, own))
      await stores.conversations.screened(notes.map(({ id }) => id))
      if (added.length > 0) look = now
    }
    if (mail && now >= look && !stopping) {
      look = now + minute
      await tell(mail, now)
    }
  }

  async function tell(mail: Mail, now: number): Promise<void> {
    const samples = new Set((await stores.surveys.list()).filter(({ sample }) => sample).map(({ id }) => id))
    const waiting = (await stores.flags.list({ states: ['new'] })).filter(
      ({ survey }) => !samples.has(survey),
    )
    const told = await toldOf(stores)
    if (!noticeDue(waiting, told, now)) return
    const named = (await stores.people.list()).filter(({ safety }) => safety)
    let owed = named.length === 0
    for (const { id, email } of named) {
      if (had.has(id)) continue
      const { outcome } = await mail.send(notice(messages, email, address))
      if (outcome === 'down' || outcome === 'later') owed = true
      else had.add(id)
    }
    // Who could not be reached is tried again in a minute; nobody is told twice of the same.
    if (owed) return
    had = new Set()
    const upTo = Math.max(told.upTo, ...waiting.map(({ id }) => id))
    await stores.settings.set(noticeKey, JSON.stringify({ upTo, at: now } satisfies Told))
  }

  return {
    tick: async (now) => {
      if (running || stopping) return
      running = work(now).catch((fault: unknown) => {
        log.warn({ fault: String(fault) }, 'comments could not be looked through')
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

/** At once for what is urgent and new; once a day for as long as anything waits that nobody has seen. */
export function noticeDue(waiting: readonly Pick<Flag, 'id' | 'level'>[], told: Told, now: number): boolean {
  if (waiting.length === 0) return false
  if (now - told.at >= day) return true
  return now - told.at >= apart && waiting.some(({ id, level }) => level === 'urgent' && id > told.upTo)
}

async function toldOf(stores: Pick<Stores, 'settings'>): Promise<Told> {
  const kept = await stores.settings.find(noticeKey)
  return kept === undefined ? { upTo: 0, at: 0 } : (JSON.parse(kept) as Told)
}

/** Nothing of a comment, a survey, a school or a number: a letter may be read on a locked screen. */
function notice(messages: Messages, to: string, address: string) {
  const t = messages.t('en')
  return {
    to,
    subject: t('safety.letter.subject'),
    text: `${t('safety.letter.text')}\n\n${address}/office/help\n`,
  }
}

async function fingerprint(text: string): Promise<string> {
  const made = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Buffer.from(made).toString('base64url')
}
