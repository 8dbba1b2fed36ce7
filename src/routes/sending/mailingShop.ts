import type { Messages } from '../../language/wording.ts'
import type { Mail } from '../../mail.ts'
import type { Stores, Survey } from '../../store/stores.ts'
import { notFound } from '../../web/errors.ts'
import { standingOf } from '../office/office.ts'

/** What the pages of lists and letters share. */
export type Shelf = Pick<Stores, 'surveys' | 'contacts' | 'mailings' | 'codes' | 'settings' | 'audit'>
export type Shop = {
  stores: Shelf
  messages: Messages
  mail: Mail | undefined
  config: { baseUrl?: string | undefined }
  now: () => number
}
export async function surveyNamed(stores: Pick<Stores, 'surveys'>, slug: string): Promise<Survey> {
  const survey = await stores.surveys.find(slug)
  if (!survey) throw notFound('error.noSurvey')
  return survey
}

export const isOver = (survey: Survey, now: number): boolean =>
  ['closed', 'over'].includes(standingOf(survey, now))

/** The page of list and letters, which says what was done. */
export const backTo = (slug: string, word: string): string => `/office/surveys/${slug}/mail?done=${word}`
