/** Comments by what was guessed and what a person said: hits, false alarms, misses, and rightly left out. */
export type Counts = { hits: number; alarms: number; misses: number; rest: number }
/** Shares from 0 to 1; undefined where nothing was guessed (precision) or nothing was there (recall). */
export type Measures = { precision?: number; recall?: number; f1: number; n: number }

export function counted(guessed: ArrayLike<boolean>, truth: ArrayLike<boolean>): Counts {
  const counts: Counts = { hits: 0, alarms: 0, misses: 0, rest: 0 }
  for (let at = 0; at < truth.length; at++) {
    if (truth[at]) counts[guessed[at] ? 'hits' : 'misses']++
    else counts[guessed[at] ? 'alarms' : 'rest']++
  }
  return counts
}

/** Precision, recall and F1 = 2 hits / (2 hits + alarms + misses); F1 is 0 where a theme is never met. */
export function measures({ hits, alarms, misses }: Counts): Measures {
  const all = 2 * hits + alarms + misses
  return {
    ...(hits + alarms > 0 ? { precision: hits / (hits + alarms) } : {}),
    ...(hits + misses > 0 ? { recall: hits / (hits + misses) } : {}),
    f1: all > 0 ? (2 * hits) / all : 0,
    n: hits + misses,
  }
}

export type Evaluation = {
  byTheme: (Measures & { theme: string; counts: Counts })[]
  /** The mean of the themes' F1, each theme alike, and F1 of all decisions together. */
  macroF1: number
  microF1: number
  /** The mean of the themes' recall, also called balanced accuracy. */
  macroRecall: number
  /** Share of comments whose themes are exactly those that people gave. */
  exact: number
  n: number
}

/** Guessed against given themes, comment by comment. */
export function evaluate(guessed: string[][], given: string[][], themes: string[]): Evaluation {
  const byTheme = themes.map((theme) => {
    const counts = counted(
      given.map((_, at) => guessed[at]?.includes(theme) ?? false),
      given.map((codes) => codes.includes(theme)),
    )
    return { theme, counts, ...measures(counts) }
  })
  const sum = (key: keyof Counts) => byTheme.reduce((total, { counts }) => total + counts[key], 0)
  const mean = (values: number[]) => values.reduce((total, one) => total + one, 0) / (values.length || 1)
  const within = (codes: string[]) => themes.filter((theme) => codes.includes(theme)).join(' ')
  return {
    byTheme,
    macroF1: mean(byTheme.map(({ f1 }) => f1)),
    microF1: measures({ hits: sum('hits'), alarms: sum('alarms'), misses: sum('misses'), rest: 0 }).f1,
    macroRecall: mean(byTheme.map(({ recall = 0 }) => recall)),
    exact: mean(given.map((codes, at) => (within(codes) === within(guessed[at] ?? []) ? 1 : 0))),
    n: given.length,
  }
}

/** The confidence from which on taking a theme gives the best F1; midway to the next lower one. 0.5 without data. */
export function thresholdFor(confidences: ArrayLike<number>, truth: ArrayLike<boolean>): number {
  const order = Array.from({ length: confidences.length }, (_, at) => at).sort(
    (a, b) => (confidences[b] ?? 0) - (confidences[a] ?? 0),
  )
  const there = order.filter((at) => truth[at]).length
  let [hits, best, threshold] = [0, 0, 0.5]
  for (const [place, at] of order.entries()) {
    if (truth[at]) hits++
    const here = confidences[at] ?? 0
    const next = confidences[order[place + 1] ?? -1] ?? 0
    if (next === here) continue
    const f1 = (2 * hits) / (place + 1 + there)
    if (f1 <= best) continue
    best = f1
    threshold = (here + next) / 2
  }
  return threshold
}

/** Row numbers in k parts of nearly one size, for trying a model on comments that it has not learnt from. */
export const kFolds = (rows: number, k: number): number[][] =>
  Array.from({ length: k }, (_, fold) =>
    Array.from({ length: rows }, (_, row) => row).filter((row) => row % k === fold),
  )
