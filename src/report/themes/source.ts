import type { Text } from '../../language/text.ts'
import type { Codebook, Theme } from '../../theme/codebook.ts'
import { type CodingRow, type CommentRow, type Tally, tally } from '../../theme/tally.ts'
import { modelName, type Said as SaidTheme, verdicts } from '../../theme/verdicts.ts'
import type { Bound } from '../privacy/bounded.ts'
import { onlyOneOther } from '../privacy/reach.ts'
import { protect, type Shown } from '../privacy/suppression.ts'
import { type Said, type Told, tell } from '../privacy/told.ts'
import type { Veil } from '../privacy/veil.ts'
import { type Count, everyone, holds, placeKey, type Slice } from '../slice.ts'
import type { Reach } from '../source.ts'
import { survey as wholeSurvey } from '../tally.ts'

/** Where a comment stands; none of its words. `response` leads to no person. */
export type PlacedComment = {
  id: number
  response: number
  question: string
  language: string
  group: string
  school: string
}

/** That a machine's codes of a theme count, and what was measured of them. */
export type AcceptedTheme = {
  theme: string
  model: number
  confidence: number
  precision: number | null
  recall: number | null
}

/** What was said of the comments of a survey. `upTo`: the last comment that each model has read. */
export type ThemeInput = {
  codebook: Codebook
  comments: readonly PlacedComment[]
  said: readonly SaidTheme[]
  readings: readonly { comment: number }[]
  acceptances: readonly AcceptedTheme[]
  upTo: ReadonlyMap<number, number>
}

/** One theme in a slice. Numbers are null where they may not be shown; `bound` where a share is told only so. */
export type ThemeShare = {
  code: string
  name: Text
  comments: number | null
  people: number | null
  commentShare: number | null
  peopleShare: number | null
  bound?: Bound
  /** The base: comments that were looked at for this theme, and the people who wrote them. */
  of: { comments: number; people: number } | null
}
/** Themes of a slice. `base`: of the themes that people put; null when it may not be shown. */
export type ThemesShown = {
  base: { comments: number; people: number } | null
  themes: ThemeShare[]
  several: boolean
  machine: readonly AcceptedTheme[]
}

/** Themes that share a base: those that people put, or those of which one model's codes count too. */
type Layer = {
  codes: string[]
  rows: CommentRow[]
  codings: CodingRow[]
  shown: Shown
  told: Told
  /** Comments on several questions, of which one person can have written more than one. */
  several: boolean
}

/** What comments are parted by: where their writers belong, or the language that they are in. */
export type Parted = 'place' | 'language'

/**
 * Themes of a survey made ready. Of a slice, a question or a language nothing is shown unless enough people wrote there
 * whose comments were read; by the same rules as every other number (suppression.ts, told.ts), decided once for all
 * slices, so that nobody can work a small group out of what is shown.
 */
export type ThemeSource = {
  codebook: Codebook
  machine: readonly AcceptedTheme[]
  /** `question`: of its comments alone. */
  of: (slice: Slice, question?: string) => ThemesShown
  byLanguage: () => { language: string; shown: ThemesShown }[]
  /** Comments that were read and what people put on them, for reckoning over everyone; undefined where not shown. */
  whole: () => { comments: CommentRow[]; codings: CodingRow[] } | undefined
  /** Comments with this theme, by id, whoever put it there: counting ones only. */
  withTheme: (theme: string) => Set<number>
  /** As a reader of these schools alone may see it (see withinReach). */
  within: (reach: readonly string[]) => ThemeSource
}

