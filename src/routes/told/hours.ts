import { conversationLine } from '../../commitment/conversation.ts'
import { wallTime } from '../../district/clock.ts'
import type { ShownConversations } from '../../report/published/snapshot.ts'
import type { Stores, Survey } from '../../store/stores.ts'

/** Hours of the conversations that belong to a survey and were held: one that is still to come has none yet. */
export async function hoursOf(
  stores: Pick<Stores, 'conversations' | 'settings'>,
  { slug }: Pick<Survey, 'slug'>,
  now: number,
): Promise<ShownConversations | null> {
  const [log, { timeZone }] = await Promise.all([stores.conversations.list(), stores.settings.district()])
  return conversationLine(log, { survey: slug, until: wallTime(now, timeZone).slice(0, 10) })
}
