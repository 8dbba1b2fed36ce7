import type { Request, Response } from 'express'
import { maySeeSchool } from '../../district/people.ts'
import type { Messages } from '../../language/wording.ts'
import type { Learner } from '../../learning/learner.ts'
import { codebookInUse } from '../../learning/train.ts'
import type { SaidComment, Stores, Survey } from '../../store/stores.ts'
import type { Codebook } from '../../theme/codebook.ts'
import { sampleCoder } from '../../theme/verdicts.ts'
import { audit } from '../../web/audit.ts'
import { notFound } from '../../web/errors.ts'
import { currentPerson } from '../../web/guard.ts'
import { readerLanguage } from '../../web/language.ts'
import type { Said } from './said.ts'

export type Shelf = Pick<
  Stores,
  | 'surveys'
  | 'comments'
  | 'codebooks'
  | 'codings'
  | 'themeModels'
  | 'acceptances'
  | 'responses'
  | 'tallies'
  | 'settings'
  | 'people'
  | 'plans'
  | 'audit'
>

/** What the pages about themes and comments share. `shipped`: the codebook that comes with Heard. */
export type Shop = {
  stores: Shelf
  messages: Messages
  said: Said
  shipped: Codebook
  learner: Learner
  now: () => number
}

export type Named = { slug: string }

export async function surveyOf({ stores }: Pick<Shop, 'stores'>, slug: unknown): Promise<Survey> {
  const survey = await stores.surveys.find(String(slug))
  if (!survey) throw notFound('error.noSurvey')
  return survey
}

export const bookOf = ({ stores, shipped, now }: Shop): Promise<Codebook> =>
  codebookInUse(stores, shipped, now())

/** Who is at the desk. Pages behind a door always have somebody. */
export function personOf(req: Request): { id: string; email: string } {
  const person = currentPerson(req)
  if (!person) throw notFound()
  return person
}

/** The comments of a survey that this person may read. */
export async function readable(shop: Shop, req: Request, survey: Pick<Survey, 'id'>): Promise<SaidComment[]> {
  const person = currentPerson(req)
  const all = await shop.said.comments(survey.id)
  return person ? all.filter(({ school }) => maySeeSchool(person, school)) : []
}

const hour = 60 * 60 * 1000
const lookedAt = new WeakMap<object, Map<string, number>>()

/** Writes down that somebody looks at the comments of a survey: once a person, survey and hour. */
export async function looked({ stores, now }: Shop, req: Request, slug: string): Promise<void> {
  const seen = lookedAt.get(stores) ?? new Map<string, number>()
  lookedAt.set(stores, seen)
  const key = `${personOf(req).id} ${slug}`
  const this_ = Math.floor(now() / hour)
  if (seen.get(key) === this_) return
  if (seen.size > 1000) seen.clear()
  await audit(stores, req, now(), 'looked-at-comments', slug)
  seen.set(key, this_)
}

/** Names of people by id; who has left has none. */
export async function namesOf({ stores }: Shop, { t }: Speaker): Promise<Map<string, string>> {
  const people = (await stores.people.list()).map(({ id, email }): [string, string] => [id, email])
  return new Map([...people, [sampleCoder, t('themes.sampleCoder')]])
}

export type Speaker = {
  lang: string
  t: (key: string, values?: Record<string, string | number>) => string
}

/** The reader's language and its wordings. */
export function speakerOf({ messages }: Pick<Shop, 'messages'>, req: Request, res: Response): Speaker {
  const { lang } = readerLanguage(req, res, messages.tags)
  const t = messages.t(lang)
  return { lang, t: (key, values) => t(key, values ?? {}) as string }
}
