import { inConversations } from '../../commitment/conversation.ts'
import type { Text } from '../../language/text.ts'
import type { Messages } from '../../language/wording.ts'
import type { Words } from '../../report/reader.ts'
import type { Stores } from '../../store/stores.ts'
import { officeReader } from '../office/watching.ts'

/** Where something was said that may speak of danger, and how to come to its words. */
export type Said = {
  title: Words
  slug: string
  sample: boolean
  /** Languages that the form was offered in. */
  offered: string[]
  find: (
    comment: number,
  ) => Promise<
    { words: string; language: string; asked?: Text | undefined; group: string; school: string } | undefined
  >
}

/** Looks up, by the number of a survey, where it was said. */
export async function saidIn(
  stores: Pick<Stores, 'surveys' | 'comments' | 'conversations'>,
  messages: Messages,
  lang: string,
): Promise<(survey: number) => Said> {
  const surveys = new Map((await stores.surveys.list()).map((survey) => [survey.id, survey]))
  const { reader } = officeReader(messages, lang)
  return (id) => {
    if (id === inConversations)
      return {
        title: reader.own(reader.t('talks.title')),
        slug: '',
        sample: false,
        offered: messages.tags,
        find: async (note) => {
          const found = await stores.conversations.note(note)
          if (!found) return undefined
          const held = await stores.conversations.find(found.conversation)
          const { words, language } = found
          return { words, language, asked: held?.title, group: '', school: '' }
        },
      }
    const survey = surveys.get(id)
    if (!survey)
      return {
        title: reader.own(reader.t('safety.gone')),
        slug: '',
        sample: false,
        offered: [],
        find: async () => undefined,
      }
    const { questionnaire, slug, sample } = survey
    const questions = questionnaire.sections.flatMap((section) => section.questions)
    return {
      title: officeReader(messages, lang, survey).reader.words(questionnaire.title),
      slug,
      sample,
      offered: questionnaire.languages,
      find: async (comment) => {
        const found = await stores.comments.find(id, comment)
        if (!found) return undefined
        const asked = questions.find(({ code }) => code === found.question)?.title
        const { words, language, group, school } = found
        return { words, language, asked, group, school }
      },
    }
  }
}
