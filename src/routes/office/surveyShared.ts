import type { Request, Response } from 'express'
import type { Stores, Survey } from '../../store/stores.ts'
import { notFound } from '../../web/errors.ts'
import { formField } from '../../web/formField.ts'
import type { SurveyPage } from '../models/officeSurvey.ts'

export type Shelf = Pick<Stores, 'surveys' | 'responses' | 'codes' | 'refusals' | 'settings' | 'audit'>

export type Config = { baseUrl?: string | undefined }

export type Slug = { slug: string }

type News = Partial<Pick<SurveyPage, 'typed' | 'optOut' | 'problems' | 'done'>> & {
  dates?: { opens: string; closes: string }
  keeps?: SurveyPage['keeps']
}

export type Show = (res: Response, survey: Survey, news?: News) => Promise<void>

/** To the page whose button was pressed: the list of surveys, or the survey's own. */
export const back = (req: Request<Slug>, res: Response, word: string): void =>
  res.redirect(
    303,
    formField(req, 'from') === 'survey' ? addressOf(req.params.slug, word) : `/office?done=${word}`,
  )

export const addressOf = (slug: string, word: string, part = ''): string =>
  `/office/surveys/${slug}?done=${word}${part && `#${part}`}`

export async function named(stores: Shelf, slug: string): Promise<Survey> {
  const survey = await stores.surveys.find(slug)
  if (!survey) throw notFound('error.noSurvey')
  return survey
}
