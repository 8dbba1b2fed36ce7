import { z } from 'zod'
import type { Text } from '../language/text.ts'

/** In place of a survey's number: codings and flags of notes and questions; the comment is then the note's number. */
export const inConversations = 0

export const conversationKinds = [
  'town-hall',
  'focus-group',
  'webinar',
  'home-visit',
  'meeting',
  'other',
] as const
export type ConversationKind = (typeof conversationKinds)[number]

/** The longest title, in letters; minutes in a week; people in a stadium. */
export const longestTitle = 200
export const mostMinutes = 7 * 24 * 60
export const mostPeople = 100_000

const text = z.record(z.string(), z.string()) satisfies z.ZodType<Text>

export const conversationSchema = z.strictObject({
  /** The day, such as 2021-03-04. */
  on: z.iso.date(),
  kind: z.enum(conversationKinds),
  title: text,
  minutes: z.number().int().nonnegative().max(mostMinutes),
  /** Codes; none: the whole district. */
  schools: z.array(z.string()),
  /** How many came, by code of stakeholder group; '' are those whose group nobody noted. */
  attendance: z.record(z.string(), z.number().int().positive().max(mostPeople)),
  /** Tags of the languages that one could take part in. */
  languages: z.array(z.string()),
  /** Slug of the survey and id of the plan that it belongs to; '' for none. */
  survey: z.string(),
  plan: z.string(),
  /** Whether families may send questions in beforehand. */
  asks: z.boolean(),
  sample: z.boolean(),
})
/** A town hall, focus group, webinar: how long it was, who came. */
export type Conversation = z.infer<typeof conversationSchema>

/** Days are inclusive. What is absent does not narrow. */
export type ConversationFilter = {
  from?: string | undefined
  until?: string | undefined
  survey?: string | undefined
  plan?: string | undefined
  school?: string | undefined
}

export const peopleOf = ({ attendance }: Pick<Conversation, 'attendance'>): number =>
  Object.values(attendance).reduce((sum, n) => sum + n, 0)

/** Those of a log that a filter asks for. A school's are its own and those of the whole district. */
export const conversationsIn = <C extends Conversation>(
  log: readonly C[],
  { from, until, survey, plan, school }: ConversationFilter,
): C[] =>
  log.filter(
    (one) =>
      (from === undefined || one.on >= from) &&
      (until === undefined || one.on <= until) &&
      (survey === undefined || one.survey === survey) &&
      (plan === undefined || one.plan === plan) &&
      (school === undefined || one.schools.length === 0 || one.schools.includes(school)),
  )

export type ConversationSum = { meetings: number; minutes: number; people: number }

/** "52 hours of conversation with 430 people in 12 meetings", as numbers. Someone who came twice counts twice. */
export function conversationSum(
  log: readonly Conversation[],
  filter: ConversationFilter = {},
): ConversationSum {
  const held = conversationsIn(log, filter)
  return {
    meetings: held.length,
    minutes: held.reduce((sum, { minutes }) => sum + minutes, 0),
    people: held.reduce((sum, one) => sum + peopleOf(one), 0),
  }
}

/**
 * For "52 hours of conversation and 2,105 survey responses": how many meetings and hours (to the half hour); null when
 * the log has none.
 */
export function conversationLine(
  log: readonly Conversation[],
  filter: ConversationFilter = {},
): { count: number; hours: number } | null {
  const { meetings, minutes } = conversationSum(log, filter)
  return minutes === 0 ? null : { count: meetings, hours: Math.max(0.5, Math.round(minutes / 30) / 2) }
}

/** Whether questions may be sent in on this day: up to the day itself. */
export const takesQuestions = ({ asks, on }: Pick<Conversation, 'asks' | 'on'>, today: string): boolean =>
  asks && today <= on
