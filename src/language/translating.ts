/**
 * How a translated text stands. `missing`: no words. `machine`: a machine wrote it and no person has read it.
 * `translated`: a person did. `reviewed`: another person has read it. `outdated`: its source was changed since.
 */
export const states = ['missing', 'machine', 'translated', 'reviewed', 'outdated'] as const
export type State = (typeof states)[number]
export const isState = (value: string): value is State => (states as readonly string[]).includes(value)

/** What a person, or a machine, can say of words that are there. */
export type Made = 'machine' | 'translated' | 'reviewed'

/** What is kept of a translation: its words, and the source text that they were made from. `by`: id of a person. */
export type Kept = {
  words: string
  source: string
  state: Made
  by: string
  at: number
  reviewed: { by: string; at: number } | undefined
}

/** Where the words of a text came from when nobody said more of them. */
export type Origin = Pick<Kept, 'source'> & { state?: Made; by?: string | undefined; at?: number | undefined }

/** A text to be translated: `source` and `words` as they are now, '' for none. */
export type Standing = {
  state: State
  /** The source that the words were made from, where it is another one now. */
  before: string | undefined
  /** Whether a machine, a person or two persons made the words, whatever became of the source; undefined without words. */
  made: Made | undefined
  by: string | undefined
  at: number | undefined
  reviewed: Kept['reviewed']
}

/** Forms send line breaks as CR LF, files mostly as LF: they say the same. */
export const plainLines = (words: string): string => words.replace(/\r\n?/g, '\n')

/**
 * How a text stands. What is kept counts while the words are still the same; words that were changed elsewhere (in the
 * builder, by a new locale file) stand by their `origin`, where that is known.
 */
export function standing(
  { source, words }: { source: string; words: string },
  kept: Kept | undefined,
  origin?: Origin,
): Standing {
  if (words.trim() === '')
    return {
      state: 'missing',
      before: undefined,
      made: undefined,
      by: undefined,
      at: undefined,
      reviewed: undefined,
    }
  const own = kept && plainLines(kept.words) === plainLines(words) ? kept : undefined
  const from = own?.source ?? origin?.source ?? source
  const stale = plainLines(from) !== plainLines(source)
  const made = own?.state ?? origin?.state ?? 'translated'
  return {
    state: stale ? 'outdated' : made,
    before: stale ? from : undefined,
    made,
    by: own ? own.by : origin?.by,
    at: own ? own.at : origin?.at,
    reviewed: own?.reviewed,
  }
}

export type Counts = Record<State, number> & { all: number }

/** How many texts stand how. */
export function countStates(list: Iterable<{ state: State }>): Counts {
  const counts: Counts = { missing: 0, machine: 0, translated: 0, reviewed: 0, outdated: 0, all: 0 }
  for (const { state } of list) {
    counts[state] += 1
    counts.all += 1
  }
  return counts
}
