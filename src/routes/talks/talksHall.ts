import type { Messages } from '../../language/wording.ts'
import { textOf } from '../../plan/plan.ts'
import type { StoredConversation, Stores } from '../../store/stores.ts'
import { notFound } from '../../web/errors.ts'
import { officeReader } from '../office/watching.ts'

export type TalkShelf = Pick<Stores, 'conversations' | 'settings' | 'surveys' | 'plans' | 'people' | 'audit'>
export type TalkHall = { stores: TalkShelf; messages: Messages; now: () => number }
export const talksHome = '/office/conversations'
/** Surveys and plans to choose from. */
export async function namedIn(stores: TalkShelf, messages: Messages, lang: string) {
  const [surveys, plans] = await Promise.all([stores.surveys.list(), stores.plans.list()])
  const { reader } = officeReader(messages, lang)
  return {
    surveys: surveys.map((survey) => ({
      code: survey.slug,
      label: officeReader(messages, lang, survey).reader.words(survey.questionnaire.title),
    })),
    plans: plans.map((plan) => ({ code: plan.id, label: reader.words(textOf(plan.title, plan.language)) })),
  }
}

export async function talkOf(
  { stores }: Pick<TalkHall, 'stores'>,
  req: { params: { id?: string } },
): Promise<StoredConversation> {
  const id = req.params.id ?? ''
  const found = /^\d{1,15}$/.test(id) ? await stores.conversations.find(Number(id)) : undefined
  if (!found) throw notFound()
  return found
}
