import { type Alike, alike } from '../../learning/learn.ts'
import { onThread } from '../../learning/thread.ts'
import type { SaidComment, Stores, Survey, ThemeModelRecord } from '../../store/stores.ts'
import { type Classifier, classifier, type Guess } from '../../theme/classifier.ts'
import type { Codebook } from '../../theme/codebook.ts'
import { type WordLists, wordLists } from '../../theme/suggest.ts'
import { modelName } from '../../theme/verdicts.ts'

type Shelf = Pick<Stores, 'comments' | 'codings' | 'themeModels'>

/** What is the same for everybody who codes a survey, kept between pages: comments are only added, models never change. */
export type Said = {
  comments: (survey: number) => Promise<SaidComment[]>
  /** What the newest model thinks of each comment; fainter guesses are left out. */
  guesses: (survey: number, model: ThemeModelRecord) => Promise<Map<number, Guess[]>>
  ready: (survey: number, number: number) => Promise<Classifier>
  lists: (codebook: Codebook) => WordLists
  /** Comments that are alike; reckoned on a thread of its own. */
  alike: (survey: Pick<Survey, 'id'>) => Promise<Alike>
}

/** Surveys that are kept at hand; few are coded at a time. */
const most = 6
/** So few comments are compared at once without a thread. */
const few = 200

export function openSaid(stores: Shelf): Said {
  const comments = kept<SaidComment[]>()
  const guesses = kept<Map<number, Guess[]>>()
  const ready = kept<Promise<Classifier>>()
  const same = kept<{ n: number; found: Promise<Alike> }>()
  const lists = new WeakMap<Codebook, WordLists>()

  async function commentsOf(survey: number): Promise<SaidComment[]> {
    const { n, last } = await stores.comments.count(survey)
    const held = comments.get(String(survey)) ?? []
    if (held.length === n && (held.at(-1)?.id ?? 0) === last) return held
    const fresh = await stores.comments.list(survey, { after: held.at(-1)?.id ?? 0 })
    const all = [...held, ...fresh]
    // Anything else than more of them: somebody mended the survey, and it is read afresh.
    return comments.put(String(survey), all.length >= n ? all : await stores.comments.list(survey))
  }

  return {
    comments: commentsOf,
    async guesses(survey, { number, upTo, metrics }) {
      const key = `${survey} ${number} ${upTo}`
      const held = guesses.get(key)
      if (held) return held
      const thresholds = new Map(metrics.themes.map(({ theme, threshold }) => [theme, threshold]))
      const made = new Map<number, Guess[]>()
      const name = modelName(number)
      for (const { comment, theme, who, confidence } of await stores.codings.list(survey, { who: [name] })) {
        const threshold = thresholds.get(theme) ?? 0.5
        if (who !== name || confidence === null) continue
        const one = { theme, confidence, threshold, over: confidence >= threshold }
        const list = made.get(comment)
        if (list) list.push(one)
        else made.set(comment, [one])
      }
      return guesses.put(key, made)
    },
    ready: (survey, number) => {
      const key = `${survey} ${number}`
      return ready.get(key) ?? ready.put(key, stores.themeModels.get(survey, number).then(classifier))
    },
    lists(codebook) {
      const made = lists.get(codebook) ?? wordLists(codebook)
      lists.set(codebook, made)
      return made
    },
    async alike({ id }) {
      const all = await commentsOf(id)
      const held = same.get(String(id))
      if (held?.n === all.length) return held.found
      const told = all.map((one) => ({ id: one.id, words: one.words }))
      const found =
        all.length <= few ? Promise.resolve(alike(told)) : onThread({ do: 'alike', comments: told })
      return same.put(String(id), { n: all.length, found }).found
    },
  }
}

function kept<T>() {
  const held = new Map<string, T>()
  return {
    get: (key: string): T | undefined => held.get(key),
    put(key: string, value: T): T {
      held.delete(key)
      held.set(key, value)
      const [oldest] = held.keys()
      if (held.size > most && oldest !== undefined) held.delete(oldest)
      return value
    },
  }
}
