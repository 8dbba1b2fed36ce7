import { type Conversation, type ConversationFilter, conversationSum } from '../../commitment/conversation.ts'
import type { Reader } from '../../report/reader.ts'

/** "1 hour 30 minutes" */
export function sayLength(minutes: number, reader: Reader): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const parts = [
    ...(hours > 0 ? [reader.t('talks.hours', { count: hours, n: reader.number(hours) })] : []),
    ...(rest > 0 || hours === 0 ? [reader.t('talks.minutes', { count: rest, n: reader.number(rest) })] : []),
  ]
  return parts.join(' ')
}

/** "52 hours of conversation with 430 people in 12 meetings", straight from the log. */
export function saySum(
  log: readonly Conversation[],
  filter: ConversationFilter,
  { t, number }: Reader,
): string {
  const { meetings, minutes, people } = conversationSum(log, filter)
  const hours = Math.round(minutes / 60)
  return t('talks.sum', {
    hours: t('talks.hoursOf', { count: hours, n: number(hours) }),
    people: t('talks.people', { count: people, n: number(people) }),
    meetings: t('talks.meetings', { count: meetings, n: number(meetings) }),
  })
}
