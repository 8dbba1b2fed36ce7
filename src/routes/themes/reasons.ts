import type { SaidComment, ThemeModelRecord } from '../../store/stores.ts'
import { type Classifier, guess } from '../../theme/classifier.ts'
import { explain } from '../../theme/explain.ts'
import { detect } from '../../theme/language.ts'
import { isStopWord } from '../../theme/stopWords.ts'
import { suggest, type WordLists } from '../../theme/suggest.ts'

/** A theme that is offered for a comment, and the words that spoke for it. `confidence`: of a model, 0 to 1. */
export type Offer = {
  theme: string
  confidence: number | null
  likely: boolean
  spoke: { start: number; end: number; words: string }[]
}
/** A stretch of a comment; `themes`: codes that its words spoke for. */
export type Stretch = { words: string; themes: string[] }

/** Guesses under this confidence are not worth a look. */
const faint = 0.15
/** Offers that a page has room for. */
const most = 5

/** What is offered for a comment: by the model where there is one, and by word lists for what it did not learn. */
export function offersOf(
  comment: Pick<SaidComment, 'words' | 'language' | 'question'>,
  offered: string[],
  lists: WordLists,
  model?: { ready: Classifier; record: ThemeModelRecord },
): { offers: Offer[]; lang: string } {
  const { lang } = detect(comment.words, offered, comment.language)
  const read = { text: comment.words, lang, around: [`question:${comment.question}`] }
  const learnt = new Set(model?.record.metrics.themes.map(({ theme }) => theme))
  const guessed = model
    ? (guess(model.ready, [read])[0] ?? [])
        .filter(({ confidence, over }) => over || confidence >= faint)
        .slice(0, most)
        .map(({ theme, confidence, over }): Offer => {
          // Small words are part of what was learnt, and tell a reader nothing.
          const spoke = explain(model.ready, read, theme, 12)
            .filter((one) => !isStopWord(one.words.toLocaleLowerCase(), lang))
            .slice(0, 4)
          return { theme, confidence, likely: over, spoke }
        })
    : []
  const listed = suggest(lists, comment.words, [lang, comment.language])
    .filter(({ theme }) => !learnt.has(theme))
    .slice(0, most)
    .map(({ theme, reasons }): Offer => ({ theme, confidence: null, likely: true, spoke: reasons }))
  return { offers: [...guessed, ...listed].slice(0, most), lang }
}

/** The words of a comment in stretches, those that spoke for a theme apart. */
export function stretches(words: string, offers: readonly Offer[]): Stretch[] {
  const spans = offers.flatMap(({ theme, spoke }) => spoke.map(({ start, end }) => ({ theme, start, end })))
  const cuts = [...new Set([0, words.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  )
  return cuts.slice(0, -1).flatMap((from, at) => {
    const to = cuts[at + 1] ?? words.length
    const themes = spans.filter(({ start, end }) => start <= from && to <= end).map(({ theme }) => theme)
    return to > from ? [{ words: words.slice(from, to), themes: [...new Set(themes)] }] : []
  })
}
