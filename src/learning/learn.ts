import type { ThemeMetrics } from '../store/stores.ts'
import { classifier, type Example, guess, type Model, measuredAt, train } from '../theme/classifier.ts'
import { detect } from '../theme/language.ts'
import { type Nothing, nearDuplicates, saysNothing } from '../theme/nearDuplicates.ts'

/** A comment as a machine reads it. `language`: that of the form; `offered`: those of the survey. */
export type ToRead = { id: number; words: string; language: string; question: string }

/** Everything that learning takes, in plain data: it goes to another thread. */
export type Lesson = {
  comments: ToRead[]
  /** The themes that people gave each comment that they read, by its id. */
  known: { comment: number; themes: string[] }[]
  themes: string[]
  offered: string[]
  /** The name of the model, and the seed of its learning. */
  version: string
  seed: number
}
/** A code that a machine gives; fainter ones than `faintest` are not kept. */
export type MachineCode = { comment: number; theme: string; confidence: number }
export type Learnt = { model: Model; metrics: ThemeMetrics; codes: MachineCode[] }

/** Codes under this confidence are not kept: none of them could ever be accepted. */
export const faintest = 0.1

const example = ({ words, language, question }: ToRead, offered: string[]): Omit<Example, 'themes'> => ({
  text: words,
  lang: detect(words, offered, language).lang,
  around: [`question:${question}`],
})

/** Learns from what people coded, measures itself on what it had not seen, and reads every comment. */
export function learn({ comments, known, themes, offered, version, seed }: Lesson): Learnt {
  const given = new Map(known.map((one) => [one.comment, one.themes]))
  const read = comments.map((one) => ({ ...example(one, offered), id: one.id }))
  const examples = read.flatMap(({ id, ...one }) => {
    const fits = given.get(id)
    return fits ? [{ ...one, themes: fits }] : []
  })
  const model = train(examples, themes, { seed, version })
  return { model, metrics: metricsOf(model), codes: codesOf(model, read) }
}

/** What a model says of comments that are new to it. */
export const code = (model: Model, comments: ToRead[], offered: string[]): MachineCode[] =>
  codesOf(
    model,
    comments.map((one) => ({ ...example(one, offered), id: one.id })),
  )

function codesOf(model: Model, read: (Omit<Example, 'themes'> & { id: number })[]): MachineCode[] {
  return guess(classifier(model), read).flatMap((guesses, at) =>
    guesses
      .filter(({ confidence }) => confidence >= faintest)
      .map(({ theme, confidence }) => ({ comment: read[at]?.id ?? 0, theme, confidence })),
  )
}

/** At each theme's own threshold; see theme/classifier, measuredAt. */
function metricsOf(model: Model): ThemeMetrics {
  const measured = model.themes.map(({ theme, positives, threshold }) => ({
    ...{ theme, positives, threshold },
    ...measuredAt(model, theme, threshold),
  }))
  const mean = measured.reduce((sum, { f1 = 0 }) => sum + f1, 0) / Math.max(measured.length, 1)
  return {
    macroF1: mean,
    themes: measured.map(({ theme, positives, threshold, precision = null, recall = null }) => ({
      ...{ theme, positives, threshold, precision, recall },
    })),
    skipped: model.skipped,
  }
}

/** Comments that are alike, and those that say nothing; ids in the order of the comments. */
export type Alike = { groups: number[][]; nothing: { comment: number; why: Nothing }[] }

export function alike(comments: Pick<ToRead, 'id' | 'words'>[]): Alike {
  const nothing: Alike['nothing'] = []
  const rest: { id: string; text: string }[] = []
  for (const { id, words } of comments) {
    const why = saysNothing(words)
    if (why) nothing.push({ comment: id, why })
    else rest.push({ id: String(id), text: words })
  }
  return { groups: nearDuplicates(rest).map((group) => group.map(Number)), nothing }
}
