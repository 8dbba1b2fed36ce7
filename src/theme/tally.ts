import type { Plan } from '../plan/plan.ts'
import { type Codebook, themesOf } from './codebook.ts'

/** Who or what put a theme on a comment. A machine's code counts only once the survey's owner accepted it. */
export type Source = 'person' | 'words' | 'model'
/** A theme on a comment. */
export type CodingRow = { comment: string; theme: string; source: Source; accepted: boolean }
/**
 * A comment that was looked at: `response` is the response it stands in (never a person), `facets` what the report
 * asks by, such as group, school, language, question.
 */
export type CommentRow = {
  comment: string
  response: string
  facets: Record<string, string>
  looked: boolean
}

/** Counts of comments and of people (responses), each with its base; shares are fractions from 0 to 1. */
export type ThemeCount = {
  theme: string
  comments: number
  people: number
  commentShare: number | null
  peopleShare: number | null
}
export type Tally = {
  /** Bases: comments that were looked at, and the people who wrote them. */
  comments: number
  people: number
  themes: ThemeCount[]
  /** Comments that were looked at and have no theme. */
  none: number
  /** Whether anyone has several themes, so that shares together pass the whole; the page must say so. */
  several: boolean
}

/** Codings that count: a person's, and those of a machine that were accepted. Each theme once for a comment. */
export function counting(codings: CodingRow[]): Map<string, Set<string>> {
  const made = new Map<string, Set<string>>()
  for (const { comment, theme, source, accepted } of codings) {
    if (source !== 'person' && !accepted) continue
    const themes = made.get(comment) ?? new Set<string>()
    themes.add(theme)
    made.set(comment, themes)
  }
  return made
}

/**
 * Themes over comments and over people: several comments of one response count once for a theme. Only comments that
 * were looked at are in the base. No group is held back here: `report` does that, for every way out alike.
 */
export function tally(comments: CommentRow[], codings: CodingRow[], themes: string[]): Tally {
  const given = counting(codings)
  const base = comments.filter(({ looked }) => looked)
  const known = new Set(themes)
  const people = new Map<string, Set<string>>()
  const counts = new Map(themes.map((theme) => [theme, { comments: 0, people: new Set<string>() }]))
  let none = 0
  let several = false
  for (const { comment, response } of base) {
    const here = [...(given.get(comment) ?? [])].filter((theme) => known.has(theme))
    const before = people.get(response) ?? new Set<string>()
    people.set(response, before)
    if (here.length === 0) none++
    for (const theme of here) {
      const count = counts.get(theme)
      if (!count) continue
      count.comments++
      count.people.add(response)
      before.add(theme)
    }
    if (here.length > 1 || before.size > 1) several = true
  }
  const share = (n: number, of: number) => (of > 0 ? n / of : null)
  return {
    comments: base.length,
    people: people.size,
    none,
    several,
    themes: themes.map((theme) => {
      const count = counts.get(theme)
      const [inComments, ofPeople] = [count?.comments ?? 0, count?.people.size ?? 0]
      return {
        theme,
        comments: inComments,
        people: ofPeople,
        commentShare: share(inComments, base.length),
        peopleShare: share(ofPeople, people.size),
      }
    }),
  }
}

/** The tally of each value of a facet (group, school, language, question), values in order; without the facet: ''. */
export function tallyBy(
  facet: string,
  comments: CommentRow[],
  codings: CodingRow[],
  themes: string[],
): { value: string; tally: Tally }[] {
  const parts = Map.groupBy(comments, ({ facets }) =>
    Object.hasOwn(facets, facet) ? (facets[facet] ?? '') : '',
  )
  return [...parts]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([value, part]) => ({ value, tally: tally(part, codings, themes) }))
}

/** What the comments said of each priority of a plan: the themes that cite it or an element of it, counted as one. */
export function tallyByPriority(
  comments: CommentRow[],
  codings: CodingRow[],
  codebook: Codebook,
  plan: Plan,
): { priority: string; themes: string[]; count: ThemeCount }[] {
  const given = counting(codings)
  const base = comments.filter(({ looked }) => looked)
  return plan.priorities.map(({ code: priority }) => {
    const themes = themesOf(codebook, plan, priority).map(({ code }) => code)
    const about = new Set(themes)
    const asOne = base.flatMap(({ comment }): CodingRow[] =>
      [...(given.get(comment) ?? [])].some((theme) => about.has(theme))
        ? [{ comment, theme: priority, source: 'person', accepted: true }]
        : [],
    )
    const [count] = tally(base, asOne, [priority]).themes
    return {
      priority,
      themes,
      count: count ?? { theme: priority, comments: 0, people: 0, commentShare: null, peopleShare: null },
    }
  })
}

/** How many comments have both themes; pairs that never met are left out, the most frequent stand first. */
export function together(
  comments: CommentRow[],
  codings: CodingRow[],
  themes: string[],
): { a: string; b: string; comments: number; people: number }[] {
  const given = counting(codings)
  const pairs = new Map<string, { a: string; b: string; comments: number; people: Set<string> }>()
  for (const { comment, response, looked } of comments) {
    if (!looked) continue
    const here = themes.filter((theme) => given.get(comment)?.has(theme))
    for (const [at, a] of here.entries())
      for (const b of here.slice(at + 1)) {
        const key = JSON.stringify([a, b])
        const pair = pairs.get(key) ?? { a, b, comments: 0, people: new Set<string>() }
        pair.comments++
        pair.people.add(response)
        pairs.set(key, pair)
      }
  }
  return [...pairs.values()]
    .map((pair) => ({ ...pair, people: pair.people.size }))
    .sort((x, y) => y.comments - x.comments || (x.a + x.b < y.a + y.b ? -1 : 1))
}
