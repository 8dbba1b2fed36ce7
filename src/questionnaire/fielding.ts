import { z } from 'zod'
import type { Questionnaire } from './definition.ts'

/** Longest time that can be asked for, days: ten years. */
export const longestKept = 3650
const days = z.number().int().min(0).max(longestKept)
/** What has a time of its own, after which it is deleted. */
export const keptParts = ['drafts', 'codes', 'comments'] as const

/** How a survey is sent out: not what is asked, so it may change while the survey is open. */
export const fieldingSchema = z.strictObject({
  /** open: whoever has the link. codes: one-time access codes. */
  access: z.enum(['open', 'codes']).default('open'),
  /** The survey may be put on a shared tablet, which forgets each person. */
  kiosk: z.boolean().default(false),
  /** Paper answers are typed twice, by two people, before they count. */
  doubleEntry: z.boolean().default(false),
  /** The list of access codes whose families opted out was given, perhaps with nobody on it. */
  optOutListed: z.boolean().default(false),
  /** The receipt shows a code by which the person can take the response back while the survey is open. */
  withdrawal: z.boolean().optional(),
  /** Days after the end until these are deleted; those without a number stay. */
  keep: z.strictObject({ drafts: days, codes: days, comments: days }).partial().optional(),
})
export type Fielding = z.infer<typeof fieldingSchema>

export const everydayFielding: Fielding = fieldingSchema.parse({})

/** Whether students are asked: they are unless the audience names groups and `student` is not among them. */
export const asksStudents = ({ audience, readers }: Questionnaire): boolean =>
  readers !== undefined || audience === undefined || audience.includes('student')

/** A notice of blanks tells nobody anything. */
const said = (notice: Questionnaire['notice']): boolean =>
  Object.values(notice ?? {}).some((words) => words.trim() !== '')

/** What the law asks for before such a survey opens. */
export type Protection = 'notice' | 'codes' | 'optOut'

/** Why a survey may not be opened yet, as wording keys `office.mayNot.<key>`; empty when it may. */
export function mayNotOpen(questionnaire: Questionnaire, fielding: Fielding): Protection[] {
  if (!questionnaire.protectedAreas?.length || !asksStudents(questionnaire)) return []
  // 20 U.S.C. 1232h(c)(2): parents are told, and may keep their child out, before such a survey is given.
  return [
    ...(said(questionnaire.notice) ? [] : ['notice' as const]),
    ...(fielding.access === 'codes' ? [] : ['codes' as const]),
    ...(fielding.optOutListed ? [] : ['optOut' as const]),
  ]
}
