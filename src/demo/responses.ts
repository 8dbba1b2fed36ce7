import type { District } from '../district/district.ts'
import { holds } from '../questionnaire/condition.ts'
import { type Question, type Questionnaire, questions } from '../questionnaire/definition.ts'
import type { Answer } from '../questionnaire/kind.ts'
import type { Answers, Channel } from '../response/response.ts'
import { bell, dealt, happens, oneOf, type Random, weighted } from './chance.ts'
import { type Comments, type Draw, type Someone, samplers } from './samplers.ts'
import { forGroup, type Shape } from './shapes.ts'

/** A made-up response before it is settled. */
export type Sample = { answers: Answers; language: string; channel: Channel; hour: number }

const hour = 3_600_000
const day = 24 * hour
const skips = 0.06

/**
 * Made-up responses to `questionnaire` (a published one: its profile questions hold their options), as many as
 * `shape.groups` adds up to, sent in the three weeks before `now`. The same random numbers give the same responses.
 */
export function sampleResponses(
  questionnaire: Questionnaire,
  {
    shape,
    district,
    comments,
    now,
    random,
  }: { shape: Shape; district: District; comments: Comments; now: number; random: Random },
): Sample[] {
  const left = structuredClone(shape.exact)
  const moods = new Map(district.schools.map(({ code }) => [code, bell(random) * 0.3]))
  return dealt(random, shape.groups).map((group) => {
    const language = weighted(random, forGroup(shape.languages, group))
    const answers: Answers = {}
    const someone: Someone = { group, language, mood: bell(random) * 0.6 }
    for (const question of questions(questionnaire)) {
      if (question.showIf && !holds(question.showIf, questionnaire, answers)) continue
      const quota = left[question.code]
      const answer = quota
        ? fromQuota(random, quota, forGroup(shape.likings[question.code] ?? {}, group))
        : sampleAnswer(question, { someone, answers, shape, district, comments, random })
      if (answer !== undefined) answers[question.code] = answer
      if (question.attribute === 'school') someone.mood += moods.get(String(answer)) ?? 0
    }
    return { answers, language, channel: sampleChannel(random), hour: sampleHour(random, now) }
  })
}

function sampleAnswer(question: Question, draw: Draw): Answer | undefined {
  if (question.attribute === 'group') return draw.someone.group || undefined
  // Comments have a share of their own; everything else is skipped now and then.
  if (question.kind !== 'text' && happens(draw.random, skips)) return undefined
  return samplers[question.kind]?.(question, draw)
}

/** Takes one from what is left, as liked, so that in the end every option was taken as often as it should. */
function fromQuota(random: Random, left: Record<string, number>, liked: Record<string, number>): string {
  const code = weighted(
    random,
    Object.fromEntries(Object.entries(left).map(([code, n]) => [code, n * (liked[code] ?? 1)])),
  )
  left[code] = (left[code] ?? 0) - 1
  return code
}

const sampleChannel = (random: Random): Channel =>
  oneOf(random, [...Array<Channel>(18).fill('web'), 'paper', 'kiosk'])

/** By day and in the evening, on one of the 21 days before `now`. */
function sampleHour(random: Random, now: number): number {
  const midnight = Math.floor(now / day) * day - Math.ceil(random() * 21) * day
  return Math.min(midnight + (12 + Math.floor(random() * 14)) * hour, Math.floor(now / hour) * hour)
}
