import type { Settled } from './response.ts'

/** What is counted of a response beside its answers, for those who watch whom a survey has reached. */
export const turnoutDimensions = ['language', 'channel', 'hour'] as const
export type TurnoutDimension = (typeof turnoutDimensions)[number]

/**
 * n responses of one form language (by stakeholder group and school), of one channel or of one hour (epoch milliseconds
 * as text); group and school are '' but for the language.
 */
export type TurnoutCount = {
  dimension: TurnoutDimension
  code: string
  group: string
  school: string
  n: number
}

/** What one response adds, one of each. */
export const turnoutOf = ({
  language,
  channel,
  hour,
  group,
  school,
}: Pick<Settled, 'language' | 'hour' | 'group' | 'school'> & { channel: string }): Omit<
  TurnoutCount,
  'n'
>[] => [
  { dimension: 'language', code: language, group, school },
  { dimension: 'channel', code: channel, group: '', school: '' },
  { dimension: 'hour', code: String(hour), group: '', school: '' },
]