export function themeSource(input: ThemeInput, veil: Veil, minimum: number): ThemeSource {
  const { codebook, acceptances } = input
  const { codings, read } = verdicts(input.said, input.readings, acceptances)
  const codes = codebook.themes.map(({ code }) => code)
  const accepted = acceptances.filter(({ theme }) => codes.includes(theme))
  const models = [...new Set(accepted.map(({ model }) => model))]
  const kept = new Map<string, Layer[]>()

  const rowsOf = (looked: (id: number) => boolean, questions: readonly string[], by: Parted): CommentRow[] =>
    input.comments
      .filter((one) => questions.includes(one.question) && looked(one.id))
      .map((one) => ({
        comment: String(one.id),
        response: String(one.response),
        looked: true,
        facets: {
          ...(by === 'place'
            ? { school: one.school, group: one.group }
            : { school: '', group: one.language }),
          ...{ language: one.language, question: one.question },
        },
      }))
  const asked = [...new Set(input.comments.map(({ question }) => question))]
  /** Questions that enough people wrote on. Comments on others count nowhere: all less those of one would tell them. */
  const countedOf = (looked: (id: number) => boolean): string[] =>
    asked.filter((one) => total(countPeople(rowsOf(looked, [one], 'place'))) >= minimum)

  const layers = (question: string | undefined, by: Parted): Layer[] => {
    const key = `${by} ${question ?? ''}`
    const known = kept.get(key)
    if (known) return known
    const made = [
      {
        looked: (id: number) => read.has(id),
        codes: codes.filter((code) => !accepted.some(({ theme }) => theme === code)),
      },
      ...models.map((model) => ({
        looked: (id: number) => read.has(id) || id <= (input.upTo.get(model) ?? 0),
        codes: accepted.filter((one) => one.model === model).map(({ theme }) => theme),
      })),
    ].map(({ looked, codes: own }): Layer => {
      const counted = countedOf(looked)
      const rows = rowsOf(
        looked,
        counted.filter((one) => question === undefined || one === question),
        by,
      )
      const thing = (slice: Slice) => veil(question ?? wholeSurvey, by === 'place' ? slice : everyone)
      const wroteOn = counted.map((one) => ({ one, people: countPeople(rowsOf(looked, [one], 'place')) }))
      /** All comments of a slice less those on the other questions are those on one: where it is not told, none is. */
      const each = (slice: Slice) =>
        wroteOn.every(
          ({ one, people }) => people.every((count) => !holds(slice, count)) || veil(one, slice) !== null,
        )
      // Of a part of the people, with what they said on all questions together it would tell what few said on one.
      const open = (slice: Slice) =>
        question === undefined || counted.length < 2 || (slice.school === null && slice.group === null)
      const within: Shown = {
        size: (slice) => (open(slice) && (by === 'language' || each(slice)) ? thing(slice) : null),
      }
      return layerOf({ codes: own, rows, codings }, within, minimum)
    })
    kept.set(key, made)
    return made
  }

  /** Whether a number of all schools would tell a reader of some what the only other one said. */
  const givesAway = (reach: Reach, slice: Slice, question?: string): boolean =>
    reach !== undefined &&
    slice.school === null &&
    layers(question, 'place').some(({ rows }) => onlyOneOther(countPeople(rows), reach, slice.group))
  const languageGivesAway = (reach: Reach): boolean => {
    const all = Map.groupBy(input.comments, ({ language }) => language)
    const places = (list: readonly PlacedComment[]) =>
      list.map(({ school, group }) => ({ school, group, n: 1 }))
    return reach !== undefined && [...all.values()].some((list) => onlyOneOther(places(list), reach))
  }
  const seenBy = (reach: Reach): ThemeSource => ({
    codebook,
    machine: accepted,
    of: (slice, question) =>
      shownIn(
        layers(question, 'place').map((layer) =>
          givesAway(reach, slice, question) ? { ...layer, shown: { size: () => null } } : layer,
        ),
        input.codebook.themes,
        slice,
        accepted,
      ),
    byLanguage: () => {
      if (languageGivesAway(reach)) return []
      const all = layers(undefined, 'language')
      const tags = new Set(all.flatMap(({ rows }) => rows.map(({ facets }) => facets.language ?? '')))
      return [...tags].sort().map((language) => ({
        language,
        shown: shownIn(all, input.codebook.themes, { school: null, group: language }, accepted),
      }))
    },
    whole: () => {
      const [first] = layers(undefined, 'place')
      const people = codings.filter(({ source }) => source === 'person')
      return first && first.shown.size(everyone) !== null && !givesAway(reach, everyone)
        ? { comments: first.rows, codings: people }
        : undefined
    },
    withTheme: (theme) =>
      new Set(codings.filter((one) => one.theme === theme).map(({ comment }) => Number(comment))),
    within: seenBy,
  })
  return seenBy(undefined)
}

