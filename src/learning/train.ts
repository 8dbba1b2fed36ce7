import type { Stores, Survey, ThemeModelRecord } from '../store/stores.ts'
import type { Codebook } from '../theme/codebook.ts'
import { detect } from '../theme/language.ts'
import { suggest, wordLists } from '../theme/suggest.ts'
import { today } from '../theme/today.ts'
import { modelName, verdicts } from '../theme/verdicts.ts'
import { onThread } from './thread.ts'

/** What learning needs of the store. */
export type Shelf = Pick<Stores, 'comments' | 'codebooks' | 'codings' | 'themeModels' | 'acceptances'>

/** The codebook of the district. */
export const codebookId = 'default'

/**
 * The codebook in use. Where the district has none yet, the one that comes with Heard becomes its first version.
 */
export async function codebookInUse(
  { codebooks }: Pick<Stores, 'codebooks'>,
  shipped: Codebook,
  now: number,
): Promise<Codebook> {
  const there = await codebooks.find(codebookId)
  if (there) return there
  await codebooks.save({ ...shipped, id: codebookId, version: 1, history: [] }, 'heard', now)
  return (await codebooks.find(codebookId)) ?? shipped
}

/** The fewest comments that people must have read before anything is learnt from them. */
export const fewest = 20

/**
 * Trains a model on all that people coded in a survey, keeps it, and codes every comment by it. Models and codes that
 * nobody accepted go. Undefined when people have read too few comments.
 */
export async function trainSurvey(
  stores: Shelf,
  survey: Pick<Survey, 'id' | 'questionnaire'>,
  codebook: Codebook,
  clock: () => number,
  signal?: AbortSignal,
): Promise<ThemeModelRecord | undefined> {
  const { id } = survey
  const [comments, codings, readings, models] = await Promise.all([
    stores.comments.list(id),
    stores.codings.list(id),
    stores.codings.readings(id),
    stores.themeModels.list(id),
  ])
  const { codings: counted, read } = verdicts(codings, readings, [])
  if (read.size < fewest) return undefined
  const given = Map.groupBy(counted, ({ comment }) => comment)
  const number = (models[0]?.number ?? 0) + 1
  const version = modelName(number)
  const began = clock()
  const { model, metrics, codes } = await onThread(
    {
      do: 'learn',
      lesson: {
        comments: comments.map(toRead),
        known: [...read].map((comment) => ({
          comment,
          themes: (given.get(String(comment)) ?? []).map(({ theme }) => theme),
        })),
        themes: codebook.themes.map(({ code }) => code),
        offered: survey.questionnaire.languages,
        version,
        seed: number,
      },
    },
    signal,
  )
  const at = clock()
  const record: ThemeModelRecord = {
    ...{ number, codebookVersion: codebook.version, examples: read.size, metrics, at },
    ...{ took: at - began, upTo: comments.at(-1)?.id ?? 0 },
  }
  // Codes first: from the moment that the model is there it has said what it thinks of everything.
  await stores.codings.put(id, { source: 'model', who: version, version: codebook.version, at }, codes)
  await stores.themeModels.add(id, record, model)
  await tidy(stores, id, number)
  return record
}

const toRead = ({
  id,
  words,
  language,
  question,
}: Awaited<ReturnType<Shelf['comments']['list']>>[number]) => ({
  ...{ id, words, language, question },
})

/** Forgets models and their codes, but for the one in use and those whose codes were accepted. */
async function tidy(stores: Shelf, survey: number, current: number): Promise<void> {
  const accepted = await stores.acceptances.list(survey)
  const keep = [...new Set([current, ...accepted.map(({ model }) => model)])]
  await stores.codings.forget(survey, keep.map(modelName))
  await stores.themeModels.forget(survey, keep)
}

/**
 * Codes the comments that came in since: by the newest model and by those that were accepted, or by the word lists
 * where nothing was learnt yet. Tells how many comments were read and by what.
 */
export async function codeSurvey(
  stores: Shelf,
  survey: Pick<Survey, 'id' | 'questionnaire'>,
  codebook: Codebook,
  clock: () => number,
): Promise<{ comments: number; codes: number; by: string }> {
  const { id, questionnaire } = survey
  const models = await stores.themeModels.list(id)
  if (models.length === 0) return codeByWords(stores, survey, codebook, clock())
  const told = { comments: 0, codes: 0, by: modelName(models[0]?.number ?? 0) }
  for (const { number, upTo, codebookVersion } of models) {
    const comments = await stores.comments.list(id, { after: upTo })
    const last = comments.at(-1)
    if (!last) continue
    const model = await stores.themeModels.get(id, number)
    const codes = await onThread({
      ...{ do: 'code' as const, model, offered: questionnaire.languages },
      comments: comments.map(toRead),
    })
    const by = { source: 'model' as const, who: modelName(number), version: codebookVersion, at: clock() }
    const kept = codes.map((one) => ({
      ...one,
      now: today(codebook.history, one.theme, codebookVersion).theme,
    }))
    await stores.codings.put(id, by, kept)
    await stores.themeModels.setUpTo(id, number, last.id)
    if (number === models[0]?.number) Object.assign(told, { comments: comments.length, codes: codes.length })
  }
  return told
}

async function codeByWords(
  stores: Shelf,
  { id, questionnaire }: Pick<Survey, 'id' | 'questionnaire'>,
  codebook: Codebook,
  at: number,
): Promise<{ comments: number; codes: number; by: string }> {
  const lists = wordLists(codebook)
  const comments = await stores.comments.list(id)
  const codes = comments.flatMap(({ id: comment, words, language }) => {
    const { lang } = detect(words, questionnaire.languages, language)
    return suggest(lists, words, [lang, language]).map(({ theme }) => ({ comment, theme, confidence: null }))
  })
  const who = `words-${codebook.version}`
  await stores.codings.put(id, { source: 'words', who, version: codebook.version, at }, codes)
  await stores.codings.forget(id, [who])
  return { comments: comments.length, codes: codes.length, by: who }
}