/** Names under which the codes of accepted models are kept. */
export const acceptedModels = (acceptances: readonly { model: number }[]): string[] => [
  ...new Set(acceptances.map(({ model }) => modelName(model))),
]

const total = (counts: readonly Count[]): number => counts.reduce((sum, { n }) => sum + n, 0)

function layerOf(
  { codes, rows, codings }: Pick<Layer, 'codes' | 'rows' | 'codings'>,
  within: Shown,
  minimum: number,
): Layer {
  const people = countPeople(rows)
  const shown = protect(people, minimum, within)
  const withCode = new Map<string, Set<string>>()
  for (const { theme, comment } of codings)
    withCode.set(theme, (withCode.get(theme) ?? new Set<string>()).add(comment))
  const said = codes.map(
    (code): Said => ({
      code,
      counts: countPeople(rows.filter((row) => withCode.get(code)?.has(row.comment))),
    }),
  )
  // One of a small group who spoke of a theme is as easily known as one who did not.
  return {
    codes,
    rows,
    codings,
    several: new Set(rows.map(({ facets }) => facets.question)).size > 1,
    shown,
    told: tell(people, said, shown, { whole: false, minimum }),
  }
}

/** People by school and group, each once however many comments they wrote. */
function countPeople(rows: readonly CommentRow[]): Count[] {
  const seen = new Set<string>()
  const counts = new Map<string, Count>()
  for (const { response, facets } of rows) {
    if (seen.has(response)) continue
    seen.add(response)
    const { school = '', group = '' } = facets
    const key = placeKey({ school, group })
    const count = counts.get(key)
    if (count) count.n++
    else counts.set(key, { school, group, n: 1 })
  }
  return [...counts.values()]
}

function shownIn(
  layers: readonly Layer[],
  known: readonly Theme[],
  slice: Slice,
  machine: readonly AcceptedTheme[],
): ThemesShown {
  const told = layers.map((layer) => ({ layer, tally: tallyIn(layer, slice) }))
  const [first] = told
  const themes = known.flatMap(({ code, name }): ThemeShare[] => {
    const found = told.find(({ layer }) => layer.codes.includes(code))
    return found ? [shareOf({ code, name }, found.layer, found.tally, slice)] : []
  })
  return {
    base: first?.tally ? { comments: first.tally.comments, people: first.tally.people } : null,
    themes,
    machine,
    several: told.some(({ tally: counted }) => counted?.several === true),
  }
}

/** The tally of a slice; null when the slice may not be shown. */
function tallyIn({ shown, rows, codings, codes }: Layer, slice: Slice): Tally | null {
  if (shown.size(slice) === null) return null
  const here = rows.filter(({ facets }) =>
    holds(slice, { school: facets.school ?? '', group: facets.group ?? '' }),
  )
  return tally(here, codings, codes)
}

function shareOf(
  { code, name }: Pick<Theme, 'code' | 'name'>,
  { told, several }: Layer,
  counted: Tally | null,
  slice: Slice,
): ThemeShare {
  const none = { code, name, comments: null, people: null, commentShare: null, peopleShare: null }
  if (!counted) return { ...none, of: null }
  const of = { comments: counted.comments, people: counted.people }
  const found = counted.themes.find(({ theme }) => theme === code)
  if (!found || !told.exact(slice)) {
    const bound = told.bound(slice, code)
    return { ...none, ...(bound && { bound }), of }
  }
  const { people, peopleShare } = found
  // Less the people who spoke of it, they are those who did so on several questions.
  const { comments, commentShare } =
    several && !told.together(slice) ? { comments: null, commentShare: null } : found
  return { code, name, comments, people, commentShare, peopleShare, of }
}
